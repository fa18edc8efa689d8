"""The hand-made workshop, shared by the tests of review."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from workshop import desk_of, make_workshop, write_run

from pipeline.config import Config, load_config
from pipeline.folder.artifacts import RunFolder
from pipeline.review.app.desk import Desk
from pipeline.review.log.state import MachineTables


@pytest.fixture(scope="session")
def machine() -> MachineTables:
    """The tables before any decision; nothing may change them."""
    return make_workshop()[0]


@pytest.fixture(scope="session")
def config() -> Config:
    """The default configuration."""
    return load_config()


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """A run folder on disk."""
    folder = RunFolder.create(tmp_path / "atelier")
    write_run(folder)
    return folder


@pytest.fixture
def desk(run: RunFolder) -> Desk:
    """What the page's screens share, on that run."""
    return desk_of(run)
