"""What tells whether two ideas go together, on cases whose answer is known."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pipeline.cluster.pairs.features import (
    N_NEIGHBOURS,
    N_UNDER_HEADING,
    SITUATIONS,
    Ideas,
    Pairs,
    pairs_of,
    situations,
)

PARK = [
    "Ajouter des bancs au parc",
    "La cantine est bruyante",
    "Le gymnase ferme trop tôt",
    "Plus de bancs dans le parc",
    "Pourquoi le gymnase ferme-t-il si tôt ?",
]
HEADINGS = ["Dehors", "Dedans", "Dedans", "Dehors", ""]


def told(pairs: Pairs, name: str) -> dict[tuple[int, int], float]:
    values = pairs.features[:, pairs.names.index(name)].tolist()
    return dict(zip(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True), values, strict=True))


def test_names_are_those_of_columns_and_differ(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(ideas(PARK, HEADINGS))
    assert pairs.features.shape == (len(pairs.one), len(set(pairs.names)))
    assert np.isfinite(pairs.features).all()
    assert (pairs.one < pairs.other).all()


def test_a_few_ideas_are_all_compared(ideas: Callable[..., Ideas]) -> None:
    assert len(pairs_of(ideas(PARK)).one) == 10


@pytest.mark.parametrize("name", ["topics", "meanings", "points", "words", "letters", "rarest_shared"])
def test_benches_are_nearer_to_benches_than_to_the_canteen(ideas: Callable[..., Ideas], name: str) -> None:
    found = told(pairs_of(ideas(PARK)), name)
    assert found[0, 3] > found[0, 1]


def test_headings_are_told_where_there_are_any(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(ideas(PARK, HEADINGS))
    same, missing = told(pairs, "same_heading"), told(pairs, "heading_missing")
    assert {pair for pair, value in same.items() if value} == {(0, 3), (1, 2)}
    assert {pair for pair, value in missing.items() if value} == {(0, 4), (1, 4), (2, 4), (3, 4)}
    assert all(told(pairs_of(ideas(PARK)), "heading_missing").values())
    assert not any(told(pairs_of(ideas(PARK)), "same_heading").values())


def test_one_heading_above_all_tells_nothing(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(ideas(PARK, ["Vos idées"] * 5))
    assert all(told(pairs, "heading_missing").values())
    assert not any(told(pairs, "same_heading").values())


def test_a_pair_is_in_the_situation_of_what_is_known_of_both(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(replace(ideas(PARK, HEADINGS), places=np.array([1, 2, -1, 3, 4])))
    found = dict(
        zip(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True), situations(pairs).tolist(), strict=True)
    )
    told_so = {pair: SITUATIONS[number] for pair, number in found.items()}
    assert (told_so[0, 1], told_so[0, 2], told_so[0, 4], told_so[2, 4]) == (
        "headed_ordered",
        "headed",
        "ordered",
        "bare",
    )


def test_what_was_said_one_after_the_other_is_told(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(replace(ideas(PARK, HEADINGS), places=np.array([10, 11, 12, 40, -1])))
    assert {pair for pair, value in told(pairs, "next").items() if value} == {(0, 1), (1, 2)}
    assert {pair for pair, value in told(pairs, "few_between").items() if value} == {(0, 1), (0, 2), (1, 2)}
    assert {pair for pair, value in told(pairs, "next_under_heading").items() if value} == {(1, 2)}
    assert {pair for pair, value in told(pairs, "no_order").items() if value} == {(0, 4), (1, 4), (2, 4), (3, 4)}
    side = told(pairs, "side_by_side")
    assert side[0, 1] > side[0, 2] > side[0, 3] > side[0, 4] == 0


def test_without_an_order_nothing_is_told_of_it(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(ideas(PARK))
    assert all(told(pairs, "no_order").values())
    assert not any(any(told(pairs, name).values()) for name in ("apart", "side_by_side", "next", "few_between"))


def test_ideas_that_follow_each_other_are_compared() -> None:
    n = 400
    vectors = np.random.default_rng(2).normal(size=(n, 64)).astype(np.float16)
    points = vectors.astype(np.float32) / np.linalg.norm(vectors.astype(np.float32), axis=1, keepdims=True)
    texts = [f"Idée {row} du lieu {row % 70}" for row in range(n)]
    read = pairs_of(Ideas(texts, [""] * n, vectors, np.zeros_like(vectors), vectors, points, np.arange(n)))
    known = set(zip(read.one.tolist(), read.other.tolist(), strict=True))
    assert {(row, row + step) for step in (1, 2, 3) for row in range(n - step)} <= known


def test_questions_are_told(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(ideas(PARK))
    assert {pair for pair, value in told(pairs, "one_asks").items() if value} == {(0, 4), (1, 4), (2, 4), (3, 4)}
    assert not any(told(pairs, "both_ask").values())


def test_the_order_of_ideas_moves_no_feature(ideas: Callable[..., Ideas]) -> None:
    order = np.array([3, 0, 4, 2, 1])
    before = pairs_of(ideas(PARK, HEADINGS))
    after = pairs_of(ideas([PARK[row] for row in order], [HEADINGS[row] for row in order]))
    for name in before.names:
        moved = {tuple(sorted((order[a], order[b]))): value for (a, b), value in told(after, name).items()}
        assert moved == pytest.approx(told(before, name), abs=1e-4), name


def test_candidates_are_bounded_under_one_heading() -> None:
    """Five thousand ideas under one heading: no more pairs an idea than among twenty, in little time."""
    n = 5_000
    random = np.random.default_rng(1)
    vectors = random.normal(size=(n, 32)).astype(np.float16)
    heading = np.repeat(random.normal(size=(1, 32)).astype(np.float16), n, axis=0)
    texts = [f"Idée {row} du lieu {row % 700} pour le jour {row % 31}" for row in range(n)]
    points = vectors.astype(np.float32) / np.linalg.norm(vectors.astype(np.float32), axis=1, keepdims=True)
    started = time.perf_counter()
    pairs = pairs_of(Ideas(texts, ["Vos idées"] * n, vectors, heading, vectors, points))
    assert time.perf_counter() - started < 120  # a quarter of it on a machine at rest
    assert len(pairs.one) <= n * (6 * N_NEIGHBOURS + N_UNDER_HEADING)
