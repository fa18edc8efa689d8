"""How good a reading is: macro-F1 with its interval, each axis, calibration, what abstaining buys, and baselines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, EST, HORS_AXE, NORD, OUEST, SUD, compass
from pipeline.classify.reading.features import fold
from pipeline.language.models.encoders import Encoder

Labels = npt.NDArray[np.object_]
N_BOOTSTRAP = 1000
N_BINS = 10
COVERAGES = (0.2, 0.4, 0.6, 0.8, 1.0)
SUREST = 0.6


def macro_f1(truth: Labels, found: Labels) -> float:
    """Mean F1 over the axes that the truth holds."""
    return float(np.mean([score for axis, score in f1_by_axis(truth, found).items() if (truth == axis).any()]))


def f1_by_axis(truth: Labels, found: Labels) -> dict[str, float]:
    """F1 of each axis; 0 for one that is neither there nor found."""
    scores = {}
    for axis in AXIS_CODES:
        both = int(((truth == axis) & (found == axis)).sum())
        total = int((truth == axis).sum() + (found == axis).sum())
        scores[axis] = 2 * both / total if total else 0.0
    return scores


def measure(truth: Sequence[str], tags: pd.DataFrame, seed: int) -> dict[str, Any]:
    """Every figure of a reading against people's axes.

    Parameters
    ----------
    truth : axis codes, in the order of `tags`.
    tags : columns p_*, axis, confidence, status.
    seed : of the bootstrap (1,000 draws of rows with replacement; 95 % interval).

    Returns
    -------
    n, macro_f1, macro_f1_low, macro_f1_high, f1, accuracy, confusion (truth → found → n), ece (10 bins of equal
    width), accuracy_surest_60, share_to_reread, accuracy_sure, risk_coverage (coverage → error).
    """
    gold = np.asarray(truth, dtype=object)
    found = tags["axis"].to_numpy(dtype=object)
    confidence = tags["confidence"].to_numpy(dtype=float)
    is_right = gold == found
    is_sure = (tags["status"] == "sur").to_numpy(dtype=bool)
    low, high = bootstrap_interval(gold, found, seed)
    order = np.argsort(-confidence, kind="stable")
    risk = {share: float(1 - is_right[order[: max(1, round(share * len(gold)))]].mean()) for share in COVERAGES}
    return {
        "n": len(gold),
        "macro_f1": round(macro_f1(gold, found), 4),
        "macro_f1_low": round(low, 4),
        "macro_f1_high": round(high, 4),
        "f1": {axis: round(score, 4) for axis, score in f1_by_axis(gold, found).items()},
        "accuracy": round(float(is_right.mean()), 4),
        "confusion": {
            axis: {other: int(((gold == axis) & (found == other)).sum()) for other in AXIS_CODES} for axis in AXIS_CODES
        },
        "ece": round(expected_calibration_error(confidence, is_right), 4),
        "accuracy_surest_60": round(1 - risk[SUREST], 4),
        "share_to_reread": round(float(1 - is_sure.mean()), 4),
        "accuracy_sure": round(float(is_right[is_sure].mean()), 4) if is_sure.any() else None,
        "risk_coverage": {str(share): round(error, 4) for share, error in risk.items()},
    }


def bootstrap_interval(truth: Labels, found: Labels, seed: int) -> tuple[float, float]:
    """95 % interval of the macro-F1."""
    random = np.random.default_rng(seed)
    scores = []
    for _ in range(N_BOOTSTRAP):
        rows = random.integers(0, len(truth), len(truth))
        scores.append(macro_f1(truth[rows], found[rows]))
    return float(np.quantile(scores, 0.025)), float(np.quantile(scores, 0.975))


def expected_calibration_error(confidence: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_]) -> float:
    """Mean distance between confidence and accuracy over bins of equal width, weighted by their rows."""
    bins = np.minimum((confidence * N_BINS).astype(int), N_BINS - 1)
    return float(
        sum(
            abs(confidence[bins == rank].mean() - is_right[bins == rank].mean()) * (bins == rank).mean()
            for rank in np.unique(bins)
        )
    )


def reliability(truth: Sequence[str], tags: pd.DataFrame) -> list[dict[str, float]]:
    """Per bin of confidence that holds rows: its number of rows, mean confidence and share of right axes."""
    is_right = np.asarray(truth, dtype=object) == tags["axis"].to_numpy(dtype=object)
    confidence = tags["confidence"].to_numpy(dtype=float)
    bins = np.minimum((confidence * N_BINS).astype(int), N_BINS - 1)
    return [
        {
            "n": int((bins == rank).sum()),
            "confiance": round(float(confidence[bins == rank].mean()), 4),
            "justes": round(float(is_right[bins == rank].mean()), 4),
        }
        for rank in np.unique(bins)
    ]


def by_group(truth: Sequence[str], tags: pd.DataFrame, groups: Sequence[str], minimum: int = 20) -> dict[str, Any]:
    """Rows, macro-F1 and accuracy of each group (register, source, length) of at least `minimum` rows."""
    gold, found = np.asarray(truth, dtype=object), tags["axis"].to_numpy(dtype=object)
    names = np.asarray(groups, dtype=object)
    measured = {}
    for name in sorted(set(groups)):
        rows = names == name
        if rows.sum() >= minimum:
            measured[name] = {
                "n": int(rows.sum()),
                "macro_f1": round(macro_f1(gold[rows], found[rows]), 4),
                "accuracy": round(float((gold[rows] == found[rows]).mean()), 4),
            }
    return measured


def length_group(text: str) -> str:
    """Words of a text, in four classes."""
    n_words = len(text.split())
    return next(
        (name for bound, name in ((5, "1 à 5 mots"), (12, "6 à 12"), (25, "13 à 25")) if n_words <= bound), "26+"
    )


def baselines(truth: Sequence[str], texts: Sequence[str], encoder: Encoder | None = None) -> dict[str, float]:
    """Macro-F1 of the most frequent axis, of a few key words, and, with an encoder, of the nearest axis definition."""
    gold = np.asarray(truth, dtype=object)
    most = max(AXIS_CODES, key=lambda axis: int((gold == axis).sum()))
    rules = np.array([_by_key_words(text) for text in texts], dtype=object)
    found = {
        "axe le plus fréquent": round(macro_f1(gold, np.full(len(gold), most, dtype=object)), 4),
        "mots clés": round(macro_f1(gold, rules), 4),
    }
    if encoder is not None:
        found["définition la plus proche"] = round(macro_f1(gold, nearest_definitions(texts, encoder)), 4)
    return found


def nearest_definitions(texts: Sequence[str], encoder: Encoder) -> Labels:
    """Zero-shot reading: the axis whose one-line definition has the closest vector."""
    definitions = encoder.encode([axis.motto for axis in compass().values()]).astype(np.float32)
    similarity = encoder.encode(list(texts)).astype(np.float32) @ definitions.T
    return np.asarray(np.array(list(compass()), dtype=object)[similarity.argmax(axis=1)])


def _by_key_words(text: str) -> str:
    folded = f" {fold(text)} "
    rules = (
        (OUEST, ("qu'est-ce que", "c'est quoi", " sens ", "valeur")),
        (NORD, ("merci", "bravo", "existe", "réussi", "grâce à")),
        (EST, ("manque", " pas ", "trop ", "difficil", "problème", "peur")),
        (SUD, ("faut", "faudrait", "créer", "proposer", "pourrait", "mettre en place")),
    )
    return next(
        (axis for axis, words in rules if any(word in folded for word in words)), HORS_AXE if len(folded) < 12 else SUD
    )
