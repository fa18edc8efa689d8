"""The ideas of an axis in two levels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pipeline.cluster.pairs.features import Ideas
from pipeline.cluster.pairs.levels import grouped
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
