"""A run that is stopped, starved or given more: what was done stands, and the same command goes on."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from pipeline.classify.stage import classify_batch
from pipeline.config import load_config
from pipeline.embed.stage import encode_batch
from pipeline.execution import LocalExecutor
from pipeline.execution.local import WorkerLostError
from pipeline.folder.artifacts import READINGS, RunFolder
from pipeline.folder.files import file_sha256
from pipeline.run.jobs import Job
from pipeline.run.synthesis import synthesize
from tests.conftest import run_synthesis

POSTITS = "table;texte\n1;Pas de bus le soir\n2;Il faudrait un bus le soir\n1;Merci à l'équipe du centre social\n"
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (25_000, 25_000))
from pipeline.cli import main
sys.argv = ["rosace", "synthesize", sys.argv[1], "--out", sys.argv[2], "--profile", "rapide"]
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_disk_that_refuses_a_file_is_told_and_the_next_run_goes_on(tmp_path: Path) -> None:
    corpus, run = tmp_path / "corpus", tmp_path / "run"
    corpus.mkdir()
    rows = [f"{n % 4};Il manque {n} places au parking de la gare" for n in range(60)]
    (corpus / "postits.csv").write_text("\n".join(["table;texte", *rows]), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(corpus), str(run)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Impossible d'écrire" in done.stderr
    assert "elle reprendra à l'étape interrompue" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (run / "vectors.npy").exists()  # 60 vectors of a kilobyte did not fit
    summary = run_synthesis(corpus, run)
    assert summary.fresh == ("ingest",)
    assert (run / "vectors.npy").stat().st_size > 60_000
    assert not list(run.glob(".*"))


class Dying:
    """Two processes, the fresh one of which dies at the first texts that it is given to encode."""

    def map(self, function, parts):  # type: ignore[no-untyped-def]
        return LocalExecutor(2).map(partial(_or_dies, function), parts)


def _or_dies(function, part):  # type: ignore[no-untyped-def]
    if function is encode_batch and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return function(part)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that cannot be caught")
def test_a_killed_worker_is_told_and_the_next_run_goes_on(finished: tuple[Path, Path], tmp_path: Path) -> None:
    corpus, whole = finished
    run = RunFolder.create(tmp_path / "run")
    config = load_config(profil="rapide", taille_partition=2)
    with pytest.raises(WorkerLostError, match=r"mémoire.*reprendra"):
        synthesize(Job(corpus, run, config, Dying()))
    assert not (run.path / "vectors.npy").exists()
    summary = run_synthesis(corpus, run.path)
    assert summary.fresh == ("ingest",)
    assert file_sha256(run.path / "vectors.npy") == file_sha256(whole / "vectors.npy")
    assert not list(run.path.glob(".*"))


class Counting:
    """A loop that counts the texts it was given to encode and the ideas it was given to read."""

    n_encoded = n_read = 0

    def map(self, function, parts):  # type: ignore[no-untyped-def]
        for part in parts:
            if function is encode_batch:
                self.n_encoded += len(part)
            if function is classify_batch:
                self.n_read += len(part.given.texts)
            yield function(part)


@pytest.fixture(scope="module")
def one_more(demo_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The demo workshop with one more table, and its run from nothing."""
    folder = tmp_path_factory.mktemp("one-more")
    shutil.copytree(demo_corpus, folder / "corpus")
    table = POSTITS.replace("\n2;", "\n9;").replace("\n1;", "\n9;")
    (folder / "corpus" / "table-9.csv").write_text(table, encoding="utf-8")
    run_synthesis(folder / "corpus", folder / "run")
    return folder / "corpus", folder / "run"


@pytest.mark.slow
def test_one_more_table_recomputes_what_changed_and_groups_stay(
    one_more: tuple[Path, Path], demo_run: Path, tmp_path: Path
) -> None:
    corpus, whole = one_more
    run = Path(shutil.copytree(demo_run, tmp_path / "run"))
    counting = Counting()
    summary = synthesize(Job(corpus, RunFolder.create(run), load_config(profil="rapide"), counting))
    assert set(summary.ran) == {"ingest", "embed", "classify", "place", "cluster", "review", "restitution"}
    before, after = RunFolder.open(demo_run), RunFolder.open(run)
    assert counting.n_encoded == 3
    under_colours = (before.load_matrix(READINGS) == 0).sum()
    assert counting.n_read == 3 + under_colours < 40
    for name in ("items.parquet", "tags.parquet", "readings.npy"):
        assert file_sha256(run / name) == file_sha256(whole / name), name
    old, new = (folder.load_table("items")["item_id"] for folder in (before, after))
    assert set(old) <= set(new)
    assert len(new) == len(old) + 3
    groups, again = (set(folder.load_table("groups")["group_id"]) for folder in (before, after))
    assert len(groups & again) >= 0.8 * len(groups)
    assert (after.load_table("changes")["kind"] == "item_nouveau").sum() == 3


@pytest.mark.slow
def test_groups_that_are_kept_stay_and_the_same_command_has_nothing_more_to_do(
    one_more: tuple[Path, Path], demo_run: Path, tmp_path: Path
) -> None:
    corpus, whole = one_more
    run = RunFolder.create(Path(shutil.copytree(demo_run, tmp_path / "run")))
    job = Job(corpus, run, load_config(profil="rapide", cluster={"garder_groupes": True}), Counting())
    summary = synthesize(job)
    assert any(warning.startswith("Groupes gardés\u00a0:") for warning in summary.warnings)
    before, after = (folder.load_table("groups").set_index("group_id") for folder in (RunFolder.open(demo_run), run))
    assert set(before.index) <= set(after.index)
    assert after.loc[before.index, "title"].tolist() == before["title"].tolist()
    changes = run.load_table("changes")["kind"].value_counts()
    assert changes["item_nouveau"] == 3
    assert not {"groupe_disparu", "axe_modifie"} & set(changes.index)
    assert synthesize(job).ran == ()
    again = synthesize(replace(job, config=load_config(profil="rapide")))
    assert again.ran == ("place", "cluster", "review", "restitution")
    assert file_sha256(run.path / "groups.parquet") == file_sha256(whole / "groups.parquet")
