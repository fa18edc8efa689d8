"""The files sent to people: they stand alone, keep decisions in the browser, and what comes back is taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.contracts.draft import TextNode
from pipeline.contracts.draft_files import dump_draft, load_draft
from pipeline.folder.artifacts import RunFolder
from pipeline.review.app.opening import open_session
from pipeline.review.finding import Wanted, columns_of, find, who_says

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

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


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    assert faults == []


def download(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger mes décisions").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_a_review_without_python_comes_back(run: RunFolder, tmp_path: Path, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(export(run, tmp_path / "revue.html"))
    assert page.title() == "Relecture · Coopérer ici"
    expect(page.get_by_role("article", name="Brouillon")).to_contain_text("revient à trois tables")
    expect(page.get_by_role("img", name="Rose des vents")).to_be_visible()
    page.get_by_label("Vous êtes").fill("Odile 🎺")
    page.get_by_role("button", name="Les groupes", exact=True).click()
    title = page.get_by_label("Titre du groupe").first
    expect(title).to_have_value("Le café associatif rassemble")
    title.fill("Le café </script> rassemble")
    title.press("Enter")
    page.get_by_role("button", name="Accepter : Le café").click()
    page.get_by_role("button", name="Rejeter : Le minibus").click()
    page.get_by_role("button", name="Annuler").click()
    page.get_by_text("Lire les 6 paroles").first.click()
    page.get_by_role("group", name="Axe de cette parole").first.get_by_role("button", name="Ouest").click()
    expect(page.get_by_text("1 groupe du brouillon relu sur 10")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 groupe du brouillon relu sur 10")).to_be_visible()
    page.get_by_role("button", name="Les groupes", exact=True).click()
    expect(page.get_by_label("Titre du groupe").first).to_have_value("Le café </script> rassemble")
    file = download(page, tmp_path)

    result = CliRunner().invoke(app, ["review", "import", str(run.path), str(file)])
    assert "Trois actes enregistrés." in result.output  # the fourth was undone
    state = open_session(run).state
    (renamed,) = [group for group in state.groups.values() if group.title == "Le café </script> rassemble"]
    assert (renamed.state, renamed.decided_by) == ("accepte", "Odile 🎺")
    assert [item.axis for item in state.items.values() if item.axis_by == "Odile 🎺"] == ["ouest"]
    again = CliRunner().invoke(app, ["review", "import", str(run.path), str(file)])
    assert "Rien à faire" in again.output


def test_what_opens_a_paragraph_of_the_draft_stays_bold_and_spaces_are_french(
    run: RunFolder, tmp_path: Path, page: Page
) -> None:
    draft = load_draft(run.load_json("draft"))
    first = draft.sections[0]
    sentence = first.blocks[0].sentences[0]
    opened = replace(sentence, nodes=(TextNode("Ce qui freine. ", strong=True), *sentence.nodes))
    blocks = (replace(first.blocks[0], sentences=(opened,)), *first.blocks[1:])
    run.save_json("draft", dump_draft(replace(draft, sections=(replace(first, blocks=blocks), *draft.sections[1:]))))
    page.goto(export(run, tmp_path / "revue.html"))
    assert page.get_by_role("article", name="Brouillon").locator("strong").first.inner_text() == "Ce qui freine."
    assert "Ce qui freine. " in page.get_by_role("article", name="Brouillon").inner_text()
    for tab in ("Les groupes", "À relire", "Liens", "Les paroles", "Noms"):
        page.locator("[data-tab]", has_text=tab).click()
        told = page.locator("#contenu .chapeau").first.inner_text()
        assert not re.search(r"« | »| [;:!?]", told), told


def test_split_move_merge_create_links_and_names_without_python(run: RunFolder, tmp_path: Path, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(export(run, tmp_path / "revue.html"))
    page.keyboard.press("2")
    bus = page.locator("li.carte", has=page.locator("input[value='Pas assez de bus le soir']"))
    bus.get_by_text("Lire les 6 paroles").click()
    bus.get_by_label("Cocher : Il n'y a plus de bus").check()
    bus.get_by_label("Nouveau groupe").fill("Le soir")
    bus.get_by_role("button", name="Séparer").click()
    evening = page.locator("li.carte", has=page.locator("input[value='Le soir']"))
    expect(evening.get_by_text("Lire la parole")).to_be_visible()
    bus.get_by_label("Cocher : Pas de bus le dimanche").check()
    bus.get_by_label("Déplacer vers").select_option(label="Le soir")
    bus.get_by_role("button", name="Déplacer").click()
    expect(evening.get_by_text("Lire les 2 paroles")).to_be_visible()
    bus.get_by_label("Cocher : Le bus ne passe pas dans les hameaux").check()
    bus.get_by_label("Déplacer vers").select_option(label="les signaux faibles")
    bus.get_by_role("button", name="Déplacer").click()
    evening.get_by_text("Lire les 2 paroles").click()
    evening.get_by_label("Fusionner ce groupe avec").select_option(label="Le temps manque pour se coordonner")
    evening.get_by_role("button", name="Aperçu").click()
    expect(evening.get_by_text("Rien n’est fait tant que")).to_be_visible()
    expect(page.get_by_text("3 décisions gardées")).to_be_visible()
    evening.get_by_label("Titre du groupe réuni").fill("Le soir et le temps")
    evening.get_by_role("button", name="Fusionner", exact=True).click()
    page.keyboard.press("5")
    page.get_by_label("Cocher : Planter une haie").check()
    page.get_by_label("Créer un groupe").fill("Des haies")
    page.get_by_label("sur l’axe").select_option(label="Sud")
    page.get_by_role("button", name="Créer", exact=True).click()
    for key in ("4", "j", "x", "6", "j", "x", "3", "j", "a", "z", "y"):  # links, names, to re-read, undo, redo
        page.keyboard.press(key)
    expect(page.get_by_text("8 décisions gardées")).to_be_visible()
    file = download(page, tmp_path)
    assert "Huit actes enregistrés." in CliRunner().invoke(app, ["review", "import", str(run.path), str(file)]).output
    session = open_session(run)
    assert {outcome.state for outcome in session.outcomes.values()} == {"rejouee"}
    state = session.state
    titles = {group.title: group for group in state.groups.values()}
    assert titles["Le soir et le temps"].n_items == 6
    assert titles["Pas assez de bus le soir"].n_items == 3
    assert "Le temps manque pour se coordonner" not in titles
    assert titles["Des haies"].axis == "sud"
    lonely = next(item for item in state.items.values() if item.text == "Le bus ne passe pas dans les hameaux")
    assert lonely.group_id is None
    assert "faux" in {link.state for link in state.links.values()}
    assert any(item.masks for item in state.items.values())
    assert sum(item.axis_by is not None and item.status == "sur" for item in state.items.values()) >= 1


def test_what_a_title_is_true_of_is_not_told_of_other_members(run: RunFolder, tmp_path: Path, page: Page) -> None:
    from playwright.sync_api import expect

    groups = run.load_table("groups")
    groups.loc[groups["title"] == "Pas assez de bus le soir", "title_coverage"] = 0.3333
    run.save_table("groups", groups)
    page.goto(export(run, tmp_path / "revue.html"))
    page.get_by_role("button", name="Les groupes", exact=True).click()
    bus, time = (
        page.locator("li.carte", has=page.locator(f"input[value='{title}']"))
        for title in ("Pas assez de bus le soir", "Le temps manque pour se coordonner")
    )
    expect(bus.locator(".doute")).to_have_text("titre vrai de 2 paroles sur 6")
    for card, words, other in ((bus, "Pas de bus le dimanche", "Le temps manque"), (time, "Aucun temps", "Pas assez")):
        card.get_by_text("corriger").click()
        card.get_by_label(f"Cocher : {words}").check()
        choice = card.get_by_label("Déplacer vers")
        choice.select_option(choice.get_by_text(other).get_attribute("value"))
        card.get_by_role("button", name="Déplacer").click()
    expect(bus.get_by_text("Lire les 6 paroles")).to_be_visible()
    expect(bus.locator(".doute")).to_have_text("titre à vérifier")


def test_words_are_found_counted_and_commented_on_without_python(run: RunFolder, tmp_path: Path, page: Page) -> None:
    from playwright.sync_api import expect

    session = open_session(run)
    columns = columns_of(session.state)
    page.goto(export(run, tmp_path / "revue.html"))
    page.get_by_role("button", name="Les paroles", exact=True).click()
    page.get_by_label("Montrer").select_option(label="toutes les paroles")
    queries = ("bus", "PASSENT", "passer", "écoles", "il n’y a plus", "zzz", "")
    for query in queries:
        found = find(session.state, Wanted(query), columns)
        page.get_by_label("Chercher", exact=True).fill(query)
        expect(page.get_by_text(re.compile(rf"^{len(found.items)} paroles?$"))).to_be_visible()
    assert {len(find(session.state, Wanted(query), columns).items) > 0 for query in queries} == {True, False}
    table, n = next(iter(find(session.state, Wanted(axis="est"), columns).counts["table"].items()))
    page.get_by_label("Axe", exact=True).select_option("est")
    page.get_by_label("Table", exact=True).select_option(label=f"{table} ({n})")
    expect(page.get_by_text(f"{n} paroles", exact=True)).to_be_visible()

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Les groupes", exact=True).click()
    bus = page.locator("li.carte", has=page.locator("input[value='Pas assez de bus le soir']"))
    bus.get_by_text("Lire les 6 paroles").click()
    bus.get_by_text("Qui le dit").click()
    group = next(one for one in session.state.groups.values() if one.title == "Pas assez de bus le soir")
    first = who_says(session.state, group.group_id, columns)["table"][0]
    shown = bus.get_by_role("table", name="Table").get_by_role("row").nth(1)
    expect(shown).to_have_text(f"{first.value}{first.n}{first.total}")
    bus.get_by_label("Un mot aux autres qui relisent").last.fill("À revoir ensemble")
    bus.get_by_role("button", name="Commenter").last.click()
    expect(bus.get_by_text("À revoir ensemble")).to_be_visible()
    file = download(page, tmp_path)
    assert CliRunner().invoke(app, ["review", "import", str(run.path), str(file)]).exit_code == 0
    (comment,) = open_session(run).state.groups[group.group_id].comments
    assert (comment.author, comment.text) == ("Relecture", "À revoir ensemble")


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


def test_recordings_and_small_tables_only_when_asked(run: RunFolder, tmp_path: Path) -> None:
    state = open_session(run).state
    spoken = [i.text for i in state.items.values() if state.sources[i.contribution_id].channel == "transcript"]
    config = tmp_path / "petites.toml"
    config.write_text("[review]\npetite_table = 1000\n", encoding="utf-8")

    def exported(*options: str) -> str:
        file = tmp_path / "retrouver.html"
        export(run, file, "--participants", "--config", str(config), *options)
        return file.read_text(encoding="utf-8")

    closed = exported()
    assert not any(text in closed for text in spoken)
    assert '"source": "table 1"' not in closed
    assert "les enregistrements" in closed
    opened = exported("--enregistrements", "--petites-tables")
    assert any(text in opened for text in spoken)
    assert '"source": "table 1"' in opened
