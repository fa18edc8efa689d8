"""The draft as the page shows it, and the heart of its rose."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isclose

from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.app.document import compare_sections, heart, heart_told, read_draft
from pipeline.app.screens import items_to_reread
from pipeline.contracts.draft import Block, Draft, Section, Sentence, TextNode


def test_the_review_opens_on_one_page_and_its_groups(client: TestClient, desk: Desk) -> None:
    section = desk.draft.sections[0]
    brief = replace(section, key="essentiel", title="L’essentiel")
    whole = Draft("Atelier", "fr-FR", (), (brief, *desk.draft.sections), (), (), {})
    draft = read_draft(whole, desk.session.state)
    assert len(draft.group_ids) == 2
    assert len(draft.text_group_ids) == 10
    desk.draft = draft
    html = client.get("/brouillon").text
    assert "8\u00a0autres groupes" in html
    assert client.get("/groupes").text.count('class="carte ') == 2
    assert client.get("/groupes?portee=texte").text.count('class="carte ') == 10
    effects = [draft.effect(item) for item in items_to_reread(desk.session, draft)]
    assert effects == sorted(effects)
    assert effects[0] < effects[-1]


def test_what_changed_in_the_text_is_told_section_by_section() -> None:
    def section(title: str, *texts: str) -> Section:
        sentences = tuple(Sentence((TextNode(text),), ()) for text in texts)
        return Section(title.lower(), title, (Block("paragraph", sentences),))

    before = (section("Est", "Un.", "Le bus manque le soir.", "Cinq."), section("Sud", "Trois.", "Six."))
    after = (section("Est", "Six.", "Le bus manque le dimanche.", "Un."), section("Nord", "Quatre."))
    changes = compare_sections(before, after)
    assert [(change.title, change.added, change.removed, change.replaced) for change in changes] == [
        ("Est", (), ("Cinq.",), (("Le bus manque le soir.", "Le bus manque le dimanche."),)),
        ("Nord", ("Quatre.",), (), ()),
        ("Sud", (), ("Trois.",), ()),
    ]
    assert compare_sections(before, before) == ()


def test_surfaces_tell_the_ideas_and_each_axis_is_named() -> None:
    ideas = {"nord": 25, "est": 100, "sud": 1, "ouest": 0}
    drawn = heart(ideas)
    north, east, south, west = (float(scale) for scale in re.findall(r"scale\(([\d.]+)\)", drawn))
    assert isclose(north, east / 2) and isclose(south, east / 10) and west == 0
    assert re.findall(r">(\w+)<tspan[^>]+>([^<]+)<", drawn) == [
        ("Nord", "25 idées"), ("Est", "100 idées"), ("Sud", "1 idée"), ("Ouest", "0 idée")
    ]  # fmt: skip
    assert heart_told(ideas) in drawn and heart_told(ideas).endswith("Nord 25, Est 100, Sud 1, Ouest 0")
    assert heart({}) == heart({"nord": 0}) == ""
