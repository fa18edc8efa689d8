"""A facilitator in real Chromium: from the files of her workshop to a document for Word, without a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import is_zipfile

import docx
import pytest
from chromium import SIZE, faults_of, too_wide_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WALL = """\
- Le marché du samedi fait venir du monde
- Il manque un car le soir pour rentrer
- Le car du soir ne passe plus depuis deux ans
- Créer un atelier de réparation avec les bénévoles
- Se retrouver tous les ans autour d’un repas
"""


@pytest.fixture
def page(home_address: str, browser: Browser) -> Iterator[Page]:
    """What `rosace` opens."""
    opened = browser.new_page(viewport=SIZE)
    opened.set_default_timeout(20_000)
    opened.goto(home_address)
    yield opened
    opened.close()


def check(page: Page) -> None:
    """Nothing that axe finds, and nothing beyond the edge, at any size."""
    assert faults_of(page) == [], page.url
    assert too_wide_at(page, SIZE["width"], 1280, 390) == [], page.url


def test_from_files_to_a_document_without_a_terminal(page: Page, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    wall, broken = tmp_path / "post-its table 1.txt", tmp_path / "notes.xlsx"
    wall.write_text(WALL, encoding="utf-8")
    broken.write_bytes(b"pas un classeur")
    check(page)
    page.get_by_label("Titre de l’atelier").fill("Vivre ici")
    page.get_by_label("Fichiers de l’atelier").set_input_files([wall, broken])
    page.get_by_role("button", name="Créer l’atelier").click()
    expect(page.get_by_role("status")).to_contain_text("2 fichiers ajoutés")

    page.get_by_label("Nombre de participants").fill("tous")
    page.get_by_role("button", name="Enregistrer la fiche").click()
    expect(page.get_by_role("alert")).to_contain_text("Écrivez « 20 » ou « environ 20 »")
    check(page)
    page.get_by_label("Nombre de participants").fill("12")
    page.get_by_text("Les tables", exact=True).click()
    page.get_by_label("Numéro ou nom").first.fill("1")
    page.get_by_role("button", name="Voir ce qui est lu").click()

    row = page.get_by_role("row").filter(has_text="post-its table 1.txt")
    expect(row).to_contain_text("lu", timeout=180_000)
    expect(page.locator("#avancee[data-encours]")).to_have_count(0, timeout=180_000)
    expect(page.get_by_role("row").filter(has_text="notes.xlsx")).to_contain_text("enregistrez-le à nouveau")
    check(page)
    page.get_by_role("link", name="Revenir à l’atelier").click()
    expect(page.get_by_label("Nombre de participants")).to_have_value("12")

    page.get_by_label("Rapide").check()
    page.get_by_role("button", name="Lancer").click()
    expect(page.get_by_role("heading", name="Lecture en cours", level=1)).to_be_visible()
    check(page)
    done = page.get_by_role("heading", name="Lecture finie")
    expect(done).to_be_focused(timeout=180_000)
    expect(page.get_by_role("main")).to_contain_text("1 fichier refusé")
    check(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Le document pour Word").click()
    assert download.value.suggested_filename == "restitution.docx"
    assert is_zipfile(download.value.path())

    page.get_by_role("link", name="Relire le mur").click()
    expect(page.get_by_role("heading", name="Le mur", level=1)).to_be_visible(timeout=180_000)
    page.get_by_label("Titres, un par ligne").fill("# Est\nPas de car le soir\n# Sud\nRéparer ensemble")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator(".annonce")).to_contain_text("avez ajouté")
    there = page.get_by_role("region", name="Pas de car le soir")
    expect(there).to_contain_text("car", timeout=20_000)
    see = there.get_by_role("button", name="Voir")  # cards out of sight are shown first
    if see.count():
        see.click()
    there.get_by_role("button", name="Tout accepter").click()
    expect(page.locator(".annonce")).to_contain_text("avez accepté")
    check(page)
    page.get_by_role("link", name="Le texte", exact=True).click()
    page.get_by_role("button", name="Récrire le texte").click()
    expect(page.get_by_role("heading", name="Le texte est récrit")).to_be_visible(timeout=180_000)
    page.get_by_role("link", name="Le texte", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Pas de car le soir")

    with page.expect_download() as download:  # to Word and back
        page.get_by_role("link", name="Le document pour Word").click()
    corrected = docx.Document(str(download.value.path()))
    heading = next(
        one for one in corrected.paragraphs if one.text == "Pas de car le soir" and one.style.name[:1] == "H"
    )
    heading.runs[0].text = "Le dernier car part trop tôt"
    corrected.save(str(tmp_path / "restitution.docx"))
    page.get_by_role("link", name="Échanger").last.click()
    page.get_by_label("Classeur reçu").set_input_files(tmp_path / "restitution.docx")
    page.get_by_label("Qui l’a rempli").fill("Odile")
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_role("main")).to_contain_text("Le dernier car part trop tôt", timeout=30_000)
    page.get_by_role("button", name="Faire ce changement").click()
    expect(page.locator(".annonce")).to_contain_text("Une décision enregistrée")
    page.get_by_role("link", name="Le texte", exact=True).click()
    expect(page.get_by_role("heading", name="Le dernier car part trop tôt").first).to_be_visible()
    page.get_by_role("link", name="Atelier", exact=True).click()
    expect(page.get_by_role("heading", name="Vivre ici", level=1)).to_be_visible()
    box = page.get_by_label("Vos titres, un par ligne")  # those of the wall, as they are called now
    expect(box).to_have_value("# Est\nLe dernier car part trop tôt\n# Sud\nRéparer ensemble")
    box.fill("# Est\nLe dernier car part trop tôt\n# Sud\nRéparer ensemble\nUn repas par an")
    page.get_by_label("Lieu").fill("La halle")
    page.get_by_role("button", name="Enregistrer la fiche").click()
    expect(page.get_by_role("status")).to_contain_text("3 titres enregistrés")
    check(page)
    page.get_by_role("button", name="récrire le texte avec elle").click(no_wait_after=True)  # no run is asked for
    expect(page.get_by_role("heading", name="Le texte est récrit")).to_be_visible(timeout=180_000)
    page.get_by_role("link", name="Le texte", exact=True).click()
    written = tmp_path / "Rosace" / "Vivre ici" / "resultats" / "restitution.md"
    assert "**Lieu** : La halle" in written.read_text(encoding="utf-8").replace("\u00a0", " ")
    page.get_by_role("link", name="Le mur", exact=True).click()
    expect(page.get_by_role("region", name="Un repas par an")).to_be_visible(timeout=20_000)


def test_a_workshop_without_a_title_is_called_by_its_first_file(page: Page, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    file = tmp_path / "mur_du_3_mars.txt"
    file.write_text(WALL, encoding="utf-8")
    page.get_by_label("Fichiers de l’atelier").set_input_files(file)
    page.get_by_role("button", name="Créer l’atelier").click()
    expect(page.get_by_role("heading", name="Mur du 3 mars", level=1)).to_be_visible()


def test_what_is_typed_in_the_sheet_survives_another_act(page: Page, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    more = tmp_path / "suite.txt"
    more.write_text(WALL, encoding="utf-8")
    page.get_by_label("Titre de l’atelier").fill("Vivre ici")
    page.get_by_role("button", name="Créer l’atelier").click()
    page.wait_for_url("**/atelier/**", wait_until="load")  # before its script, a file waits for its button
    page.get_by_label("Lieu").fill("La halle")
    page.get_by_label("Ajouter des fichiers").set_input_files(more)
    expect(page.get_by_role("status").filter(has_text="« suite.txt » est ajouté")).to_be_visible()
    expect(page.get_by_label("Lieu")).to_have_value("La halle")


def test_a_photographed_wall_is_typed_by_the_keyboard_alone(page: Page, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    photo = tmp_path / "mur table 1.png"
    page.screenshot(path=photo)
    page.get_by_label("Titre de l’atelier").fill("Vivre ici")
    page.get_by_label("Fichiers de l’atelier").set_input_files(photo)
    page.get_by_role("button", name="Créer l’atelier").click()
    page.get_by_role("link", name="Taper ce que montre la photo mur table 1.png").press("Enter")
    page.get_by_label("Colonne").focus()
    page.keyboard.insert_text("Se déplacer")
    page.keyboard.press("Tab")
    for n, text in enumerate(("Le car du soir", "Un taxi partagé"), start=1):
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
        expect(page.get_by_label("Carte", exact=True)).to_have_count(n + 1)
        expect(page.get_by_label("Carte", exact=True).last).to_be_focused()
    expect(page.locator(".total")).to_have_text("2 cartes enregistrées")
    assert page.get_by_role("img", name="Le mur à saisir").evaluate("image => image.naturalWidth") == SIZE["width"]
    check(page)
    table = tmp_path / "Rosace" / "Vivre ici" / "fichiers" / "mur table 1.csv"
    lines = ["Problématique;Texte", "Se déplacer;Le car du soir", "Se déplacer;Un taxi partagé"]
    assert table.read_text(encoding="utf-8-sig").splitlines() == lines
    page.get_by_role("link", name="Revenir à l’atelier").click()
    page.get_by_role("button", name="Voir ce qui est lu").click()
    expect(page.locator("#avancee:not([data-encours])")).to_be_visible(timeout=180_000)
    expect(page.get_by_role("row").filter(has_text="mur table 1.png")).to_contain_text("saisi dans mur table 1.csv")
    expect(page.get_by_role("row").filter(has_text="mur table 1.csv").first).to_contain_text("2")
