"""Chances of pairs → a tree: average linkage, where a pair that is no candidate has no chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.cluster.pairs.features import Pairs

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
