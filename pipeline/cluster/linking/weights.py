"""The weights of the links, in `models/links`: written by `rosace train --profile liens`, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import isfinite
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.cluster.linking.answer_score import INTERCEPT, SIGNS
from pipeline.cluster.linking.side_signs import PAIR_SIGNS, TEXT_SIGNS
from pipeline.learned import Linear, ModelFolder, save

LINKS = ModelFolder("links", "des liens", "rosace train --profile liens")
ANSWERS, SIDES = "answers", ("objects", "supports")
SIGNS_OF = {ANSWERS: SIGNS, **dict.fromkeys(SIDES, (*TEXT_SIGNS, *PAIR_SIGNS))}
"""Kind of link → the signs that it weighs, in order."""


@dataclass(frozen=True)
class KindWeights:
    """How the links of one kind are found.

    Attributes
    ----------
    head : a logistic regression over its signs.
    kept, told : probabilities from which a pair is proposed to people, and told without their word.
    """

    head: Linear
    kept: float
    told: float

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """Of `INTERCEPT` and of each sign, by name."""
        values = (self.head.bias[0], *self.head.weights[0])
        return {name: float(value) for name, value in zip((INTERCEPT, *self.head.inputs), values, strict=True)}

    def probabilities(self, signs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Of pairs whose signs are given, shape (n, k) → (n,), rounded."""
        return np.asarray(np.round(self.head.chances(signs)[:, 0], 4))


@lru_cache(maxsize=1)
def load_weights(folder: Path = LINKS.path) -> Mapping[str, KindWeights]:
    """The weights of each kind of link.

    Raises
    ------
    ModelError : a file is missing or altered, or holds something else.
    """
    with LINKS.reading(folder) as learned:
        found = {
            kind: KindWeights(learned.head(kind, names), *(float(learned.facts[kind][at]) for at in ("kept", "told")))
            for kind, names in SIGNS_OF.items()
        }
        if not all(isfinite(value) for one in found.values() for value in (*one.weights.values(), one.kept, one.told)):
            raise ValueError("poids infinis")
        return found


def save_weights(folder: Path, kinds: Mapping[str, KindWeights]) -> None:
    """Write the weights, as `load_weights` reads them."""
    bounds = {kind: {"kept": one.kept, "told": one.told} for kind, one in kinds.items()}
    save(folder, {kind: one.head for kind, one in kinds.items()}, bounds)
