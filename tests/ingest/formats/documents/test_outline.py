"""Headings of notes: which ones give their table to what follows."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.documents.blocks import Block
from pipeline.ingest.formats.documents.outline import entries_of_blocks
from pipeline.ingest.workshop import table_label

HEADINGS = [
    ("Table 3 : se loger", "3"),
    ("Table n°03", "3"),
    ("Table A - Le bois et la scierie", "A"),
    ("Table B : la cantine", "B"),
    ("Table C", "C"),
    ("table d – l'eau", "D"),
    ("Table à repasser", None),
    ("Table apéro du soir", None),
    ("Tableau : les coûts", None),
]


@pytest.mark.parametrize(("heading", "table"), HEADINGS, ids=[heading for heading, _ in HEADINGS])
def test_a_heading_names_its_table_by_a_number_or_a_letter(heading: str, table: str | None) -> None:
    blocks = [Block("heading", 1, heading, "p1"), Block("bullet", 1, "Rien à louer l'hiver", "p2")]
    assert [entry.table for entry in entries_of_blocks(blocks)] == [table]


@pytest.mark.parametrize(
    ("text", "label"), [("Table A", "A"), ("table b", "B"), ("A", "A"), ("Table 03", "3"), ("Santé", "Santé")]
)
def test_a_table_has_one_label_however_it_is_written(text: str, label: str) -> None:
    assert table_label(text) == label
