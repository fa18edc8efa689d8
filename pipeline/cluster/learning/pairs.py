"""Learning the pair model from walls: csv files of ideas that a person sorted into columns and stacks, axis by axis.

    rosace train --profile groupes --murs DOSSIER

reads every `wall_*.csv` of a folder (columns `context`, `text`, `axis`, `issue`: the column of the wall, `same`: the
stack), in the order in which ideas were said. Each wall is read in several ways (see `Way`): post-its have no headings,
a survey has no order, and a model that learnt from whole walls alone puts everything together where there is little.

    rosace train --profile groupes --murs DOSSIER --with-decisions RESULTATS

also learns from what people decided in a review (`pipeline.cluster.learning.decided`).

A second regression that also read the chances of neighbouring pairs, and a third that read where ideas meet in the tree
of the second, were no purer for as many pairs found: one is enough. What else was tried is told in the card.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.cluster.learning.walls import Sorted
from pipeline.cluster.pairs.features import HOW_MANY, SITUATIONS, situations
from pipeline.cluster.pairs.model import PairModel
from pipeline.learned import Linear

STRENGTH = 0.03
"""Inverse of the penalty of the regressions (scikit-learn's C): 0.01 to 0.1 agree with people as well."""
CUT, CUT_SAME = 0.3, 0.3
"""Of stacks, a lower cut finds more on walls (at 0.2 one pair in seven, here one in ten, of which as many are right as
at 0.4), but in a survey of a thousand answers it puts together what only speaks of the same."""
EASE = {"bare": (0.6, 5)}
"""Added to the log-odds of a column in these situations: so much for each unit of the logarithm of how many times the
second number ideas there are, so that one cut serves all. The less is known, the fewer pairs are sure, and more ideas
would stay alone: without headings nor order, a pair among thirty ideas then counts from a chance of 0.13, among five
from the cut itself. Less of it leaves more pairs right on thirty large walls that were set aside (0.38 at an agreement
of 0.31 instead of 0.29 at 0.32), but fewer of the answers that people coded together are found (agreement on four sets
0.38 instead of 0.42). Where headings or the order are known, 0.075 found more pairs, of which 0.04 to 0.05 fewer were
right."""


class _Rows(NamedTuple):
    """Pairs to learn from, what a person said of each, and its place in `SITUATIONS`."""

    features: npt.NDArray[np.float32]
    answers: npt.NDArray[np.bool_]
    situations: npt.NDArray[np.int64]


def learn(examples: Sequence[Sorted]) -> PairModel:
    """What walls teach: for each situation of a pair, how likely it is to be in one column, and on one stack; decisions
    teach of columns alone."""
    names, sorted_whole = examples[0].pairs.names, [one for one in examples if one.told is None]
    columns, stacks = (
        _rows(examples, [one.together for one in examples]),
        _rows(sorted_whole, [one.same for one in sorted_whole]),
    )
    together, same = [], []
    for number in range(len(SITUATIONS)):
        learnt = _fitted(columns, number, names)
        slope, among = EASE.get(SITUATIONS[number], (0.0, 1))
        eased = np.round(learnt.weights + slope * (np.array(names) == HOW_MANY), 6)
        together.append(replace(learnt, weights=eased, bias=np.round(learnt.bias - slope * math.log(among), 6)))
        same.append(_fitted(stacks, number, names))
    return PairModel(tuple(together), tuple(same), CUT, CUT_SAME)


def _rows(examples: Sequence[Sorted], answers: Sequence[npt.NDArray[np.bool_]]) -> _Rows:
    told = [np.ones(len(one.pairs.one), dtype=bool) if one.told is None else one.told for one in examples]
    kept = np.concatenate(told)
    return _Rows(
        np.vstack([one.pairs.features for one in examples])[kept],
        np.concatenate(answers)[kept],
        np.concatenate([situations(one.pairs) for one in examples])[kept],
    )


def _fitted(pairs: _Rows, situation: int, names: tuple[str, ...]) -> Linear:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    is_mine = pairs.situations == situation
    rows = pairs.features[is_mine].astype(np.float64)
    scaler = StandardScaler().fit(rows)
    learner = LogisticRegression(C=STRENGTH, solver="newton-cholesky")
    fitted = learner.fit(scaler.transform(rows), pairs.answers[is_mine])
    weights = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - weights @ scaler.mean_)
    return Linear(np.round(weights, 6)[None], np.array([round(bias, 6)]), names)
