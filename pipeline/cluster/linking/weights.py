"""The weights of the links, in `models/links`: written by `rosace train --profile liens`, checked when read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.cluster.linking.answer_score import INTERCEPT, SIGNS
from pipeline.cluster.linking.side_signs import PAIR_SIGNS, TEXT_SIGNS
from pipeline.folder.files import file_sha256
from pipeline.folder.weight_files import reading_of
from pipeline.resources import models

FOLDER = models() / "links"
WEIGHTS_FILE = "weights.json"
FORMAT = 2
ANSWERS, SIDES = "answers", ("objects", "supports")
SIGNS_OF = {ANSWERS: SIGNS, **dict.fromkeys(SIDES, (*TEXT_SIGNS, *PAIR_SIGNS))}
"""Kind of link → the signs that it weighs, in order."""
REINSTALL = (
    "Réinstallez le paquet, ou remettez les fichiers du dépôt (git checkout -- models/links), ou réapprenez : "
    "rosace train --profile liens."
)
_reading = partial(reading_of, failure="Les poids des liens n'ont pas pu être lus", remedy=REINSTALL)


@dataclass(frozen=True)
class KindWeights:
    """How the links of one kind are found.

    Attributes
    ----------
    weights : of `INTERCEPT` and of each of its signs.
    kept, told : probabilities from which a pair is proposed to people, and told without their word.
    """

    weights: Mapping[str, float]
    kept: float
    told: float

    @property
    def of_signs(self) -> npt.NDArray[np.float64]:
        """The weights of the signs, in their order."""
        return np.array([value for name, value in self.weights.items() if name != INTERCEPT])

    def probabilities(self, signs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Of pairs whose signs are given, shape (n, k) → (n,), rounded."""
        evidence = signs @ self.of_signs + self.weights[INTERCEPT]
        return np.asarray(np.round(1.0 / (1.0 + np.exp(-evidence)), 4))


@lru_cache(maxsize=1)
def load_weights(folder: Path = FOLDER) -> Mapping[str, KindWeights]:
    """The weights of each kind of link.

    Raises
    ------
    ModelError : the file is missing, or holds something else.
    """
    path = folder / WEIGHTS_FILE
    with _reading(path):
        content = json.loads(path.read_bytes())
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']}")
        return {kind: _kind(content[kind], names) for kind, names in SIGNS_OF.items()}


def _kind(content: Any, names: tuple[str, ...]) -> KindWeights:
    wanted = (INTERCEPT, *names)
    weights = {name: float(content["weights"][name]) for name in wanted}
    bounds = float(content["kept"]), float(content["told"])
    if set(content["weights"]) != set(wanted) or not all(map(isfinite, (*weights.values(), *bounds))):
        raise ValueError(f"poids attendus : {', '.join(wanted)}")
    return KindWeights(weights, *bounds)


def weights_sha256(folder: Path = FOLDER) -> str:
    """The sha256 of the weights.

    Raises
    ------
    ModelError : the file is missing.
    """
    path = folder / WEIGHTS_FILE
    with _reading(path):
        return file_sha256(path)


def save_weights(folder: Path, found: Mapping[str, KindWeights]) -> None:
    """Write the weights, as `load_weights` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = {kind: {"kept": one.kept, "told": one.told, "weights": dict(one.weights)} for kind, one in found.items()}
    (folder / WEIGHTS_FILE).write_text(json.dumps({"format": FORMAT, **kinds}, indent=1) + "\n", encoding="utf-8")
