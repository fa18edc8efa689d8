"""Pairs of ideas: near pairs as a graph, and what a person answers about one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

Pair = tuple[str, str]
"""Two ids of items, the first in alphabetical order first."""
SURE = 1.0
"""The chance of an idea and what repeats it."""


def pair_of(one: str, other: str) -> Pair:
    """Both ids in order."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Answer:
    """True: together; False: not together; None: she does not know."""

    value: bool | None
    author: str


@dataclass(frozen=True)
class NearGraph:
    """What the machine found near.

    Attributes
    ----------
    near : idea → the ideas near it and their chance of going together, in [0, 1].
    pairs : both ideas of each pair and their chance, the likeliest first; what repeats an idea left out.
    """

    near: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    pairs: tuple[tuple[str, str, float], ...] = ()

    @classmethod
    def from_table(cls, near_pairs: pd.DataFrame) -> NearGraph:
        """The graph of the table `near_pairs`."""
        near: dict[str, dict[str, float]] = {}
        columns = (near_pairs[name].tolist() for name in ("one_item", "other_item", "chance"))
        rows = list(zip(*columns, strict=True))
        for one, other, chance in rows:
            near.setdefault(one, {})[other] = chance
            near.setdefault(other, {})[one] = chance
        return cls(near, tuple(sorted((row for row in rows if row[2] < SURE), key=lambda row: (-row[2], row))))

    def repeats(self, item_id: str) -> list[str]:
        """The ideas that say an idea again, word for word or on another channel."""
        return [other for other, chance in self.near.get(item_id, {}).items() if chance >= SURE]
