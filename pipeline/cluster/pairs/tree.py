"""Chances of pairs → groups: average linkage, where a pair that is no candidate has no chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.cluster.pairs.features import Pairs, pairs_of
from pipeline.cluster.pairs.model import PairModel
from pipeline.cluster.pairs.near import NearPairs, near_pairs, no_pairs
from pipeline.cluster.pairs.views import Ideas

Labels = npt.NDArray[np.int64]


class Levels(NamedTuple):
    """The group and, inside it, the stack of each idea, singletons included: shapes (n,), from 0; and near pairs."""

    groups: Labels
    stacks: Labels
    near: NearPairs


def grouped(ideas: Ideas, model: PairModel) -> Levels:
    """The groups and stacks of the ideas of an axis, and their near pairs; quadratic in n: 16 bytes a pair."""
    cut = model.cut_under(ideas.headings)
    if len(ideas) < 2:
        alone = np.zeros(len(ideas), dtype=np.int64)
        return Levels(alone, alone, no_pairs(cut))
    pairs = pairs_of(ideas)
    chances = model.chances(pairs)
    columns, stacks = cut_tree(pairs, chances, (cut, model.cut_same))
    return Levels(columns, stacks, near_pairs(pairs, chances, cut))


def cut_tree(pairs: Pairs, chances: npt.NDArray[np.float64], cuts: Sequence[float]) -> list[Labels]:
    """For each cut, groups whose pairs have that mean chance at least, shape (n,), from 0: those of a stricter cut are
    nested in the others."""
    from scipy.cluster.hierarchy import fcluster, linkage

    n = pairs.n
    distances = np.ones(n * (n - 1) // 2)
    distances[n * pairs.one - pairs.one * (pairs.one + 1) // 2 + pairs.other - pairs.one - 1] = 1.0 - chances
    tree = linkage(distances, "average")
    tree[:, 2] = np.round(tree[:, 2], 6)
    return [np.asarray(fcluster(tree, round(1.0 - cut, 6), "distance"), dtype=np.int64) - 1 for cut in cuts]
