"""Pairs to ask about, best first.

On seven walls, with a reader as the person who answers and models that never saw her wall, this order brings as much as
any that weighs what would change (`tests/bench/questions.py`): a pair that is likely and apart is worth most, and the
loosest pairs of a group are worth asking once no likely pair is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.axes import HORS_AXE
from pipeline.review.log.on_pairs import is_decided
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Item

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
    better: list[Question] = []
    for one in _open_questions(state, axis, better):
        if not better or _rank(one) < _rank(better[-1]):
            better.append(one)
    return better[-1] if better else None


def _rank(one: Question) -> tuple[float, str, str]:
    return (-one.worth, one.one, one.other)


def _open_questions(state: ReviewState, axis: str, better: Sequence[Question] = ()) -> Iterator[Question]:
    """Yield the questions of one axis, or all: pairs that neither an answer nor a decision settles.

    Parameters
    ----------
    better : grows while pairs are read; those that are worth less than the last one may be left out.
    """
    decided = {group.group_id for group in state.groups.values() if is_decided(state, group)}
    closed = {group.group_id for group in state.groups.values() if group.state == "rejete" or group.is_hidden}
    for key, other_key, first in state.near.pairs:
        one, other = state.items.get(key), state.items.get(other_key)
        if one is None or other is None or not _are_comparable(one, other, axis):
            continue
        is_together = one.group_id is not None and one.group_id == other.group_id
        if (TOGETHER if is_together else first) < (better[-1].worth if better else LEAST):
            continue
        groups = {one.group_id, other.group_id}
        if (key, other_key) in state.answers.said or groups <= decided or not groups.isdisjoint(closed):
            continue
        chance = state.answers.chance(state.near, key, other_key)
        worth = round(TOGETHER * (1.0 - chance) if is_together else chance, 6)
        if worth >= LEAST and state.answers.known(key, other_key) is None:
            yield Question(key, other_key, chance, is_together, worth)


def _are_comparable(one: Item, other: Item, axis: str) -> bool:
    """Tell whether two items are shown on the same axis of the compass, the one that is asked for if any."""
    if one.is_hidden or other.is_hidden:
        return False
    return one.axis == other.axis != HORS_AXE and axis in ("", one.axis)
