"""Whole numbers that come from outside (cells, sheets, forms, addresses), within bounds; order of names of tables."""

LARGEST = 10**12
"""More is an identifier, or a cell that a spreadsheet broke; so many may be added up."""
PEOPLE_MAX = 10**9


def whole_number(text: str, largest: int = LARGEST) -> int | None:
    """The number that decimal figures write, of any script, blanks around them aside; None for all else (`²`, `-3`,
    `1e3`) and beyond `largest`."""
    figures = text.strip()
    if not figures.isdecimal() or len(figures) > len(str(LARGEST)):
        return None
    number = int(figures)
    return number if number <= largest else None


def in_reading_order(name: str) -> tuple[int, int, str]:
    """Key that sorts as people read: table 2 before table 10, numbers before names."""
    number = whole_number(name)
    return (1, 0, name) if number is None else (0, number, name)
