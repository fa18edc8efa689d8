"""The essential: what the votes say comes first; nothing is left empty where ideas were said once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workshop_told import group_of

from pipeline.contracts.plan import SectionPlan
from pipeline.restitution.plan.essential import essential_plan
from pipeline.restitution.plan.reading import Reading

TEXTS = (
    "Chauffer le four à pain le samedi",
    "Prêter la salle des fêtes aux écoliers du bourg",
    "Ouvrir la bibliothèque aux gens de passage",
)


def essential(**changes: Any) -> SectionPlan:
    material, _ = group_of("Le four", *TEXTS, axis="sud", group="", **changes)
    return essential_plan(Reading.of(replace(material, groups={})), {})


def told(plan: SectionPlan) -> list[tuple[str, str, list[str]]]:
    statements = ((part.axis, s) for part in plan.parts for one in part.paragraphs for s in one.statements)
    return [(axis, s.kind, [ref.item_id for ref in s.words]) for axis, s in statements]


def test_the_most_voted_ideas_come_first_whatever_their_axis_and_be_it_in_doubt() -> None:
    found = told(essential(votes=[2, 9, 5], status=["sur", "a_relire", "sur"]))
    assert found[:2] == [("", "said", ["i1"]), ("", "said", ["i2"])]


def test_a_few_votes_bring_nothing_there() -> None:
    assert "" not in [axis for axis, _, _ in told(essential(votes=[2, 3, 1]))]


def test_a_refusal_is_told_under_what_is_proposed() -> None:
    found = told(essential(votes=[0, 0, 1], votes_against=[0, 0, 6]))
    assert ("sud", "rejected", ["i2"]) in found


def test_ideas_said_once_stand_there_when_nothing_recurs() -> None:
    assert told(essential(table="1")) == [("sud", "said", [key]) for key in ("i0", "i1", "i2")]
