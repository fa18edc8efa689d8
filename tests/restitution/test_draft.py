"""The draft: its sections lean on one another as little as can be, and a renamed group changes what names it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from atelier import workshop
from workshop_told import plan_of, told_workshop

from pipeline.config import load_config
from pipeline.contracts.draft import Block, Draft, FactNode, HeaderField
from pipeline.errors import UsageError
from pipeline.restitution.draft import header, write_draft
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Material
from pipeline.restitution.sections.planned import LEADS
from pipeline.restitution.tables import RestitutionTables

NAMED = ("g-bus", "g-navette", "g-region", "g-toit")
"""Groups whose title stands in the text."""


def draft_of(material: Material) -> Draft:
    plan = plan_of(material)
    return write_draft(
        material, plan, compute_facts(material, plan.units), workshop().changes, load_config().restitution
    )


def speaks_of(block: Block, group_id: str, members: set[str]) -> bool:
    """Whether a paragraph tells a group, names it, counts it, or holds words of its members."""
    nodes = [node for sentence in block.sentences for node in sentence.nodes]
    titles = {node.ref.group_id for node in nodes if node.kind == "title"}
    facts = {node.ref.fact.partition(".")[0] for node in nodes if isinstance(node, FactNode)}
    sources = {source for sentence in block.sentences for source in sentence.sources}
    return group_id in {*block.groups, *titles, *facts} or bool(sources & members)


def beyond(draft: Draft, group_id: str, members: set[str]) -> list[tuple[str, str]]:
    """The sentences of the paragraphs that do not speak of a group."""
    blocks = ((section.key, block) for section in draft.sections for block in section.blocks)
    aside = [(key, block) for key, block in blocks if not speaks_of(block, group_id, members)]
    return [(key, own(sentence.text)) for key, block in aside for sentence in block.sentences]


def own(text: str) -> str:
    """A sentence without the lead of its paragraph, which goes to the first one."""
    return next((text.removeprefix(lead) for lead in LEADS.values() if text.startswith(lead)), text)


@pytest.mark.parametrize("group_id", sorted(told_workshop().material.groups))
def test_a_renamed_group_changes_what_names_it(group_id: str) -> None:
    material = read_material(workshop())
    group = material.groups[group_id]
    members = {item.item_id for item in group.members}
    renamed = replace(group, title="Un tout autre titre pour voir", is_titled=True)
    before = draft_of(material)
    after = draft_of(replace(material, groups=material.groups | {group_id: renamed}))
    if group_id in NAMED:
        assert before != after
    left = {(section.key, own(sentence.text)) for section in after.sections for sentence in section.sentences}
    keys = {section.key for section in after.sections}
    gone = {told for told in beyond(before, group_id, members) if told not in left and told[0] in keys}
    assert gone == set()


def test_a_workshop_where_nothing_was_said_still_has_its_empty_parts() -> None:
    material = read_material(workshop())
    nothing = replace(material, items={}, groups={}, answers={}, pairs={})
    keys = [section.key for section in draft_of(nothing).sections]
    assert {"fil_rouge", "suites", "remerciements"} <= set(keys)


def test_a_section_that_the_plan_has_not_is_refused() -> None:
    material = read_material(workshop())
    config = load_config().restitution.model_copy(update={"sections": ["theme-1"]})
    with pytest.raises(UsageError, match="theme-1"):
        write_draft(
            material, plan := plan_of(material), compute_facts(material, plan.units), workshop().changes, config
        )


def fields(tables: RestitutionTables) -> dict[str, HeaderField]:
    material = read_material(tables)
    return {field.label: field for field in header(material, compute_facts(material, {}))}


def test_the_block_says_when_where_who_and_at_which_tables() -> None:
    found = fields(workshop())
    assert list(found)[:4] == ["Date", "Lieu", "Participation", "Tables"]
    assert found["Date"].value == "1er mars 2026"
    assert found["Lieu"].value == "Mairie de Tull"
    assert found["Participation"].value.replace("\u00a0", " ") == "31 personnes et quatre réponses à l’enquête"
    assert found["Tables"].value.replace("\u00a0", " ").startswith("1. Se déplacer\u202f; 2. Vieillir ici")


@pytest.mark.parametrize(("label", "given"), [("Date", {"date": None}), ("Lieu", {"lieu": None})])
def test_what_nobody_gave_is_an_empty_slot(label: str, given: dict[str, Any]) -> None:
    assert fields(workshop(**given))[label] == HeaderField(label, "", "empty")


def test_tables_without_subjects_are_counted_and_one_table_alone_is_no_field() -> None:
    made = workshop()
    bare = made.workshop_tables.assign(sujet=None).astype(made.workshop_tables.dtypes.to_dict())
    tables = fields(RestitutionTables(**(vars(made) | {"workshop_tables": bare})))["Tables"]
    assert tables.value.replace("\u00a0", " ") == "Quatre tables"
    seated = made.contributions["table"].notna()
    one = made.contributions.copy()
    one.loc[seated, "table"] = "1"
    alone = RestitutionTables(**(vars(made) | {"contributions": one, "workshop_tables": made.workshop_tables.iloc[:1]}))
    assert "Tables" not in fields(alone)
