"""Links by hand: from either side; in the log, undone, kept by the tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browsing import base_of
from chromium import said
from reading import facts, group_named
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.app.screens import ties
from pipeline.review.reviewed_tables import to_tables

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pipeline.workshop.records import MachineTables

PAPIERS, RELAIS, AGENDA = (
    "Des démarches en ligne qui perdent les gens",
    "Un accueil de proximité",
    "Tenir un agenda partagé",
)


def pair_shown(client: TestClient, group: str, relation: str, title: str) -> str:
    """The pair that one choice sends."""
    (form,) = re.findall(rf'<select id="lien-{relation}".*?</select>', client.get(f"/groupe/{group}").text, re.DOTALL)
    (pair,) = [pair for pair, told in re.findall(r'<option value="([^"]+)">([^<]+)', form) if title in told]
    return str(pair)


def test_an_answer_is_added_from_either_side_and_undone(client: TestClient, desk: Desk, machine: MachineTables) -> None:
    before = facts(desk.session.state)
    papiers, relais = (group_named(desk.session.state, title) for title in (PAPIERS, RELAIS))
    seen = {pair_shown(client, papiers, "reponse", RELAIS), pair_shown(client, relais, "obstacle", PAPIERS)}
    (pair,) = seen  # the same link, whichever end one starts from
    html = client.post("/acte", data={"op": "link", "state": "juste", "nature": "answers", "lien": pair}).text
    assert "vous avez relié deux idées" in html
    state = desk.session.state
    for here, there in ((papiers, relais), (relais, papiers)):
        assert [tie.group.group_id for tie in ties(state, state.members[here]) if tie.group] == [there]
    one, two = pair.split()
    row = to_tables(state, machine).reviewed_links.set_index(["from_item", "to_item"]).loc[(one, two)]
    assert (row["kind"], row["state"], row["decided_by"]) == ("answers", "juste", "Quelqu’un")
    html = client.get(f"/groupe/{papiers}").text
    assert RELAIS not in re.findall(r'<select id="lien-reponse".*?</select>', html, re.DOTALL)[0]
    client.post("/acte", data={"op": "undo"})
    assert facts(desk.session.state) == before


def test_an_objection_is_a_link_of_its_own_kind_and_is_taken_away(client: TestClient, desk: Desk) -> None:
    agenda = group_named(desk.session.state, AGENDA)
    pair = pair_shown(client, agenda, "objection", "Le temps manque")
    client.post("/acte", data={"op": "link", "state": "juste", "nature": "objects", "lien": pair})
    state = desk.session.state
    assert state.links[tuple(pair.split())].kind == "objects"  # type: ignore[index]
    assert [tie.relation.key for tie in ties(state, state.members[agenda])] == ["obstacle", "objection"]
    client.post("/acte", data={"op": "link", "state": "faux", "lien": pair})
    assert desk.session.log.decisions[-1].target.links[0].kind == "objects"
    assert [tie.relation.key for tie in ties(desk.session.state, state.members[agenda])] == ["obstacle"]


def test_a_link_of_another_kind_takes_the_place_of_the_first(client: TestClient, desk: Desk) -> None:
    (one, two), known = next(iter(desk.session.state.links.items()))
    assert known.kind == "answers"
    form = {"op": "link", "lien": f"{one} {two}", "nature": "supports"}
    client.post("/acte", data={**form, "state": "faux"})
    assert desk.session.state.links[one, two].kind == "answers"  # judged wrong, it stays what it was
    client.post("/acte", data={**form, "state": "juste"})
    assert desk.session.state.links[one, two].kind == "supports"


def test_what_cannot_be_linked(client: TestClient, desk: Desk) -> None:
    papiers = group_named(desk.session.state, PAPIERS)
    pair = pair_shown(client, papiers, "reponse", RELAIS)
    told = client.post("/acte", data={"op": "link", "state": "juste", "nature": "aime", "lien": pair}).text
    assert "incomplet" in told
    assert desk.session.log.decisions == ()


@pytest.mark.browser
def test_with_a_browser(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    papiers = group_named(desk.session.state, PAPIERS)
    page.goto(f"{base_of(page)}/groupe/{papiers}")
    page.get_by_text("Ajouter un lien").click()
    page.get_by_label("Ce qui y répond", exact=True).select_option(label=RELAIS)
    page.get_by_role("button", name="Relier : Ce qui y répond").click()
    said(page, "vous avez relié deux idées")
    expect(page.get_by_role("link", name=RELAIS)).to_be_visible()
    page.get_by_role("button", name=re.compile(f"Retirer le lien.*{RELAIS}")).click()
    said(page, "vous avez jugé faux")
    expect(page.get_by_role("link", name=RELAIS)).to_have_count(0)
