"""Learning whether an idea is worth quoting as it is, and measuring it on sources left out.

    rosace train --profile valeur --extra TEXTES.csv

Each text of the csv is checked against `corpus/references_valeur.csv`. Its two readers may disagree: each reading is an
example. What is measured leaves whole sources out: `N_FOLDS` folds of `repo`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.classify.reading.beside import LABELS, expected_worth, save_worth, worth_features
from pipeline.errors import UsageError
from pipeline.language.models.encoders import Encoder
from pipeline.learned import Linear
from pipeline.resources import corpus
from pipeline.workbench.cards import card, write_card
from pipeline.workbench.examples import referenced_texts
from pipeline.workbench.learning import Learnt, fit_logistic, left_out, share

REFERENCES = corpus() / "references_valeur.csv"
READERS = ("first", "second")
COLUMNS = ("repo", "context", "text", "axis", *READERS)
N_FOLDS = 5
INVERSE_PENALTY = 0.5
MAX_ITERATIONS = 1000
TOP_SHARE = 0.2
"""What is measured closer: the ideas that the model would quote first."""
_READINGS = {"0": "pas telle quelle", "1": "acceptable", "2": "un auteur la citerait volontiers"}


def load_real(path: Path, references: Path = REFERENCES) -> pd.DataFrame:
    """Real texts whose worth was read, columns `COLUMNS`, readings as numbers; NaN where a reader did not read.

    Raises
    ------
    UsageError : a column or a reference is missing, an axis is unknown, or a reading is none of `LABELS`.
    """
    table = referenced_texts(path, COLUMNS, references)
    bad = sorted(set(table["axis"]) - set(COMPASS_CODES))
    if bad:
        raise UsageError(f"{path} : axes inconnus {bad} ; attendus {list(COMPASS_CODES)}.")
    read = table[list(READERS)].apply(pd.to_numeric, errors="coerce")
    is_bad = (~read.isin(LABELS) & (table[list(READERS)] != "")).any(axis=1) | read.isna().all(axis=1)
    if is_bad.any():
        raise UsageError(
            f"{path} : {int(is_bad.sum())} textes sans lecture qui vaille (0, 1 ou 2, dans first ou second)."
        )
    return table.assign(**{name: read[name] for name in READERS})


def learn(examples: pd.DataFrame, encoder: Encoder) -> Learnt:
    """Fit the regressions of `WorthModel` and measure them.

    Parameters
    ----------
    examples : see `load_real`.
    """
    said, under = examples["text"].tolist(), examples["context"].tolist()
    vectors = [encoder.encode(texts).astype(np.float16) for texts in (said, under)]
    read = examples[list(READERS)].to_numpy(dtype=np.float64)
    rows, readers = np.nonzero(~np.isnan(read))
    labels = read[rows, readers].astype(np.int64)
    features = worth_features(said, under, examples["axis"].tolist(), vectors[0], vectors[1])[rows]
    worth = np.zeros(len(rows))
    for kept, out in left_out(examples["repo"].to_numpy()[rows], N_FOLDS):
        worth[out] = expected_worth(features[out], _fitted(features[kept], labels[kept]))
    both = read[~np.isnan(read).any(axis=1)]
    counts = {
        "n_texts": len(examples),
        "n_sources": int(examples["repo"].nunique()),
        "n_readings": len(rows),
        "n_read_twice": len(both),
        "agreement": share(both[:, 0] == both[:, 1]),
    }
    return Learnt(_fitted(features, labels), {**counts, **_measured(worth, labels)})


def _fitted(features: npt.NDArray[np.float32], labels: npt.NDArray[np.int64]) -> Linear:
    """A regression for each label above the first: the chance of it or of a better one."""
    heads = [
        fit_logistic(features, labels >= label, INVERSE_PENALTY, max_iterations=MAX_ITERATIONS) for label in LABELS[1:]
    ]
    weights, bias = np.vstack([head.weights for head in heads]), np.concatenate([head.bias for head in heads])
    return Linear(weights.astype(np.float32), bias)


def _measured(worth: npt.NDArray[np.float64], labels: npt.NDArray[np.int64]) -> dict[str, Any]:
    from sklearn.metrics import roc_auc_score

    top = np.argsort(-worth, kind="stable")[: round(TOP_SHARE * len(worth))]
    return {
        "auc_acceptable": round(float(roc_auc_score(labels >= 1, worth)), 3),
        "auc_gladly": round(float(roc_auc_score(labels >= 2, worth)), 3),
        "overall": {str(label): share(labels == label) for label in LABELS},
        "top": {str(label): share(labels[top] == label) for label in LABELS},
    }


def write_model(folder: Path, found: Learnt, encoder_sha256: str) -> None:
    """The weights, `metrics.json`, and the card that tells it."""
    save_worth(folder, found.head, encoder_sha256)
    write_card(folder, found.metrics, worth_card(found.metrics))


def worth_card(metrics: dict[str, Any]) -> str:
    return card("worth.md.j2", readings=_READINGS, n_folds=N_FOLDS, **metrics)
