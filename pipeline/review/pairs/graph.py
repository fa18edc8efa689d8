"""The near pairs of a run as a graph: which ideas may go together, and how likely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

Pair = tuple[str, str]
"""Two ids of items, the first in alphabetical order first."""
USUAL_CUT = 0.25
"""Where no pair of an idea is known."""
SURE = 1.0
"""The chance of an idea and what repeats it."""


def pair_of(one: str, other: str) -> Pair:
    """Both ids in order."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class NearGraph:
    """What the machine found near.

    Attributes
    ----------
    near : idea → the ideas near it and their chance of going together, in [0, 1].
    cuts : idea → the mean chance from which two groups of its axis are one.
    pairs : both ideas of each pair and their chance, the likeliest first; what repeats an idea left out.
    """

    near: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    cuts: Mapping[str, float] = field(default_factory=dict)
    pairs: tuple[tuple[str, str, float], ...] = ()

    @classmethod
    def from_table(cls, near_pairs: pd.DataFrame) -> NearGraph:
        """The graph of the table `near_pairs`."""
        near: dict[str, dict[str, float]] = {}
        cuts: dict[str, float] = {}
        columns = (near_pairs[name].tolist() for name in ("one_item", "other_item", "chance", "cut"))
        rows = list(zip(*columns, strict=True))
        for one, other, chance, cut in rows:
            near.setdefault(one, {})[other] = chance
            near.setdefault(other, {})[one] = chance
            cuts[one] = cuts[other] = cut
        pairs = sorted((row[:3] for row in rows if row[2] < SURE), key=lambda row: (-row[2], row))
        return cls(near, cuts, tuple(pairs))

    def around(self, item_id: str) -> Mapping[str, float]:
        """The ideas near an idea, and their chances."""
        return self.near.get(item_id, {})

    def cut_of(self, items: Iterable[str]) -> float:
        """The cut of the axis that these ideas were read on."""
        return next((self.cuts[item] for item in items if item in self.cuts), USUAL_CUT)

    def repeats(self, item_id: str) -> list[str]:
        """The ideas that say an idea again, word for word or on another channel."""
        return [other for other, chance in self.around(item_id).items() if chance >= SURE]
