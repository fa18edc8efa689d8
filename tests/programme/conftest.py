"""Three runs of a programme, written once."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from territories import WORKSHOPS, write_run

from pipeline.config import Config, load_config


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three runs; nothing may change it."""
    place = tmp_path_factory.mktemp("programme")
    for name in WORKSHOPS:
        write_run(place / name, name)
    return place


@pytest.fixture
def runs(written: Path, tmp_path: Path) -> list[Path]:
    """The three runs, of this test alone."""
    return [Path(shutil.copytree(written / name, tmp_path / name)) for name in WORKSHOPS]


@pytest.fixture(scope="session")
def config() -> Config:
    """The default configuration."""
    return load_config()
