"""Chances of pairs → average linkage, cut at two levels: groups, and stacks of ideas that say the same thing.

A pair that is no candidate has no chance. The likeliest pairs are kept: a person may be asked about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.cluster.pairs.features import Ideas, Pairs, pairs_of
from pipeline.cluster.pairs.model import PairModel

N_NEAR = 10
"""Of each idea: on walls, twelve of them change no score of what answers bring, nor do eight."""
LEAST_NEAR = 0.05
"""Chances below that change nothing either."""
SURE = 0.9999
"""No model is surer than that."""
SAME = 1.0
"""The chance of what repeats another idea, which no model gives."""


@dataclass(frozen=True)
class NearPairs:
    """Rows `one` < `other` of the ideas of an axis, shape (n_pairs,), sorted, and how likely each pair goes together.

    Attributes
    ----------
    chances : shape (n_pairs,), in [`LEAST_NEAR`, 1]; `SAME` for an idea that repeats another one.
    cut : the mean chance from which two groups of the axis are one.
    """

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    chances: npt.NDArray[np.float64]
    cut: float

    def without(self, left_out: npt.NDArray[np.bool_]) -> NearPairs:
        """The pairs of two ideas that are kept; shape (n,) of those that are not."""
        kept = ~(left_out[self.one] | left_out[self.other])
        return replace(self, one=self.one[kept], other=self.other[kept], chances=self.chances[kept])

    def among(self, first: npt.NDArray[np.int64], leads: npt.NDArray[np.int64]) -> NearPairs:
        """The same pairs in the rows of more ideas, each of which repeats one that was read, or none.

        Parameters
        ----------
        first : shape (n_read,), the row in which each idea that was read stands.
        leads : shape (n,), the number of the idea that each row repeats (its own number for itself), −1 for none.
        """
        repeats = np.flatnonzero((leads >= 0) & (np.append(first, -1)[leads] != np.arange(len(leads))))
        ends = np.column_stack(
            [
                np.concatenate([first[self.one], first[leads[repeats]]]),
                np.concatenate([first[self.other], repeats]),
            ]
        )
        chances = np.concatenate([self.chances, np.full(len(repeats), SAME)])
        low, high = ends.min(axis=1), ends.max(axis=1)
        order = np.lexsort((high, low))
        return replace(self, one=low[order], other=high[order], chances=chances[order])


def no_pairs(cut: float) -> NearPairs:
    """No pair at all."""
    none = np.zeros(0, dtype=np.int64)
    return NearPairs(none, none, np.zeros(0), cut)


def near_pairs(pairs: Pairs, chances: npt.NDArray[np.float64], cut: float) -> NearPairs:
    """The pairs that are among the `N_NEAR` likeliest of one of their ideas."""
    rows = np.concatenate([pairs.one, pairs.other])
    places = np.tile(np.arange(len(pairs.one)), 2)
    order = np.lexsort((places, -chances[places], rows))
    starts = np.searchsorted(rows[order], np.arange(pairs.n))
    ranks = np.arange(len(rows)) - starts[rows[order]]
    kept = np.unique(places[order][ranks < N_NEAR])
    kept = kept[chances[kept] >= LEAST_NEAR]
    return NearPairs(pairs.one[kept], pairs.other[kept], np.minimum(np.round(chances[kept], 4), SURE), cut)


Labels = npt.NDArray[np.int64]
Tree = npt.NDArray[np.float64]
N_MADE = 60
"""A group that participants made is kept whole up to so many ideas; beyond, it is a theme, and is grouped inside."""
_FAR = 1e9


def average_tree(pairs: Pairs, chances: npt.NDArray[np.float64], made: Labels | None = None) -> Tree:
    """The tree of the ideas, as scipy's linkage gives it; memory is quadratic in their number: 16 bytes a pair.

    Parameters
    ----------
    chances : shape (n_pairs,).
    made : shape (n,), the number of the group that participants put each idea in, −1 for none: its ideas stay together,
        see `N_MADE`, and apart from those of another one.
    """
    from scipy.cluster.hierarchy import linkage

    n = pairs.n
    distances = np.ones(n * (n - 1) // 2)
    distances[_places(n, pairs.one, pairs.other)] = 1.0 - chances
    if made is not None and (made >= 0).any():
        _hold(distances, made)
    tree = linkage(distances, "average")
    tree[:, 2] = np.round(tree[:, 2], 6)
    return np.asarray(tree, dtype=np.float64)


def _places(n: int, one: Labels, other: Labels) -> Labels:
    """Where scipy keeps the distance of two rows, one < other."""
    return np.asarray(n * one - one * (one + 1) // 2 + other - one - 1)


def _hold(distances: npt.NDArray[np.float64], made: Labels) -> None:
    """Bring together the ideas of each group that participants made, and hold those of two of them apart."""
    n, held = len(made), held_together(made)
    for row in np.flatnonzero(made >= 0).tolist():
        later = made[row + 1 :]
        start = _places(n, np.int64(row), np.int64(row + 1))  # type: ignore[arg-type]
        here = distances[start : start + len(later)]
        here[(later >= 0) & (later != made[row])] = _FAR
        if held[row] >= 0:
            here[later == made[row]] = 0.0


def held_together(made: Labels) -> Labels:
    """The number of the group that participants put each idea in, −1 for none and where it is too large to be one."""
    sizes = np.bincount(made[made >= 0], minlength=1)
    return np.where((made >= 0) & (sizes[np.maximum(made, 0)] <= N_MADE), made, -1)


def cut_tree(tree: Tree, cut: float) -> Labels:
    """Groups whose pairs have a mean chance of `cut` at least, shape (n,), from 0; those of a higher cut are nested."""
    from scipy.cluster.hierarchy import fcluster

    return np.asarray(fcluster(tree, round(1.0 - cut, 6), "distance"), dtype=np.int64) - 1


def inside(groups: Labels, parts: Labels) -> Labels:
    """Parts cut along groups, so that none is in two of them: shape (n,), from 0."""
    both: Sequence[Labels] = (groups, parts)
    return np.asarray(np.unique(np.column_stack(both), axis=0, return_inverse=True)[1], dtype=np.int64).ravel()


@dataclass(frozen=True)
class Levels:
    """`groups` and, inside them, `stacks`: of each idea, singletons included, shapes (n,), from 0; `near` pairs."""

    groups: Labels
    stacks: Labels
    near: NearPairs


def grouped(ideas: Ideas, model: PairModel, made: Labels | None = None) -> Levels:
    """The two levels of the ideas of an axis; quadratic in their number: 16 bytes a pair.

    Parameters
    ----------
    made : shape (n,), the number of the group that participants put each idea in, −1 for none.
    """
    if len(ideas) < 2:
        alone = np.zeros(len(ideas), dtype=np.int64)
        return Levels(alone, alone, no_pairs(model.cut))
    pairs = pairs_of(ideas)
    told = model.read(pairs)
    groups = cut_tree(average_tree(pairs, told.together, made), model.cut)
    stacks = cut_tree(average_tree(pairs, told.same), model.cut_same)
    return Levels(groups, inside(groups, stacks), near_pairs(pairs, told.together, model.cut))
