"""The pages around the document in real Chromium: nothing that axe finds, nothing that overflows, French spaces."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import axe_run

from pipeline.restitution.stage import RestitutionResult

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
PAGES = ("restitution.html", "paroles.html", "index.html", "methode.html", "registre.html")
WIDTHS = (1280, 640, 390)
BARE_SPACE = re.compile(r"« | »|\w [;!?](?:\s|$)|\w :(?:\s|$)")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(name: str, result: RestitutionResult, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(result.files[name])
    page = browser.new_page()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{path.as_uri()}?copier")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert axe_run(page) == [], width
    assert page.get_by_role("main").count() == 1
    page.close()


@pytest.mark.parametrize("name", ["methode.html", "registre.html", "paroles.html", "restitution.html"])
def test_the_skip_link_is_first_and_leads_to_the_text(
    name: str, result: RestitutionResult, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(result.files[name])
    page = browser.new_page()
    page.goto(path.as_uri())
    page.keyboard.press("Tab")
    link = page.evaluate("document.activeElement.getAttribute('href')")
    assert page.locator(link).evaluate("element => element.matches('main')")
    page.close()


def test_the_method_has_french_spaces(result: RestitutionResult) -> None:
    text = re.sub(r"<[^>]+>", " ", result.files["methode.html"].decode().partition("<main")[2])
    assert "«\u00a0" in text
    assert BARE_SPACE.findall(text) == []


def test_a_mark_of_the_page_leads_to_its_source(result: RestitutionResult, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "restitution.html"
    path.write_bytes(result.files["restitution.html"])
    page = browser.new_page()
    page.goto(path.as_uri())
    mark = page.locator("sup.marks a").first
    told = mark.inner_text()
    mark.click()
    assert page.locator(":target").inner_text().startswith(told)
    page.close()
