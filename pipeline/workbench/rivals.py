"""The field's methods on the same vectors, for comparison only: nothing of a run uses them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.cluster.rows import alike_groups, unit_rows

Labels = npt.NDArray[np.int64]
FIXED_LIKENESS = 0.3
"""Mean cosine at which the fixed-threshold rival cuts its tree."""


def bertopic_defaults(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int) -> Labels:
    """UMAP (5 dimensions, 15 neighbours, cosine) then HDBSCAN (at least 10 items): BERTopic's own defaults.

    Run without the topic words, which do not change the groups. Too few items for UMAP: no group.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from hdbscan import HDBSCAN
        from umap import UMAP

        if len(texts) < 17:
            return np.full(len(texts), -1, dtype=np.int64)
        reduced = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed).fit_transform(
            np.asarray(vectors, dtype=np.float32)
        )
        labels = HDBSCAN(min_cluster_size=10, metric="euclidean", cluster_selection_method="eom").fit_predict(reduced)
    return np.asarray(labels, dtype=np.int64)


def average_linkage(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int) -> Labels:  # noqa: ARG001  (same signature as the others)
    """Average linkage on the raw sentence vectors, cut at a fixed cosine distance; groups of one are weak signals."""
    labels = alike_groups(unit_rows(np.asarray(vectors, dtype=np.float32)), FIXED_LIKENESS)
    sizes = np.bincount(labels)
    return np.where(sizes[labels] >= 2, labels, -1).astype(np.int64)


def singletons(labels: Labels) -> Labels:
    """Labels where each weak signal (−1) is a group of its own, as scores of agreement take it."""
    alone = labels.copy()
    weak = np.flatnonzero(labels < 0)
    alone[weak] = labels.max(initial=-1) + 1 + np.arange(len(weak))
    return alone


RIVALS: dict[str, Callable[[Sequence[str], npt.NDArray[np.float16], int], Labels]] = {
    "BERTopic par défaut": bertopic_defaults,
    "liaison moyenne, distance 0,70": average_linkage,
}
