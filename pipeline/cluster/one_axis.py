"""What is done axis by axis, in this process or another: its groups, then their titles; what was read of the axis to
settle the first serves the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    """

    rows: pd.DataFrame
    meanings: npt.NDArray[np.float16]
    seed: int
    subjects: npt.NDArray[np.int64]
    beside: Beside | None
    settings: ClusterConfig
    reads: Reads | None = None


class AxisGroups(NamedTuple):
    """The groups of one axis on their way to a process: see `title_groups`."""

    groups: Sequence[GroupTexts]
    length_max: int
    reads: Reads | None
    n_in_all: int


class _Read(NamedTuple):
    reads: ReadOnce | None
    docs: Parses


_KEPT: dict[str, _Read] = {}
"""What this process read of the axes that it has settled and not titled yet; texts alone decide it."""


def group_axis(batch: AxisTexts) -> Partition:
    """The groups of one axis, each of which its title is true of."""
    texts = batch.rows["text"].tolist()
    beside = with_headings_read(batch.beside, texts, batch.reads)
    found = partition(texts, batch.meanings, batch.seed, _leads(batch.rows), batch.subjects, beside)
    if beside is None:  # too many to be read in pairs
        return found
    read = _KEPT[str(batch.rows["axis"].iloc[0])] = _read_with(batch.reads)
    return settled(batch.rows, found, batch.meanings, beside.topics, batch.settings, *read)


def title_axis(batch: AxisGroups) -> list[Title]:
    """The titles of the groups of one axis."""
    read = _KEPT.pop(batch.groups[0].axis, None) or _read_with(batch.reads)
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
