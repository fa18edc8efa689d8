"""Ideas on a plane: what says the same is near, and a group stands together. The same ideas give the same plane.

What means exactly the same has one place, and its ideas stand around it.

A neighbour embedding (scikit-learn's t-SNE) of some thousand landmarks, then each other idea among the landmarks
nearest to it: the cost grows as the number of ideas.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]
Points = npt.NDArray[np.float32]
N_LANDMARKS = 2_000
"""Ideas that are embedded together; its cost grows faster than their number."""
N_DIMENSIONS, N_NEAR, BLOCK = 50, 5, 4_096
PULL = 0.5
"""How far an idea is drawn to the centre of its group: in the demonstration, 71 % of the three nearest on the plane are
then of its group, 31 % without it."""
PERPLEXITY, N_STEPS = 15, 500
SPREAD = 0.6
"""How far from where its landmarks are an idea is scattered, in distances to the fifth landmark: they would hide each
other."""
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
    pulled, same = np.unique(_pulled(np.asarray(meanings, dtype=np.float32), groups), axis=0, return_inverse=True)
    chosen = np.unique(np.linspace(0, len(pulled) - 1, min(len(pulled), N_LANDMARKS)).round().astype(np.int64))
    axes, centre = _axes(pulled[chosen])
    points: Points = np.asarray((pulled - centre) @ axes, dtype=np.float32)
    landmarks = _embedded(points[chosen])
    plane = (landmarks if len(chosen) == len(points) else _among(points, points[chosen], landmarks))[same]
    low = plane.min(axis=0)
    side = float((plane.max(axis=0) - low).max()) or 1.0
    spread: Plane = _untied((plane - low) / np.float32(side))
    return np.clip(spread, 0.0, 1.0).astype(np.float32)


def _pulled(meanings: Points, groups: Sequence[str]) -> Points:
    """Ideas drawn to the centre of their group."""
    names, labels = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    sums = np.zeros((len(names), meanings.shape[1]), dtype=np.float64)
    np.add.at(sums, labels, meanings)
    centres = (sums / np.bincount(labels)[:, None]).astype(np.float32)[labels]
    pull = np.where(names[labels] == "", 0.0, PULL).astype(np.float32)[:, None]
    drawn: Points = (1 - pull) * meanings + pull * centres
    return drawn


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


def _among(points: Points, landmarks: Points, plane: Plane) -> Plane:
    """Each point where the landmarks nearest to it are, the nearest counting most, and as far from its neighbours as
    the landmarks are from theirs."""
    found, nearest = np.empty((len(points), 2), dtype=np.float32), np.empty(len(points), dtype=np.int64)
    for start in range(0, len(points), BLOCK):
        rows = slice(start, start + BLOCK)
        far = _squares(points[rows], landmarks)
        near = np.sort(np.argpartition(far, N_NEAR, axis=1)[:, :N_NEAR], axis=1)
        distances = np.take_along_axis(far, near, axis=1)
        weights = 1 / np.maximum(distances, 1e-6) ** 2
        found[rows] = (plane[near] * (weights / weights.sum(axis=1, keepdims=True))[..., None]).sum(axis=1)
        nearest[rows] = np.take_along_axis(near, distances.argmin(axis=1)[:, None], axis=1)[:, 0]
    apart = np.sqrt(np.maximum(np.partition(_squares(plane, plane), N_NEAR, axis=1)[:, N_NEAR], 0))
    reach = np.minimum(apart, np.median(apart))[nearest] * np.float32(SPREAD)
    spread: Plane = found + reach[:, None] * np.random.default_rng(0).standard_normal(found.shape, dtype=np.float32)
    return spread


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
