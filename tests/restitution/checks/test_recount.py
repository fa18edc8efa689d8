"""Figures counted again from the tables are those that were told."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop

from pipeline.restitution.checks.recount import read_rows, recount
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.load import read_material


def test_the_two_ways_of_counting_agree() -> None:
    tables = workshop()
    facts, counts = compute_facts(read_material(tables)), recount(tables, read_rows(tables))
    shared = facts.keys() & counts.keys()
    assert len(shared) > 20
    differing = {name for name in shared if (facts[name].numerator, facts[name].denominator) != counts[name]}
    assert differing == set()


def test_an_idea_taken_away_changes_the_count() -> None:
    tables = workshop()
    axes = recount(tables, read_rows(tables))
    fewer = replace(tables, items=tables.items.iloc[1:].reset_index(drop=True))
    again = recount(fewer, read_rows(fewer))
    assert again["idees"][0] == axes["idees"][0] - 1
