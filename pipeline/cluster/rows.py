"""Rows of vectors: unit length, centring, k-means."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

SHRINKAGE = 20
"""Items from which the mean vector of a corpus is trusted by half."""

_PAIRS = 2_048
"""Pairs of rows that are multiplied together, as many as stay in the cache of a processor."""


def unit_rows(matrix: Matrix) -> Matrix:
    """Rows scaled to length 1; rows of zeros stay zeros."""
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    scaled: Matrix = np.divide(matrix, norms, out=np.zeros_like(matrix), where=norms > 1e-6)
    return scaled


def shared_share(n: int) -> float:
    """How much of the common direction to take away: all of it among many items, little among a few."""
    return n / (n + SHRINKAGE)


def shared_row(rows: Matrix) -> Matrix:
    """The mean of unit rows, as far as `shared_share` trusts it, shape (d,)."""
    mean = rows.mean(axis=0, dtype=np.float64).astype(np.float32)
    return np.asarray(np.float32(shared_share(len(rows))) * mean, dtype=np.float32)


def centred(matrix: Matrix) -> Matrix:
    """Unit rows minus what they share, scaled again to length 1."""
    rows = unit_rows(matrix)
    return unit_rows(rows - shared_row(rows)) if len(rows) else rows


def dot_products(matrix: Matrix, rows: npt.NDArray[np.int64], other: Matrix, columns: npt.NDArray[np.int64]) -> Matrix:
    """The products of pairs of rows, of one matrix and of the other, shape (n_pairs,)."""
    found = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), _PAIRS):
        pair = slice(start, start + _PAIRS)
        found[pair] = np.einsum("ij,ij->i", matrix[rows[pair]], other[columns[pair]])
    return found


_BATCH = 8_192
N_SAMPLED = 20_000
N_ROUNDS = 1


def representatives(points: Matrix, n_representatives: int, seed: int) -> tuple[Matrix, npt.NDArray[np.int64]]:
    """Micro-cluster centres, shape (k, d), and the one nearest to each point, shape (n,).

    The centres start from points drawn with `seed` and move `N_ROUNDS` times (four give no better groups), on at most
    `N_SAMPLED` points: time grows as n, memory as the points themselves. (scikit-learn's seeding takes minutes at this
    number of centres.)
    """
    sample = points[:: max(1, len(points) // N_SAMPLED)]
    drawn = np.random.default_rng(seed).choice(len(sample), min(n_representatives, len(sample)), replace=False)
    centres = sample[np.sort(drawn)].copy()
    for _ in range(N_ROUNDS):
        nearest = _nearest(sample, unit_rows(centres))
        order = np.argsort(nearest, kind="stable")
        used, starts = np.unique(nearest[order], return_index=True)
        sums = np.add.reduceat(sample[order].astype(np.float64), starts, axis=0)
        counts = np.diff(np.append(starts, len(order)))
        centres = (sums / counts[:, None]).astype(np.float32)[: len(used)]
    used, nearest = np.unique(_nearest(points, unit_rows(centres)), return_inverse=True)
    return centres[used], nearest


def _nearest(points: Matrix, centres: Matrix) -> npt.NDArray[np.int64]:
    nearest = np.empty(len(points), dtype=np.int64)
    for start in range(0, len(points), _BATCH):
        batch = points[start : start + _BATCH]
        nearest[start : start + _BATCH] = np.round(batch @ centres.T, 5).argmax(axis=1)
    return nearest
