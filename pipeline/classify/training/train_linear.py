"""Learning the `rapide` model, and the out-of-source scores that calibrate it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
from pipeline.classify.training.examples import CONFIDENCE_WEIGHTS, soft_rows, source_groups
from pipeline.language.models.encoders import Encoder

Features = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]

INVERSE_PENALTY = 1.0
FACET_INVERSE_PENALTY = 3.0
MAX_ITERATIONS = 150
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
    """

    contents: dict[str, bytes]
    calibration: Calibration
    out_of_source: pd.DataFrame
    out_of_source_scores: Scores
    max_error: float
    method: str


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
    measured: pd.DataFrame | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Fit the axis head and the facet heads on all examples, after each source was scored by a model without it.

    `measured` holds texts that are never learnt from; those of a source that was left out are scored with it.
    """
    seen = pd.concat([examples, *([] if measured is None else [measured])], ignore_index=True)
    is_learnt = np.arange(len(seen)) < len(examples)
    features = rapide_features(seen, encoder)
    held, scores = out_of_source_scores(seen, features, is_learnt, tell)
    truth = seen["axis"].map(AXIS_CODES.index).to_numpy()[held]
    calibration = fit_calibration(scores, truth, max_error, min_second)
    tell(f"modèle final : {len(examples)} idées")
    contents = {
        AXES_FILE: dumped(fit_axis_head(examples, features[is_learnt])),
        FACETS_FILE: dumped(facet_heads(examples, features[is_learnt])),
    }
    method = "chaque source est lue par un modèle de même recette appris sans elle"
    return Trained(contents, calibration, seen.iloc[held].reset_index(drop=True), scores, max_error, method)


def out_of_source_scores(
    seen: pd.DataFrame,
    features: Features,
    is_learnt: npt.NDArray[np.bool_],
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[npt.NDArray[np.int64], Scores]:
    """Rows that were left out in turn, in order, and their scores by the model that had not seen their source.

    With real texts, a group is a source; without, five groups of themes stand for sources. Only the rows of
    `is_learnt` are ever learnt from.
    """
    groups = list(source_groups(seen)) or [
        (f"thèmes {fold + 1}/5", seen["theme"].map(lambda theme, fold=fold: len(theme) % 5 == fold))
        for fold in range(5)
    ]
    scores = np.zeros((len(seen), len(AXIS_CODES)))
    is_scored = np.zeros(len(seen), dtype=bool)
    for name, mask in groups:
        out = mask.to_numpy(dtype=bool)
        kept = ~out & is_learnt
        if not out.any() or not kept.any():
            continue
        tell(f"sans {name} : {int(out.sum())} idées à lire")
        head = fit_axis_head(seen[kept].reset_index(drop=True), features[kept])
        scores[out] = linear_scores(head, features[out])
        is_scored |= out
    rows = np.flatnonzero(is_scored)
    return rows, scores[rows]


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
