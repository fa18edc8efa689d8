"""What the cluster stage groups, and what it left the last time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.grouping.likeness import Likeness
from pipeline.cluster.grouping.partition import N_WHOLE, Beside
from pipeline.cluster.rows import Matrix
from pipeline.config import ClusterConfig

Vectors = npt.NDArray[np.float16]
HeadingVectors = Callable[[npt.NDArray[np.int64]], Vectors]
"""Rows of `Corpus.sources` → vectors of the headings above them, shape (n, d), zeros where there is none."""


@dataclass(frozen=True)
class EarlierGroups:
    """What the last run of the stage wrote: frames of the schemas of these names, and where its groups stand."""

    groups: pd.DataFrame
    memberships: pd.DataFrame
    themes: pd.DataFrame
    links: pd.DataFrame
    near_pairs: pd.DataFrame
    grounds: Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Corpus:
    """What is grouped.

    Attributes
    ----------
    sources : one row per item, sorted by item_id: item_id, text, axis, facet, status, source, channel, voice, table,
        workshop.
    of_headings : the vectors of the headings above items.
    vectors, said : of topics, and of what is said (None when the profile has none), rows as in `sources`; read where
        they are asked for.
    likeness : vectors → meanings.
    declared, subjects : themes asked for, and (workshop, table) → the theme that the table spoke of.
    """

    sources: pd.DataFrame
    vectors: np.ndarray
    of_headings: HeadingVectors
    said: np.ndarray | None
    likeness: Likeness
    declared: Sequence[str]
    subjects: dict[tuple[str, str], str]
    settings: ClusterConfig
    seed: int

    def beside(self, rows: npt.NDArray[np.int64]) -> Beside | None:
        """The headings and topics of the items of an axis; None when they are too many for pairs to be read."""
        if len(rows) > N_WHOLE:
            return None
        return Beside(self.sources["context"].iloc[rows].tolist(), self.vectors[rows], self.of_headings(rows))

    def meanings(self, rows: npt.NDArray[np.int64], shared: Sequence[Matrix]) -> Vectors:
        """What some items mean, shape (len(rows), k), where the vectors of the corpus share so much."""
        said = None if self.said is None else self.said[rows]
        return self.likeness(self.vectors[rows], said, shared)
