"""What a format is written from: what may be shown of a run, as people decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.axes import AXIS_CODES
from pipeline.config import Config
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.tables import RestitutionTables

Meanings = Callable[[Sequence[str]], npt.NDArray[Any]]
"""Ids of ideas → rows, in order, whose dot products tell how near what they say is."""


class Reading(NamedTuple):
    """The axis that the machine gave to an idea, its probability, and who decided of the axis that it has now."""

    item: Item
    axis: str
    chance: float
    decided_by: str


@dataclass(frozen=True)
class Contents:
    """What a format is written from.

    Attributes
    ----------
    name : of the run: files are called after it.
    tables : those of the run, the decisions of today replayed.
    """

    name: str
    tables: RestitutionTables
    config: Config
    meanings: Meanings

    @cached_property
    def material(self) -> Material:
        """What may be shown."""
        return read_material(self.tables)

    def readings(self) -> list[Reading]:
        """Of every idea shown, in reading order."""
        tags = self.tables.reviewed_tags
        chances = tags[[f"p_{axis}" for axis in AXIS_CODES]].to_numpy(dtype=float)
        best = chances.argmax(axis=1)
        told = zip(
            tags["item_id"],
            (AXIS_CODES[rank] for rank in best),
            np.take_along_axis(chances, best[:, None], axis=1)[:, 0].round(4).tolist(),
            tags["decided_by"].fillna(""),
            strict=True,
        )
        found = {str(item_id): (axis, chance, str(by)) for item_id, axis, chance, by in told}
        return [Reading(item, *found[item_id]) for item_id, item in self.material.items.items()]
