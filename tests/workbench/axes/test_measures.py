"""Figures of a reading on small known cases."""

import numpy as np
import pandas as pd
import pytest

from pipeline.workbench.axes import measures
from pipeline.workbench.axes.measures import (
    bootstrap_interval,
    expected_calibration_error,
    f1_by_axis,
    macro_f1,
    measure,
)

GOLD = np.array(["est", "est", "sud", "nord"], dtype=object)
FOUND = np.array(["est", "sud", "sud", "nord"], dtype=object)
TAGS = pd.DataFrame({"axis": FOUND, "confidence": [0.9, 0.5, 0.7, 0.8], "status": ["sur", "a_relire", "sur", "sur"]})


@pytest.fixture(autouse=True)
def _few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "N_BOOTSTRAP", 100)


def test_f1_counts_both_sides_and_the_mean_is_over_the_axes_that_are_there() -> None:
    scores = f1_by_axis(GOLD, FOUND)
    assert scores["est"] == pytest.approx(2 / 3)
    assert scores["sud"] == pytest.approx(2 / 3)
    assert scores["nord"] == 1.0
    assert scores["ouest"] == 0.0
    assert macro_f1(GOLD, FOUND) == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)


def test_abstaining_on_the_least_sure_removes_the_error() -> None:
    found = measure(GOLD.tolist(), TAGS, seed=1)
    assert found["accuracy"] == 0.75
    assert found["share_to_reread"] == 0.25
    assert found["accuracy_sure"] == 1.0
    assert found["confusion"]["est"] == {"nord": 0, "est": 1, "sud": 1, "ouest": 0, "hors_axe": 0}
    assert found["accuracy_surest_60"] == 1.0


def test_an_interval_holds_the_score_and_is_drawn_the_same_twice() -> None:
    truth, found = np.tile(GOLD, 10), np.tile(FOUND, 10)
    low, high = bootstrap_interval(truth, found, 3)
    assert low < macro_f1(truth, found) < high
    assert bootstrap_interval(truth, found, 3) == (low, high)


def test_calibration_error_is_the_distance_of_confidence_to_accuracy() -> None:
    assert expected_calibration_error(np.array([0.75] * 4), np.array([True, True, True, False])) == pytest.approx(0.0)
    assert expected_calibration_error(np.array([0.95] * 4), np.array([False] * 4)) == pytest.approx(0.95)
