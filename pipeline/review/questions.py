"""The pairs to ask about: the likeliest that are not together, and those of one group that are least likely to be.

On seven walls, with a reader as the person who answers and models that never saw her wall, this order brings as much as
any that weighs what would change (`tests/bench/questions.py`): a pair that is likely and apart is worth most, and the
loosest pairs of a group are worth asking once no likely pair is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.axes import HORS_AXE
from pipeline.review.log.regroup import is_hers
from pipeline.review.log.state import Item, ReviewState
from pipeline.review.pairs.graph import SURE

TOGETHER = 0.2
"""What a pair of one group is worth beside one that is apart, for as much doubt."""
LEAST = 0.05
"""A pair that is worth less is not asked about."""


@dataclass(frozen=True)
class Question:
    """Two ideas of one axis.

    Attributes
    ----------
    chance : how likely they go together, in [0, 1], given what was answered.
    is_together : whether one group holds both.
    worth : in [0, 1], by which questions are put in order.
    """

    one: str
    other: str
    chance: float
    is_together: bool
    worth: float


def questions(state: ReviewState, axis: str = "") -> list[Question]:
    """What is worth asking about an axis, or all, the best first."""
    hers = {group.group_id for group in state.groups.values() if is_hers(state, group)}
    closed = {group.group_id for group in state.groups.values() if group.state == "rejete" or group.is_hidden}
    found = [
        one
        for one in _open_pairs(state, axis)
        if not _is_settled({state.items[key].group_id for key in (one.one, one.other)}, hers, closed)
    ]
    return sorted(found, key=lambda one: (-one.worth, one.one, one.other))


def _is_settled(groups: set[str | None], hers: set[str], closed: set[str]) -> bool:
    """Whether people decided about all these groups, or want to see one of them no more."""
    return not groups.isdisjoint(closed) or groups <= hers


def _open_pairs(state: ReviewState, axis: str) -> Iterator[Question]:
    """Pairs of one axis that nothing that was answered tells about."""
    for key, near in state.near.near.items():
        item = state.items.get(key)
        if item is None or not _is_asked_about(item, axis):
            continue
        for other_key, first in near.items():
            other = state.items.get(other_key)
            if key > other_key or first >= SURE or other is None or other.axis != item.axis:
                continue
            if not _is_asked_about(other, axis) or (key, other_key) in state.answers.said:
                continue
            chance = state.answers.chance(state.near, key, other_key)
            is_together = item.group_id is not None and item.group_id == other.group_id
            worth = round(TOGETHER * (1.0 - chance) if is_together else chance, 6)
            if worth >= LEAST and state.answers.known(key, other_key) is None:
                yield Question(key, other_key, chance, is_together, worth)


def _is_asked_about(item: Item, axis: str) -> bool:
    return not item.is_hidden and item.axis != HORS_AXE and axis in ("", item.axis)
