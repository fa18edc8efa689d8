"""What tells whether two ideas go together, on cases whose answer is known."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from pipeline.cluster.pairs.features import N_NEIGHBOURS, N_UNDER_HEADING, Pairs, pairs_of
from pipeline.cluster.pairs.views import Ideas

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
    same, none = told(pairs, "same_heading"), told(pairs, "no_heading")
    assert {pair for pair, value in same.items() if value} == {(0, 3), (1, 2)}
    assert not any(none.values())
    assert all(told(pairs_of(ideas(PARK)), "no_heading").values())
    assert not any(told(pairs_of(ideas(PARK)), "same_heading").values())


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
