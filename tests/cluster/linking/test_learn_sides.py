"""Bounds are where links are right often enough; what is shipped holds where it never learnt."""

from __future__ import annotations

import json

import pytest

from pipeline.cluster.linking.learn_sides import N_BOUND, bound
from pipeline.cluster.linking.weights import LINKS, SIDES, load_weights
from pipeline.learned import METRICS
from pipeline.workbench.cards import CARD

RIGHT = [(0.9 - place / 100, True) for place in range(20)]


@pytest.mark.parametrize(
    ("links", "precision", "expected"),
    [
        (RIGHT, 0.8, 0.71),
        ([*RIGHT, *((0.5 - place / 100, False) for place in range(20))], 0.8, 0.46),
        ([(score, False) for score, _ in RIGHT], 0.5, 1.0),
        (RIGHT[: N_BOUND - 1], 0.5, 1.0),
        ([*RIGHT[:10], *[(0.5, False)] * 20], 0.8, 0.81),
        ([], 0.5, 1.0),
    ],
    ids=["all right", "a few wrong", "all wrong", "too few", "equal ones go together", "none"],
)
def test_the_lowest_probability_that_is_right_often_enough(
    links: list[tuple[float, bool]], precision: float, expected: float
) -> None:
    assert bound(links, precision) == pytest.approx(expected)


def test_sides_hold_where_they_never_learnt() -> None:
    measured = json.loads((LINKS.path / METRICS).read_text(encoding="utf-8"))["sides"]["test"]
    for kind in SIDES:
        assert measured["each"][kind]["precision_kept"] >= 0.65
        assert measured["each"][kind]["precision_told"] >= 0.75
        assert load_weights()[kind].kept < load_weights()[kind].told < 1.0


def test_the_card_tells_both_sides() -> None:
    card = (LINKS.path / CARD).read_text(encoding="utf-8")
    assert card.count("| objections |") == card.count("| soutiens |") == 5
