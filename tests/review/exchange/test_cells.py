"""Cells: a choice whatever its case and accents, a yes in several ways, a row that is whole."""

from __future__ import annotations

import pytest

from pipeline.review.exchange import workbook as book
from pipeline.review.exchange.cells import CellReader, ImportPlan
from pipeline.review.exchange.sheets import LINE, fold
from pipeline.review.session import Session


@pytest.fixture
def reader(session: Session) -> CellReader:
    return CellReader(session, "Marc", ImportPlan())


@pytest.mark.parametrize(
    ("given", "code"), [("SUD", "sud"), (" sud ", "sud"), ("hors_axe", "hors_axe"), ("zénith", None), ("", None)]
)
def test_a_choice_is_found_by_its_name_or_its_code(reader: CellReader, given: str, code: str | None) -> None:
    row = {fold(book.AXIS): given, LINE: "4"}
    assert reader.choice(book.ITEMS, row, book.AXIS, book.AXIS_NAMES) == code
    assert len(reader.plan.conflicts) == (given == "zénith")


@pytest.mark.parametrize(("given", "said"), [("oui", True), ("X", True), ("non", False), ("", False), ("bof", True)])
def test_what_is_neither_yes_nor_no_leaves_things_as_they_are(reader: CellReader, given: str, said: bool) -> None:
    row = {fold(book.HIDE): given, LINE: "4"}
    assert reader.is_yes(book.ITEMS, row, book.HIDE, now=True) is said


def test_spaces_that_another_program_changed_leave_a_row_whole(reader: CellReader) -> None:
    cells = ["i1", "Le  car,\nle soir", "{}"]
    row = {"identifiant": "i1", "parole": "Le car, le soir", fold(book.BEFORE): "{}", LINE: "2"}
    whole = row | {fold(book.CHECK): book.checksum(cells)}
    other = whole | {"parole": "Le car du matin"}
    assert reader.whole(book.ITEMS, [whole, row]) == [whole, row]
    assert reader.whole(book.ITEMS, [other]) == []
    assert reader.plan.conflicts[0].startswith("Éléments, ligne 2, colonne « Identifiant »")
