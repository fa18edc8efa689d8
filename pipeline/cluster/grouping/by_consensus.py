"""Grouping by a consensus of hierarchies: more texts than pairs are read for, or texts of which no topic is known.

Groups are then tidied: what is far from its group leaves it, loose pairs are given up, weak signals stay a minority.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.cluster.grouping.axis_space import WEAK
from pipeline.cluster.grouping.consensus import FINENESS, consensus_labels, cut_likeness
from pipeline.cluster.grouping.representation import Points
from pipeline.cluster.rows import Matrix, unit_rows

Labels = npt.NDArray[np.int64]
MAX_WEAK_SHARE = 0.3
SMALL_GROUP, LOOSE, LOOSE_PAIR = 3, 0.15, 0.2
"""A group of at most so many items whose mean likeness is lower than that is given up; two need to be nearer."""
RELEASE = 0.5
"""An item whose mean likeness to the rest of its group is lower than that part of what joins groups leaves it."""
N_SAMPLED = 1_000


def group_by_consensus(
    sides: Points, points: Matrix, weights: Labels, is_thin: npt.NDArray[np.bool_], n_direct: int, seed: int
) -> Labels:
    """The group of each distinct text, shape (n,), `WEAK` for none; `weights` are how often each is said.

    Above `n_direct` texts, representatives are grouped and the texts follow the nearest one.
    """
    n = len(points)
    if n <= n_direct:
        labels = consensus_labels(sides)
    else:
        from pipeline.cluster.grouping.representatives import representatives

        width = sides.meaning.shape[1]
        centres, nearest = representatives(np.hstack([sides.meaning, sides.words]), n_direct, seed)
        labels = consensus_labels(Points(centres[:, :width], centres[:, width:]), n)[nearest]
    labels = _released(labels, points, weights)
    labels = _dissolve(without_singletons(apart(labels, is_thin), weights), points, weights)
    return _rescue(labels, points, weights, is_thin)


def apart(labels: Labels, is_thin: npt.NDArray[np.bool_]) -> Labels:
    """Each thin text in a group of its own."""
    found = labels.copy()
    found[is_thin] = labels.max(initial=0) + 1 + np.arange(int(is_thin.sum()))
    return found


def without_singletons(labels: Labels, weights: Labels) -> Labels:
    """`WEAK` for a text that is alone in its group and said once."""
    n_items = np.bincount(labels, weights=weights)
    return np.where(n_items[labels] >= 2, labels, WEAK)


def _released(labels: Labels, points: Matrix, weights: Labels) -> Labels:
    """Let go of the points whose mean likeness to the rest of their group is lower than half of what joins groups.

    The farthest go first, and at most `MAX_WEAK_SHARE` of the items.
    """
    sample = points[:: max(1, len(points) // N_SAMPLED)][: 2 * N_SAMPLED]
    if len(sample) < 3:
        return labels
    floor = RELEASE * cut_likeness(sample @ sample.T, FINENESS[1:2], len(points))[0]
    found, inverse = np.unique(labels, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    starts = np.searchsorted(inverse[order], np.arange(len(found)))
    sums = np.add.reduceat(points[order], starts, axis=0)
    sizes = np.bincount(inverse)
    likeness = np.empty(len(points))
    for rows in np.array_split(np.arange(len(points)), max(1, len(points) // 8_192)):
        own = np.einsum("ij,ij->i", points[rows], sums[inverse[rows]])
        likeness[rows] = (own - 1.0) / np.maximum(1, sizes[inverse[rows]] - 1)
    likeness = np.round(likeness, 5)
    loose = np.flatnonzero((likeness < floor) & (sizes[inverse] > SMALL_GROUP))
    loose = loose[np.argsort(likeness[loose], kind="stable")]
    loose = loose[np.cumsum(weights[loose]) <= MAX_WEAK_SHARE * weights.sum()]
    released = inverse.astype(np.int64)
    released[loose] = len(found) + np.arange(len(loose))
    return released


def _dissolve(labels: Labels, points: Matrix, weights: Labels) -> Labels:
    """Give up the least alike groups of two or three, as long as at most `MAX_WEAK_SHARE` of the items are weak."""
    n_free = int(MAX_WEAK_SHARE * weights.sum()) - int(weights[labels == WEAK].sum())
    loose: list[tuple[float, int, int]] = []
    sizes = np.bincount(labels[labels >= 0], weights=weights[labels >= 0])
    small: list[int] = np.flatnonzero((sizes > 1) & (sizes <= SMALL_GROUP)).tolist()
    for label in small:
        rows = np.flatnonzero(labels == label)
        if len(rows) > 1:
            likeness = points[rows] @ points[rows].T
            mean = (float(likeness.sum()) - len(rows)) / (len(rows) * (len(rows) - 1))
            loose.append((round(mean, 5), label, int(sizes[label])))
    dissolved = labels.copy()
    for mean, label, size in sorted(loose):
        if mean < (LOOSE_PAIR if size == 2 else LOOSE) and size <= n_free:
            dissolved[labels == label] = WEAK
            n_free -= size
    return dissolved


def _rescue(labels: Labels, points: Matrix, weights: Labels, is_thin: npt.NDArray[np.bool_]) -> Labels:
    """Let the weak signals nearest to a group join it while more than `MAX_WEAK_SHARE` of the items are weak."""
    kept = np.unique(labels[labels >= 0])
    weak = np.flatnonzero((labels == WEAK) & ~is_thin)
    n_excess = int((labels == WEAK).sum()) - int(MAX_WEAK_SHARE * weights.sum())
    if n_excess <= 0 or not len(kept):
        return labels
    centres = unit_rows(np.vstack([points[labels == label].mean(axis=0) for label in kept]))
    likeness = np.round(points[weak] @ centres.T, 5)
    order = np.argsort(-likeness.max(axis=1), kind="stable")[:n_excess]
    order = order[likeness[order].max(axis=1) > 0]
    rescued = labels.copy()
    rescued[weak[order]] = kept[likeness[order].argmax(axis=1)]
    return rescued
