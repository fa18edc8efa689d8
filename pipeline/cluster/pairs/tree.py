"""Chances of pairs → groups: average linkage, where a pair that is no candidate has no chance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.cluster.pairs.features import Pairs, pairs_of
from pipeline.cluster.pairs.model import PairModel
from pipeline.cluster.pairs.near import NearPairs, near_pairs, no_pairs
from pipeline.cluster.pairs.views import Ideas

Labels = npt.NDArray[np.int64]


def grouped(ideas: Ideas, model: PairModel) -> tuple[Labels, NearPairs]:
    """The group of each idea of an axis (singletons included), shape (n,), from 0, and their near pairs; memory is
    quadratic in n: 16 bytes a pair."""
    cut = model.cut_under(ideas.headings)
    if len(ideas) < 2:
        return np.zeros(len(ideas), dtype=np.int64), no_pairs(cut)
    pairs = pairs_of(ideas)
    chances = model.chances(pairs)
    return cut_tree(pairs, chances, cut), near_pairs(pairs, chances, cut)


def cut_tree(pairs: Pairs, chances: npt.NDArray[np.float64], cut: float) -> Labels:
    """Groups whose pairs have a mean chance of `cut` at least, shape (n,), from 0."""
    from scipy.cluster.hierarchy import fcluster, linkage

    n = pairs.n
    distances = np.ones(n * (n - 1) // 2)
    distances[n * pairs.one - pairs.one * (pairs.one + 1) // 2 + pairs.other - pairs.one - 1] = 1.0 - chances
    tree = linkage(distances, "average")
    tree[:, 2] = np.round(tree[:, 2], 6)
    return np.asarray(fcluster(tree, round(1.0 - cut, 6), "distance"), dtype=np.int64) - 1
