"""Items of one axis → groups of two or more, and weak signals."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.cluster.consensus import consensus_labels
from pipeline.cluster.representation import N_MEANING, Matrix, Space, blend, represent, unit_rows
from pipeline.language.words import content_stems, fold

Labels = npt.NDArray[np.int64]
WEAK = -1
MAX_WEAK_SHARE = 0.3
SMALL_GROUP, LOOSE = 3, 0.25
"""A group of at most so many items whose mean likeness is lower than that is given up."""
N_DIRECT = 1_200
"""Above this many distinct texts, representatives are grouped and the texts follow the nearest one."""
N_WHOLE = 40_000
"""Above this many texts, so many of them are grouped, and the others join the nearest group: memory stays bounded."""
JOINING = 0.05
"""A text joins the nearest group when it is as near as all but this share of the members that the group was made of."""
_BLOCK = 8_192


@dataclass(frozen=True)
class Partition:
    """The groups of one axis.

    Attributes
    ----------
    labels : shape (n,), the group of each item, numbered by decreasing size; `WEAK` (−1) for a weak signal.
    strengths : shape (n,), in [0, 1]: likeness to the centre of its group; of a weak signal, to the nearest group.
    medoids : shape (n_groups,), the row of the most central item of each group.
    centres : shape (n_groups, d), unit rows.
    """

    labels: Labels
    strengths: npt.NDArray[np.float64]
    medoids: Labels
    centres: Matrix

    @property
    def n_groups(self) -> int:
        """How many groups there are."""
        return len(self.medoids)


def partition(
    texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int, leads: Labels | None = None
) -> Partition:
    """Group texts given in a fixed order (sort them by id first).

    Texts that fold to the same words are one point; texts without a word of content are weak signals. One text alone is
    a weak signal; the same text twice is a group.

    Parameters
    ----------
    vectors : sentence vectors, shape (n, d).
    leads : shape (n,), the row of the text that each text repeats (its own when it repeats none). A text that repeats
        another one goes where that one goes, and does not make it a group by itself.
    """
    if leads is not None and (leads != np.arange(len(texts))).any():
        return _with_followers(texts, vectors, seed, leads)
    return _by_sample(texts, vectors, seed) if len(texts) > N_WHOLE else _whole(texts, vectors, seed)[0]


def _whole(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int) -> tuple[Partition, Space | None]:
    keys = [" ".join(content_stems(text)) and fold(text).strip(" .!?;:") for text in texts]
    first_rows: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key:
            first_rows.setdefault(key, row)
    distinct = list(first_rows.values())
    position = {key: index for index, key in enumerate(first_rows)}
    of_distinct = np.array([position[key] if key else -1 for key in keys], dtype=np.int64)
    weights = np.bincount(of_distinct[of_distinct >= 0], minlength=len(distinct))
    if not distinct:
        return _empty(len(texts)), None
    halves, space = represent([texts[row] for row in distinct], vectors[distinct], seed)
    points = blend(halves)
    labels = _group(halves, points, weights, seed)
    spread = np.where(of_distinct >= 0, labels[of_distinct], WEAK)
    all_points = np.where((of_distinct >= 0)[:, None], points[of_distinct], np.float32(0))
    return finish(spread, all_points), space


def _by_sample(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int) -> Partition:
    """Group the texts of the smallest hashes, so that a few more texts change few of them; the others join."""
    hashes = [hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts]
    drawn = np.sort(np.array(sorted(range(len(texts)), key=hashes.__getitem__)[:N_WHOLE], dtype=np.int64))
    found, space = _whole([texts[row] for row in drawn], vectors[drawn], seed)
    if space is None or not found.n_groups:
        return _empty(len(texts))
    labels, strengths = np.full(len(texts), WEAK, dtype=np.int64), np.zeros(len(texts))
    labels[drawn], strengths[drawn] = found.labels, found.strengths
    least = np.round(np.quantile(found.strengths[found.labels >= 0], JOINING), 4)
    others = np.setdiff1d(np.arange(len(texts)), drawn)
    for start in range(0, len(others), _BLOCK):
        rows = others[start : start + _BLOCK]
        points = blend(space.place([texts[row] for row in rows], vectors[rows]))
        likeness = np.round(points @ found.centres.T, 4)
        has_words = np.any(points[:, N_MEANING:], axis=1)
        strengths[rows] = np.clip(likeness.max(axis=1), 0.0, 1.0)
        labels[rows] = np.where(has_words & (strengths[rows] >= least), likeness.argmax(axis=1), WEAK)
    return Partition(labels, np.round(strengths, 4), drawn[found.medoids], found.centres)


def _with_followers(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int, leads: Labels) -> Partition:
    kept, places = np.unique(leads, return_inverse=True)
    found = partition([texts[row] for row in kept], vectors[kept], seed)
    medoids = np.array([kept[row] for row in found.medoids], dtype=np.int64)
    return Partition(found.labels[places], found.strengths[places], medoids, found.centres)


def _group(halves: Matrix, points: Matrix, weights: Labels, seed: int) -> Labels:
    if len(points) <= N_DIRECT:
        labels = consensus_labels(halves)
    else:
        from pipeline.cluster.scale import representatives

        centres, nearest = representatives(halves, N_DIRECT, seed)
        labels = consensus_labels(centres)[nearest]
    labels = _dissolve(_without_singletons(labels, weights), points, weights)
    return _rescue(labels, points, weights)


def _without_singletons(labels: Labels, weights: npt.NDArray[np.int64]) -> Labels:
    n_items = np.bincount(labels, weights=weights)
    return np.where(n_items[labels] >= 2, labels, WEAK)


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
        if mean < LOOSE and size <= n_free:
            dissolved[labels == label] = WEAK
            n_free -= size
    return dissolved


def _rescue(labels: Labels, points: Matrix, weights: npt.NDArray[np.int64]) -> Labels:
    """Let the weak signals nearest to a group join it while more than `MAX_WEAK_SHARE` of the items are weak."""
    kept = np.unique(labels[labels >= 0])
    weak = np.flatnonzero(labels == WEAK)
    n_excess = len(weak) - int(MAX_WEAK_SHARE * weights.sum())
    if n_excess <= 0 or not len(kept):
        return labels
    centres = unit_rows(np.vstack([points[labels == label].mean(axis=0) for label in kept]))
    likeness = np.round(points[weak] @ centres.T, 5)
    order = np.argsort(-likeness.max(axis=1), kind="stable")[:n_excess]
    order = order[likeness[order].max(axis=1) > 0]
    rescued = labels.copy()
    rescued[weak[order]] = kept[likeness[order].argmax(axis=1)]
    return rescued


def finish(labels: Labels, points: Matrix) -> Partition:
    """Number the groups by decreasing size (then by first row), and find their centres, medoids and strengths."""
    found, inverse = np.unique(labels, return_inverse=True)
    sizes = np.bincount(inverse)
    firsts = np.full(len(found), len(labels))
    np.minimum.at(firsts, inverse, np.arange(len(labels)))
    order = [index for index in np.lexsort((firsts, -sizes)) if found[index] >= 0]
    if not order:
        return _empty(len(labels), points.shape[1])
    rank = np.full(len(found), WEAK, dtype=np.int64)
    rank[order] = np.arange(len(order))
    numbered = rank[inverse]
    sums = np.zeros((len(order), points.shape[1]), dtype=np.float64)
    grouped = numbered >= 0
    np.add.at(sums, numbered[grouped], points[grouped])
    centres = unit_rows(sums.astype(np.float32))
    likeness = np.zeros(len(labels))
    likeness[grouped] = np.einsum("ij,ij->i", points[grouped], centres[numbered[grouped]])
    for rows in np.array_split(np.flatnonzero(~grouped), max(1, int((~grouped).sum()) // 4096)):
        if len(rows):
            likeness[rows] = (points[rows] @ centres.T).max(axis=1)
    strengths = np.round(np.clip(likeness, 0.0, 1.0), 4).astype(np.float64)
    by_strength = np.lexsort((np.arange(len(labels)), -strengths, numbered))
    ranked = by_strength[numbered[by_strength] >= 0]
    medoids = ranked[np.unique(numbered[ranked], return_index=True)[1]]
    return Partition(numbered, strengths, medoids, centres)


def _empty(n_items: int, n_dimensions: int = 1) -> Partition:
    none = np.zeros(0, dtype=np.int64)
    labels = np.full(n_items, WEAK, dtype=np.int64)
    return Partition(labels, np.zeros(n_items), none, np.zeros((0, n_dimensions), dtype=np.float32))
