"""The screen of all sentences: search, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from chromium import said
from reading import group_named
from starlette.testclient import TestClient

from pipeline.app.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_wrong_filters_are_left_aside(client: TestClient, desk: Desk) -> None:
    for query in ("?axe=x&voir=y&votes=-1&groupe=z&p=0", "?c.inconnue=", "?votes=99999999"):
        assert f"{len(desk.session.state.items)}\u00a0idées" in client.get(f"/paroles{query}").text
    assert "<b>" not in client.get("/paroles?q=<b>&c.<b>=<b>").text


@pytest.mark.browser
def test_a_word_then_a_filter_then_a_group(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    page.get_by_text("Plus", exact=True).click()
    page.get_by_role("link", name="Les idées", exact=True).click()
    page.get_by_label("Chercher", exact=True).fill("réunions")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="3\u00a0idées")).to_be_visible()
    option = page.get_by_label("Axe", exact=True).locator("option", has_text="Sud")
    expect(option).to_have_text("Sud (2)")
    page.get_by_label("Axe", exact=True).select_option("est")
    expect(page.get_by_role("status").filter(has_text="1\u00a0idée")).to_be_visible()
    expect(page.get_by_label("Chercher", exact=True)).to_have_value("réunions")
    page.get_by_role("checkbox", name="Cocher : Les réunions").check()
    page.get_by_label("Un nouveau titre").fill("Trop de réunions")
    page.get_by_role("button", name="Créer").click()
    said(page, "vous avez ajouté")
    assert group_named(desk.session.state, "Trop de réunions")
