"""A withdrawal stopped at any write is carried on by whatever comes next, and leaves no word, as if nothing had stopped
it."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

import rosace
from pipeline.api import runs
from pipeline.api.exporting import export
from pipeline.api.runs import draft, finish_withdrawal, synthesize, withdraw
from pipeline.cli import app
from pipeline.errors import ArtifactError
from pipeline.folder import files
from pipeline.folder.artifacts import MANIFEST, RunFolder
from pipeline.folder.locks import LOCKS
from pipeline.ingest.withdrawal.pending import PENDING, is_pending
from pipeline.ingest.withdrawal.quotations import IN_A_TITLE, OwnWords
from pipeline.run.synthesis import Synthesis
from tests.outputs import texts_of

SECRET = "Mon cousin répare les vélos dans la remise du presbytère"
SAID = ("Pas de bus le soir", "Il faudrait un bus le soir", "La salle ferme trop tôt", "Ouvrir la salle le samedi")
TITLE = f"Titre : {SECRET}"
IS_LONG = bool(os.environ.get("ROSACE_LONG"))
N_PARTS, N_WRITES, N_REAL = (8, None, 5) if IS_LONG else (1, 6, 4)
"""Tests of each kind; writes that one stops at, None for every one; programs that one kills."""


class KilledError(BaseException):
    """What ends the process at a write: nothing after it is done."""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus, its run, and exports beside it and inside that all say the words."""
    place = tmp_path_factory.mktemp("atelier")
    (place / "corpus").mkdir()
    rows = [f"{text} au quartier {n}" for n in range(3) for text in SAID]
    (place / "corpus" / "postits.txt").write_text("".join(f"- {row}\n" for row in [SECRET, *rows]), encoding="utf-8")
    run = place / "run"
    rosace.synthesize(place / "corpus", run, profile="rapide")
    folder = RunFolder.open(run)
    items = folder.load_table("items")
    item = items[items["text"] == SECRET].iloc[0]
    other = items[items["text"] != SECRET].iloc[0]
    anchors = [
        {
            "contribution_id": one["contribution_id"],
            "start": int(one["start"]),
            "end": int(one["end"]),
            "text": one["text"],
        }
        for one in (item, other)
    ]
    group = str(folder.load_table("reviewed_groups")["group_id"].iloc[0])
    acts = (
        {"op": "rename", "target": {"groups": [group]}, "after": {"title": TITLE}},
        {"op": "set_axis", "target": {"items": anchors[:1]}, "after": {"axis": "est"}},
    )
    folder.decisions.append(
        json.dumps({"decision_id": f"d{n}", "ts": "", "author": "Anne", **act}) for n, act in enumerate(acts)
    )
    rosace.draft(run)
    rosace.draft(run)  # the state before holds the words too
    assert CliRunner().invoke(app, ["review", "export", str(run), str(place / "revue.xlsx")]).exit_code == 0
    export(run, "tables")
    assert quoting(run)
    return place


def quoting(place: Path) -> set[str]:
    """Files under a folder that say words of the withdrawn contribution."""
    own = OwnWords(SECRET, (), IN_A_TITLE)
    return {name for name, text in texts_of(place) if own.are_in(text)}


def state_of(run: Path) -> dict[str, str]:
    """Digests of the files of a run, but for its manifest (times), the salted prints, and drafts that were replaced."""
    left_out = (MANIFEST, "retraits.json", "exports.json")
    names = (name for name in RunFolder(run).files() if not name.startswith("remis/") and not name.endswith(".tmp"))
    kept = (name for name in names if name not in left_out)
    return {name: hashlib.sha256((run / name).read_bytes()).hexdigest() for name in kept}


@contextmanager
def killed_at(n: int, run: Path) -> Iterator[list[str]]:
    """Writes and removals from the `n`-th on never come, as in a process that was killed; gives those that came."""
    done: list[str] = []
    put, unlink = files._put, Path.unlink

    def counted(name: str) -> None:
        if len(done) >= n:
            raise KilledError
        done.append(name)

    def counted_put(file: Path, target: Path) -> None:
        counted(target.name)
        put(file, target)

    def counted_unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name not in LOCKS and path.exists() and (run.parent in path.parents):
            counted(f"-{path.name}")
        unlink(path, missing_ok)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_put", counted_put)
        patch.setattr(Path, "unlink", counted_unlink)
        yield done


def contribution_of(run: Path) -> str:
    table = RunFolder.open(run).load_table("contributions")
    return str(table.loc[table["text"] == SECRET, "contribution_id"].iloc[0])


def retire(run: Path, contribution: str) -> str:
    done = withdraw(run, contribution)
    return "\n".join((*done.synthesis.warnings, *done.left.told()))


def again(run: Path, _: str) -> str:
    return "\n".join(synthesize(run.parent / "corpus", run, profile="rapide").warnings)


def drafted(run: Path, _: str) -> str:
    return "\n".join(draft(run).warnings)


def opened(run: Path, _: str) -> str:
    done = CliRunner().invoke(app, ["review", "export", str(run), str(run.parent / "nouvelle.xlsx")])
    assert done.exit_code == 0, done.output
    return done.output


NEXT: tuple[Callable[[Path, str], str], ...] = (retire, again, drafted, opened)


def copy_of(finished: Path, place: Path) -> Path:
    """A copy whose run knows its exports where they are."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(finished, place)
    run = place / "run"
    for path in (run / "exports.json", run / MANIFEST):
        path.write_text(path.read_text(encoding="utf-8").replace(str(finished), str(place)), encoding="utf-8")
    manifest = json.loads((run / MANIFEST).read_text(encoding="utf-8"))
    manifest.pop("seal")
    RunFolder(run).save_manifest(manifest)
    return run


def check(run: Path, told: str) -> None:
    """No word is left but in the corpus, and people were told of what was removed."""
    place = run.parent
    assert not is_pending(run)
    assert quoting(place) == {"corpus/postits.txt"}
    assert not (place / "revue.xlsx").exists()
    assert "revue.xlsx" in told
    assert not list(run.rglob(".*.tmp"))
    lines = RunFolder(run).decisions.lines()
    assert [json.loads(line)["op"] for line in lines] == ["rename"]
    assert "acte connu" not in told


def test_stopped_at_every_write_of_the_erasure(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stages, which have tests of their own, are passed over: documents are then removed rather than made again."""

    def passed_over(job: runs.Job, from_stage: str | None = None) -> Synthesis:
        job.run.manifest.mend()
        return Synthesis(job.run.path, (), (), (), (), ())

    monkeypatch.setattr(runs, "run_stages", passed_over)
    monkeypatch.setattr("pipeline.cli.review._export", lambda *_: None)
    whole = copy_of(finished, tmp_path / "whole")
    contribution = contribution_of(whole)
    check(whole, retire(whole, contribution))
    wanted, n = state_of(whole), 0
    while True:
        run = copy_of(finished, tmp_path / "one")
        with killed_at(n, run) as done:
            try:
                withdraw(run, contribution)
            except KilledError:
                pass
            else:
                break
        if PENDING not in done:
            assert state_of(run) == state_of(finished / "run")
        elif f"-{PENDING}" not in done:
            assert is_pending(run)
            told = NEXT[n % len(NEXT)](run, contribution)
            assert "interrompu" in told
            check(run, told)
            assert state_of(run) == wanted
        n += 1
    assert n > 30


@pytest.fixture(scope="module")
def whole(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], int]:
    """What a withdrawal that nothing stopped leaves, and how many writes it took."""
    run = copy_of(finished, tmp_path_factory.mktemp("retrait") / "whole")
    with killed_at(10_000, run) as done:
        told = retire(run, contribution_of(run))
    check(run, told)
    return state_of(run), len(done)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(N_PARTS))
def test_stopped_at_writes_of_the_whole_operation(
    part: int, finished: Path, whole: tuple[dict[str, str], int], tmp_path: Path
) -> None:
    wanted, n_writes = whole
    for n in range(1, n_writes - 1)[part :: N_PARTS if N_WRITES is None else n_writes // N_WRITES]:
        run = copy_of(finished, tmp_path / "one")
        contribution = contribution_of(run)
        with killed_at(n, run), pytest.raises(KilledError):
            withdraw(run, contribution)
        told = NEXT[n // N_PARTS % len(NEXT)](run, contribution)
        assert "interrompu" in told
        check(run, told)
        assert state_of(run) == wanted, n


def killed_program(run: Path, contribution: str, seconds: float) -> bool:
    """Whether a program that withdraws was killed, so long after it had noted what it was to do."""
    command = [sys.executable, "-m", "pipeline.cli", "retirer", str(run), contribution]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not is_pending(run):
        time.sleep(0.002)
    time.sleep(seconds)
    process.kill()
    process.communicate()
    return process.returncode == -9


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
@pytest.mark.parametrize("part", range(N_PARTS))
def test_killed_for_real(part: int, finished: Path, tmp_path: Path) -> None:
    lot = random.Random(31 + part)
    commands = (["retirer"], ["synthesize"], ["draft"], ["review", "export"])
    for n in range(N_REAL):
        run = copy_of(finished, tmp_path / "one")
        contribution = contribution_of(run)
        seconds = lot.uniform(0.0, 3.0) if n % 2 else lot.uniform(0.0, 0.2)
        while not killed_program(run, contribution, seconds):  # it had ended
            run, seconds = copy_of(finished, tmp_path / "one"), seconds / 2
        given = {
            "retirer": [str(run), contribution],
            "synthesize": [str(run.parent / "corpus"), "--out", str(run), "--profile", "rapide"],
            "draft": [str(run)],
            "review": [str(run), str(run.parent / "nouvelle.xlsx")],
        }
        what = commands[(n + part) % len(commands)]
        command = [sys.executable, "-m", "pipeline.cli", *what, *given[what[0]]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        check(run, done.stdout + done.stderr)


def test_said_again_once_done_it_is_no_error(finished: Path, tmp_path: Path) -> None:
    run = copy_of(finished, tmp_path / "one")
    contribution = contribution_of(run)
    withdraw(run, contribution)
    done = CliRunner().invoke(app, ["retirer", str(run), contribution])
    assert "a déjà été retirée" in str(done.exception)
    assert getattr(done.exception, "exit_code", None) == 0
    assert finish_withdrawal(run) == ()


def test_a_damaged_journal_says_what_to_do(finished: Path, tmp_path: Path) -> None:
    run = copy_of(finished, tmp_path / "one")
    (run / PENDING).write_text("{", encoding="utf-8")
    with pytest.raises(ArtifactError, match="rosace clean"):
        draft(run)
