"""The columns of workshops, brought side by side: axis by axis, then proposals with what a later workshop knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.axes import COMPASS_CODES, NORD, SUD
from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.cluster.pairs.model import load_pairs
from pipeline.config import Config
from pipeline.programme.matching.answers import Elsewhere, answers_elsewhere
from pipeline.programme.matching.columns import Column, columns_of, pool_of
from pipeline.programme.matching.nearness import Near, Pool, in_order, is_match, near_columns
from pipeline.programme.matching.vectors import meanings_of, rows_of
from pipeline.programme.workshops import RunRead, Workshop, following
from pipeline.restitution.material.model import Item

Read = Sequence[tuple[Column, Item]]


@dataclass(frozen=True)
class Matched:
    """What the machine found.

    Attributes
    ----------
    columns : of every workshop, by id.
    near : pairs of one axis. became : see `pipeline.programme.reading.Reading`. n_left : columns left out.
    """

    columns: Mapping[str, Column]
    near: tuple[Near, ...]
    became: tuple[Near, ...]
    elsewhere: tuple[Elsewhere, ...]
    n_left: int


def matched(runs: Sequence[RunRead], workshops: Sequence[Workshop], config: Config) -> Matched:
    """The columns of workshops, and which are near."""
    columns = [column for workshop in workshops for column in columns_of(workshop)]
    by_id = {column.column_id: column for column in columns}
    read: list[tuple[Column, Item]] = []
    n_left = 0
    for axis in COMPASS_CODES:
        pool, left = pool_of(columns, axis)
        read += pool
        n_left += left
    if not read:
        return Matched(by_id, (), (), (), n_left)
    side = _Side(read, *_vectors(runs, [item for _, item in read]))
    near = [one for axis in COMPASS_CODES for one in side.near(axis, lambda column, axis=axis: column.axis == axis)]
    became = [one for first, last in following(workshops) for one in _became(side, first, last, by_id)]
    holders = {item.item_id: column.column_id for column, item in read}
    limits, seed = config.cluster.liens, config.graine
    elsewhere = answers_elsewhere([item for _, item in read], side.topics, holders, limits, seed)
    return Matched(by_id, tuple(sorted(near, key=in_order)), tuple(became), tuple(elsewhere), n_left)


@dataclass(frozen=True)
class _Side:
    """The ideas that are read, each with its column, their vectors of topics and their meanings."""

    read: Read
    topics: Any
    meanings: Any

    def near(self, axis: str, is_read: Any) -> list[Near]:
        """Near columns among those that are read, as on an axis."""
        rows = [row for row, (column, _) in enumerate(self.read) if is_read(column)]
        ids, homes = [self.read[row][0].column_id for row in rows], [self.read[row][0].workshop for row in rows]
        texts = [self.read[row][1].text for row in rows]
        return near_columns(Pool(axis, texts, ids, homes, self.topics[rows], self.meanings[rows]), load_pairs())


def _became(side: _Side, first: Workshop, last: Workshop, columns: Mapping[str, Column]) -> list[Near]:
    """Groups of proposals of a workshop, each with the resources of the next that may be what was proposed."""
    wanted = {(first.key, SUD), (last.key, NORD)}
    vouched = {key: column.is_vouched for key, column in columns.items()}
    found = side.near(SUD, lambda column: (column.workshop, column.axis) in wanted)
    told = (one for one in found if is_match(one, vouched))
    return [one if columns[one.one].axis == SUD else one._replace(one=one.other, other=one.one) for one in told]


def _vectors(runs: Sequence[RunRead], items: Sequence[Item]) -> tuple[Any, Any]:
    """Vectors of topics of ideas of several runs, and what they mean beside one another."""
    homes = {workshop.key: run.key for run in runs for workshop in run.workshops}
    topics: Any = None
    said = []
    order: list[int] = []
    for run in runs:
        rows = [row for row, item in enumerate(items) if homes[item.workshop] == run.key]
        if not rows:
            continue
        own, other = rows_of(run, [items[row].item_id.removeprefix(f"{items[row].workshop}/") for row in rows])
        topics = own if topics is None else np.vstack([topics, own])
        said.append(other)
        order += rows
    back = np.argsort(np.array(order))
    likeness = load_likeness()
    return topics[back], meanings_of(likeness, topics, said)[back]
