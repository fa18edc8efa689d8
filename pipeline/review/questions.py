"""The pairs to ask about: the likeliest that are not together, and those of one group that are least likely to be.

On seven walls, with a reader as the person who answers and models that never saw her wall, this order brings as much as
any that weighs what would change (`tests/bench/questions.py`): a pair that is likely and apart is worth most, and the
loosest pairs of a group are worth asking once no likely pair is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.axes import HORS_AXE
from pipeline.review.log.regroup import is_hers
from pipeline.review.log.state import Item, ReviewState

TOGETHER = 0.3
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
    return sorted(_open_questions(state, axis), key=_rank)


def best_question(state: ReviewState, axis: str = "") -> Question | None:
    """The first of `questions`, None when there is none; most pairs need not be read for it."""
    found: list[Question] = []
    for one in _open_questions(state, axis, found):
        if not found or _rank(one) < _rank(found[-1]):
            found.append(one)
    return found[-1] if found else None


def _rank(one: Question) -> tuple[float, str, str]:
    return (-one.worth, one.one, one.other)


def _open_questions(state: ReviewState, axis: str, better: Sequence[Question] = ()) -> Iterator[Question]:
    """Pairs of one axis that nothing that was answered tells about, nor people settled.

    Parameters
    ----------
    better : grows while pairs are read; those that are worth less than the last one may be left out.
    """
    hers = {group.group_id for group in state.groups.values() if is_hers(state, group)}
    closed = {group.group_id for group in state.groups.values() if group.state == "rejete" or group.is_hidden}
    for key, other_key, first in state.near.pairs:
        one, other = state.items.get(key), state.items.get(other_key)
        if one is None or other is None or not _are_comparable(one, other, axis):
            continue
        is_together = one.group_id is not None and one.group_id == other.group_id
        if (TOGETHER if is_together else first) < (better[-1].worth if better else LEAST):
            continue
        if (key, other_key) in state.answers.said or _are_settled({one.group_id, other.group_id}, hers, closed):
            continue
        chance = state.answers.chance(state.near, key, other_key)
        worth = round(TOGETHER * (1.0 - chance) if is_together else chance, 6)
        if worth >= LEAST and state.answers.known(key, other_key) is None:
            yield Question(key, other_key, chance, is_together, worth)


def _are_settled(groups: set[str | None], hers: set[str], closed: set[str]) -> bool:
    """Whether people decided about all these groups, or want to see one of them no more."""
    return not groups.isdisjoint(closed) or groups <= hers


def _are_comparable(one: Item, other: Item, axis: str) -> bool:
    are_shown = not one.is_hidden and not other.is_hidden
    return are_shown and one.axis == other.axis != HORS_AXE and axis in ("", one.axis)
