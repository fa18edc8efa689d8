"""The fast sheet: the bytes that xlsxwriter writes cell by cell."""

import datetime
import io
from typing import Any

import pytest
import xlsxwriter

from pipeline.restitution.writers.workbook import Sheet

ROWS: tuple[tuple[str | float, ...], ...] = (
    ("Le bus passe <trop> tôt & tard", 0.25, "Nord", ""),
    ("=1+1", 1.0, "Est", "  des espaces "),
    ("Le bus passe <trop> tôt & tard", 1e-9, "Nord", "ligne\nsuivante\tet \x07"),
    ("long " * 8_000, 0.1 + 0.2, "Est", "😀" * 20_000),
)


@pytest.mark.parametrize("n", [0, 1, 4, 40])
def test_a_filled_sheet_is_the_one_that_xlsxwriter_writes(n: int) -> None:
    rows = (ROWS * 10)[:n]
    assert _written(rows, is_fast=True) == _written(rows, is_fast=False)


def _written(rows: tuple[tuple[str | float, ...], ...], is_fast: bool) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2020, 1, 1)})
        sheet: Any = book.add_worksheet("Idées", worksheet_class=Sheet if is_fast else None)
        bold, plain, red = (book.add_format(look) for look in ({"bold": True}, {"text_wrap": True}, {"italic": True}))
        for column, name in enumerate(("texte", "confiance", "axe", "contexte")):
            sheet.set_column(column, column, 12)
            sheet.write_string(0, column, name, bold)
        formats = (plain, plain, red, plain)
        if is_fast:
            sheet.fill((row, formats) for row in rows)
        else:
            for line, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    write = sheet.write_number if isinstance(value, float) else sheet.write_string
                    write(line, column, value, formats[column])
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), 3)
    return buffer.getvalue()
