"""Numbers that come from outside (cells, sheets, forms, addresses, times), within bounds; order of names of tables."""

import math
import re

LARGEST = 10**12
"""More is an identifier, or a cell that a spreadsheet broke; so many may be added up."""
PEOPLE_MAX = 10**9
ABOUT = {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
         "cinquantaine": 50, "soixantaine": 60, "centaine": 100}  # fmt: skip
"""A number that nobody counted, in words."""
WRITTEN = re.compile(r"-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
"""A number as people and tools write it, in figures of any script."""


def read_number(text: str, largest: float = LARGEST) -> float | None:
    """The number that is written, blanks around it aside; None for all else (`²`, `½`, `nan`), below 0 and beyond
    `largest`."""
    found = float(text.strip().replace(",", ".")) if WRITTEN.fullmatch(text.strip()) else math.inf
    return found if 0 <= found <= largest else None


def whole_number(text: str, largest: int = LARGEST) -> int | None:
    """The same, of figures alone (neither `-3` nor `1e3`)."""
    found = read_number(text, largest) if text.strip().isdecimal() else None
    return None if found is None else int(found)


def in_reading_order(name: str) -> tuple[int, int, str]:
    """Key that sorts as people read: table 2 before table 10, numbers before names."""
    number = whole_number(name)
    return (1, 0, name) if number is None else (0, number, name)
