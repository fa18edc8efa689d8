"""Learning whether an idea stands alone (`seules`) and is worth quoting as it is (`valeur`), from real texts that two
readers read.

    rosace train --profile seules --extra TEXTES.csv

Each text of the csv is checked against published references. Of what stands alone, the first reading teaches; of what
is worth quoting, each reading does, since two readers may disagree. What is measured leaves whole sources out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.classify.reading import beside
from pipeline.classify.reading.beside import expected_worth, worth_features
from pipeline.classify.reading.features import Headed
from pipeline.errors import UsageError
from pipeline.language.models.encoders import Encoder
from pipeline.language.syntax import standing
from pipeline.language.syntax.standing import INPUTS, LOST_MAX, features_of
from pipeline.learned import Linear
from pipeline.resources import corpus
from pipeline.workbench.examples import referenced_texts
from pipeline.workbench.learning import Learnt, fit_logistic, left_out, share, unseen
from pipeline.workbench.reports import Card

READERS = ("first", "second")
N_FOLDS = 5
SHARES = (0.2, 0.3, 0.5, 0.8)
"""Of the ideas, those that the model trusts most: how many of them have lost their subject."""
TOP_SHARE = 0.2
"""What is measured closer: the ideas that the model would quote first."""


@dataclass(frozen=True)
class ReadTexts:
    """Real texts that were read one by one.

    Attributes
    ----------
    columns : of the csv, beside the readings; "" for what a reader did not read.
    labels : what a reading may be, and what it says. is_first_due : whether the first reader read every text.
    """

    references: Path
    columns: tuple[str, ...]
    labels: dict[str, str]
    is_first_due: bool

    def load(self, paths: Sequence[Path]) -> pd.DataFrame:
        """The texts of some csv and their readings.

        Raises UsageError: a column or a reference is missing, an axis is unknown, or there is no reading that is a
        label.
        """
        return pd.concat([self._load(path) for path in paths], ignore_index=True)

    def _load(self, path: Path) -> pd.DataFrame:
        table = referenced_texts(path, (*self.columns, *READERS), self.references)
        axes = table.get("axis", pd.Series(dtype=str))
        if bad := sorted(set(axes) - set(COMPASS_CODES)):
            raise UsageError(f"{path} : axes inconnus {bad} ; attendus {list(COMPASS_CODES)}.")
        read = table[list(READERS)]
        is_unread = (read["first"] == "") if self.is_first_due else (read == "").all(axis=1)
        is_bad = is_unread | ~read.isin([*self.labels, ""]).all(axis=1)
        if is_bad.any():
            due = "first (second peut rester vide)" if self.is_first_due else "first ou second"
            raise UsageError(
                f"{path} : {int(is_bad.sum())} textes sans lecture qui vaille ({', '.join(self.labels)}, dans {due})."
            )
        return table


ALONE = ReadTexts(
    corpus() / "references_seules.csv",
    ("repo", "text"),
    {
        "a": "se lit seule",
        "h": "se lit sous sa rubrique",
        "s": "son sujet, ou ce dont elle parle, est resté ailleurs",
        "f": "fragment",
        "n": "pas une idée",
    },
    is_first_due=True,
)
WORTH = ReadTexts(
    corpus() / "references_valeur.csv",
    ("repo", "context", "text", "axis"),
    {"0": "pas telle quelle", "1": "acceptable", "2": "un auteur la citerait volontiers"},
    is_first_due=False,
)
ALONE_CARD = Card(
    "alone.md.j2", {"readings": ALONE.labels, "n_folds": N_FOLDS, "lost_max": LOST_MAX, "n_inputs": len(INPUTS)}
)
WORTH_CARD = Card("worth.md.j2", {"readings": WORTH.labels, "n_folds": N_FOLDS})


def learn_alone(examples: pd.DataFrame) -> Learnt:
    """Fit a multinomial regression (see `pipeline.language.syntax.standing`) and measure it."""
    from sklearn.metrics import roc_auc_score

    labels = examples["first"].to_numpy(dtype=object)
    features = np.array([features_of(text) for text in examples["text"].tolist()])

    def fitted(rows: npt.NDArray[np.int64]) -> Linear:
        head = fit_logistic(features[rows], labels[rows], 0.1, INPUTS, is_scaled=True, decimals=5)
        return replace(head, outputs=tuple(sorted(set(labels[rows].tolist()))))

    folds = left_out(examples["repo"].to_numpy(), N_FOLDS)
    chances = unseen(folds, fitted, lambda head, rows: head.shares(features[rows]))
    lost = chances[:, standing.LABELS.index("s")]
    trusted = {str(part): labels[np.argsort(lost, kind="stable")[: round(part * len(lost))]] for part in SHARES}
    both = examples[examples["second"] != ""]
    metrics = {
        **_counted(examples),
        "agreement_lost": share(((both["first"] == "s") == (both["second"] == "s")).to_numpy()),
        "auc": {
            label: round(float(roc_auc_score(labels == label, chances[:, place])), 3)
            for place, label in enumerate(standing.LABELS)
        },
        "overall": _shares(labels, standing.LABELS),
        "trusted": {name: _shares(found, standing.LABELS) for name, found in trusted.items()},
        "kept": {"share": share(lost <= LOST_MAX), "lost": share(labels[lost <= LOST_MAX] == "s")},
    }
    return Learnt(fitted(np.arange(len(labels))), metrics)


def learn_worth(examples: pd.DataFrame, encoder: Encoder) -> Learnt:
    """Fit the regressions of `WorthModel`, one for each label above the first (the chance of it or of a better one),
    and measure them."""
    from sklearn.metrics import roc_auc_score

    said, under = examples["text"].tolist(), examples["context"].tolist()
    vectors = [encoder.encode(texts).astype(np.float16) for texts in (said, under)]
    read = examples[list(READERS)].apply(pd.to_numeric).to_numpy(dtype=np.float64)
    rows, readers = np.nonzero(~np.isnan(read))
    labels = read[rows, readers].astype(np.int64)
    features = worth_features(Headed(said, under, *vectors), examples["axis"].tolist())[rows]

    def fitted(rows: npt.NDArray[np.int64]) -> Linear:
        heads = [
            fit_logistic(features[rows], labels[rows] >= label, 0.5, max_iterations=1000) for label in beside.LABELS[1:]
        ]
        weights, bias = np.vstack([head.weights for head in heads]), np.concatenate([head.bias for head in heads])
        return Linear(weights.astype(np.float32), bias)

    folds = left_out(examples["repo"].to_numpy()[rows], N_FOLDS)
    worth = unseen(folds, fitted, lambda head, out: expected_worth(features[out], head))
    top = np.argsort(-worth, kind="stable")[: round(TOP_SHARE * len(worth))]
    metrics = {
        **_counted(examples),
        "n_readings": len(rows),
        "auc_acceptable": round(float(roc_auc_score(labels >= 1, worth)), 3),
        "auc_gladly": round(float(roc_auc_score(labels >= 2, worth)), 3),
        "overall": _shares(labels, beside.LABELS),
        "top": _shares(labels[top], beside.LABELS),
    }
    return Learnt(fitted(np.arange(len(labels))), metrics)


def _counted(examples: pd.DataFrame) -> dict[str, Any]:
    both = examples[(examples[list(READERS)] != "").all(axis=1)]
    return {
        "n_texts": len(examples),
        "n_sources": int(examples["repo"].nunique()),
        "n_read_twice": len(both),
        "agreement": share((both["first"] == both["second"]).to_numpy()),
    }


def _shares(found: npt.NDArray[Any], labels: Sequence[Any]) -> dict[str, float]:
    return {str(label): share(found == label) for label in labels}
