"""The measure itself: distinct texts, a right exponent, a table that says what was measured."""

import pytest

from pipeline.benchmark import StageCost, as_markdown, distinct_texts, growth_exponent


def test_texts_are_distinct_and_the_same_each_time() -> None:
    texts = list(distinct_texts(500, seed=1))
    assert len(set(texts)) == 500
    assert texts == list(distinct_texts(500, seed=1))


@pytest.mark.parametrize("power", [1.0, 2.0])
def test_the_exponent_is_that_of_the_curve(power: float) -> None:
    costs = [StageCost("rapide", n, "total", n, 0.001 * n**power, 1.0, None) for n in (10, 10_000, 100_000, 1_000_000)]
    assert growth_exponent(costs, "rapide", "total", 10_000) == pytest.approx(power)


def test_one_size_gives_no_exponent() -> None:
    assert growth_exponent([StageCost("rapide", 10_000, "total", 1, 1.0, 1.0, None)], "rapide", "total", 10_000) is None


def test_the_table_tells_what_is_unknown() -> None:
    assert "| – |" in as_markdown([StageCost("rapide", 10, "embed", 10, 0.5, 20.0, None)])
