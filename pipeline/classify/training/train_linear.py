"""Learning the `rapide` model, and the out-of-source scores that calibrate it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.calibration import Calibration, fit_calibration
from pipeline.classify.reading.facets import fit_facet_heads
from pipeline.classify.reading.features import rapide_matrix
from pipeline.classify.reading.model import linear_scores
from pipeline.classify.reading.store import AXES_FILE, FACETS_FILE
from pipeline.classify.training.examples import CONFIDENCE_WEIGHTS, WRITTEN, soft_rows
from pipeline.classify.training.mixture import left_out, mixture
from pipeline.language.models.encoders import Encoder

Features = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]

INVERSE_PENALTY = 1.0
FACET_INVERSE_PENALTY = 3.0
MAX_ITERATIONS = 150
N_WRITTEN = 13_000
"""Written ideas beside the contrast sets: all of them, since they cost a linear model nothing."""
OLD_FACETS = ("graines_naturelles", "graines_variees", "reel")
"""Origins whose facets were given before `demande` existed: most of it stands there under `action`."""

OLD_WEIGHT = 0.25
"""Their weight in the facet heads: 0.75 of the sud facets of held-out themes are right, against 0.72 without them and
0.67 with their full weight."""


@dataclass(frozen=True)
class Trained:
    """A fitted model, and what it was calibrated on.

    Attributes
    ----------
    contents : name → bytes of the files of the model.
    calibration : temperature and thresholds.
    out_of_source_scores : shape (n, 5); rows of `out_of_source`.
    out_of_source : the examples scored by a model that had not seen their source (or their theme, without real texts).
    max_error : error wanted among the sure ideas.
    method : how the out-of-source scores were obtained, in French, for the card.
    n_learnt : examples that it learnt from, of each kind ("ecrits", "reels", "corrections").
    """

    contents: dict[str, bytes]
    calibration: Calibration
    out_of_source: pd.DataFrame
    out_of_source_scores: Scores
    max_error: float
    method: str
    n_learnt: dict[str, int] = field(default_factory=dict)


def rapide_features(examples: pd.DataFrame, encoder: Encoder) -> Features:
    """Features of labelled ideas; each distinct text and context is encoded once."""
    texts, contexts = list(examples["text"]), list(examples["context"])
    distinct = sorted({*texts, *contexts})
    vectors = encoder.encode(distinct).astype(np.float16)
    rows = {text: row for row, text in enumerate(distinct)}
    return rapide_matrix(
        texts, contexts, vectors[[rows[text] for text in texts]], vectors[[rows[context] for context in contexts]]
    )


def train_rapide(
    examples: pd.DataFrame,
    encoder: Encoder,
    max_error: float,
    min_second: float,
    tell: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Fit the axis head and the facet heads on a mixture of the examples, a fifth of the sources left out (`mixture`)
    to measure and calibrate."""
    is_out = left_out(examples)
    learnt = mixture(examples[~is_out].reset_index(drop=True), N_WRITTEN)
    out = examples[is_out].reset_index(drop=True)
    tell(f"{len(learnt)} idées apprises, {len(out)} mises de côté")
    features = rapide_features(learnt, encoder)
    head = fit_axis_head(learnt, features)
    scores = linear_scores(head, rapide_features(out, encoder))
    calibration = fit_calibration(scores, axis_rows(out), max_error, min_second)
    contents = {AXES_FILE: dumped(head), FACETS_FILE: dumped(facet_heads(learnt, features))}
    return Trained(contents, calibration, out, scores, max_error, method_told(out), kinds_counted(learnt))


def axis_rows(examples: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Index of the axis of each example, shape (n,)."""
    return np.asarray(examples["axis"].map(AXIS_CODES.index), dtype=np.int64)


def kinds_counted(examples: pd.DataFrame) -> dict[str, int]:
    """Number of examples of each kind, for the card."""
    kinds = examples["source"].map({WRITTEN: "ecrits", "corrections": "corrections"}).fillna("reels")
    return {str(kind): int(n) for kind, n in kinds.value_counts().sort_index().items()}


def method_told(out: pd.DataFrame) -> str:
    """How the out-of-source scores were obtained, in French, for the card."""
    n_sources = len(set(out["source"]) - {WRITTEN})
    return (
        f"le modèle lui-même lit les textes de {n_sources} sources dont il n'a rien appris"
        if n_sources
        else "le modèle lui-même lit les idées de thèmes dont il n'a rien appris"
    )


def fit_axis_head(examples: pd.DataFrame, features: Features) -> Any:
    """Multinomial logistic regression whose classes are the indices of `AXIS_CODES`."""
    from sklearn.linear_model import LogisticRegression

    rows, labels, weights = soft_rows(examples)
    scaled = np.asarray(weights) / np.mean(weights)
    head = LogisticRegression(C=INVERSE_PENALTY, max_iter=MAX_ITERATIONS)
    return head.fit(features[rows], np.asarray(labels), sample_weight=scaled)


def facet_heads(examples: pd.DataFrame, features: Features) -> dict[str, Any]:
    """Facet heads; readings of `action` that predate `demande` count for a quarter."""
    predates = (examples["facet"] == "action") & examples["origin"].isin(OLD_FACETS)
    weights = examples["confidence"].map(CONFIDENCE_WEIGHTS).fillna(1.0).to_numpy(dtype=float)
    return fit_facet_heads(
        features,
        examples["axis"].to_numpy(dtype=object),
        examples["facet"].to_numpy(dtype=object),
        np.where(predates, OLD_WEIGHT * weights, weights),
        FACET_INVERSE_PENALTY,
    )


def dumped(value: Any) -> bytes:
    """A skops archive of a fitted object."""
    from skops.io import dumps

    content = dumps(value)
    return bytes(content)
