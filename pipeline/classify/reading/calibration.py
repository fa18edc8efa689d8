"""From scores to a reading: calibrated probabilities, the most probable axis, a second one, a status.

The status follows a rule fitted on readings of sources that the model had not seen: an idea is `sur` when the
probability of its axis reaches `min_confidence`. The threshold is the lowest one for which the error among the sure
ones stays under the target with 95 % confidence (Clopper-Pearson bound), as long as at most a third of the ideas is
left to re-read; when the target asks for more than a third, the third is kept and the bound that holds is stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES

Scores = npt.NDArray[np.float64]
Together = npt.NDArray[np.int64]

DECIMALS = 4
"""Probabilities are rounded before they decide, so that the last digits of a processor move no label."""

NEIGHBOUR_POWER, NEIGHBOUR_PRIOR = 0.7, 1.0
"""Chosen on the demonstration corpus, the only one here whose contributions hold several labelled ideas."""

MAX_SHARE_TO_REREAD = 1 / 3
CONFIDENCE_LEVEL = 0.95


@dataclass(frozen=True)
class Calibration:
    """What turns scores into a reading.

    Attributes
    ----------
    temperature : the scores are divided by it.
    min_confidence : an idea is `sur` from this probability on.
    min_second : the second axis is given from this probability on.
    error_bound : the error among sure ideas of unseen sources is under it, with 95 % confidence.
    share_to_reread : share of ideas under `min_confidence` where the rule was fitted.
    """

    temperature: float
    min_confidence: float
    min_second: float
    error_bound: float
    share_to_reread: float

    def as_dict(self) -> dict[str, float]:
        """For `model.json`."""
        return asdict(self)


def probabilities(scores: Scores, temperature: float) -> Scores:
    """Softmax of `scores / temperature`, rounded so that each row still sums to 1 within 3e-4."""
    shifted = scores / temperature
    shifted = np.exp(shifted - shifted.max(axis=1, keepdims=True))
    return np.asarray(np.round(shifted / shifted.sum(axis=1, keepdims=True), DECIMALS))


def with_neighbours(chances: Scores, together: Together) -> Scores:
    """Probabilities that also count what the other ideas of the same contribution do.

    Somebody who has just said what is in the way rarely goes on to praise: a flat statement after a lament is one more
    lament. Each row is multiplied by the mean of its neighbours (smoothed by `NEIGHBOUR_PRIOR` uniform ones) to the
    power `NEIGHBOUR_POWER`, so that only an idea that is unsure by itself changes axis.

    Parameters
    ----------
    chances : shape (n, 5), rows summing to 1.
    together : shape (n,), the number of the contribution of each row.
    """
    _, group = np.unique(together, return_inverse=True)
    sizes = np.bincount(group)
    totals = np.stack([np.bincount(group, weights=column) for column in chances.T], axis=1)
    uniform = 1 / chances.shape[1]
    others = totals[group] - chances + NEIGHBOUR_PRIOR * uniform
    mean = np.maximum(others, 0.0) / (sizes[group] - 1 + NEIGHBOUR_PRIOR)[:, None]
    moved = (chances + 10.0**-DECIMALS) * (mean / uniform) ** NEIGHBOUR_POWER
    moved = np.round(moved / moved.sum(axis=1, keepdims=True), DECIMALS)
    return np.where((sizes[group] > 1)[:, None], moved, chances)


def fit_temperature(scores: Scores, truth: npt.NDArray[np.int64]) -> float:
    """The temperature that gives the true axes the highest likelihood (golden-section search on its logarithm)."""
    low, high = np.log(0.2), np.log(5.0)
    ratio = (np.sqrt(5) - 1) / 2

    def loss(log_temperature: float) -> float:
        scaled = scores / np.exp(log_temperature)
        top = scaled.max(axis=1)
        log_sum = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
        return float((log_sum - scaled[np.arange(len(truth)), truth]).mean())

    for _ in range(40):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, right) if loss(left) < loss(right) else (left, high)
    return round(float(np.exp((low + high) / 2)), 3)


def fit_calibration(scores: Scores, truth: npt.NDArray[np.int64], max_error: float, min_second: float) -> Calibration:
    """Temperature and thresholds fitted on out-of-source scores.

    Parameters
    ----------
    scores : shape (n, 5), columns as `AXIS_CODES`.
    truth : index of the true axis of each row.
    max_error : error wanted among the sure ideas.
    """
    temperature = fit_temperature(scores, truth)
    chances = probabilities(scores, temperature)
    best = chances.argmax(axis=1)
    confidence, is_right = chances.max(axis=1), best == truth
    threshold = 0.0
    for candidate in np.round(np.arange(0.2, 0.96, 0.01), 2):
        kept = confidence >= candidate
        if 1 - kept.mean() > MAX_SHARE_TO_REREAD:
            break
        threshold = float(candidate)
        if upper_error_bound(int((~is_right[kept]).sum()), int(kept.sum())) <= max_error:
            break
    kept = confidence >= threshold
    return Calibration(
        temperature=temperature,
        min_confidence=threshold,
        min_second=min_second,
        error_bound=round(upper_error_bound(int((~is_right[kept]).sum()), int(kept.sum())), 3),
        share_to_reread=round(float(1 - kept.mean()), 3),
    )


def upper_error_bound(n_errors: int, n_rows: int) -> float:
    """Clopper-Pearson upper bound of an error rate, at `CONFIDENCE_LEVEL`, one-sided."""
    from scipy.stats import beta

    if n_rows == 0 or n_errors >= n_rows:
        return 1.0
    return float(beta.ppf(CONFIDENCE_LEVEL, n_errors + 1, n_rows - n_errors))


def read_scores(
    scores: Scores, calibration: Calibration, unreadable: Sequence[str], together: Together | None = None
) -> pd.DataFrame:
    """Columns p_*, axis, confidence, second_axis, status; rows in order.

    Parameters
    ----------
    unreadable : per row, "" for a text that can be read, "vide" for one that says nothing (it is `hors_axe`), anything
        else for one that a person must see (another language, a page instead of an idea).
    together : per row, a number that the ideas of one contribution share; without it, each stands alone.
    """
    chances = probabilities(scores, calibration.temperature)
    if together is not None:
        chances = with_neighbours(chances, together)
    reasons = np.array(unreadable, dtype=object)
    chances[reasons == "vide"] = [0.0, 0.0, 0.0, 0.0, 1.0]
    codes = np.array(AXIS_CODES, dtype=object)
    order = np.argsort(-chances, axis=1, kind="stable")
    confidence = np.take_along_axis(chances, order[:, :1], axis=1)[:, 0]
    second = np.take_along_axis(chances, order[:, 1:2], axis=1)[:, 0]
    is_sure = (confidence >= calibration.min_confidence) & np.isin(reasons, ("", "vide"))
    columns: dict[str, object] = {f"p_{code}": chances[:, row] for row, code in enumerate(AXIS_CODES)}
    columns |= {
        "axis": codes[order[:, 0]],
        "confidence": confidence,
        "second_axis": pd.Series(codes[order[:, 1]]).where(second >= calibration.min_second, None),
        "status": np.where(is_sure, "sur", "a_relire"),
    }
    return pd.DataFrame(columns)
