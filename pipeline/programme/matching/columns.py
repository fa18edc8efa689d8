"""What is compared from one workshop to another: the groups of each, and the ideas that stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.grouping.partition import is_thin
from pipeline.programme.workshops import Workshop
from pipeline.restitution.material.kinship import is_sure
from pipeline.restitution.material.model import Group, Item

N_READ = 8
"""Members of a group that are read, the most central ones."""
N_POOL = 4_000
"""Ideas of an axis that are compared, over all workshops, each having an equal part: time does not grow beyond."""


@dataclass(frozen=True)
class Column:
    """A group of a workshop, or an idea alone: the whole of what is matched.

    Attributes
    ----------
    items : the most central first.
    owner : the group of the run that it is a part of; parts of one group are one.
    is_vouched : whether people made it, accepted it or called it.
    """

    column_id: str
    workshop: str
    axis: str
    items: tuple[Item, ...]
    group: Group | None
    owner: str
    is_vouched: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether it is one idea, that nobody repeated there."""
        return self.group is None


def columns_of(workshop: Workshop) -> list[Column]:
    """The columns of a workshop: groups by recurrence, then sure ideas that stand alone, the surest first."""
    material = workshop.material
    groups = sorted((g for axis in COMPASS_CODES for g in material.groups_of(axis)), key=_widest)
    alone = [item for item in material.signals if is_sure(item) and not item.tied_to and not is_thin(item.text)]
    alone.sort(key=lambda item: (-item.votes, -round(item.confidence, 2), item.item_id))
    found = [
        Column(
            g.group_id, workshop.key, g.axis, g.members, g, workshop.owners[g.group_id], g.group_id in workshop.vouched
        )
        for g in groups
    ]
    return found + [
        Column(item.item_id, workshop.key, item.axis, (item,), None, workshop.owners.get(item.item_id, ""))
        for item in alone
    ]


def _widest(group: Group) -> tuple[float, str]:
    return -round(group.recurrence, 3), group.group_id


def pool_of(columns: Sequence[Column], axis: str) -> tuple[list[tuple[Column, Item]], int]:
    """The ideas of an axis that are read, each with its column, and how many columns there was no room for."""
    here = [column for column in columns if column.axis == axis]
    n_each = N_POOL // max(1, len({column.workshop for column in here}))
    taken: dict[str, int] = {}
    pool: list[tuple[Column, Item]] = []
    n_left = 0
    for column in here:
        members = column.items[:N_READ]
        if taken.get(column.workshop, 0) + len(members) > n_each:
            n_left += 1
            continue
        taken[column.workshop] = taken.get(column.workshop, 0) + len(members)
        pool += [(column, item) for item in members]
    return pool, n_left
