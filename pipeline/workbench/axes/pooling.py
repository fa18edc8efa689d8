"""Learning how readings are put together, on sources that no reader has learnt from.

Weights and thresholds are fitted on all of those sources for the model, and on nine tenths of them at a time to tell
what it reads of the last one: the figures of the card are not those of texts that served to fit, but for the weights
that decide what the second encoder is asked about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.calibration import (
    NEIGHBOURS,
    Calibration,
    Scores,
    Together,
    neighbour_logarithms,
    pooled,
    with_neighbours,
)
from pipeline.classify.reading.model import SECOND, unsure_rows, with_second

N_PARTS = 10
PENALTY = 1e-3
"""On the squares of the weights but the first."""
MAX_SHARE_TO_REREAD = 1 / 3
CONFIDENCE_LEVEL = 0.95
SURE_ALONE = 0.85
"""The second encoder is not asked about what the first is this sure of: a fifth of the texts."""

Labels = npt.NDArray[np.int64]


class Aim(NamedTuple):
    """The error wanted among sure ideas, and the probability from which a second axis is given."""

    max_error: float
    min_second: float


@dataclass(frozen=True)
class Calibrated:
    """A calibration, and the probabilities that ones fitted without the source of each row give it, shape (n, 5)."""

    calibration: Calibration
    chances: Scores


@dataclass(frozen=True)
class LeftOut:
    """Texts of sources that no reader has learnt from.

    Attributes
    ----------
    truth : index of the true axis of each, shape (n,).
    together : the number of the part of a document of each, in its order, shape (n,).
    parts : which tenth of the sources each is in, shape (n,).
    """

    truth: Labels
    together: Together
    parts: npt.NDArray[np.int64]


def left_out_rows(examples: pd.DataFrame) -> LeftOut:
    """Texts of one heading of one document go together; written ideas are each alone."""
    named = examples["path"].to_numpy(dtype=object) != ""
    alone = pd.Series(np.where(named, "", examples.index.astype(str)))
    together = pd.factorize(
        pd.MultiIndex.from_arrays([examples["source"], examples["path"], examples["context"], alone])
    )[0]
    truth = np.asarray(examples["axis"].map(AXIS_CODES.index), dtype=np.int64)
    groups = examples["source"] if examples["source"].nunique() >= N_PARTS else examples["theme"]
    return LeftOut(truth, together.astype(np.int64), pd.factorize(groups, sort=True)[0].astype(np.int64) % N_PARTS)


def calibrate(readings: Mapping[str, Scores], rows: LeftOut, aim: Aim, first: Calibration | None = None) -> Calibrated:
    """Weights and thresholds of some readings, logarithms of probabilities of shape (n, 5).

    `first` is the calibration without the second encoder, whose reading is then asked for unsure rows only.
    """
    everywhere = np.ones(len(rows.truth), dtype=bool)
    chances = np.zeros((len(rows.truth), 5))
    for part in np.unique(rows.parts):
        there = rows.parts == part
        learnt = ~there if (~there).any() else everywhere
        readers, neighbours = _weights(readings, rows, learnt, first)
        chances[there] = with_neighbours(_alone(readings, readers, first), rows.together, neighbours)[there]
    readers, neighbours = _weights(readings, rows, everywhere, first)
    threshold, bound, share = fitted_threshold(chances, rows.truth, aim.max_error)
    return Calibrated(Calibration(readers, neighbours, threshold, aim.min_second, bound, share), chances)


def _weights(
    readings: Mapping[str, Scores], rows: LeftOut, learnt: npt.NDArray[np.bool_], first: Calibration | None
) -> tuple[dict[str, float], dict[str, float]]:
    """Weights of readings, then of neighbours, fitted on the rows `learnt`."""
    readers = dict(zip(readings, fitted_weights(list(readings.values()), rows.truth, learnt), strict=True))
    around = neighbour_logarithms(_alone(readings, readers, first), rows.together)
    return readers, dict(zip(NEIGHBOURS, fitted_weights(around, rows.truth, learnt), strict=True))


def _alone(readings: Mapping[str, Scores], readers: Mapping[str, float], first: Calibration | None) -> Scores:
    if first is None:
        return pooled(readings, readers)
    others = {name: scores for name, scores in readings.items() if name != SECOND}
    chances = pooled(others, first.readers)
    unsure = unsure_rows(chances, SURE_ALONE)
    return with_second(chances, others, readings[SECOND][unsure], unsure, readers)


def fitted_weights(parts: Sequence[Scores], truth: Labels, learnt: npt.NDArray[np.bool_]) -> list[float]:
    """Weights that give the true axes of the rows `learnt` the highest likelihood, from the sum of `parts`."""
    from scipy.optimize import minimize

    stacked, aims = np.stack(parts)[:, learnt], truth[learnt]
    places = np.arange(len(aims))

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        scores = np.tensordot(weights, stacked, axes=1)
        scores -= scores.max(axis=1, keepdims=True)
        sums = np.exp(scores).sum(axis=1)
        miss = np.exp(scores) / sums[:, None]
        miss[places, aims] -= 1
        free = np.r_[0.0, weights[1:]]
        value = -(scores[places, aims] - np.log(sums)).mean() + PENALTY * (free**2).sum()
        return float(value), np.tensordot(stacked, miss, axes=2) / len(aims) + 2 * PENALTY * free

    start = np.r_[1.0, np.zeros(len(parts) - 1)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return [round(float(weight), 3) for weight in found]


def fitted_threshold(chances: Scores, truth: Labels, max_error: float) -> tuple[float, float, float]:
    """The probability from which an idea is sure, the bound of the error among those, the share left to re-read.

    `max_error` : error wanted among the sure ideas.
    """
    confidence, is_right = chances.max(axis=1), chances.argmax(axis=1) == truth
    threshold = 0.0
    for candidate in np.round(np.arange(0.2, 0.96, 0.01), 2):
        kept = confidence >= candidate
        if 1 - kept.mean() > MAX_SHARE_TO_REREAD:
            break
        threshold = float(candidate)
        if upper_error_bound(int((~is_right[kept]).sum()), int(kept.sum())) <= max_error:
            break
    kept = confidence >= threshold
    bound = upper_error_bound(int((~is_right[kept]).sum()), int(kept.sum()))
    return threshold, round(bound, 3), round(float(1 - kept.mean()), 3)


def upper_error_bound(n_errors: int, n_rows: int) -> float:
    """Clopper-Pearson upper bound of an error rate, at `CONFIDENCE_LEVEL`, one-sided."""
    from scipy.stats import beta

    if n_rows == 0 or n_errors >= n_rows:
        return 1.0
    return float(beta.ppf(CONFIDENCE_LEVEL, n_errors + 1, n_rows - n_errors))
