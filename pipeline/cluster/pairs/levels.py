"""The ideas of an axis → two nested levels: groups, and stacks of those that say the same thing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.cluster.pairs.features import pairs_of
from pipeline.cluster.pairs.model import PairModel
from pipeline.cluster.pairs.near import NearPairs, near_pairs, no_pairs
from pipeline.cluster.pairs.tree import average_tree, cut_tree, inside
from pipeline.cluster.pairs.views import Ideas

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Levels:
    """`groups` and, inside them, `stacks`: of each idea, singletons included, shapes (n,), from 0; `near` pairs."""

    groups: Labels
    stacks: Labels
    near: NearPairs


def grouped(ideas: Ideas, model: PairModel, made: Labels | None = None) -> Levels:
    """The two levels of the ideas of an axis; quadratic in their number: 16 bytes a pair.

    Parameters
    ----------
    made : shape (n,), the number of the group that participants put each idea in, −1 for none.
    """
    if len(ideas) < 2:
        alone = np.zeros(len(ideas), dtype=np.int64)
        return Levels(alone, alone, no_pairs(model.cut))
    pairs = pairs_of(ideas)
    told = model.read(pairs)
    groups = cut_tree(average_tree(pairs, told.together, made), model.cut)
    stacks = cut_tree(average_tree(pairs, told.same), model.cut_same)
    return Levels(groups, inside(groups, stacks), near_pairs(pairs, told.together, model.cut))
