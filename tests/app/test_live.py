"""Several people on one run: comments, whose turn it is, and what the others do seen without reloading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browsing import base_of
from chromium import said
from reading import group_named
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.review.reviewed_tables import to_tables
from pipeline.review.session import Wish

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pipeline.workshop.records import MachineTables

BUS, TEMPS = "Pas assez de bus le soir", "Le temps manque pour se coordonner"


def test_a_comment_is_read_by_the_others_and_changes_no_text(
    client: TestClient, desk: Desk, machine: MachineTables
) -> None:
    group = group_named(desk.session.state, BUS)
    before = to_tables(desk.session.state, machine)
    item = next(iter(desk.session.state.members[group]))
    client.post("/prenom", data={"prenom": "Odile"})
    client.post("/acte", data={"op": "commenter", "group": group, "text": "Et le <b>soir</b> ?\nOn en parle."})
    client.post("/acte", data={"op": "commenter", "item": item, "text": "À vérifier"})
    assert "Écrivez d’abord" in client.post("/acte", data={"op": "commenter", "group": group, "text": " "}).text
    client.post("/prenom", data={"prenom": "Marc"})
    html = client.get(f"/groupe/{group}").text
    assert "Et le &lt;b&gt;soir&lt;/b&gt; ?\nOn en parle." in html
    assert "Retirer ce commentaire" not in html.split("Commentaires")[1]
    assert "À vérifier" in client.get(f"/parole/{item}").text
    assert "n’y sont" not in html
    assert "Vos décisions ne sont pas encore" not in client.get("/brouillon").text
    after = to_tables(desk.session.state, machine)
    assert all(getattr(after, name).equals(getattr(before, name)) for name in type(before).__dataclass_fields__)
    assert "Odile a commenté" in client.get("/historique").text


def test_a_comment_is_taken_back_and_follows_its_group(client: TestClient, desk: Desk) -> None:
    bus, temps = (group_named(desk.session.state, title) for title in (BUS, TEMPS))
    comment, _ = desk.session.act("Odile", Wish("commenter", groups=(bus,)), text="Trop large")
    desk.session.act("Odile", Wish("merge", groups=(temps, bus)))
    assert [one.text for one in desk.session.state.groups[temps].comments] == ["Trop large"]
    client.post("/acte", data={"op": "undo", "decision_id": comment.decision_id})
    assert desk.session.state.groups[temps].comments == ()


def test_whose_turn_it_is(client: TestClient, desk: Desk) -> None:
    bus = group_named(desk.session.state, BUS)
    client.post("/prenom", data={"prenom": "Odile"})
    client.post("/acte", data={"op": "confier", "group": bus, "text": "Marc"})
    assert desk.session.state.groups[bus].decided_by is None  # looking at it is no decision
    assert "vous attend" not in client.get("/brouillon").text
    assert '<option value="Odile"' in client.get(f"/groupe/{bus}").text
    client.post("/prenom", data={"prenom": "Marc"})
    assert "1\u00a0groupe vous attend" in client.get("/brouillon").text
    assert f'/groupe/{bus}">{BUS}' in client.get("/brouillon").text.split("vous attend")[1]
    told = client.post("/acte", data={"op": "confier", "group": bus, "text": ""}).text
    assert "Marc ne confie plus" in told
    assert "vous avez ne" not in told
    assert desk.session.state.groups[bus].turn is None
    assert "ne confie plus" in client.get("/historique").text


def test_news_are_of_the_acts_that_a_page_has_not_seen(client: TestClient, desk: Desk) -> None:
    bus = group_named(desk.session.state, BUS)
    client.post("/prenom", data={"prenom": "Odile"})
    assert client.get("/vivant?depuis=0").json() == {"n": 0, "quoi": "", "avec": ""}
    client.post("/prenom", data={"prenom": "Marc"})
    client.post("/acte", data={"op": "accept", "group": bus})
    assert client.get("/vivant?depuis=0").json() == {
        "n": 1, "quoi": f"Marc a accepté «\u00a0{BUS}\u00a0».", "avec": "Avec Odile",
    }  # fmt: skip
    assert client.get("/vivant?depuis=1").json()["quoi"] == ""
    for _ in range(4):
        client.post("/acte", data={"op": "revoir", "group": bus})
    assert client.get("/vivant?depuis=0").json()["quoi"] == "5 actes viennent d’être faits par Marc."
    assert client.get("/vivant?depuis=x").json()["quoi"] == ""


def test_a_page_that_follows_others_leaves_the_message_to_its_act(client: TestClient, desk: Desk) -> None:
    bus = group_named(desk.session.state, BUS)
    client.post("/acte", data={"op": "accept", "group": bus}, follow_redirects=False)
    assert "C’est enregistré" not in client.get("/mur", headers={"Rosace-Veille": "oui"}).text
    assert "C’est enregistré" in client.get("/mur").text


@pytest.fixture
def other(page: Page, browser: object) -> Iterator[Page]:
    """The page of someone else on the same run."""
    context = browser.new_context(storage_state=page.context.storage_state())  # type: ignore[attr-defined]
    opened = context.new_page()
    opened.goto(page.url)
    opened.get_by_text("Plus", exact=True).click()
    opened.get_by_label("Vous êtes").fill("Marc")
    opened.keyboard.press("Enter")
    yield opened
    context.close()


@pytest.mark.browser
def test_two_pages_see_each_other_without_reloading(page: Page, other: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    bus, temps = (group_named(desk.session.state, title) for title in (BUS, TEMPS))
    base = base_of(page)
    page.goto(f"{base}/groupe/{bus}")
    page.evaluate("window.sameDocument = true")
    page.get_by_role("checkbox", name="Cocher : Le bus ne passe pas").check()
    expect(page.get_by_text("Avec Marc")).to_be_visible(timeout=15000)
    other.goto(f"{base}/groupe/{bus}")
    other.get_by_role("button", name=f"Accepter {BUS}").click()
    expect(page.get_by_role("status").filter(has_text="Marc a accepté")).to_be_visible(timeout=15000)
    expect(page.get_by_role("button", name=f"Accepter {BUS}")).to_have_attribute("aria-pressed", "true", timeout=15000)
    expect(page.get_by_role("checkbox", name="Cocher : Le bus ne passe pas")).to_be_checked()

    # what is being written is not disturbed; it follows once it is done
    page.get_by_label("Un mot aux autres").fill("D’accord avec")
    other.get_by_role("button", name=f"Rejeter {BUS}").click()
    expect(page.get_by_role("status").filter(has_text="Marc a rejeté")).to_be_visible(timeout=15000)
    expect(page.get_by_label("Un mot aux autres")).to_have_value("D’accord avec")
    page.keyboard.type(" Marc")
    page.get_by_role("button", name="Commenter").click()
    said(page, "vous avez commenté")
    expect(page.get_by_role("button", name=f"Rejeter {BUS}")).to_have_attribute("aria-pressed", "true")

    # and on the wall
    other.goto(f"{base}/mur?axe=est")
    other.wait_for_selector("#mur.vif")
    page.get_by_label("Un mot aux autres").blur()
    item = next(iter(desk.session.state.members[temps]))
    desk.session.act("Odile", Wish("move", items=(item,)), group_id=bus)  # as another process would
    column = other.get_by_role("region", name=BUS, exact=True)
    expect(column).to_contain_text(desk.session.state.items[item].text, timeout=15000)
    assert page.evaluate("window.sameDocument")
