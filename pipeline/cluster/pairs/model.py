"""Features of a pair → how likely it is that a person puts both ideas in one column, or on one stack.

Logistic regressions, learnt from walls that people sorted (`pipeline.cluster.learning.pairs`); `models/pairs/card.md`
says how well. The weights hold no text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.cluster.pairs.features import SITUATIONS, Pairs, situations
from pipeline.folder.files import file_sha256
from pipeline.folder.weight_files import reading_of
from pipeline.resources import models

FOLDER = models() / "pairs"
WEIGHTS, METRICS = "weights.json", "metrics.json"
FORMAT = 4
_PARTS = ("together", "same")
_CUTS = ("cut", "cut_same")
LEAST = 1e-5
"""No pair is surer than that, nor less sure."""
REINSTALL = (
    "Remettez le fichier du dépôt (git checkout -- models/pairs), ou réapprenez : "
    "rosace train --profile groupes --murs DOSSIER."
)
_reading = partial(reading_of, failure="Le modèle des paires n'a pas pu être lu", remedy=REINSTALL)


@dataclass(frozen=True)
class Logistic:
    """Chances = σ(features · weights + bias), features as they are; `names` in their order."""

    names: tuple[str, ...]
    weights: npt.NDArray[np.float64]
    bias: float

    def __call__(self, features: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        scores = np.asarray(features, dtype=np.float64) @ self.weights + self.bias
        return np.asarray(np.round(np.clip(1 / (1 + np.exp(-scores)), LEAST, 1 - LEAST), 6), dtype=np.float64)


@dataclass(frozen=True)
class Regression:
    """A logistic regression for each situation of a pair (`pipeline.cluster.pairs.features.SITUATIONS`, in that order):
    headings and order weigh otherwise, and so do words, where both are known."""

    by_situation: tuple[Logistic, ...]

    def __call__(
        self, features: npt.NDArray[np.floating], situations: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float64]:
        found = np.empty(len(features), dtype=np.float64)
        for number, logistic in enumerate(self.by_situation):
            found[situations == number] = logistic(features[situations == number])
        return found


class Told(NamedTuple):
    """How likely each candidate pair is to be in one column, and to say the same thing, which is less likely: shapes
    (n_pairs,)."""

    together: npt.NDArray[np.float64]
    same: npt.NDArray[np.float64]


@dataclass(frozen=True)
class PairModel:
    """The regressions, and where the trees of their chances are cut.

    Attributes
    ----------
    cut : mean chance of their pairs from which two groups are one column of the wall.
    cut_same : the same from which two are one stack.
    """

    together: Regression
    same: Regression
    cut: float
    cut_same: float

    def read(self, pairs: Pairs) -> Told:
        """The chances of each candidate pair."""
        known = situations(pairs)
        same = self.same(pairs.features, known)
        return Told(np.maximum(self.together(pairs.features, known), same), same)


@lru_cache(maxsize=1)
def load_pairs(folder: Path = FOLDER) -> PairModel:
    """The model of a folder.

    Raises
    ------
    ModelError : the file is missing or altered.
    """
    with _reading(folder / WEIGHTS):
        content = json.loads((folder / WEIGHTS).read_bytes())
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']}")
        together, same = (_regression(content[name]) for name in _PARTS)
        return PairModel(together, same, float(content["cut"]), float(content["cut_same"]))


def _regression(content: dict[str, Any]) -> Regression:
    return Regression(
        tuple(
            Logistic(tuple(one["names"]), np.array(one["weights"], dtype=np.float64), float(one["bias"]))
            for one in (content[situation] for situation in SITUATIONS)
        )
    )


def pairs_sha256(folder: Path = FOLDER) -> str:
    """The sha256 of the weights.

    Raises
    ------
    ModelError : the file is missing.
    """
    with _reading(folder / WEIGHTS):
        return file_sha256(folder / WEIGHTS)


def load_metrics(folder: Path = FOLDER) -> dict[str, Any]:
    """What was measured when the model was learnt, see `pipeline.cluster.learning.pairs.measure`.

    Raises
    ------
    ModelError : the file is missing or altered.
    """
    with _reading(folder / METRICS):
        return dict(json.loads((folder / METRICS).read_bytes()))


def save_pairs(folder: Path, found: PairModel) -> None:
    """Write the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {
        name: {
            situation: {"names": one.names, "weights": [float(value) for value in one.weights], "bias": one.bias}
            for situation, one in zip(SITUATIONS, getattr(found, name).by_situation, strict=True)
        }
        for name in _PARTS
    }
    content = {"format": FORMAT, **{name: getattr(found, name) for name in _CUTS}, **parts}
    (folder / WEIGHTS).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
