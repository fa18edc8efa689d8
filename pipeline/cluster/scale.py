"""Many points → a bounded number of representatives, in one pass over batches."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.cluster.representation import Matrix, unit_rows

_BATCH = 8_192
N_SAMPLED = 20_000


def representatives(points: Matrix, n_representatives: int, seed: int) -> tuple[Matrix, npt.NDArray[np.int64]]:
    """Micro-cluster centres, shape (k, d), and the one nearest to each point, shape (n,).

    The centres come from mini-batch k-means on at most `N_SAMPLED` points, so that time grows as n and memory as the
    points themselves.
    """
    from sklearn.cluster import MiniBatchKMeans

    sample = points[:: max(1, len(points) // N_SAMPLED)]
    k_means = MiniBatchKMeans(
        n_clusters=min(n_representatives, len(sample)), random_state=seed, batch_size=4_096, n_init=1, max_iter=10
    ).fit(sample)
    centres = unit_rows(k_means.cluster_centers_.astype(np.float32))
    nearest = np.empty(len(points), dtype=np.int64)
    for start in range(0, len(points), _BATCH):
        nearest[start : start + _BATCH] = (points[start : start + _BATCH] @ centres.T).argmax(axis=1)
    used, nearest = np.unique(nearest, return_inverse=True)
    return centres[used], nearest
