"""Ideas on a plane: what says the same is near, and a group stands together. The same ideas give the same plane.

A neighbour embedding (scikit-learn's t-SNE), whose cost grows faster than the number of ideas: beyond some thousand, it
is given the centres of groups and some ideas of no group, and every idea stands among those nearest to it.
What means exactly the same has one place, and its ideas stand around it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]
Points = npt.NDArray[np.float32]
N_LANDMARKS, N_CENTRES = 2_000, 1_400
"""What is embedded together, and how many of them may be centres of groups."""
N_DIMENSIONS, N_NEAR, BLOCK = 50, 5, 4_096
PULL = 0.5
"""How far an idea is drawn to the centre of its group: in the demonstration, 71 % of the three nearest on the plane are
then of its group, 31 % without it."""
PERPLEXITY, N_STEPS = 15, 500
SPREAD = 0.35
"""How far from where its landmarks are an idea of no group is scattered, in distances to the next landmark."""
COVERED = 0.12
"""Of the plane, what the islands of groups would cover side by side: each as large as it has ideas."""
GOLDEN = np.pi * (3 - np.sqrt(5))
TIE = 0.002
"""How far from each other ideas of one place are put, on a plane of side 1."""


def positions(meanings: npt.NDArray[np.floating], groups: Sequence[str]) -> Plane:
    """Places in the unit square, shape (n, 2).

    Parameters
    ----------
    meanings : shape (n, k); their dot products tell how near ideas are.
    groups : the group of each, "" for none.
    """
    if len(meanings) < 2:
        return np.full((len(meanings), 2), 0.5, dtype=np.float32)
    names, labels = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    meanings = np.asarray(meanings, dtype=np.float32)
    centres = _centres(meanings, labels, len(names))
    pull = np.where(names[labels] == "", 0.0, PULL).astype(np.float32)[:, None]
    pulled, first, same = np.unique(
        (1 - pull) * meanings + pull * centres[labels], axis=0, return_index=True, return_inverse=True
    )
    if len(pulled) <= N_LANDMARKS:
        axes, centre = _axes(pulled)
        plane = _embedded((pulled - centre) @ axes)[same]
    else:
        plane = _among(pulled, labels[first], centres, names)[same]
    low = plane.min(axis=0)
    side = float((plane.max(axis=0) - low).max()) or 1.0
    spread: Plane = _untied((plane - low) / np.float32(side))
    return np.clip(spread, 0.0, 1.0).astype(np.float32)


def _centres(points: Points, labels: npt.NDArray[np.int64], n: int) -> Points:
    """The mean of the points of each label, shape (n, k)."""
    sums = np.zeros((n, points.shape[1]), dtype=np.float64)
    np.add.at(sums, labels, points)
    return (sums / np.maximum(np.bincount(labels, minlength=n), 1)[:, None]).astype(np.float32)


def _axes(points: Points) -> tuple[Points, Points]:
    """The directions along which points differ most, shape (k, d), and their centre."""
    centre = points.mean(axis=0)
    _, _, directions = np.linalg.svd(points - centre, full_matrices=False)
    signs = np.sign(directions[np.arange(len(directions)), np.abs(directions).argmax(axis=1)])
    return (directions * signs[:, None])[:N_DIMENSIONS].T, centre


def _embedded(points: Points) -> Plane:
    """Points on a plane, neighbours first."""
    first = np.zeros((len(points), 2), dtype=np.float32)
    first[:, : points.shape[1]] = points[:, :2]
    if len(points) < 3 * N_NEAR or not np.ptp(points):
        return first
    from sklearn.manifold import TSNE

    scaled = first / (first[:, 0].std() or 1.0) * np.float32(1e-4)
    perplexity = min(PERPLEXITY, (len(points) - 1) // 3)
    embedding = TSNE(2, init=scaled, perplexity=perplexity, max_iter=N_STEPS, random_state=0, n_jobs=1)
    plane: Plane = embedding.fit_transform(points)
    return plane


def _among(pulled: Points, labels: npt.NDArray[np.int64], centres: Points, names: npt.NDArray[np.str_]) -> Plane:
    """Each point among the landmarks nearest to it, half-way to the centre of its group, as far from its neighbours as
    landmarks are from theirs.

    Parameters
    ----------
    labels : of each point, its place in `names`, groups ("" for none), and in `centres`.
    """
    sizes = np.bincount(labels, minlength=len(names))
    largest = np.argsort(np.where(names == "", 0, -sizes), kind="stable")
    kept = np.sort(largest[: min(N_CENTRES, int((names != "").sum()))])
    loose = np.flatnonzero(~np.isin(labels, kept))
    some = loose[
        np.unique(np.linspace(0, len(loose) - 1, min(len(loose), N_LANDMARKS - len(kept))).round().astype(int))
    ]
    landmarks = np.concatenate([centres[kept], pulled[some]])
    axes, centre = _axes(landmarks)
    landmarks, points = (np.asarray((rows - centre) @ axes, dtype=np.float32) for rows in (landmarks, pulled))
    plane = _embedded(landmarks)
    found, nearest = _interpolated(points, landmarks, plane)
    own = np.full(len(names), -1, dtype=np.int64)
    own[kept] = np.arange(len(kept))
    home = own[labels]
    is_home = home >= 0
    found[is_home] = (1 - PULL) * found[is_home] + PULL * plane[home[is_home]]
    apart = np.sqrt(np.maximum(np.partition(_squares(plane, plane), 1, axis=1)[:, 1], 0))
    alone = np.minimum(apart, 2 * np.median(apart))[nearest] * SPREAD
    islands = np.ptp(plane, axis=0).max() * np.sqrt(COVERED / np.pi * sizes[labels] / len(labels)) / 2
    reach = np.where(is_home, islands, alone).astype(np.float32)
    spread: Plane = found + reach[:, None] * np.random.default_rng(0).standard_normal(found.shape, dtype=np.float32)
    return spread


def _interpolated(points: Points, landmarks: Points, plane: Plane) -> tuple[Plane, npt.NDArray[np.int64]]:
    """Each point where the landmarks nearest to it are, the nearest counting most; and the nearest one."""
    found, nearest = np.empty((len(points), 2), dtype=np.float32), np.empty(len(points), dtype=np.int64)
    for start in range(0, len(points), BLOCK):
        rows = slice(start, start + BLOCK)
        far = _squares(points[rows], landmarks)
        near = np.sort(np.argpartition(far, N_NEAR, axis=1)[:, :N_NEAR], axis=1)
        distances = np.take_along_axis(far, near, axis=1)
        weights = 1 / np.maximum(distances, 1e-6) ** 2
        found[rows] = (plane[near] * (weights / weights.sum(axis=1, keepdims=True))[..., None]).sum(axis=1)
        nearest[rows] = np.take_along_axis(near, distances.argmin(axis=1)[:, None], axis=1)[:, 0]
    return found, nearest


def _squares(points: Points, others: Points) -> Points:
    """Squares of distances, shape (n, m)."""
    far: Points = (others**2).sum(axis=1) - 2 * (points @ others.T) + (points**2).sum(axis=1)[:, None]
    return far


def _untied(plane: Plane) -> Plane:
    """Ideas of one place around it, on a spiral."""
    _, first, labels = np.unique(plane.round(5), axis=0, return_index=True, return_inverse=True)
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(len(first)))
    rank = np.empty(len(plane), dtype=np.int64)
    rank[order] = np.arange(len(plane)) - starts[labels[order]]
    turns, radius = rank * GOLDEN, TIE * np.sqrt(rank)
    return plane + np.stack([np.cos(turns) * radius, np.sin(turns) * radius], axis=1).astype(np.float32)
