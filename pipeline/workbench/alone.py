"""Learning whether an idea stands alone, and measuring it on sources left out.

    rosace train --profile seules --extra TEXTES.csv

Each text of the csv is checked against `corpus/references_seules.csv`. Each reading is an example. What is measured
leaves whole sources out: `N_FOLDS` folds of `repo`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.errors import UsageError
from pipeline.language.syntax.standing import INPUTS, LABELS, LOST_MAX, features_of, save_alone
from pipeline.learned import Linear
from pipeline.resources import corpus
from pipeline.workbench.cards import card, write_card
from pipeline.workbench.examples import referenced_texts
from pipeline.workbench.learning import Learnt, fit_logistic, left_out, share

REFERENCES = corpus() / "references_seules.csv"
READERS = ("first", "second")
COLUMNS = ("repo", "text", *READERS)
N_FOLDS = 5
INVERSE_PENALTY = 0.1
DECIMALS = 5
SHARES = (0.2, 0.3, 0.5, 0.8)
"""Of the ideas, those that the model trusts most: how many of them have lost their subject."""
_READINGS = {
    "a": "se lit seule",
    "h": "se lit sous sa rubrique",
    "s": "son sujet, ou ce dont elle parle, est resté ailleurs",
    "f": "fragment",
    "n": "pas une idée",
}


def load_real(path: Path, references: Path = REFERENCES) -> pd.DataFrame:
    """Real texts that were read for whether they stand alone, columns `COLUMNS`; "" where a reader did not read.

    Raises
    ------
    UsageError : a column or a reference is missing, or a reading is none of `LABELS`.
    """
    table = referenced_texts(path, COLUMNS, references)
    is_bad = ~table["first"].isin(LABELS) | ~table["second"].isin((*LABELS, ""))
    if is_bad.any():
        raise UsageError(
            f"{path} : {int(is_bad.sum())} textes sans lecture qui vaille ({', '.join(LABELS)}, dans first ; second "
            "peut rester vide)."
        )
    return table


def learn(examples: pd.DataFrame) -> Learnt:
    """Fit a multinomial regression (see `pipeline.language.syntax.standing`) and measure it.

    Parameters
    ----------
    examples : see `load_real`.
    """
    features = np.array([features_of(text) for text in examples["text"].tolist()])
    labels, sources = examples["first"].to_numpy(dtype=object), examples["repo"].to_numpy()
    chances = np.zeros((len(examples), len(LABELS)))
    for kept, out in left_out(sources, N_FOLDS):
        chances[out] = _fitted(features[kept], labels[kept]).shares(features[out])
    both = examples[examples["second"] != ""]
    counts = {
        "n_texts": len(examples),
        "n_sources": int(examples["repo"].nunique()),
        "n_read_twice": len(both),
        "agreement": share((both["first"] == both["second"]).to_numpy()),
        "agreement_lost": share(((both["first"] == "s") == (both["second"] == "s")).to_numpy()),
    }
    return Learnt(_fitted(features, labels), {**counts, **_measured(chances, labels)})


def _fitted(features: npt.NDArray[np.float64], labels: npt.NDArray[np.object_]) -> Linear:
    head = fit_logistic(features, labels, INVERSE_PENALTY, INPUTS, is_scaled=True, decimals=DECIMALS)
    return replace(head, outputs=tuple(sorted(set(labels.tolist()))))


def _measured(chances: npt.NDArray[np.float64], labels: npt.NDArray[np.object_]) -> dict[str, Any]:
    from sklearn.metrics import roc_auc_score

    lost = chances[:, LABELS.index("s")]
    order = np.argsort(lost, kind="stable")
    told = {name: labels[order[: round(part * len(order))]] for name, part in ((str(one), one) for one in SHARES)}
    return {
        "auc": {
            label: round(float(roc_auc_score(labels == label, chances[:, place])), 3)
            for place, label in enumerate(LABELS)
        },
        "overall": {label: share(labels == label) for label in LABELS},
        "trusted": {name: {label: share(found == label) for label in LABELS} for name, found in told.items()},
        "kept": {"share": share(lost <= LOST_MAX), "lost": share(labels[lost <= LOST_MAX] == "s")},
    }


def write_model(folder: Path, found: Learnt) -> None:
    """The weights, `metrics.json`, and the card that tells it."""
    save_alone(folder, found.head)
    write_card(folder, found.metrics, alone_card(found.metrics))


def alone_card(metrics: dict[str, Any]) -> str:
    return card("alone.md.j2", readings=_READINGS, n_folds=N_FOLDS, lost_max=LOST_MAX, n_inputs=len(INPUTS), **metrics)
