"""Many points → a bounded number of representatives: spherical k-means in batches."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.cluster.rows import Matrix, unit_rows

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
