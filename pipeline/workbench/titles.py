"""Learning whether a title is true of an idea, from the columns that people titled on walls.

    rosace train --profile groupes --murs DOSSIER

reads the column `issue_title` of each `wall_*.csv`: the title of a column is true of its ideas, and of none of another
column of its axis. Inside a group that the machine made, such an idea is far likelier than on the whole axis: only the
`N_NEAREST` titles of each idea teach and measure.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.naming.coverage import DECIMALS, NAMES, CoverageModel, features
from pipeline.cluster.rows import unit_rows
from pipeline.learned import Linear
from pipeline.workbench.learning import Rows, fit_logistic, folds_in_turn, precision_recall, unseen
from pipeline.workbench.reports import Card

STRENGTH = 0.1
"""Inverse of the penalty of the regression (scikit-learn's C)."""
N_NEAREST = 4
"""Titles of other columns that an idea is compared with, those whose vectors are nearest."""
Reads = Callable[[Sequence[str]], npt.NDArray[np.float16]]
"""Texts → vectors of their topics, shape (n, d)."""
LEAST = 0.6
"""Chance from which a title is true of an idea: a count that is told must be right."""
BOUNDS = (0.2, 0.3, 0.4, 0.5, LEAST, 0.7)
N_FOLDS = 5
"""Parts in which sources are set aside, one after the other."""


class Pairs(NamedTuple):
    """Titles and ideas of walls: features, shape (n, n_names), whether the title is true, where the wall comes from."""

    features: npt.NDArray[np.float64]
    is_true: npt.NDArray[np.bool_]
    sources: npt.NDArray[np.str_]
    n_walls: int


def read_titles(walls: Mapping[str, pd.DataFrame], sources: Mapping[str, str], reads: Reads) -> Pairs:
    """The titles of columns of two ideas or more, each with its ideas and the nearest others of the axis."""
    rows, answers, names = [], [], []
    for name, wall in walls.items():
        for axis in COMPASS_CODES:
            part = wall[wall["axis"] == axis]
            counts = part["issue"].value_counts()
            titled = part[part["issue_title"].ne("") & part["issue"].map(counts).gt(1)]
            columns = titled.drop_duplicates("issue")
            if len(columns) < 2:
                continue
            texts, titles = part["text"].tolist(), columns["issue_title"].tolist()
            one, other = (unit_rows(reads(side).astype(np.float32)) for side in (titles, texts))
            cosines = np.round(one @ other.T, 4)
            is_true = columns["issue"].to_numpy(dtype=object)[:, None] == part["issue"].to_numpy(dtype=object)[None, :]
            others = np.where(is_true, -np.inf, cosines)
            ranks = np.argsort(np.argsort(-others, axis=0, kind="stable"), axis=0, kind="stable")
            kept = is_true | (ranks < N_NEAREST)
            rows.append(features(titles, texts, cosines)[kept])
            answers.append(is_true[kept])
            names += [sources[name]] * int(kept.sum())
    return Pairs(np.vstack(rows), np.concatenate(answers), np.array(names, dtype=np.str_), len(walls))


def learn(pairs: Pairs) -> CoverageModel:
    """The model that all pairs teach."""
    head = _fitted(pairs, np.arange(len(pairs.sources)))
    return CoverageModel(head, round(float(pairs.features[:, NAMES.index("cosine")].mean()), 4), LEAST)


def _fitted(pairs: Pairs, rows: Rows) -> Linear:
    return fit_logistic(pairs.features[rows], pairs.is_true[rows], STRENGTH, NAMES, is_scaled=True, decimals=DECIMALS)


def measure(pairs: Pairs) -> dict[str, Any]:
    """Titles of each source judged by a model that never saw it.

    Returns
    -------
    n_walls, n_sources, n_pairs, n_true. average_precision : over all. folds : of each set of sources. bounds : bound →
    precision and recall, over all.
    """
    from sklearn.metrics import average_precision_score

    folds = list(folds_in_turn(pairs.sources, N_FOLDS))
    chances = unseen(
        folds, lambda rows: _fitted(pairs, rows), lambda head, rows: head.chances(pairs.features[rows])[..., 0]
    )
    scores = [average_precision_score(pairs.is_true[rows], chances[rows]) for _, rows in folds]
    return {
        "n_walls": pairs.n_walls,
        "n_sources": len(set(pairs.sources.tolist())),
        "n_pairs": len(chances),
        "n_true": int(pairs.is_true.sum()),
        "average_precision": round(float(average_precision_score(pairs.is_true, chances)), 3),
        "folds": [round(float(score), 3) for score in scores],
        "least": LEAST,
        "bounds": {str(bound): precision_recall(chances >= bound, pairs.is_true) for bound in BOUNDS},
    }


TITLES_CARD = Card("titles.md.j2", {"n_nearest": N_NEAREST})
