"""Which points stay together whatever the weight of words and the fineness of the cut: a consensus of hierarchies.

No threshold is best on every corpus. Average linkage is therefore cut at three heights under four balances of meaning
and words; two points are as near as the share of these twelve partitions that keep them together, and average linkage
on these shares gives the groups. Measured beside the alternatives in `rosace evaluate groups`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.cluster.representation import Matrix, blend, shared_share

Labels = npt.NDArray[np.int64]

BALANCES = (0.2, 0.4, 0.6, 0.8)
"""Weights of the words beside the meaning."""
LIKENESSES = (0.04, 0.08, 0.12)
"""Mean likeness at which two groups are one, among many items (the common direction being removed)."""
LIKENESS_AMONG_FEW = 0.25
"""The same among a few items, whose common direction cannot be told from their subject."""
AGREEMENT = 0.3
"""Share of the partitions that must keep two groups together."""


def consensus_labels(points: Matrix) -> Labels:
    """The group of each point (singletons included), shape (n,), from 0; quadratic in n: at most some thousands."""
    from scipy.cluster.hierarchy import fcluster

    if len(points) < 2:
        return np.zeros(len(points), dtype=np.int64)
    rows, columns = np.triu_indices(len(points), 1)
    together = np.zeros(len(rows), dtype=np.float32)
    trust = shared_share(len(points))
    for balance in BALANCES:
        blended = blend(points, balance)
        tree = average_tree(1.0 - (blended @ blended.T)[rows, columns])
        for likeness in LIKENESSES:
            height = 1.0 - (trust * likeness + (1.0 - trust) * LIKENESS_AMONG_FEW)
            labels = fcluster(tree, height, "distance")
            together += labels[rows] == labels[columns]
    shares = together / (len(BALANCES) * len(LIKENESSES))
    return np.asarray(fcluster(average_tree(1.0 - shares), 1.0 - AGREEMENT, "distance"), dtype=np.int64) - 1


def average_tree(distances: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Average linkage on condensed distances, rounded so that the last digits decide nothing."""
    from scipy.cluster.hierarchy import linkage

    return np.asarray(linkage(np.round(np.clip(distances, 0.0, 2.0), 5), "average"))
