"""« Retrouver ma parole » as a file: it stands alone, and leaves out what it must; the page to send is no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.review.session import open_session

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser without network."""
    context = browser.new_context(offline=True)
    faults: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def export(run: RunFolder, path: Path, *options: str) -> str:
    result = CliRunner().invoke(app, ["review", "export", str(run.path), str(path), *options])
    assert result.exit_code == 0, result.output
    return path.as_uri()


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("page.html", (), r"écrit un classeur \.xlsx"),
        ("page", (), r"écrit un classeur \.xlsx"),
        ("page.xlsx", ("--participants",), r"écrit une page \.html"),
    ],
    ids=["another kind", "no kind", "participants as a workbook"],
)
def test_what_is_not_written_names_what_is(
    run: RunFolder, tmp_path: Path, name: str, options: tuple[str, ...], told: str
) -> None:
    result = CliRunner().invoke(app, ["review", "export", str(run.path), str(tmp_path / name), *options])
    assert isinstance(result.exception, UsageError)
    assert re.search(told, str(result.exception))
    assert not (tmp_path / name).exists()


@pytest.mark.browser
def test_a_participant_finds_her_words_offline(run: RunFolder, tmp_path: Path, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(export(run, tmp_path / "retrouver.html", "--participants"))
    page.get_by_label("Mots à retrouver").fill("apres 18 h")
    expect(page.get_by_text("Une parole retrouvée")).to_be_visible()
    expect(page.locator(".mots")).to_have_text("Il n'y a plus de bus après 18 h")
    expect(page.get_by_text("Citée dans «\u00a0Axe Est\u00a0»")).to_be_visible()
    expect(page.get_by_text("Pas assez de bus le soir revient à trois tables")).to_be_visible()
    page.get_by_label("Mots à retrouver").fill("hélicoptère")
    expect(page.get_by_text("Ces mots ne sont pas ici")).to_be_visible()
    expect(page.get_by_text("postits.csv, ligne 9 : ligne d'essai")).to_be_visible()
    assert page.title() != "pirate"


def test_no_recordings_and_small_tables_only_when_asked(run: RunFolder, tmp_path: Path) -> None:
    state = open_session(run).state
    spoken = [i.text for i in state.items.values() if state.sources[i.contribution_id].channel == "transcript"]

    def exported(least: int) -> str:
        config, file = tmp_path / "petites.toml", tmp_path / "retrouver.html"
        config.write_text(f"[review]\npetite_table = {least}\n", encoding="utf-8")
        export(run, file, "--participants", "--config", str(config))
        return file.read_text(encoding="utf-8")

    closed = exported(1000)
    assert not any(text in closed for text in spoken)
    assert '"source": "table 1"' not in closed
    assert "les enregistrements" in closed
    opened = exported(0)
    assert not any(text in opened for text in spoken)
    assert '"source": "table 1"' in opened
