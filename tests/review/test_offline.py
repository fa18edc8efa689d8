"""The files sent to people: they stand alone, keep decisions in the browser, and what comes back is taken in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from pipeline.artifacts import RunFolder
from pipeline.cli import app
from pipeline.cli.review import open_session

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser


@pytest.fixture
def context() -> Iterator[BrowserContext]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        opened = browser.new_context(accept_downloads=True, viewport={"width": 1366, "height": 768}, offline=True)
        yield opened
        browser.close()


def export(run: RunFolder, path: Path, *options: str) -> str:
    result = CliRunner().invoke(app, ["review", "export", str(run.path), str(path), *options])
    assert result.exit_code == 0, result.output
    return path.as_uri()


def test_a_review_without_python_comes_back(run: RunFolder, tmp_path: Path, context: BrowserContext) -> None:
    from playwright.sync_api import expect

    address = export(run, tmp_path / "revue.html")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    assert page.title() == "Relecture · Coopérer ici"
    page.get_by_label("Vous êtes").fill("Odile 🎺")
    title = page.get_by_label("Titre du groupe").first
    expect(title).to_have_value("Le café associatif rassemble")
    title.fill("Le café </script> rassemble")
    title.press("Enter")
    page.get_by_role("button", name="Accepter : Le café").click()
    page.get_by_role("button", name="Rejeter : Le minibus").click()
    page.get_by_role("button", name="Annuler").click()
    page.get_by_text("Lire les 6 paroles").first.click()
    page.get_by_label("Axe de cette parole").first.select_option(label="Ouest")
    expect(page.get_by_text("1 groupe relu sur 10")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Titre du groupe").first).to_have_value("Le café </script> rassemble")
    expect(page.get_by_text("1 groupe relu sur 10")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger mes décisions").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert faults == []

    result = CliRunner().invoke(app, ["review", "import", str(run.path), str(file)])
    assert "3 acte(s) enregistré(s)" in result.output
    state = open_session(run).state
    (renamed,) = [group for group in state.groups.values() if group.title == "Le café </script> rassemble"]
    assert (renamed.state, renamed.decided_by) == ("accepte", "Odile 🎺")
    assert [item.axis for item in state.items.values() if item.axis_by == "Odile 🎺"] == ["ouest"]
    again = CliRunner().invoke(app, ["review", "import", str(run.path), str(file)])
    assert "Rien à faire" in again.output


def test_a_participant_finds_her_words_offline(run: RunFolder, tmp_path: Path, context: BrowserContext) -> None:
    from playwright.sync_api import expect

    page = context.new_page()
    page.goto(export(run, tmp_path / "retrouver.html", "--participants"))
    page.get_by_label("Mots à retrouver").fill("apres 18 h")
    expect(page.get_by_text("Une parole retrouvée")).to_be_visible()
    expect(page.get_by_text("Il n'y a plus de bus après 18 h")).to_be_visible()
    expect(page.get_by_text("Pas assez de bus le soir")).to_be_visible()
    page.get_by_label("Mots à retrouver").fill("hélicoptère")
    expect(page.get_by_text("Ces mots ne sont pas ici")).to_be_visible()
    assert page.title() != "pirate"
