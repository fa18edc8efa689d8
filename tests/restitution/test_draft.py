"""The draft: its sections lean on one another as little as can be, and a renamed group changes what names it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atelier import workshop
from workshop_told import plan_of, told_workshop

from pipeline.config import load_config
from pipeline.contracts.draft import Block, Draft, FactNode, TitleNode
from pipeline.errors import UsageError
from pipeline.restitution.draft import write_draft
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Material
from pipeline.restitution.sections.planned import LEADS

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
    titles = {node.ref.group_id for node in nodes if isinstance(node, TitleNode)}
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
