"""Rows of vectors: unit length, centring, k-means."""

from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

SHRINKAGE = 20
"""Items from which the mean vector of a corpus is trusted by half."""

_PAIRS = 2_048
"""Pairs of rows that are multiplied together, as many as stay in the cache of a processor."""


def unit_rows(matrix: Matrix) -> Matrix:
    """Rows scaled to length 1, of the same shape (n, d); rows of zeros stay zeros."""
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    scaled: Matrix = np.divide(matrix, norms, out=np.zeros_like(matrix), where=norms > 1e-6)
    return scaled


def unit_sparse(matrix: Any) -> Any:
    """A sparse matrix in rows with its rows scaled to length 1, in place; rows of zeros stay zeros."""
    lengths = np.sqrt(np.add.reduceat(np.append(matrix.data * matrix.data, 0.0), matrix.indptr[:-1]))
    n_held = np.diff(matrix.indptr)
    lengths = np.where(n_held > 0, lengths, 1.0)
    matrix.data = (matrix.data / np.repeat(lengths, n_held)).astype(np.float32)
    return matrix


def shared_share(n: int) -> float:
    """How much of the common direction to take away: all of it among many items, little among a few."""
    return n / (n + SHRINKAGE)


def shared_row(rows: Matrix) -> Matrix:
    """The mean of unit rows, as far as `shared_share` trusts it, shape (d,)."""
    mean = rows.mean(axis=0, dtype=np.float64).astype(np.float32)
    return np.asarray(np.float32(shared_share(len(rows))) * mean, dtype=np.float32)


def centred(matrix: Matrix) -> Matrix:
    """Unit rows minus what they share, scaled again to length 1, of the same shape (n, d)."""
    rows = unit_rows(matrix)
    return unit_rows(rows - shared_row(rows)) if len(rows) else rows


def dot_products(matrix: Matrix, rows: npt.NDArray[np.int64], other: Matrix, columns: npt.NDArray[np.int64]) -> Matrix:
    """The products of pairs of rows, of one matrix and of the other, shape (n_pairs,)."""
    found = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), _PAIRS):
        pair = slice(start, start + _PAIRS)
        found[pair] = np.einsum("ij,ij->i", matrix[rows[pair]], other[columns[pair]])
    return found
