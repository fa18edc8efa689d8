"""The measure itself: distinct texts, a right exponent, a table that says what was measured."""

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from pipeline.workbench.speed import (
    StageCost,
    costs_of,
    distinct_texts,
    growth_exponent,
    merged,
    read_report,
    write_report,
)


def made(n: int, seconds: float) -> StageCost:
    return StageCost("rapide", n, "total", n, seconds, seconds, 1.0, None, "2026-01-01", version("rosace"))


def test_texts_are_distinct_and_the_same_each_time() -> None:
    texts = list(distinct_texts(500, seed=1))
    assert len(set(texts)) == 500
    assert texts == list(distinct_texts(500, seed=1))


@pytest.mark.parametrize("power", [1.0, 2.0])
def test_the_exponent_is_that_of_the_curve(power: float) -> None:
    costs = [made(n, 0.001 * n**power) for n in (10, 10_000, 100_000, 1_000_000)]
    assert growth_exponent(costs, "rapide") == pytest.approx(power)


def test_a_new_measure_replaces_that_of_the_same_size_and_keeps_the_others(tmp_path: Path) -> None:
    write_report([made(10, 1.0), made(100, 2.0)], tmp_path)
    costs = merged(read_report(tmp_path / "mesures.json"), [made(100, 3.0), made(1000, 4.0)])
    assert [(cost.n, cost.seconds) for cost in costs] == [(10, 1.0), (100, 3.0), (1000, 4.0)]


def test_the_costs_of_a_run_add_up(demo_run: Path) -> None:
    *stages, total = costs_of(demo_run, "rapide", 250)
    assert [cost.stage for cost in stages] == "ingest embed classify place cluster review restitution".split()
    assert total.seconds == pytest.approx(sum(cost.seconds for cost in stages), abs=0.01)
    assert total.peak_mib == max(cost.peak_mib for cost in stages if cost.peak_mib is not None)
    assert all(0 < cost.cpu_seconds < 1000 for cost in stages)


def test_figures_are_of_this_version() -> None:
    """When this fails: measure again (`docs/pages/developers/measuring.md`), then python docs/generate.py"""
    place = Path(__file__).parents[1] / "bench"
    found = [cost.version for cost in read_report(place / "mesures.json")]
    for path in (place / f"{name}.json" for name in ("targets", "peer")):
        found += [one["version"] for one in json.loads(path.read_text(encoding="utf-8"))] if path.is_file() else []
    assert set(found) == {version("rosace")}
