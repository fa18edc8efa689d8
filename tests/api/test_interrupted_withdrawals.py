"""A withdrawal stopped at any write is asked again, and leaves no word, as if nothing had stopped it."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

import rosace
from pipeline.api import runs
from pipeline.api.exporting import export
from pipeline.api.runs import synthesize, withdraw
from pipeline.cli import app
from pipeline.errors import AlreadyDoneError
from pipeline.folder import files
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.integrity import MANIFEST
from pipeline.folder.locks import LOCKS
from pipeline.ingest.withdrawal.quotations import OwnWords
from pipeline.run.synthesis import Synthesis
from tests.outputs import texts_of

SECRET = "Mon cousin répare les vélos dans la remise du presbytère"
SAID = ("Pas de bus le soir", "Il faudrait un bus le soir", "La salle ferme trop tôt", "Ouvrir la salle le samedi")
TITLE = f"Titre : {SECRET}"
IS_LONG = bool(os.environ.get("ROSACE_LONG"))
N_PARTS, N_REAL = (8, 5) if IS_LONG else (1, 4)
"""Tests, and programs that each kills."""


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
    own = OwnWords(SECRET, ())
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
    """Ask for it, unless the run no longer knows it: then it is only to be made again."""
    try:
        done = withdraw(run, contribution)
    except AlreadyDoneError:
        synthesize(run.parent / "corpus", run, profile="rapide")
        return ""
    return "\n".join((*done.synthesis.warnings, *done.left.told()))


def copy_of(finished: Path, place: Path) -> Path:
    """A copy whose run knows its exports where they are."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(finished, place)
    run = place / "run"
    for path in (run / "exports.json", run / MANIFEST):
        path.write_text(path.read_text(encoding="utf-8").replace(str(finished), str(place)), encoding="utf-8")
    manifest = json.loads((run / MANIFEST).read_text(encoding="utf-8"))
    manifest.pop("seal")
    RunFolder(run).manifest.save(manifest)
    return run


def check(run: Path) -> None:
    """No word is left but in the corpus, nor any export that said them."""
    place = run.parent
    assert quoting(place) == {"corpus/postits.txt"}
    assert not (place / "revue.xlsx").exists()
    assert not list(run.rglob(".*.tmp"))
    assert [json.loads(line)["op"] for line in RunFolder(run).decisions.lines()] == ["rename"]


def test_stopped_at_every_write_of_the_erasure(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stages, which have tests of their own, are passed over: documents are then removed rather than made again."""

    def passed_over(job: runs.Job, from_stage: str | None = None) -> Synthesis:
        job.run.manifest.mend()
        return Synthesis(job.run.path, (), (), (), (), ())

    monkeypatch.setattr(runs, "run_stages", passed_over)
    whole = copy_of(finished, tmp_path / "whole")
    contribution = contribution_of(whole)
    assert "revue.xlsx" in retire(whole, contribution)
    check(whole)
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
        retire(run, contribution)
        check(run)
        assert state_of(run) == wanted, done[-1]
        n += 1
    assert n > 20


def killed_program(run: Path, contribution: str, seconds: float) -> bool:
    """Whether a program that withdraws was killed, so long after it began to erase."""
    command = [sys.executable, "-m", "pipeline.cli", "retirer", str(run), contribution]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and (run / "draft.json").exists():
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
    for n in range(N_REAL):
        run = copy_of(finished, tmp_path / "one")
        contribution = contribution_of(run)
        seconds = lot.uniform(0.0, 3.0) if n % 2 else lot.uniform(0.0, 0.2)
        while not killed_program(run, contribution, seconds):  # it had ended
            run, seconds = copy_of(finished, tmp_path / "one"), seconds / 2
        retire(run, contribution)
        check(run)


def test_said_again_once_done_it_is_no_error(finished: Path, tmp_path: Path) -> None:
    run = copy_of(finished, tmp_path / "one")
    contribution = contribution_of(run)
    withdraw(run, contribution)
    done = CliRunner().invoke(app, ["retirer", str(run), contribution])
    assert "a déjà été retirée" in str(done.exception)
    assert getattr(done.exception, "exit_code", None) == 0
