"""The hand-made workshop as a format is given it, made once."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from decided_workshop import decided

from pipeline.config import load_config
from pipeline.restitution.exports import Contents


@pytest.fixture(scope="session")
def contents() -> Contents:
    tables = decided()
    ids = list(tables.items["item_id"])

    def vectors(asked: Sequence[str]) -> np.ndarray:
        angles = np.array([ids.index(item_id) for item_id in asked], dtype=float)
        return np.stack([np.cos(angles), np.sin(angles), angles % 3], axis=1)

    return Contents("atelier", tables, load_config(), vectors)
