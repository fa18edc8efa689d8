"""Chances of pairs → a tree, its two levels, and the likeliest pairs of each idea."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pipeline.cluster.pairs import levels
from pipeline.cluster.pairs.features import Ideas, Pairs
from pipeline.cluster.pairs.levels import NearPairs, average_tree, cut_tree, grouped, inside, near_pairs, no_pairs
from pipeline.cluster.pairs.model import load_pairs

ALIKE = [
    "Plus de bancs dans le parc", "Ajouter des bancs au parc", "La cantine est bruyante", "Trop de bruit à la cantine",
    "Le gymnase ferme trop tôt", "Former les bénévoles au secourisme",
]  # fmt: skip


def sets(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == one).tolist()) for one in set(labels.tolist())}


def test_what_says_the_same_stands_together_and_the_rest_alone(ideas: Callable[..., Ideas]) -> None:
    found = sets(grouped(ideas(ALIKE), load_pairs()).groups)
    assert found == {frozenset({0, 1}), frozenset({2, 3}), frozenset({4}), frozenset({5})}


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_and_one_idea_make_no_pair(ideas: Callable[..., Ideas], n: int) -> None:
    empty = np.zeros((n, 4), dtype=np.float16)
    given = Ideas(ALIKE[:n], [""] * n, empty, empty, empty, empty.astype(np.float32))
    found = grouped(given, load_pairs())
    assert found.groups.tolist() == found.stacks.tolist() == [0] * n
    assert not len(found.near.one)


def test_stacks_are_nested_in_groups(ideas: Callable[..., Ideas]) -> None:
    found = grouped(ideas(ALIKE), replace(load_pairs(), cut=0.9, cut_same=0.0))
    assert len(set(found.stacks.tolist())) == len(set(found.groups.tolist()))
    again = grouped(ideas(ALIKE), replace(load_pairs(), cut=0.0, cut_same=1.0))
    assert set(again.groups.tolist()) == {0}
    assert len(set(again.stacks.tolist())) == len(ALIKE)


def test_what_participants_put_together_stays_together(ideas: Callable[..., Ideas]) -> None:
    made = np.array([0, -1, -1, -1, 0, 1])
    found = grouped(ideas(ALIKE), load_pairs(), made).groups
    assert found[0] == found[4] != found[5]


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


BENCHES = ["Plus de bancs dans le parc", "Ajouter des bancs au parc", "Le gymnase ferme trop tôt"]


def listed(found: NearPairs) -> list[tuple[int, int, float]]:
    return list(zip(found.one.tolist(), found.other.tolist(), found.chances.tolist(), strict=True))


def test_a_pair_is_kept_when_it_is_among_the_likeliest_of_one_of_its_ideas(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(levels, "N_NEAR", 1)
    given = pairs(4, (0, 1), (0, 2), (1, 2), (2, 3))
    found = near_pairs(given, np.array([0.9, 0.3, 0.4, 0.5]), 0.25)
    assert listed(found) == [(0, 1, 0.9), (2, 3, 0.5)]
    assert found.cut == 0.25


def test_what_is_too_unlikely_is_not_kept() -> None:
    assert listed(near_pairs(pairs(3, (0, 1), (1, 2)), np.array([0.04, 0.06]), 0.25)) == [(1, 2, 0.06)]


def test_what_repeats_an_idea_is_surely_with_it() -> None:
    read = near_pairs(pairs(2, (0, 1)), np.array([0.6]), 0.25)
    spread = read.among(np.array([1, 3]), np.array([1, 0, -1, 1]))  # row 0 repeats the idea of row 3; row 2 has no word
    assert listed(spread) == [(0, 3, 1.0), (1, 3, 0.6)]


def test_nothing_to_read_gives_no_pair() -> None:
    none = np.zeros((1, 4), dtype=np.float16)
    alone = Ideas(["Seule"], [""], none, none, none, none.astype(np.float32))
    assert listed(grouped(alone, load_pairs()).near) == listed(no_pairs(0.15)) == []
    assert listed(no_pairs(0.15).among(np.zeros(0, dtype=np.int64), np.array([-1, -1]))) == []


def test_what_says_the_same_comes_first(ideas: Callable[..., Ideas]) -> None:
    found = listed(grouped(ideas(BENCHES), load_pairs()).near)
    assert max(found, key=lambda pair: pair[2])[:2] == (0, 1)


def test_what_is_left_out_makes_no_pair() -> None:
    read = near_pairs(pairs(3, (0, 1), (1, 2)), np.array([0.6, 0.7]), 0.25)
    assert listed(read.without(np.array([True, False, False]))) == [(1, 2, 0.7)]
