"""Calibration: temperature, thresholds, statuses."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.calibration import (
    MAX_SHARE_TO_REREAD,
    Calibration,
    fit_calibration,
    fit_temperature,
    probabilities,
    read_scores,
    upper_error_bound,
    with_neighbours,
)

PLAIN = Calibration(temperature=1.0, min_confidence=0.5, min_second=0.25, error_bound=0.2, share_to_reread=0.3)


def made_scores(n: int = 2000, spread: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    truth = random.integers(0, 5, n)
    scores = random.normal(size=(n, 5))
    scores[np.arange(n), truth] += spread
    return scores, truth


def test_probabilities_sum_to_one() -> None:
    chances = probabilities(made_scores()[0], 1.3)
    assert np.abs(chances.sum(axis=1) - 1).max() < 1e-3


def test_scaled_scores_get_a_scaled_temperature() -> None:
    scores, truth = made_scores()
    assert fit_temperature(3 * scores, truth) == pytest.approx(3 * fit_temperature(scores, truth), rel=0.02)


@pytest.mark.parametrize("spread", [0.5, 1.5, 3.0])
def test_at_most_a_third_is_left_to_reread_and_the_bound_holds_elsewhere(spread: float) -> None:
    scores, truth = made_scores(4000, spread)
    fitted = fit_calibration(scores[:2000], truth[:2000], max_error=0.1, min_second=0.25)
    assert fitted.share_to_reread <= MAX_SHARE_TO_REREAD + 1e-3
    tags = read_scores(scores[2000:], fitted, [""] * 2000)
    sure = (tags["status"] == "sur").to_numpy()
    wrong = tags["axis"].to_numpy() != np.array(AXIS_CODES, dtype=object)[truth[2000:]]
    assert wrong[sure].mean() <= fitted.error_bound + 0.03


def test_the_bound_is_above_the_rate_and_one_without_rows() -> None:
    assert upper_error_bound(10, 100) > 0.1
    assert upper_error_bound(0, 0) == 1.0


def test_a_close_second_axis_is_given_and_a_far_one_is_not() -> None:
    tags = read_scores(np.log(np.array([[0.5, 0.4, 0.05, 0.03, 0.02], [0.9, 0.04, 0.03, 0.02, 0.01]])), PLAIN, ["", ""])
    assert tags["second_axis"].tolist()[0] == "est"
    assert tags["second_axis"].isna().tolist() == [False, True]
    assert tags["status"].tolist() == ["sur", "sur"]


def test_a_text_without_a_letter_is_surely_off_the_compass_and_a_foreign_one_is_to_reread() -> None:
    scores = np.log(np.full((2, 5), 0.2)) + np.array([[9.0, 0, 0, 0, 0]])
    tags = read_scores(scores, PLAIN, ["vide", "autre_langue"])
    assert tags["axis"].tolist() == ["hors_axe", "nord"]
    assert tags["status"].tolist() == ["sur", "a_relire"]


def test_ideas_of_one_contribution_pull_an_unsure_one_and_leave_a_sure_one() -> None:
    scores = np.log(
        np.array(
            [
                [0.02, 0.90, 0.04, 0.02, 0.02],  # a lament, then
                [0.46, 0.40, 0.06, 0.05, 0.03],  # a flat fact: one more lament
                [0.02, 0.06, 0.88, 0.02, 0.02],  # a clear proposal stays one
                [0.46, 0.40, 0.06, 0.05, 0.03],  # the same flat fact, alone in its contribution
            ]
        )
    )
    tags = read_scores(scores, PLAIN, [""] * 4, np.array([7, 7, 7, 3]))
    assert tags["axis"].tolist() == ["est", "est", "sud", "nord"]
    assert tags.loc[3, "confidence"] == pytest.approx(0.46)


@given(
    st.lists(
        st.lists(st.floats(0, 1), min_size=5, max_size=5).filter(lambda row: sum(row) > 0.01), min_size=1, max_size=12
    ),
    st.randoms(use_true_random=False),
)
def test_neighbours_keep_probabilities_and_do_not_depend_on_the_order_of_rows(
    rows: list[list[float]], random: Random
) -> None:
    chances = np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    together = np.array([random.randrange(4) for _ in rows])
    order = np.array(random.sample(range(len(rows)), len(rows)))
    moved = with_neighbours(chances, together)
    assert np.abs(moved.sum(axis=1) - 1).max() < 1e-3
    assert moved.min() >= 0
    assert np.abs(with_neighbours(chances[order], together[order]) - moved[order]).max() < 2e-4
