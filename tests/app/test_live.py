"""Several people on one run: what the others do is seen without reloading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browsing import base_of
from reading import group_named
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.review.session import Wish

if TYPE_CHECKING:
    from playwright.sync_api import Page

BUS, TEMPS = "Pas assez de bus le soir", "Le temps manque pour se coordonner"


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
    page.get_by_label("Nouveau titre").fill("Les lignes")
    other.get_by_role("button", name=f"Rejeter {BUS}").click()
    expect(page.get_by_role("status").filter(has_text="Marc a rejeté")).to_be_visible(timeout=15000)
    expect(page.get_by_label("Nouveau titre")).to_have_value("Les lignes")
    page.get_by_label("Nouveau titre").fill("")

    # and on the wall
    other.goto(f"{base}/mur?axe=est")
    other.wait_for_selector("#mur.vif")
    page.get_by_label("Nouveau titre").blur()
    item = next(iter(desk.session.state.members[temps]))
    desk.session.act("Odile", Wish("move", items=(item,)), group_id=bus)  # as another process would
    column = other.get_by_role("region", name=BUS, exact=True)
    expect(column).to_contain_text(desk.session.state.items[item].text, timeout=15000)
    assert page.evaluate("window.sameDocument")
