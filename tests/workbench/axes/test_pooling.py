"""How readings are put together is learnt on sources left out: weights, neighbours, the threshold of what is sure."""

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.calibration import AROUND, OWN, pooled, read_chances
from pipeline.classify.reading.model import SECOND
from pipeline.workbench.axes.pooling import (
    MAX_SHARE_TO_REREAD,
    SURE_ALONE,
    Aim,
    LeftOut,
    calibrate,
    fitted_threshold,
    fitted_weights,
    left_out_rows,
    upper_error_bound,
)

N = 600


def logarithms(truth: np.ndarray, spread: float, seed: int) -> np.ndarray:
    scores = np.random.default_rng(seed).normal(size=(len(truth), 5))
    scores[np.arange(len(truth)), truth] += spread
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))


def alone(truth: np.ndarray) -> LeftOut:
    return LeftOut(truth, np.arange(len(truth)), np.arange(len(truth)) % 10)


@pytest.fixture
def truth() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 5, N)


def test_a_reader_that_knows_weighs_and_one_that_draws_lots_does_not(truth: np.ndarray) -> None:
    everywhere = np.ones(N, dtype=bool)
    knows, draws = fitted_weights([logarithms(truth, 2.0, 2), logarithms(truth, 0.0, 3)], truth, everywhere)
    assert knows == pytest.approx(2.0, abs=0.4)  # as far as the true axis stands above the others
    assert abs(draws) < 0.2 < knows
    doubled, _ = fitted_weights([2 * logarithms(truth, 2.0, 2), logarithms(truth, 0.0, 3)], truth, everywhere)
    assert doubled == pytest.approx(knows / 2, rel=0.05)


def test_neighbours_weigh_where_lists_hold_one_axis_and_not_where_they_are_mixed(truth: np.ndarray) -> None:
    lists = np.arange(N) // 6
    of_one_axis = np.repeat(truth[::6], 6)
    for aims, is_helped in ((of_one_axis, True), (truth, False)):
        found = calibrate({"a": logarithms(aims, 1.0, 2)}, LeftOut(aims, lists, lists % 10), Aim(0.1, 0.25))
        alone_found = pooled({"a": logarithms(aims, 1.0, 2)}, found.calibration.readers)
        gain = (found.chances.argmax(1) == aims).mean() - (alone_found.argmax(1) == aims).mean()
        assert (found.calibration.neighbours[AROUND] > 0.5) is is_helped
        assert found.calibration.neighbours[OWN] > 0.5
        assert gain > 0.1 if is_helped else abs(gain) < 0.02


def test_the_second_encoder_is_asked_about_unsure_rows_only(truth: np.ndarray) -> None:
    first = {"a": logarithms(truth, 3.0, 2)}
    before = calibrate(first, alone(truth), Aim(0.1, 0.25))
    after = calibrate({**first, SECOND: logarithms(truth, 3.0, 4)}, alone(truth), Aim(0.1, 0.25), before.calibration)
    told = pooled(first, before.calibration.readers)
    sure = told.max(axis=1) >= SURE_ALONE
    assert 0.2 < sure.mean() < 0.95
    assert np.array_equal(after.chances.argmax(1)[sure], before.chances.argmax(1)[sure])
    assert (after.chances.argmax(1) == truth).mean() > (before.chances.argmax(1) == truth).mean()


def test_rows_of_one_heading_of_one_document_go_together_and_a_source_is_in_one_part() -> None:
    examples = pd.DataFrame(
        {
            "source": ["s1"] * 4 + ["ecrit"] * 2 + [f"s{n}" for n in range(2, 12)],
            "path": ["a.md", "a.md", "a.md", "b.md", "", "", *["c.md"] * 10],
            "context": ["Freins", "Pistes", "Freins", "Freins", "Freins", "Freins", *[""] * 10],
            "theme": "",
            "axis": "est",
        }
    )
    rows = left_out_rows(examples)
    assert rows.together[0] == rows.together[2]
    assert len(set(rows.together.tolist())) == len(examples) - 1
    assert len(set(rows.parts[:4].tolist())) == 1
    assert len(set(rows.parts.tolist())) == 10


@pytest.mark.parametrize("spread", [0.5, 1.5, 3.0])
def test_at_most_a_third_is_left_to_reread_and_the_bound_holds_elsewhere(spread: float) -> None:
    truth = np.random.default_rng(3).integers(0, 5, 4000)
    found = calibrate({"a": logarithms(truth, spread, 3)[:2000]}, alone(truth[:2000]), Aim(0.1, 0.25))
    assert found.calibration.share_to_reread <= MAX_SHARE_TO_REREAD + 1e-3
    elsewhere = np.exp(logarithms(truth, spread, 3)[2000:] * found.calibration.readers["a"])
    tags = read_chances(elsewhere / elsewhere.sum(axis=1, keepdims=True), found.calibration, [""] * 2000)
    sure = (tags["status"] == "sur").to_numpy()
    wrong = tags["axis"].to_numpy() != np.array(AXIS_CODES, dtype=object)[truth[2000:]]
    assert wrong[sure].mean() <= found.calibration.error_bound + 0.03


def test_the_bound_is_above_the_rate_and_one_without_rows() -> None:
    assert upper_error_bound(10, 100) > 0.1
    assert upper_error_bound(0, 0) == 1.0
    assert fitted_threshold(np.eye(5), np.arange(5), 0.9)[0] == 0.2
