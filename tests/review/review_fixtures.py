"""The hand-made workshop, shared by the tests of review and of the page."""

import shutil
from itertools import count
from pathlib import Path

import pytest
from reading import group_named
from workshop import make_workshop
from workshop_run import desk_of, write_run

from pipeline.app.desk import Desk
from pipeline.folder.artifacts import RunFolder
from pipeline.review.session import Session
from pipeline.workshop.records import MachineTables


@pytest.fixture(scope="session")
def machine() -> MachineTables:
    """The tables before any decision; nothing may change them."""
    return make_workshop()[0]


@pytest.fixture(scope="session")
def written_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder on disk, for `run` to copy."""
    folder = RunFolder.create(tmp_path_factory.mktemp("workshop") / "atelier")
    write_run(folder)
    return folder.path


@pytest.fixture
def run(written_run: Path, tmp_path: Path) -> RunFolder:
    """A run folder of this test alone."""
    return RunFolder.open(shutil.copytree(written_run, tmp_path / "atelier"))


@pytest.fixture
def desk(run: RunFolder) -> Desk:
    """What the page's screens share, on that run."""
    return desk_of(run)


@pytest.fixture
def session(tmp_path: Path, machine: MachineTables) -> Session:
    """A review under way in an empty folder, its clock and its ids fixed."""
    ids = count(1)
    folder = RunFolder.create(tmp_path / "r")
    return Session(folder, machine, lambda: "2026-05-04T09:00:00+00:00", lambda: f"d{next(ids):04d}")


@pytest.fixture
def bus(session: Session) -> str:
    """The group « Pas assez de bus le soir » of that review."""
    return group_named(session.state, "Pas assez de bus le soir")
