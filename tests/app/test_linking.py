"""Links: seen from either side; taken away; in the log, undone, kept by the tables."""

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


def linked(client: TestClient, desk: Desk, here: str, there: str, nature: str) -> str:
    """The pair of ideas of a link that was made between two groups, and what the page says of it."""
    pair = " ".join(
        next(iter(desk.session.state.members[group_named(desk.session.state, one)])) for one in (there, here)
    )
    form = {"op": "link", "state": "juste", "nature": nature, "lien": pair}
    assert "vous avez relié deux idées" in client.post("/acte", data=form).text
    return pair


def test_a_link_is_seen_from_either_side_and_undone(client: TestClient, desk: Desk, machine: MachineTables) -> None:
    before = facts(desk.session.state)
    papiers, relais = (group_named(desk.session.state, title) for title in (PAPIERS, RELAIS))
    one, two = linked(client, desk, PAPIERS, RELAIS, "answers").split()
    state = desk.session.state
    for here, there in ((papiers, relais), (relais, papiers)):
        assert [tie.group.group_id for tie in ties(state, state.members[here]) if tie.group] == [there]
    row = to_tables(state, machine).reviewed_links.set_index(["from_item", "to_item"]).loc[(one, two)]
    assert (row["kind"], row["state"], row["decided_by"]) == ("answers", "juste", "Quelqu’un")
    client.post("/acte", data={"op": "undo"})
    assert facts(desk.session.state) == before


def test_an_objection_is_a_link_of_its_own_kind_and_is_taken_away(client: TestClient, desk: Desk) -> None:
    agenda, state = group_named(desk.session.state, AGENDA), desk.session.state
    pair = linked(client, desk, AGENDA, PAPIERS, "objects")
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
    (one, two), _ = next(iter(desk.session.state.links.items()))
    form = {"op": "link", "state": "juste", "nature": "aime", "lien": f"{one} {two}"}
    assert "incomplet" in client.post("/acte", data=form).text
    assert desk.session.log.decisions == ()


@pytest.mark.browser
def test_with_a_browser(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    agenda = group_named(desk.session.state, AGENDA)
    page.goto(f"{base_of(page)}/groupe/{agenda}")
    (tie,) = ties(desk.session.state, desk.session.state.members[agenda])
    page.get_by_role("button", name=re.compile("Retirer le lien")).click()
    said(page, "vous avez jugé faux")
    assert tie.group is not None
    expect(page.get_by_role("link", name=tie.group.title)).to_have_count(0)
