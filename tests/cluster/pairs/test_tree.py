"""Chances of pairs → a tree, and where it is cut."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.cluster.pairs import levels
from pipeline.cluster.pairs.features import Pairs
from pipeline.cluster.pairs.levels import average_tree, cut_tree, inside


def sets(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == one).tolist()) for one in set(labels.tolist())}


def pairs(n: int, *chosen: tuple[int, int]) -> Pairs:
    one, other = (np.array([pair[side] for pair in chosen], dtype=np.int64) for side in (0, 1))
    return Pairs(n, one, other, np.zeros((len(chosen), 1), dtype=np.float32), ("nothing",))


def cut(read: Pairs, chances: list[float], at: float, made: list[int] | None = None) -> set[frozenset[int]]:
    held = None if made is None else np.array(made, dtype=np.int64)
    return sets(cut_tree(average_tree(read, np.array(chances), held), at))


def test_two_groups_join_where_their_pairs_have_a_mean_chance_of_the_cut() -> None:
    three = pairs(4, (0, 1), (0, 2), (1, 2))
    chances = [0.9, 0.5, 0.1]
    assert cut(three, chances, 0.3) == {frozenset({0, 1, 2}), frozenset({3})}
    assert cut(three, chances, 0.31) == {frozenset({0, 1}), frozenset({2}), frozenset({3})}


def test_pairs_that_are_no_candidates_part_groups() -> None:
    chain = pairs(4, (0, 1), (1, 2), (2, 3))
    assert cut(chain, [0.9, 0.2, 0.9], 0.2) == {frozenset({0, 1}), frozenset({2, 3})}


def test_groups_that_participants_made_stay_whole_apart_and_may_be_completed() -> None:
    chain = pairs(6, (0, 1), (1, 2), (2, 3), (4, 5))
    found = cut(chain, [0.01, 0.9, 0.9, 0.8], 0.3, made=[0, 0, -1, 1, 1, -1])
    assert found == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}


def test_a_group_of_participants_that_is_too_large_is_not_held_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "N_MADE", 2)
    three = pairs(4, (0, 1), (1, 2), (2, 3))
    found = cut(three, [0.9, 0.1, 0.9], 0.3, made=[0, 0, 0, 1])
    assert found == {frozenset({0, 1}), frozenset({2}), frozenset({3})}


def test_parts_are_cut_along_groups() -> None:
    found = inside(np.array([0, 0, 1, 1]), np.array([5, 5, 5, 2]))
    assert sets(found) == {frozenset({0, 1}), frozenset({2}), frozenset({3})}
