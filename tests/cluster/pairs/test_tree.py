"""Chances of pairs → groups."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from pipeline.cluster.pairs.features import Pairs
from pipeline.cluster.pairs.model import load_pairs
from pipeline.cluster.pairs.tree import cut_tree, grouped
from pipeline.cluster.pairs.views import Ideas

ALIKE = [
    "Plus de bancs dans le parc", "Ajouter des bancs au parc", "La cantine est bruyante", "Trop de bruit à la cantine",
    "Le gymnase ferme trop tôt", "Former les bénévoles au secourisme",
]  # fmt: skip


def sets(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == one).tolist()) for one in set(labels.tolist())}


def pairs(n: int, *chosen: tuple[int, int]) -> Pairs:
    one, other = (np.array([pair[side] for pair in chosen], dtype=np.int64) for side in (0, 1))
    return Pairs(n, one, other, np.zeros((len(chosen), 1), dtype=np.float32), ("nothing",))


def test_two_groups_join_where_their_pairs_have_a_mean_chance_of_the_cut() -> None:
    three = pairs(4, (0, 1), (0, 2), (1, 2))
    chances = np.array([0.9, 0.5, 0.1])
    assert sets(cut_tree(three, chances, (0.3,))[0]) == {frozenset({0, 1, 2}), frozenset({3})}
    assert sets(cut_tree(three, chances, (0.31,))[0]) == {frozenset({0, 1}), frozenset({2}), frozenset({3})}


def test_stacks_are_nested_in_groups() -> None:
    chain = pairs(5, (0, 1), (0, 2), (1, 2), (3, 4))
    groups, stacks = cut_tree(chain, np.array([0.9, 0.4, 0.3, 0.5]), (0.3, 0.6))
    assert sets(groups) == {frozenset({0, 1, 2}), frozenset({3, 4})}
    assert sets(stacks) == {frozenset({0, 1}), frozenset({2}), frozenset({3}), frozenset({4})}


def test_pairs_that_are_no_candidates_part_groups() -> None:
    chain = pairs(4, (0, 1), (1, 2), (2, 3))
    assert sets(cut_tree(chain, np.array([0.9, 0.2, 0.9]), (0.2,))[0]) == {frozenset({0, 1}), frozenset({2, 3})}


def test_what_says_the_same_stands_together_and_the_rest_alone(ideas: Callable[..., Ideas]) -> None:
    found = sets(grouped(ideas(ALIKE), load_pairs())[0])
    assert found == {frozenset({0, 1}), frozenset({2, 3}), frozenset({4}), frozenset({5})}


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_and_one_idea_make_no_pair(ideas: Callable[..., Ideas], n: int) -> None:
    empty = np.zeros((n, 4), dtype=np.float16)
    given = Ideas(ALIKE[:n], [""] * n, empty, empty, empty, empty.astype(np.float32))
    groups, stacks, near = grouped(given, load_pairs())
    assert groups.tolist() == stacks.tolist() == [0] * n
    assert not len(near.one)


def test_headings_choose_the_cut() -> None:
    model = load_pairs()
    assert model.cut_under(["Dehors", ""]) == model.cut
    assert model.cut_under(["Dehors", "", ""]) == model.cut_bare
    assert model.cut_bare < model.cut
