"""Sections made of their plan: headings of themes, what is left, and an essential within its words."""

from __future__ import annotations

from workshop_told import told_workshop

from pipeline.restitution.sections.opening import gathered
from pipeline.restitution.sections.planned import essential_section, section_of


def test_an_axis_has_a_heading_for_each_theme_and_one_for_what_is_left() -> None:
    telling = told_workshop()
    section = section_of(telling, telling.plan.section("est"))
    also = section_of(telling, telling.plan.section("sud"))
    headings = [block.value.text for block in section.blocks if block.kind == "heading"]
    assert headings == ["Mobilité", "Logement"]
    assert [block.value.text for block in also.blocks if block.kind == "heading"] == ["Mobilité", "Et aussi"]
    assert [block.groups for block in section.blocks if block.theme == "t0" and block.sentences] == [("g-bus",)]


def test_the_essential_keeps_within_its_words_and_drops_the_last_things_first() -> None:
    telling = told_workshop()
    plan = telling.plan.section("essentiel")
    whole = essential_section(telling, plan, gathered(telling), 1_000)
    short = essential_section(telling, plan, gathered(telling), 70)
    assert sum(block.n_words for block in short.blocks) < sum(block.n_words for block in whole.blocks)
    assert [block.sentences[0] for block in short.blocks] == [block.sentences[0] for block in whole.blocks]
