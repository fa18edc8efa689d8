"""The classify stage: items with their context → tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.config import Config
from pipeline.language.encoders import Embeddings


class AxisModel(Protocol):
    """A loaded, checked model of `models/axes/<profile>/`. `sha256` covers every file that decides."""

    sha256: str

    def predict(
        self,
        texts: Sequence[str],
        contexts: Sequence[str],
        text_vectors: npt.NDArray[np.float16],
        context_vectors: npt.NDArray[np.float16],
    ) -> pd.DataFrame:
        """Rows in order, columns of the schema `tags` but `item_id`; vectors have shape (len(texts), d)."""


def load_axis_model(profile: str, folder: Path | None = None) -> AxisModel:
    """The model of a profile (`precis` or `rapide`), loaded after its sha256 was checked.

    Raises
    ------
    ModelError : missing, altered or of another version, with what to do.
    """
    raise NotImplementedError


def classify(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    embeddings: Embeddings,
    model: AxisModel,
    config: Config,
    tick: Callable[[int], None] = lambda _: None,
) -> pd.DataFrame:
    """The table `tags`: one row per item, in the order of `items`.

    Items are classified in partitions of `config.taille_partition` rows sorted by item_id, so that the order of the
    files moves no digit.
    """
    raise NotImplementedError
