"""What the cluster stage groups, and what it left the last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.grouping.likeness import Likeness
from pipeline.cluster.grouping.word_vectors import Matrix
from pipeline.config import ClusterConfig

Vectors = npt.NDArray[np.float16]


@dataclass(frozen=True)
class EarlierGroups:
    """What the last run of the stage wrote: frames of the schemas of these names, and where its groups stand."""

    groups: pd.DataFrame
    memberships: pd.DataFrame
    themes: pd.DataFrame
    links: pd.DataFrame
    grounds: Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Corpus:
    """What is grouped.

    Attributes
    ----------
    sources : one row per item, sorted by item_id: item_id, text, axis, facet, status, source, channel, voice, table,
        workshop.
    vectors, said : of topics, and of what is said (None when the profile has none), rows as in `sources`; read where
        they are asked for.
    likeness : vectors → meanings.
    declared, subjects : themes asked for, and (workshop, table) → the theme that the table spoke of.
    """

    sources: pd.DataFrame
    vectors: np.ndarray
    said: np.ndarray | None
    likeness: Likeness
    declared: Sequence[str]
    subjects: dict[tuple[str, str], str]
    settings: ClusterConfig
    seed: int

    def meanings(self, rows: npt.NDArray[np.int64], shared: Sequence[Matrix]) -> Vectors:
        """What some items mean, shape (len(rows), k), where the vectors of the corpus share so much."""
        said = None if self.said is None else self.said[rows]
        return self.likeness(self.vectors[rows], said, shared)
