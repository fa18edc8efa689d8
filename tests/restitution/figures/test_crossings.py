"""The figures beside the rose: their names, and what is worth a bar."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop

from pipeline.restitution.figures.crossings import by_recurrence, by_table
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Material


def test_a_table_keeps_the_capital_of_its_letter_and_of_its_name() -> None:
    made = workshop()
    named = {"1": "D", "2": "Santé"}
    contributions = made.contributions.assign(table=made.contributions["table"].replace(named))
    tables = made.workshop_tables.assign(table=made.workshop_tables["table"].replace(named))
    figure = by_table(read_material(replace(made, contributions=contributions, workshop_tables=tables)))
    assert figure is not None
    assert {"Table\u00a0D", "Table\u00a0Santé"} <= {row[0] for row in figure.rows}


def test_what_one_contribution_said_gathers_nothing() -> None:
    material: Material = read_material(workshop())
    figure = by_recurrence(material, Kinship(material))
    assert figure is not None
    counts = [int(row[2]) for row in figure.rows]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) > 1
