"""The finer reading inside an axis: one linear head per axis, over the features of its model."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from pipeline.axes import COMPASS_CODES, compass
from pipeline.learned import Linear, as_linear


def read_facets(
    features: npt.NDArray[np.float32], axes: npt.NDArray[np.object_], heads: Mapping[str, Linear]
) -> npt.NDArray[np.object_]:
    """The most probable facet inside the axis of each row; None for `hors_axe`.

    Parameters
    ----------
    features : shape (n, d), those that the heads were fitted on.
    axes : axis code of each row.
    heads : a linear model per axis code, whose outputs are facets; an axis without one gets its first facet.
    """
    facets = np.full(len(axes), None, dtype=object)
    for code in COMPASS_CODES:
        rows = np.flatnonzero(axes == code)
        if len(rows) == 0:
            continue
        facets[rows] = heads[code].best(features[rows]) if code in heads else compass()[code].facets[0]
    return facets


def fit_facet_heads(
    features: npt.NDArray[np.float32],
    axes: npt.NDArray[np.object_],
    facets: npt.NDArray[np.object_],
    weights: npt.NDArray[np.floating],
    inverse_penalty: float,
) -> dict[str, Linear]:
    """One logistic regression per axis, on its rows that have a facet; rare facets weigh more (square root)."""
    from sklearn.linear_model import LogisticRegression

    heads: dict[str, Linear] = {}
    for code in COMPASS_CODES:
        rows = np.flatnonzero((axes == code) & np.isin(facets, compass()[code].facets))
        names, inverse, counts = np.unique(facets[rows].astype(str), return_inverse=True, return_counts=True)
        if len(names) < 2:
            continue
        balance = np.sqrt(counts.mean() / counts)[inverse]
        head = LogisticRegression(C=inverse_penalty, max_iter=200)
        heads[code] = as_linear(head.fit(features[rows], names[inverse], sample_weight=weights[rows] * balance))
    return heads
