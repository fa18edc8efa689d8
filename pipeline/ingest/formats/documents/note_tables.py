"""Tables inside documents: the cells that are titles of what stands under or beside them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.tables.columns import is_usual_title, matches_alias

_TITLE_WORDS_MAX = 10
_ROLES = ("texte", "contexte", "table", "votes", "date")


@dataclass(frozen=True)
class Titles:
    """Titles of the columns and of the rows of a table; "" for none."""

    of_columns: tuple[str, ...]
    of_rows: tuple[str, ...]

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is itself a title: it is nobody's words."""
        return (row == 0 and any(self.of_columns)) or (column == 0 and any(self.of_rows))

    def over(self, row: int, column: int) -> str:
        """The title that a cell stands under, else beside; "" for none."""
        above = self.of_columns[column] if column < len(self.of_columns) else ""
        return above or (self.of_rows[row] if row < len(self.of_rows) else "")


def titles_of(cells: list[list[str]], is_marked: bool = False) -> Titles:
    """The titles of a table of a document, its cells as texts, row by row.

    `is_marked` : the document says that its first row is one of titles. Otherwise words that everybody uses as titles,
    or questions, are needed in every cell of the row (of the column): a post-it in a first row stays a post-it.
    """
    none = Titles((), ())
    if len(cells) < 2 or min(map(len, cells)) < 2:
        return none
    first_row, first_column = cells[0], [row[0] for row in cells]
    if _are_titles(first_row, is_marked):
        return Titles(tuple(first_row), ())
    return Titles((), tuple(first_column)) if _are_titles(first_column, False) else none


def _are_titles(cells: list[str], is_marked: bool) -> bool:
    """Whether these cells are all titles; the corner alone may be blank."""
    told = [cell for at, cell in enumerate(cells) if at or cell]
    if not told or not all(told) or len(set(told)) < len(told):
        return False
    if is_marked:
        return all(len(cell.split()) <= _TITLE_WORDS_MAX for cell in told)
    return all(cell.endswith("?") or _is_usual(cell) for cell in told)


def _is_usual(cell: str) -> bool:
    return is_usual_title(cell) or any(matches_alias(cell, role) for role in _ROLES)
