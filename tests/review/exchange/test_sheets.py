"""A workbook as rows of texts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import RefusedFileError
from pipeline.review.exchange.sheets import LINE, fold, read_sheets


@pytest.mark.parametrize(
    ("text", "folded"),
    [("  Éléments ", "elements"), ("Mode d’emploi", "mode d'emploi"), ("Lien\u00a0juste ?", "lien juste ?")],
)
def test_headings_are_compared_without_accents_case_and_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_cells_are_texts_and_empty_rows_are_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "GROUPES"
    for row in (["Titre", "Masquer", "Paroles", None], [None] * 4, ["La  salle", True, 3.0, "perdu"]):
        sheet.append(row)
    path = tmp_path / "relecture.xlsx"
    book.save(path)
    (row,) = read_sheets(path)["groupes"]
    assert row == {"titre": "La salle", "masquer": "oui", "paroles": "3", LINE: "3"}


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(RefusedFileError, match="aucune feuille de relecture"):
        read_sheets(path)
