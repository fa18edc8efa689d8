"""No statement rests on an idea that opposes what it says, and both sides of a disagreement have their counts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from workshop_told import group_of

from pipeline.contracts.plan import Plan
from pipeline.restitution.plan.build import make_plan
from pipeline.workshop.model import Material

WANTED = ("Chauffer le four à pain", "Rallumer le four à pain", "Chauffer le four à pain le samedi")
REFUSED = "Surtout pas de four à pain sur la place, la fumée gêne"
SAYS = frozenset({"spread", "told", "weighs"})
"""Kinds of statements that say what a title says."""


def plan_of(material: Material) -> Plan:
    return make_plan(material, "standard")


def items_of(plan: Plan, kind: str) -> set[str]:
    return {item for one in plan.statements if one.kind == kind for item in one.items}


def test_what_more_refuse_than_propose_is_not_what_is_proposed_most() -> None:
    said = [*WANTED[:2], *(f"{REFUSED}, dit le numéro {n}" for n in range(3))]
    material, _ = group_of(WANTED[0], *said, axis="sud", stance=["pour", "pour", "contre", "contre", "contre"])
    plan = plan_of(material)
    assert not items_of(plan, "weighs")
    if items_of(plan, "spread"):
        assert items_of(plan, "objection") == {"i2", "i3", "i4"}


def test_a_refusal_is_told_by_those_who_refuse() -> None:
    said = ["Pas de four à pain sur la place", REFUSED, "Surtout pas de four à pain", WANTED[0]]
    sides = ["contre", "contre", "contre", "pour"]
    material, _ = group_of("Pas de four à pain sur la place", *said, axis="sud", stance=sides)
    assert material.groups["g"].is_refusal
    plan = plan_of(material)
    assert "i3" not in items_of(plan, "spread")
    assert items_of(plan, "objection") <= {"i3"}
    assert not items_of(plan, "weighs")


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["pour", "contre", "nuance", "inconnu"]), min_size=2, max_size=6))
def test_no_told_member_opposes_what_is_said(sides: list[str]) -> None:
    texts = [f"{REFUSED if side == 'contre' else WANTED[0]}, numéro {n}" for n, side in enumerate(sides)]
    material, _ = group_of(WANTED[0], *texts, axis="sud", stance=list(sides))
    group = material.groups["g"]
    assert sum(group.sides) == len(sides)
    plan = plan_of(material)
    for statement in plan.statements:
        if statement.kind in SAYS:
            assert {material.items[key].stance for key in statement.items} <= {"pour", "inconnu"}
