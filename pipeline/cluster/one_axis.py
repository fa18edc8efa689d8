"""What is done axis by axis, in this process or another: its groups, then their titles; what was read of the axis to
settle the first serves the second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.describing.settling import settled
from pipeline.cluster.given.beside import Beside
from pipeline.cluster.grouping.partition import Partition, partition
from pipeline.cluster.inputs import with_headings_read
from pipeline.cluster.naming.candidate import Title
from pipeline.cluster.naming.coverage import ReadOnce, Reads
from pipeline.cluster.naming.parses import Parses
from pipeline.cluster.naming.penalties import GroupTexts
from pipeline.cluster.naming.titles import title_groups
from pipeline.config import ClusterConfig

COLUMNS = (
    "item_id", "text", "axis", "tied_to", "stance", "voice", "channel", "status", "nature", "object", "context", "made",
)  # fmt: skip
"""What is read of the items of an axis."""


@dataclass(frozen=True)
class AxisTexts:
    """The items of one axis on their way to a process: see `partition` and `settled`.

    Attributes
    ----------
    rows : `COLUMNS` of the items, from 0. meanings : shape (n, k). reads : what reads topics, importable by name.
    kept : the key of `reads_kept`; None: what is read here is not kept.
    """

    rows: pd.DataFrame
    meanings: npt.NDArray[np.float16]
    seed: int
    subjects: npt.NDArray[np.int64]
    beside: Beside | None
    settings: ClusterConfig
    reads: Reads | None = None
    kept: int | None = None


class AxisGroups(NamedTuple):
    """The groups of one axis on their way to a process: see `title_groups`."""

    groups: Sequence[GroupTexts]
    length_max: int
    reads: Reads | None
    n_in_all: int
    kept: int | None


class _Read(NamedTuple):
    reads: ReadOnce | None
    docs: Parses


_KEPT: dict[tuple[int, str], _Read] = {}
"""What this process read of the axes that it has settled and not titled yet, by the key of their grouping and axis."""
_KEYS = count()


@contextmanager
def reads_kept() -> Iterator[int]:
    """The key under which what one grouping reads serves its titles: this process forgets it at the end, and fresh ones
    must end with it."""
    key = next(_KEYS)
    try:
        yield key
    finally:
        for one in [one for one in tuple(_KEPT) if one[0] == key]:
            del _KEPT[one]


def group_axis(batch: AxisTexts) -> Partition:
    """The groups of one axis, each of which its title is true of."""
    texts = batch.rows["text"].tolist()
    beside = with_headings_read(batch.beside, texts, batch.reads)
    found = partition(texts, batch.meanings, batch.seed, _leads(batch.rows), batch.subjects, beside)
    if beside is None:  # too many to be read in pairs
        return found
    read = _read_with(batch.reads)
    if batch.kept is not None:
        _KEPT[batch.kept, str(batch.rows["axis"].iloc[0])] = read
    return settled(batch.rows, found, batch.meanings, beside.topics, batch.settings, *read)


def title_axis(batch: AxisGroups) -> list[Title]:
    """The titles of the groups of one axis."""
    read = None if batch.kept is None else _KEPT.pop((batch.kept, batch.groups[0].axis), None)
    read = read or _read_with(batch.reads)
    return title_groups(batch.groups, batch.length_max, *read, n_in_all=batch.n_in_all)


def _read_with(reads: Reads | None) -> _Read:
    return _Read(None if reads is None else ReadOnce(reads), Parses())


def _leads(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """The row of the item that each repeats, its own when it repeats none."""
    places = {item: place for place, item in enumerate(rows["item_id"])}
    return np.array(
        [
            places[item] if pd.isna(lead) else places[lead]
            for item, lead in zip(rows["item_id"], rows["tied_to"], strict=True)
        ],
        dtype=np.int64,
    )
