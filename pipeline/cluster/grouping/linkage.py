"""Average linkage on condensed distances."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.cluster.rows import Matrix


def upper_triangle(matrix: Matrix) -> Matrix:
    """What stands above the diagonal, row after row, shape (n (n − 1) / 2,): the order that scipy's linkage reads."""
    n = len(matrix)
    return np.concatenate([matrix[row, row + 1 :] for row in range(n)]) if n else np.zeros(0, dtype=matrix.dtype)


def average_tree(distances: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Average linkage on condensed distances, rounded so that the last digits decide nothing."""
    from scipy.cluster.hierarchy import linkage

    return np.asarray(linkage(np.round(np.clip(distances, 0.0, 2.0), 5), "average"))
