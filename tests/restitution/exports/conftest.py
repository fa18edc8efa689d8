"""The hand-made workshop as a format is given it, made once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from decided_workshop import decided

from pipeline.restitution.exports import Contents


@pytest.fixture(scope="session")
def contents() -> Contents:
    return Contents("atelier", decided())
