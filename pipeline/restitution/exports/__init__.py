"""What other tools open: one module a format, each from the same words, groups and decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy.typing as npt

from pipeline.config import Config
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Material
from pipeline.workshop.tables import RestitutionTables

Meanings = Callable[[Sequence[str]], npt.NDArray[Any]]
"""Ids of ideas → rows, in order, whose dot products tell how near what they say is."""


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
