"""The whole plan: what dominates, what is left aside and why, each table's own words; the same every time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from atelier import workshop
from workshop_told import group_of, plan_of

from pipeline.contracts.draft_files import dump_plan, load_plan
from pipeline.contracts.plan import SectionPlan
from pipeline.errors import ArtifactError
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Material
from pipeline.restitution.plan import reading
from pipeline.restitution.plan.build import essential_plan
from pipeline.restitution.plan.reading import Reading


@pytest.fixture(scope="module")
def material() -> Material:
    """The hand-made workshop."""
    return read_material(workshop())


def test_the_plan_by_axis_says_each_thing_once(material: Material) -> None:
    plan = plan_of(material)
    assert [section.key for section in plan.sections][:5] == ["essentiel", "nord", "est", "sud", "ouest"]
    for section in plan.sections[1:]:
        words = [ref for part in section.parts for p in part.paragraphs for s in p.statements for ref in s.words]
        assert len(words) == len({(ref.contribution_id, ref.span) for ref in words})


def test_every_word_shown_rests_on_its_idea(material: Material) -> None:
    plan = plan_of(material)
    assert plan.statements
    assert all({ref.item_id for ref in s.words} <= set(s.items) for s in plan.statements)
    assert all(unit.spread.contributions <= len(unit.members) for unit in plan.units.values())


def test_what_is_left_aside_says_why(material: Material, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "HEARD_MIN", 2)
    plan = plan_of(material)
    assert plan.units["g-bus"].reason == "told"
    assert plan.units["g-region"].reason == "told"
    waiting = {key: replace(item, status="a_relire") for key, item in material.items.items() if item.group == "g-toit"}
    groups = {"g-toit": replace(material.groups["g-toit"], members=tuple(waiting.values()))}
    unsure = replace(material, items=material.items | waiting, groups=material.groups | groups)
    assert plan_of(unsure).units["g-toit"].reason == "to_read_again"
    narrow = {"g-toit": replace(material.groups["g-toit"], coverage=0.7)}
    assert plan_of(replace(material, groups=material.groups | narrow)).units["g-toit"].reason == "said_once"


@pytest.mark.parametrize(("plan", "keys"), [("theme", "theme-1"), ("table", "table-1")])
def test_the_other_plans_tell_the_same_material(material: Material, plan: str, keys: str) -> None:
    found = plan_of(material, plan)
    assert keys in [section.key for section in found.sections]
    assert found == plan_of(material, plan)


def test_a_table_is_told_by_its_own_words(material: Material) -> None:
    sections = [section for section in plan_of(material, "table").sections if section.place is not None]
    assert len(sections) > 1
    for section in sections:
        items = [material.items[ref.item_id] for p in section.parts for q in p.paragraphs for s in q.statements
                 for ref in s.words]  # fmt: skip
        assert {item.table for item in items} == {section.place[1]}


def test_it_is_written_and_read_again(material: Material) -> None:
    plan = plan_of(material)
    assert load_plan(dump_plan(plan)) == plan
    with pytest.raises(ArtifactError, match=r"plan\.json"):
        load_plan({"version": 0})


@pytest.mark.parametrize("length", ["essentiel", "standard", "complet"])
def test_a_longer_text_says_more(material: Material, length: str) -> None:
    n = len(plan_of(material, "axe", length).told)
    assert n >= len(plan_of(material, "axe", "essentiel").told)
    assert n <= len(plan_of(material, "axe", "complet").told)


def test_one_voice_alone_makes_no_recurrence() -> None:
    material, _ = group_of("Le four", "Le four à pain est froid tout l'hiver", group="")
    plan = plan_of(replace(material, groups={}))
    assert {statement.kind for statement in plan.statements} <= {"said", "place", "point"}


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
