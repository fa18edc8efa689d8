"""Average linkage with a cut."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.cluster.representation import Matrix, shared_share

LIKENESS_AMONG_MANY, LIKENESS_AMONG_FEW = 0.1, 0.45
"""Mean likeness at which two groups are one, once the common direction is removed, and when it could not be."""


def hierarchical_labels(points: Matrix) -> npt.NDArray[np.int64]:
    """The group of each point (singletons included), shape (n,), from 0."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(points) < 2:
        return np.zeros(len(points), dtype=np.int64)
    rows, columns = np.triu_indices(len(points), 1)
    distances = np.round(np.clip(1.0 - (points @ points.T)[rows, columns], 0.0, 2.0), 5)
    trust = shared_share(len(points))
    likeness = trust * LIKENESS_AMONG_MANY + (1 - trust) * LIKENESS_AMONG_FEW
    tree = linkage(distances, "average")
    return np.asarray(fcluster(tree, 1.0 - likeness, "distance"), dtype=np.int64) - 1
