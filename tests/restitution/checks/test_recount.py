"""Figures counted again from the tables are those that were told."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop
from workshop_told import plan_of

from pipeline.contracts.plan import Plan
from pipeline.restitution.checks.recount import read_rows, recount
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.load import read_material


def test_the_two_ways_of_counting_agree() -> None:
    tables = workshop()
    material = read_material(tables)
    plan = plan_of(material)
    facts, counts = compute_facts(material, plan.units), recount(tables, read_rows(tables), plan)
    shared = facts.keys() & counts.keys()
    assert len(shared) > 20
    differing = {name for name in shared if (facts[name].numerator, facts[name].denominator) != counts[name]}
    assert differing == set()


def test_an_idea_taken_away_changes_the_count() -> None:
    tables = workshop()
    nothing = Plan((), {})
    axes = recount(tables, read_rows(tables), nothing)
    fewer = replace(tables, items=tables.items.iloc[1:].reset_index(drop=True))
    again = recount(fewer, read_rows(fewer), nothing)
    assert again["idees"][0] == axes["idees"][0] - 1


def test_a_group_counts_no_idea_that_it_does_not_hold() -> None:
    tables = workshop()
    material = read_material(tables)
    plan = plan_of(material)
    stranger = material.groups["g-toit"].members[0].item_id
    unit = replace(plan.units["g-navette"], members=(*plan.units["g-navette"].members, stranger))
    widened = Plan(plan.sections, {**plan.units, "g-navette": unit})
    counts = [recount(tables, read_rows(tables), one)["g-navette.contributions"] for one in (plan, widened)]
    assert counts[0] == counts[1]
