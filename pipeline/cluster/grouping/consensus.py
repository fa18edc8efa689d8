"""Which points stay together whatever the weight of words and the fineness of the cut: a consensus of hierarchies.

No threshold is best on every corpus, and none carries over: what counts as near depends on how near the nearest ones
are. Average linkage is cut part of the way from the mean likeness of two points to that of a point and its nearest
one, at three heights, under two balances of meaning and words; two points are as near as the share of these six
partitions that keep them together, and average linkage on these shares gives the groups. Measured beside the
alternatives in `rosace evaluate groups`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.cluster.grouping.representation import Points, blend
from pipeline.cluster.rows import Matrix

Labels = npt.NDArray[np.int64]

BALANCES = (0.3, 0.7)
"""Weights of the words beside the meaning."""
FINENESS = (0.35, 0.45, 0.55)
"""How far from the mean likeness to the likeness of nearest neighbours, among up to `N_FEW` points. Chosen on the
imaginary workshops of `corpus/ideas/projection`: agreement with their ideas 0.147, against 0.141 (0.05 finer), 0.131
(0.15 finer) and 0.152 (0.05 coarser, with fewer groups than a reader tells)."""
N_FEW = 100
COARSENING = 0.55
"""Among more points the nearest one is nearer by itself: the cut comes closer to the mean as n to this power."""
ALONE = 0.35
"""Likeness at which two points alone are one group."""
AGREEMENT = 0.4
"""Share of the partitions that must keep two groups together."""


def consensus_labels(points: Points, n_items: int | None = None) -> Labels:
    """The group of each point (singletons included), shape (n,), from 0; quadratic in n: about 32 bytes a pair.

    Parameters
    ----------
    n_items : how many items the points stand for (their number when not given).
    """
    from scipy.cluster.hierarchy import fcluster

    n = len(points.meaning)
    if n < 2:
        return np.zeros(n, dtype=np.int64)
    together = np.zeros(n * (n - 1) // 2, dtype=np.uint8)
    for balance in BALANCES:
        blended = blend(points, balance)
        likeness = blended @ blended.T
        tree = average_tree(1.0 - upper_triangle(likeness))
        cuts = cut_likeness(likeness, FINENESS, n_items or n)
        del likeness
        for cut in cuts:
            _count_together(together, fcluster(tree, 1.0 - cut, "distance"))
    shares = together.astype(np.float32) / (len(BALANCES) * len(FINENESS))
    return np.asarray(fcluster(average_tree(1.0 - shares), 1.0 - AGREEMENT, "distance"), dtype=np.int64) - 1


def upper_triangle(matrix: Matrix) -> Matrix:
    """What stands above the diagonal, row after row, shape (n (n − 1) / 2,): the order that scipy's linkage reads."""
    n = len(matrix)
    return np.concatenate([matrix[row, row + 1 :] for row in range(n)]) if n else np.zeros(0, dtype=matrix.dtype)


def _count_together(counts: npt.NDArray[np.uint8], labels: npt.NDArray[np.integer]) -> None:
    """Add one to each pair of points of one group, in the order of `upper_triangle`."""
    start = 0
    for row in range(len(labels) - 1):
        stop = start + len(labels) - row - 1
        counts[start:stop] += labels[row + 1 :] == labels[row]
        start = stop


def cut_likeness(likeness: Matrix, fineness: Sequence[float], n_items: int) -> list[float]:
    """Mean likeness at which two groups are one, for each fineness, from the likeness of all points, shape (n, n).

    The diagonal of `likeness` is lost: a matrix of that size is not copied.
    """
    n = len(likeness)
    if n < 3:
        return [ALONE] * len(fineness)
    mean = float((likeness.sum(dtype=np.float64) - np.trace(likeness, dtype=np.float64)) / (n * (n - 1)))
    np.fill_diagonal(likeness, -4.0)
    nearest = float(np.median(likeness.max(axis=1)))
    parts = (one * min(1.0, (N_FEW / n_items) ** COARSENING) for one in fineness)
    few = n / (n + 6)  # two or three points tell no mean: they must be near by themselves
    return [float(round(few * (mean + part * (nearest - mean)) + (1.0 - few) * ALONE, 5)) for part in parts]


def average_tree(distances: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Average linkage on condensed distances, rounded so that the last digits decide nothing."""
    from scipy.cluster.hierarchy import linkage

    return np.asarray(linkage(np.round(np.clip(distances, 0.0, 2.0), 5), "average"))
