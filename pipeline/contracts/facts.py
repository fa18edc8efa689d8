"""The figures that a draft may tell, each with where it is counted: `facts.json`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One figure that may be told.

    Attributes
    ----------
    value : the number, or a text (a date); `numerator` and `denominator` are None where they mean nothing.
    source : where it can be counted again, in French.
    labels : the names of what is counted, where they may be told instead.
    """

    value: int | str
    numerator: int | None
    denominator: int | None
    source: str
    labels: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Its value as a whole number; 0 for a text."""
        return self.value if isinstance(self.value, int) else 0

    @property
    def part(self) -> tuple[int, int]:
        """Numerator and denominator; 0 where they mean nothing."""
        return self.numerator or 0, self.denominator or 0


Facts = Mapping[str, Fact]
"""Fact name → fact; names are stable across runs."""
