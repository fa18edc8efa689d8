"""Features of a pair → how likely it is that a person puts both ideas in one column, or on one stack.

Logistic regressions learnt from walls that people sorted (`pipeline.workbench.pairs`), one for each situation of
a pair: headings and order weigh otherwise, and so do words, where both are known. `models/pairs/card.md` says how well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.cluster.pairs.features import SITUATIONS, Pairs, situations
from pipeline.learned import Linear, ModelFolder, save

PAIRS = ModelFolder("pairs", "des paires", "rosace train --profile groupes --murs DOSSIER")
LEAST = 1e-5
"""No pair is surer than that, nor less sure."""
Regressions = tuple[Linear, ...]
"""A logistic regression for each of `SITUATIONS`, in that order."""


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

    together: Regressions
    same: Regressions
    cut: float
    cut_same: float

    def read(self, pairs: Pairs) -> Told:
        """The chances of each candidate pair."""
        known = situations(pairs)
        same = chances(self.same, pairs.features, known)
        return Told(np.maximum(chances(self.together, pairs.features, known), same), same)


def chances(
    regressions: Regressions, features: npt.NDArray[np.floating], known: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """The chance of each pair by the regression of its situation, rounded, shape (n_pairs,).

    Parameters
    ----------
    known : the situation of each pair, a place in `SITUATIONS`.
    """
    found = np.empty(len(features), dtype=np.float64)
    for number, regression in enumerate(regressions):
        here = known == number
        read = regression.chances(np.asarray(features[here], dtype=np.float64))[:, 0]
        found[here] = np.round(np.clip(read, LEAST, 1 - LEAST), 6)
    return found


@lru_cache(maxsize=1)
def load_pairs(folder: Path = PAIRS.path) -> PairModel:
    """The model of a folder.

    Raises
    ------
    ModelError : a file is missing or altered.
    """
    with PAIRS.reading(folder) as learned:
        together, same = (
            tuple(learned.heads[f"{part}_{situation}"] for situation in SITUATIONS) for part in ("together", "same")
        )
        return PairModel(together, same, float(learned.facts["cut"]), float(learned.facts["cut_same"]))


def save_pairs(folder: Path, model: PairModel) -> None:
    """Write the regressions and the cuts."""
    parts = {"together": model.together, "same": model.same}
    heads = {
        f"{part}_{situation}": head
        for part, regressions in parts.items()
        for situation, head in zip(SITUATIONS, regressions, strict=True)
    }
    save(folder, heads, {"cut": model.cut, "cut_same": model.cut_same})
