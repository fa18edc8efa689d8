"""Learning the pair model from walls: csv files of ideas that a person sorted into columns and stacks, axis by axis.

    rosace train --profile groupes --murs DOSSIER

reads every `wall_*.csv` of a folder (columns `context`, `text`, `axis`, `issue`: the column of the wall, `same`: the
stack), in the order in which ideas were said. Each wall is read in several ways (see `Way`): post-its have no headings,
a survey has no order, and a model that learnt from whole walls alone puts everything together where there is little.

A second regression that also read the chances of neighbouring pairs, and a third that read where ideas meet in the tree
of the second, were no purer for as many pairs found: one is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.cluster.learning.walls import Sorted
from pipeline.cluster.pairs.features import SITUATIONS, situations
from pipeline.cluster.pairs.model import Logistic, PairModel, Regression

STRENGTH = 0.03
"""Inverse of the penalty of the regressions (scikit-learn's C): 0.01 to 0.1 agree with people as well."""
CUT, CUT_SAME = 0.3, 0.4
"""Of stacks, a lower cut finds more on walls (at 0.2 one pair in seven, here one in twelve), but in a survey of a
thousand answers it puts together what only speaks of the same."""
EASE = {"bare": 1.05, "headed": 0.25}
"""Added to the log-odds of a column in these situations, so that one cut serves all: the less is known, the fewer pairs
are sure, and more ideas would stay alone. Without headings nor order a pair then counts from a chance of 0.13; the
consensus of hierarchies, which grouped such ideas before, agreed with people no better, on walls and on answers."""


class _Rows(NamedTuple):
    """Pairs to learn from, with what a person said of them."""

    features: npt.NDArray[np.float32]
    together: npt.NDArray[np.bool_]
    same: npt.NDArray[np.bool_]


def learn(examples: Sequence[Sorted]) -> PairModel:
    """What walls teach: for each situation of a pair, how likely it is to be in one column, and on one stack."""
    known = np.concatenate([situations(one.pairs) for one in examples])
    rows = _Rows(
        np.vstack([one.pairs.features for one in examples]),
        np.concatenate([one.together for one in examples]),
        np.concatenate([one.same for one in examples]),
    )
    names = examples[0].pairs.names
    together, same = [], []
    for number in range(len(SITUATIONS)):
        mine = _Rows(*(side[known == number] for side in rows))
        learnt = _fitted(mine.features, mine.together, names)
        together.append(replace(learnt, bias=round(learnt.bias + EASE.get(SITUATIONS[number], 0.0), 6)))
        same.append(_fitted(mine.features, mine.same, names))
    return PairModel(Regression(tuple(together)), Regression(tuple(same)), CUT, CUT_SAME)


def _fitted(features: npt.NDArray[np.float32], answers: npt.NDArray[np.bool_], names: tuple[str, ...]) -> Logistic:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    rows = features.astype(np.float64)
    scaler = StandardScaler().fit(rows)
    fitted = LogisticRegression(C=STRENGTH, solver="newton-cholesky").fit(scaler.transform(rows), answers)
    weights = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - weights @ scaler.mean_)
    return Logistic(names, np.round(weights, 6), round(bias, 6))
