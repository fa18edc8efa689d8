"""From several readings to one: pooled by a weighted sum of logarithms (weights learnt on sources that no reader had
seen, `pipeline.workbench.axes.pooling`), moved by those of the ideas around, told as an axis, a second one, a status:
`sur` from `min_confidence` on, the lowest bound that keeps the error among sure ideas under the target with 95 %
confidence (Clopper-Pearson), and at most a third of the ideas to read again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES

Scores = npt.NDArray[np.float64]
Together = npt.NDArray[np.int64]

DECIMALS = 4
"""Probabilities are rounded before they decide, so that the last digits of a processor move no label."""

NEIGHBOURS = OWN, BEFORE, AFTER, AROUND = "elle-meme", "avant", "apres", "autour"
"""What tells of an idea in its document: its own reading, the idea before, the idea after, all the others."""
SMOOTHING = 0.05
"""Added to each probability of a neighbour, so that one that is surely mistaken moves an idea only so far."""
AROUND_PRIOR, AROUND_SMOOTHING = 1.0, 0.02
"""The mean of the others counts as many more ideas that say nothing."""


@dataclass(frozen=True)
class Calibration:
    """What turns readings into one.

    Attributes
    ----------
    readers : name of a reading → weight of its logarithms.
    neighbours : weights of the logarithms of `OWN`, `BEFORE`, `AFTER` and `AROUND`.
    min_confidence : an idea is `sur` from this probability on.
    min_second : the second axis is given from this probability on.
    error_bound : the error among sure ideas of unseen sources is under it, with 95 % confidence.
    share_to_reread : share of ideas under `min_confidence` where the rule was fitted.
    """

    readers: dict[str, float]
    neighbours: dict[str, float]
    min_confidence: float
    min_second: float
    error_bound: float
    share_to_reread: float

    def as_dict(self) -> dict[str, object]:
        """For `model.json`."""
        return asdict(self)


def pooled(readings: Mapping[str, Scores], readers: Mapping[str, float]) -> Scores:
    """Probabilities, shape (n, 5), of readings given as logarithms of theirs."""
    return shares(weighted([readings[name] for name in readers], list(readers.values())))


def weighted(parts: Sequence[Scores], weights: Sequence[float]) -> Scores:
    """The weighted sum of some logarithms, shape (n, 5)."""
    return np.asarray(sum(weight * part for weight, part in zip(weights, parts, strict=True)))


def shares(scores: Scores) -> Scores:
    """Softmax of the scores, rounded so that each row still sums to 1 within 3e-4."""
    if len(scores) == 0:
        return scores
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(np.round(shifted / shifted.sum(axis=1, keepdims=True), DECIMALS))


def with_neighbours(chances: Scores, together: Together, weights: Mapping[str, float]) -> Scores:
    """Probabilities that also count what the ideas around do: a flat statement after a lament is one more lament.

    `chances` : shape (n, 5), rows summing to 1; those of one document in its order. `together` : shape (n,), the number
    of the document (of the list, of the contribution) of each row.
    """
    moved = shares(weighted(neighbour_logarithms(chances, together), [weights[name] for name in NEIGHBOURS]))
    _, group, sizes = np.unique(together, return_inverse=True, return_counts=True)
    return np.where((sizes[group] > 1)[:, None], moved, chances)


def neighbour_logarithms(chances: Scores, together: Together) -> list[Scores]:
    """What `OWN`, `BEFORE`, `AFTER` and `AROUND` tell of each idea, shape (n, 5) each; 0 where nothing is told."""
    uniform = 1 / len(AXIS_CODES)
    order = np.argsort(together, kind="stable")
    follows = np.flatnonzero(together[order][1:] == together[order][:-1])
    before, after = np.full_like(chances, uniform), np.full_like(chances, uniform)
    before[order[follows + 1]] = chances[order[follows]]
    after[order[follows]] = chances[order[follows + 1]]
    _, group = np.unique(together, return_inverse=True)
    sizes = np.bincount(group)
    totals = np.stack([np.bincount(group, weights=column) for column in chances.T], axis=1)
    others = np.maximum(totals[group] - chances, 0.0) + AROUND_PRIOR * uniform
    around = others / (sizes[group] - 1 + AROUND_PRIOR)[:, None]
    return [
        np.log(chances + 10.0**-DECIMALS),
        *(_above_uniform(part, SMOOTHING) for part in (before, after)),
        _above_uniform(around, AROUND_SMOOTHING),
    ]


def _above_uniform(chances: Scores, smoothing: float) -> Scores:
    n_axes = chances.shape[1]
    return np.asarray(np.log((chances + smoothing) / (1 + n_axes * smoothing) * n_axes))


def read_chances(chances: Scores, calibration: Calibration, unreadable: Sequence[str]) -> pd.DataFrame:
    """Columns p_*, axis, confidence, second_axis, status; rows in order.

    `unreadable` : per row, "" for a text that can be read, "vide" for one that says nothing (it is `hors_axe`),
    anything else for one that a person must see (another language, a page instead of an idea).
    """
    reasons = np.array(unreadable, dtype=object)
    told = chances.copy()
    told[reasons == "vide"] = [0.0, 0.0, 0.0, 0.0, 1.0]
    codes = np.array(AXIS_CODES, dtype=object)
    order = np.argsort(-told, axis=1, kind="stable")
    confidence = np.take_along_axis(told, order[:, :1], axis=1)[:, 0]
    second = np.take_along_axis(told, order[:, 1:2], axis=1)[:, 0]
    is_sure = (confidence >= calibration.min_confidence) & np.isin(reasons, ("", "vide"))
    columns: dict[str, object] = {f"p_{code}": told[:, row] for row, code in enumerate(AXIS_CODES)}
    columns |= {
        "axis": codes[order[:, 0]],
        "confidence": confidence,
        "second_axis": pd.Series(codes[order[:, 1]], dtype=object).where(second >= calibration.min_second, None),
        "status": np.where(is_sure, "sur", "a_relire"),
    }
    return pd.DataFrame(columns)
