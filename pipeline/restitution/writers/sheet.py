"""A sheet of many rows of strings and numbers, written row by row rather than cell by cell.

xlsxwriter keeps an object for each cell and writes each one by several calls: a quarter of the time of a restitution
of twenty thousand ideas. The bytes are those that it would write.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

CHARACTERS_MAX = 32_767
"""UTF-16 units that a cell may hold."""


class Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A worksheet whose rows below the first are given at once; all have as many cells as the first one."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[list[int | float], Sequence[Any]]] = []

    def fill(self, rows: Iterable[tuple[Sequence[str | float], Sequence[Any]]]) -> None:
        """Give the rows below the first one, which is written already: the values of each, and their formats."""
        index = self.str_table._get_shared_string_index
        for values, formats in rows:
            self._lines.append(([v if isinstance(v, float) else index(_bounded(v)) for v in values], formats))
        self._check_dimensions(len(self._lines), self.dim_colmax)

    def _write_rows(self) -> None:
        names = [xl_col_to_name(column) for column in range(self.dim_colmax + 1)]
        first = [self.table[0][column] for column in range(len(names))]
        lines = [([cell.string for cell in first], [cell.format for cell in first]), *self._lines]
        for number, (values, formats) in enumerate(lines, start=1):
            cells = [
                f'<c r="{name}{number}" s="{style._get_xf_index()}"><v>{value:.16G}</v></c>'
                if isinstance(value, float)
                else f'<c r="{name}{number}" s="{style._get_xf_index()}" t="s"><v>{value}</v></c>'
                for name, value, style in zip(names, values, formats, strict=True)
            ]
            self.fh.write(f'<row r="{number}" spans="1:{len(names)}">{"".join(cells)}</row>')


def _bounded(text: str) -> str:
    if 2 * len(text) <= CHARACTERS_MAX:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * CHARACTERS_MAX].decode("utf-16-le", "ignore")
