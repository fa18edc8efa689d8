"""The hand-made workshop and its restitution, made once."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from atelier import workshop
from workshop_told import hand_made, told_workshop

from pipeline.config import load_config
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.stage import RestitutionResult, write_restitution
from pipeline.workshop.model import Material
from pipeline.workshop.tables import RestitutionTables


@pytest.fixture(scope="session")
def tables() -> RestitutionTables:
    return workshop()


@pytest.fixture(scope="session")
def result(tables: RestitutionTables) -> RestitutionResult:
    return write_restitution(tables, load_config())


@pytest.fixture(scope="session")
def material() -> Material:
    return hand_made()


@pytest.fixture(scope="session")
def telling() -> Telling:
    return told_workshop()
