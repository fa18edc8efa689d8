"""A run folder that another version wrote is taken up again: what no longer meets its contract is made anew."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from pipeline.config import load_config
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import file_sha256
from pipeline.run.given_titles import NOT_KEPT
from pipeline.run.jobs import Job
from pipeline.run.stages import CLUSTERED, INGESTED, NOT_COMPARED
from pipeline.run.synthesis import Synthesis, synthesize
from tests.conftest import run_synthesis

POSTITS = (
    "table;texte\n1;Le four à pain est fermé le dimanche\n2;Le four à pain ferme trop tôt\n3;Il faudrait rallumer le "
    "four à pain le dimanche\n1;Merci aux bénévoles du verger\n2;Rouvrir le four à pain le dimanche matin\n"
)
MORE = "table;texte\n4;Le lavoir fuit depuis deux ans\n"
NEW_COLUMNS = {"items": ["lead", "own_provenance"], "contributions": ["headings", "list_id"], "groups": ["recurrence"]}
"""Columns that the older version did not write."""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small corpus and its run."""
    folder = tmp_path_factory.mktemp("atelier")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "postits.csv").write_text(POSTITS, encoding="utf-8")
    run_synthesis(folder / "corpus", folder / "run")
    return folder / "corpus", folder / "run"


@pytest.fixture
def corpus(finished: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished[0], tmp_path / "corpus"))


@pytest.fixture
def run(finished: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished[1], tmp_path / "run"))


def make_older(run: Path, names: Sequence[str], older_method: bool = True) -> None:
    """Drop the new columns of some tables, as an older version left them, its manifest in accord with its files."""
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    for name in names:
        path = run / f"{name}.parquet"
        pd.read_parquet(path).drop(columns=NEW_COLUMNS[name]).to_parquet(path, index=False)
        for record in manifest["stages"].values():
            if path.name in record["artefacts"]:
                record["artefacts"][path.name] = file_sha256(path)
    if older_method:
        for record in manifest["stages"].values():
            record |= {"fingerprint": "older", "rule": "older", "method": "older"}
    RunFolder.open(run).manifest.save(manifest)


def same_tables(one: Path, two: Path, names: Sequence[str]) -> bool:
    return all(file_sha256(one / f"{name}.parquet") == file_sha256(two / f"{name}.parquet") for name in names)


def test_a_folder_of_an_older_version_is_made_anew_and_told(
    corpus: Path, run: Path, finished: tuple[Path, Path]
) -> None:
    make_older(run, list(NEW_COLUMNS))
    summary = run_synthesis(corpus, run)
    assert NOT_COMPARED in summary.warnings
    assert len(RunFolder.open(run).load_table("changes")) == 0
    assert same_tables(run, finished[1], [*INGESTED, *CLUSTERED])


def test_the_run_that_follows_is_compared_again(corpus: Path, run: Path) -> None:
    make_older(run, list(NEW_COLUMNS))
    run_synthesis(corpus, run)
    (corpus / "lavoir.csv").write_text(MORE, encoding="utf-8")
    summary = run_synthesis(corpus, run)
    assert NOT_COMPARED not in summary.warnings
    changes = RunFolder.open(run).load_table("changes")
    assert changes.loc[changes["kind"] == "item_nouveau", "after"].tolist() == ["Le lavoir fuit depuis deux ans"]


def test_a_first_run_has_nothing_to_be_compared_with(finished: tuple[Path, Path]) -> None:
    manifest = json.loads((finished[1] / "manifest.json").read_text(encoding="utf-8"))
    assert NOT_COMPARED not in manifest["stages"]["review"]["warnings"]


def test_files_are_read_anew_when_their_earlier_tables_lack_columns(
    corpus: Path, run: Path, finished: tuple[Path, Path], tmp_path: Path
) -> None:
    make_older(run, ["items", "contributions"], older_method=False)
    (corpus / "lavoir.csv").write_text(MORE, encoding="utf-8")
    run_synthesis(corpus, run)
    run_synthesis(corpus, tmp_path / "anew")
    assert same_tables(run, tmp_path / "anew", INGESTED)


def test_groups_that_lack_columns_are_not_kept(corpus: Path, run: Path) -> None:
    make_older(run, ["groups"])
    assert NOT_KEPT in keeping_groups(corpus, run).warnings


def test_groups_of_today_are_kept(corpus: Path, run: Path) -> None:
    (corpus / "lavoir.csv").write_text(MORE, encoding="utf-8")
    assert NOT_KEPT not in keeping_groups(corpus, run).warnings


def keeping_groups(corpus: Path, run: Path) -> Synthesis:
    config = load_config(profil="rapide", cluster={"garder_groupes": True})
    return synthesize(Job(corpus, RunFolder.create(run), config, LocalExecutor()))


def test_earlier_tables_are_whole_or_none(run: Path) -> None:
    folder = RunFolder.open(run)
    assert list(folder.earlier_tables(("items", "groups")) or {}) == ["items", "groups"]
    make_older(run, ["items"])
    assert RunFolder.open(run).earlier_tables(("items", "groups")) is None
    assert folder.previous().earlier_tables(("groups",)) is None
