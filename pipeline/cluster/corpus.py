"""What the cluster stage takes and gives: the corpus, the result."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.given import numbered, under_headings
from pipeline.cluster.grouping.likeness import Likeness
from pipeline.cluster.pairs import Beside, NearPairs
from pipeline.config import ClusterConfig
from pipeline.contracts.checks import conform, empty, validate
from pipeline.contracts.tables import CLUSTERED

N_UNDER_ONE = 1_000
"""Texts of an axis that are read after their heading when all have the same, which tells none from another."""
Vectors = npt.NDArray[np.float16]
ReadTopics = Callable[[Sequence[str]], Vectors]
"""Texts → sentence vectors, shape (n, d)."""
HeadingVectors = Callable[[npt.NDArray[np.int64]], Vectors]
"""Rows of `Corpus.sources` → vectors of the headings above them, shape (n, d), zeros where there is none."""


@dataclass(frozen=True)
class Corpus:
    """What is grouped.

    Attributes
    ----------
    sources : one row per item, sorted by item_id: item_id, text, axis, facet, status, source, channel, voice, table,
        workshop; `place` in the order of reading, −1 where it says nothing, and `made`, the title of the group that
        participants put it in.
    of_headings : the vectors of the headings above items.
    vectors, said : of topics, and of what is said (None when the profile has none), rows as in `sources`; read where
        they are asked for.
    likeness : vectors → meanings.
    read_topics : texts → sentence vectors, for headings with what stands under them; None: they are not read.
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
    read_topics: ReadTopics | None = None

    def near(self, rows: npt.NDArray[np.int64]) -> Beside:
        """The headings and topics of some items of an axis, before headings are read with what stands under them."""
        part = self.sources.iloc[rows]
        places, headings, topics = part["place"].to_numpy(dtype=np.int64), part["context"].tolist(), self.vectors[rows]
        axis = str(part["axis"].iloc[0]) if len(part) else ""
        placed = numbered(part["placed"]) if "placed" in part else None
        return Beside(headings, topics, self.of_headings(rows), places, topics, axis, placed)


def with_headings_read(beside: Beside, texts: Sequence[str], reads: ReadTopics | None) -> Beside:
    """The same with vectors of headings followed by their texts, where there are some, few enough to be read."""
    if reads is None or not any(beside.headings):
        return beside
    told = under_headings(texts, beside.headings)
    is_many = len(set(beside.headings)) == 1 and len(set(told)) > N_UNDER_ONE
    return beside if is_many else replace(beside, under=reads(told))


READ = np.dtype([("key", "<u8"), ("stance", "i1")])
"""The stance that was read of an idea by itself, by a key of all that it was read of: its place in `STANCES`."""
MEMBERSHIPS = ("item_id", "group_id", "stack_id", "strength", "stance", "stance_on", "tied_to")


@dataclass(frozen=True)
class ClusterResult:
    """Frames of the schemas `groups`, `memberships`, `themes`, `links` and `near_pairs`; `stances`, see `READ`."""

    groups: pd.DataFrame
    memberships: pd.DataFrame
    themes: pd.DataFrame
    links: pd.DataFrame
    near_pairs: pd.DataFrame
    stances: npt.NDArray[np.void] = field(default_factory=lambda: np.zeros(0, dtype=READ), kw_only=True)


def checked(**tables: pd.DataFrame) -> ClusterResult:
    """The result, its tables checked against their contracts."""
    return ClusterResult(*(validate(name, tables[name]) for name in CLUSTERED))


def near_table(axes: Iterable[tuple[pd.Series, NearPairs]]) -> pd.DataFrame:
    """The table.

    `axes` : of each axis the ids of its items, sorted, and their near pairs.
    """
    tables = [
        pd.DataFrame({"one_item": ids[near.one], "other_item": ids[near.other], "chance": near.chances})
        for ids, near in ((items.to_numpy(), near) for items, near in axes)
        if len(near.one)
    ]
    return conform("near_pairs", pd.concat(tables)) if tables else empty("near_pairs")
