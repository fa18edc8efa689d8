"""Sections made of their plan: headings of themes, what is left, and an essential within its words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workshop_told import telling_of, told_workshop

from pipeline.restitution.plan import build, reading
from pipeline.restitution.sections.opening import gathered
from pipeline.restitution.sections.planned import essential_section, section_of


def test_a_theme_has_a_heading_over_two_paragraphs_and_so_has_what_is_left() -> None:
    material = told_workshop().material
    one_theme = {key: replace(group, theme_id="t0") for key, group in material.groups.items()}
    telling = telling_of(replace(material, groups=one_theme))
    section = section_of(telling, telling.plan.section("est"))
    assert [block.value.text for block in section.blocks if block.kind == "heading"] == ["Mobilité"]
    told = [block.groups for block in section.blocks if block.theme == "t0" and block.sentences]
    assert len(told) == 4  # how widely the theme was spoken of, and its three groups


def test_themes_come_in_the_same_order_on_every_axis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "HEADED_MIN", 1)
    monkeypatch.setattr(reading, "HEARD_MIN", 2)
    telling = told_workshop()
    order = ["t0", "t1", "t2"]
    for axis in ("nord", "est", "sud"):
        blocks = section_of(telling, telling.plan.section(axis)).blocks
        met = [block.theme for block in blocks if block.kind == "heading" and block.theme]
        assert met == sorted(met, key=order.index)
        assert met


def test_themes_of_one_paragraph_have_no_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "HEARD_MIN", 2)
    telling = told_workshop()
    for axis in ("nord", "est"):
        blocks = section_of(telling, telling.plan.section(axis)).blocks
        assert not [block for block in blocks if block.kind == "heading"]
        assert any(block.groups for block in blocks)


def test_the_essential_keeps_within_its_words_and_drops_the_last_things_first() -> None:
    telling = told_workshop()
    plan = telling.plan.section("essentiel")
    whole = essential_section(telling, plan, gathered(telling), 1_000)
    short = essential_section(telling, plan, gathered(telling), 70)
    assert sum(block.n_words for block in short.blocks) < sum(block.n_words for block in whole.blocks)
    assert [block.sentences[0] for block in short.blocks] == [block.sentences[0] for block in whole.blocks]
