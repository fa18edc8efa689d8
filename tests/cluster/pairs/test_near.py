"""The likeliest pairs of each idea."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pipeline.cluster.pairs import levels
from pipeline.cluster.pairs.features import Ideas, Pairs
from pipeline.cluster.pairs.levels import NearPairs, grouped, near_pairs, no_pairs
from pipeline.cluster.pairs.model import load_pairs

BENCHES = ["Plus de bancs dans le parc", "Ajouter des bancs au parc", "Le gymnase ferme trop tôt"]


def listed(found: NearPairs) -> list[tuple[int, int, float]]:
    return list(zip(found.one.tolist(), found.other.tolist(), found.chances.tolist(), strict=True))


def pairs(n: int, *chosen: tuple[int, int]) -> Pairs:
    one, other = (np.array([pair[side] for pair in chosen], dtype=np.int64) for side in (0, 1))
    return Pairs(n, one, other, np.zeros((len(chosen), 1), dtype=np.float32), ("nothing",))


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
