"""The figure beside the rose: its names and numbers."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop
from readable import texts

from pipeline.language.text.typography import typeset
from pipeline.restitution.figures.crossings import by_table
from pipeline.workshop.load import read_material


def test_a_table_keeps_the_capital_of_its_letter_and_of_its_name() -> None:
    made = workshop()
    named = {"1": "D", "2": "Santé"}
    contributions = made.contributions.assign(table=made.contributions["table"].replace(named))
    tables = made.workshop_tables.assign(table=made.workshop_tables["table"].replace(named))
    figure = by_table(read_material(replace(made, contributions=contributions, workshop_tables=tables)))
    assert figure is not None
    assert {"Table\u00a0D", "Table\u00a0Santé"} <= {row[0] for row in figure.rows}


def test_each_table_has_its_numbers_in_the_picture() -> None:
    figure = by_table(read_material(workshop()))
    assert figure is not None
    cells = [cell for row in figure.rows for cell in row]
    assert texts(figure.svg)[-len(cells) :] == [typeset(cell) for cell in cells]
