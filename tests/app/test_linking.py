"""Links by hand: from either side, by search; in the log, undone, kept by the workbook and the tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browsing import base_of
from chromium import said
from reading import facts, group_named
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.app.linking import ties
from pipeline.review.exchange.workbook import link_rows
from pipeline.review.reviewed_tables import to_tables

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pipeline.workshop.records import MachineTables

PAPIERS, RELAIS, AGENDA = (
    "Des démarches en ligne qui perdent les gens",
    "Un accueil de proximité",
    "Tenir un agenda partagé",
)


def pair_shown(client: TestClient, address: str, title: str) -> str:
    """The pair that the button of one result sends."""
    (row,) = [part for part in client.get(address).text.split("<li")[1:] if title in part and "Relier" in part]
    (pair,) = re.findall(r'name="lien" value="([^"]+)"', row)
    return str(pair)


def test_an_answer_is_added_from_either_side_and_undone(client: TestClient, desk: Desk, machine: MachineTables) -> None:
    before = facts(desk.session.state)
    papiers, relais = (group_named(desk.session.state, title) for title in (PAPIERS, RELAIS))
    seen = {
        pair_shown(client, f"/relier?groupe={papiers}&lien=reponse&q=proximite", RELAIS),
        pair_shown(client, f"/relier?groupe={relais}&lien=obstacle&q=démarche", PAPIERS),
    }
    (pair,) = seen  # the same link, whichever end one starts from
    html = client.post("/acte", data={"op": "link", "state": "juste", "nature": "answers", "lien": pair}).text
    assert "vous avez relié deux paroles" in html
    state = desk.session.state
    for here, there in ((papiers, relais), (relais, papiers)):
        assert [tie.group.group_id for tie in ties(state, state.members[here]) if tie.group] == [there]
    one, two = pair.split()
    row = to_tables(state, machine).reviewed_links.set_index(["from_item", "to_item"]).loc[(one, two)]
    assert (row["kind"], row["state"], row["decided_by"]) == ("answers", "juste", "Quelqu’un")
    (told,) = [row for row in link_rows(state) if pair in row.values()]
    assert told["Lien"] == "répond à"
    assert "déjà relié" in client.get(f"/relier?groupe={papiers}&lien=reponse&q=proximite").text
    client.post("/acte", data={"op": "undo"})
    assert facts(desk.session.state) == before


def test_an_objection_is_a_link_of_its_own_kind_and_is_taken_away(client: TestClient, desk: Desk) -> None:
    agenda = group_named(desk.session.state, AGENDA)
    pair = pair_shown(client, f"/relier?groupe={agenda}&lien=objection&q=réunions", "Le temps manque")
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
    assert client.get("/relier?groupe=z").status_code == 404
    off = next(item for item in desk.session.state.items.values() if item.axis == "hors_axe")
    assert "ne se relie pas" in client.get(f"/relier?parole={off.item_id}").text
    assert "Rien ne répond" in client.get(f"/relier?groupe={papiers}&q=hélicoptère").text
    pair = pair_shown(client, f"/relier?groupe={papiers}&lien=reponse&q=proximite", RELAIS)
    told = client.post("/acte", data={"op": "link", "state": "juste", "nature": "aime", "lien": pair}).text
    assert "incomplet" in told
    assert desk.session.log.decisions == ()


@pytest.mark.browser
def test_with_a_browser(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    papiers = group_named(desk.session.state, PAPIERS)
    page.goto(f"{base_of(page)}/groupe/{papiers}")
    page.get_by_role("link", name="Ajouter un lien").click()
    page.get_by_label("Chercher", exact=True).fill("bénévole")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Relier : {RELAIS}").click()
    said(page, "vous avez relié deux paroles")
    page.get_by_role("link", name=f"← {PAPIERS}").click()
    page.wait_for_url("**/groupe/*")
    expect(page.get_by_label("Titre du groupe", exact=True)).to_have_value(PAPIERS)
    expect(page.get_by_role("link", name=RELAIS)).to_be_visible()
    page.get_by_role("button", name=re.compile(f"Retirer le lien.*{RELAIS}")).click()
    said(page, "vous avez jugé faux")
    expect(page.get_by_role("link", name=RELAIS)).to_have_count(0)
    page.goto(f"{page.url.split('/groupe')[0]}/parole/{next(iter(desk.session.state.members[papiers]))}")
    page.get_by_role("link", name="Relier cette parole").click()
    expect(page.get_by_label("Ajouter", exact=True)).to_have_value("reponse")
