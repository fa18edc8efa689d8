"""A corpus too large for a spreadsheet: the same columns, in a csv."""

import csv
import io

import openpyxl
import pytest

from pipeline.restitution.writers import workbook
from pipeline.workshop.load import read_material
from pipeline.workshop.tables import RestitutionTables


def test_too_many_ideas_for_a_spreadsheet_go_to_a_csv_with_the_same_columns(
    tables: RestitutionTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    material = read_material(tables)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write_elements(material)["elements.xlsx"])).active
    monkeypatch.setattr(workbook, "ROWS_MAX", 3)
    files = workbook.write_elements(material)
    assert list(files) == ["elements.csv"]
    rows = list(csv.reader(io.StringIO(files["elements.csv"].decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == [cell.value for cell in sheet[1]]
    assert [row[2].lstrip("'") for row in rows[1:]] == [
        (line[2].value or "").lstrip("'") for line in sheet.iter_rows(2)
    ]
