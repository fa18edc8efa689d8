"""A workbook as rows of texts: columns by folded heading, empty rows left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pipeline.errors import RefusedFileError
from pipeline.language.text.typography import unaccented
from pipeline.review.exchange import workbook as book

ADVICE = "Donnez le classeur écrit par « rosace review export », enregistré en .xlsx ou .ods."
FILE_OF_DECISIONS = "Donnez le fichier téléchargé par « Télécharger mes décisions »."
LINE = "_ligne"
"""Where a row holds its number."""
Row = dict[str, str]


def read_sheets(path: Path) -> dict[str, list[Row]]:
    """Sheets by folded name → rows by folded heading, empty rows left out, `LINE` holding the number of the row.

    Raises
    ------
    RefusedFileError : the file is no workbook, or holds none of our sheets.
    """
    import python_calamine as calamine

    try:
        opened = calamine.CalamineWorkbook.from_path(str(path))
        grids = {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}
    except (calamine.CalamineError, OSError, ValueError) as error:
        if path.suffix.lower() in (".html", ".htm"):
            problem = "c'est la page de relecture elle-même, pas ce qui y a été décidé"
            raise RefusedFileError(path.name, problem, FILE_OF_DECISIONS) from error
        raise RefusedFileError(path.name, "ce n'est pas un classeur lisible", ADVICE) from error
    sheets = {fold(name): _rows(grid) for name, grid in grids.items()}
    if not {fold(name) for name in book.EDITABLE} & set(sheets):
        raise RefusedFileError(path.name, f"aucune feuille de relecture ({', '.join(book.EDITABLE)})", ADVICE)
    return sheets


def fold(text: object) -> str:
    """A heading or a choice without accents, case, and surplus spaces."""
    return " ".join(unaccented(str(text).replace("\u00a0", " ").replace("’", "'")).split())


def _rows(grid: list[list[Any]]) -> list[Row]:
    if not grid:
        return []
    headings = [fold(cell) for cell in grid[0]]
    rows = []
    for number, cells in enumerate(grid[1:], start=2):
        row = {heading: _cell(cell) for heading, cell in zip(headings, cells, strict=False) if heading}
        if any(row.values()):
            rows.append(row | {LINE: str(number)})
    return rows


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return re.sub(r"[ \u00a0\t]+", " ", str(value)).strip() if value is not None else ""
