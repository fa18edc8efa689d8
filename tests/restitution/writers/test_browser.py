"""The page of the restitution in real Chromium: each copy button fills the clipboard with what its format promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.restitution.stage import RestitutionResult

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def page(result: RestitutionResult, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path: Path = tmp_path_factory.mktemp("page") / "restitution.html"
    path.write_bytes(result.files["restitution.html"])
    opened = browser.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(path.as_uri())
    assert opened.get_by_role("button").count() == 0  # as it is sent
    opened.goto(f"{path.as_uri()}?copier")  # as index.html opens it
    opened.evaluate(
        "document.body.insertAdjacentHTML('beforeend', "
        "'<textarea id=plain></textarea><div id=rich contenteditable></div>')"
    )
    yield opened
    opened.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def copy(page: Page, section: str, button: str) -> None:
    """Click a copy button of a section, and wait until the clipboard has taken the words."""
    page.locator(f"#{section}").get_by_role("button", name=button).click()
    page.locator(f"#{section} .said", has_text="Copié").wait_for()


def pasted(page: Page, section: str, button: str, into: str) -> str:
    """Click a copy button of a section, paste, and give back what arrived."""
    copy(page, section, button)
    target = page.locator(into)
    target.evaluate("node => { node.value = ''; node.innerHTML = ''; }")
    target.focus()
    page.keyboard.press("Control+V")
    return str(target.evaluate("node => node.value || node.innerHTML"))


def test_the_formatted_copy_keeps_titles(page: Page) -> None:
    html = pasted(page, "essentiel", "Copier (mise en forme)", "#rich")
    assert "mettre en commun les minibus" in html
    assert "<h2" in html
    assert "<sup" not in html


def test_the_formatted_copy_carries_the_marks_of_sources_when_asked(page: Page) -> None:
    page.get_by_label("Copier aussi les repères des sources").check()
    html = pasted(page, "est", "Copier (mise en forme)", "#rich")
    page.get_by_label("Copier aussi les repères des sources").uncheck()
    assert "<sup" in html or "super" in html


def test_the_yeswiki_copy_is_its_source(page: Page, result: RestitutionResult) -> None:
    source = pasted(page, "essentiel", "Copier pour YesWiki", "#plain")
    assert source.startswith("=====") and "<" not in source
    first_paragraph = next(line for line in source.splitlines() if line.startswith("L’atelier a réuni"))
    assert first_paragraph.split(".")[0] in result.files["restitution.yeswiki"].decode()


def test_the_markdown_copy_is_its_source(page: Page) -> None:
    source = pasted(page, "essentiel", "Copier Markdown", "#plain")
    assert source.startswith("## ")
    assert source.split("\n")[2].startswith("L’atelier a réuni")
    assert "(T" not in source


def test_nothing_overflows_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
