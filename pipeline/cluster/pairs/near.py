"""The likeliest pairs of each idea: what a person may be asked about, and what groups are formed again from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.cluster.pairs.features import Pairs

N_NEAR = 10
"""Of each idea: on walls, twelve of them change no score of what answers bring, nor do eight."""
LEAST_NEAR = 0.05
"""Chances below that change nothing either."""
SURE = 0.9999
"""No model is surer than that."""
SAME = 1.0
"""The chance of what repeats another idea, which no model gives."""


@dataclass(frozen=True)
class NearPairs:
    """Rows `one` < `other` of the ideas of an axis, shape (n_pairs,), sorted, and how likely each pair goes together.

    Attributes
    ----------
    chances : shape (n_pairs,), in [`LEAST_NEAR`, 1]; `SAME` for an idea that repeats another one.
    cut : the mean chance from which two groups of the axis are one.
    """

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    chances: npt.NDArray[np.float64]
    cut: float

    def without(self, left_out: npt.NDArray[np.bool_]) -> NearPairs:
        """The pairs of two ideas that are kept; shape (n,) of those that are not."""
        kept = ~(left_out[self.one] | left_out[self.other])
        return replace(self, one=self.one[kept], other=self.other[kept], chances=self.chances[kept])

    def among(self, first: npt.NDArray[np.int64], leads: npt.NDArray[np.int64]) -> NearPairs:
        """The same pairs in the rows of more ideas, each of which repeats one that was read, or none.

        Parameters
        ----------
        first : shape (n_read,), the row in which each idea that was read stands.
        leads : shape (n,), the number of the idea that each row repeats (its own number for itself), −1 for none.
        """
        repeats = np.flatnonzero((leads >= 0) & (np.append(first, -1)[leads] != np.arange(len(leads))))
        ends = np.column_stack(
            [
                np.concatenate([first[self.one], first[leads[repeats]]]),
                np.concatenate([first[self.other], repeats]),
            ]
        )
        chances = np.concatenate([self.chances, np.full(len(repeats), SAME)])
        low, high = ends.min(axis=1), ends.max(axis=1)
        order = np.lexsort((high, low))
        return replace(self, one=low[order], other=high[order], chances=chances[order])


def no_pairs(cut: float) -> NearPairs:
    """No pair at all."""
    none = np.zeros(0, dtype=np.int64)
    return NearPairs(none, none, np.zeros(0), cut)


def near_pairs(pairs: Pairs, chances: npt.NDArray[np.float64], cut: float) -> NearPairs:
    """The pairs that are among the `N_NEAR` likeliest of one of their ideas."""
    rows = np.concatenate([pairs.one, pairs.other])
    places = np.tile(np.arange(len(pairs.one)), 2)
    order = np.lexsort((places, -chances[places], rows))
    starts = np.searchsorted(rows[order], np.arange(pairs.n))
    ranks = np.arange(len(rows)) - starts[rows[order]]
    kept = np.unique(places[order][ranks < N_NEAR])
    kept = kept[chances[kept] >= LEAST_NEAR]
    return NearPairs(pairs.one[kept], pairs.other[kept], np.minimum(np.round(chances[kept], 4), SURE), cut)
