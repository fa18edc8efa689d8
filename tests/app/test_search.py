"""The screen of all sentences: search, filters, what is taken away, and who says a group."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from browsing import base_of
from chromium import said
from reading import group_named
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.review.log.anchors import anchor_of
from pipeline.review.session import Wish

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_what_is_filtered_is_taken_away_and_masked_names_are_not(client: TestClient, desk: Desk) -> None:
    state = desk.session.state
    (named,) = [item for item in state.items.values() if "Jeanne Morel" in item.text]
    start = named.text.index("Jeanne Morel")
    span = anchor_of(named).model_copy(update={"start": start, "end": start + 12, "text": "Jeanne Morel"})
    desk.session.act("Anne", Wish("mask", spans=(span,)), value=True)
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get("/paroles.xlsx", params={"c.canal": "post-it"}).content)
    ).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:6] == ("Parole", "Axe", "Groupe", "Lecture", "Position", "Table")
    n = sum(source.channel == "postit" for source in desk.session.state.sources.values())
    assert len(rows) == n + 1
    texts = [row[0] for row in openpyxl.load_workbook(io.BytesIO(client.get("/paroles.xlsx").content)).active.values]
    assert "=cmd|' /C calc'!A0" in texts  # as text, never as a formula
    assert not any("Jeanne" in str(text) for text in texts)


def test_wrong_filters_are_left_aside(client: TestClient, desk: Desk) -> None:
    for query in ("?axe=x&voir=y&votes=-1&groupe=z&p=0", "?c.inconnue=", "?votes=99999999"):
        assert f"{len(desk.session.state.items)}\u00a0paroles" in client.get(f"/paroles{query}").text
    assert "<b>" not in client.get("/paroles?q=<b>&c.<b>=<b>").text


@pytest.mark.browser
def test_a_word_then_a_filter_then_a_group(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    page.get_by_text("Plus", exact=True).click()
    page.get_by_role("link", name="Les paroles", exact=True).click()
    page.get_by_label("Chercher", exact=True).fill("réunions")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="3\u00a0paroles")).to_be_visible()
    option = page.get_by_label("Axe", exact=True).locator("option", has_text="Sud")
    expect(option).to_have_text("Sud (2)")
    page.get_by_label("Axe", exact=True).select_option("est")
    expect(page.get_by_role("status").filter(has_text="1\u00a0parole")).to_be_visible()
    expect(page.get_by_label("Chercher", exact=True)).to_have_value("réunions")
    with page.expect_download() as download:
        page.get_by_role("link", name="Emporter cette parole").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert [row[0] for row in book.active.values] == ["Parole", "Les réunions se chevauchent, personne ne vient"]
    page.get_by_role("checkbox", name="Cocher : Les réunions").check()
    page.get_by_label("Un nouveau titre").fill("Trop de réunions")
    page.get_by_role("button", name="Créer").click()
    said(page, "vous avez ajouté")
    assert group_named(desk.session.state, "Trop de réunions")


@pytest.mark.browser
def test_who_says_a_group_leads_to_their_words(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    group = group_named(desk.session.state, "Pas assez de bus le soir")
    page.goto(f"{base_of(page)}/groupe/{group}")
    page.get_by_text("Qui le dit").click()
    expect(page.get_by_text("Petits nombres")).to_be_visible()
    table = page.get_by_role("table", name="Canal")
    row = table.get_by_role("row").filter(has_text="post-it")
    n = int(row.get_by_role("cell").first.inner_text())
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Les paroles", level=1)).to_be_visible()
    expect(page.locator(".paroles > li")).to_have_count(n)
