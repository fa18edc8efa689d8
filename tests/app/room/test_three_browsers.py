"""A workshop in three real Chromiums: a facilitator opens the room from home, a table types, the wall is projected."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import SIZE, faults_of, too_wide_at

from pipeline.app.room.access import addresses
from pipeline.folder.locks import WORK
from pipeline.ingest.formats.typed import BESIDE, FILE, Typed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not addresses(), reason="this computer is on no network"),
]
PROJECTED, PHONE = {"width": 1920, "height": 1080}, {"width": 320, "height": 640}


@pytest.fixture
def opened(home_address: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages of browsers of their own; `home()` is what `rosace` opens."""
    contexts = []

    def page(url: str = home_address, size: dict[str, int] | None = None) -> Page:
        context = browser.new_context(viewport=size or SIZE)  # type: ignore[arg-type]
        contexts.append(context)
        made = context.new_page()
        made.set_default_timeout(20_000)
        made.goto(url)
        return made

    yield page
    for context in contexts:
        context.close()


def enter(page: Page, code: str, button: str, table: str = "") -> None:
    page.get_by_label("Le code de la salle").fill(code.upper().replace("-", " "))
    page.get_by_label("Votre table").fill(table)
    page.get_by_role("button", name=button).click()


def test_a_workshop_from_an_empty_folder_to_its_restitution(opened: Callable[..., Page], tmp_path: Path) -> None:
    from playwright.sync_api import expect

    home = opened()
    home.get_by_label("Titre de l’atelier").fill("Vivre ici")
    home.get_by_role("button", name="Créer l’atelier").click()
    home.get_by_label("Vos titres, un par ligne").fill("# Est\nDes cars trop rares\n# Sud\nPartager les voitures")
    home.get_by_role("button", name="Enregistrer la fiche").click()
    home.get_by_role("button", name="Ouvrir la salle").click()
    link = home.get_by_role("link", name="la page d’animation")
    expect(link).to_be_visible(timeout=60_000)
    public = home.locator("section", has=link).locator("strong").inner_text()
    workshop = home.url
    home.goto(str(link.get_attribute("href")))
    facilitator = home
    code = facilitator.locator(".code").inner_text()
    assert facilitator.get_by_role("img", name="QR code").evaluate("image => image.naturalWidth > 0")

    table = opened(public, PHONE)
    enter(table, "ba-ba-ba-ba-ba", "Écrire")
    expect(table.get_by_role("alert")).to_contain_text("Ce n’est pas le code")
    assert faults_of(table) == []
    enter(table, code, "Écrire", "3")
    wall = opened(f"{public}/?code={code}", PROJECTED)
    wall.get_by_role("button", name="Regarder le mur seulement").click()
    expect(wall.get_by_text("paraîtront ici")).to_be_visible()

    field, sent = table.get_by_label("Une idée à la fois"), table.get_by_role("button", name="Envoyer")
    for text in ("Les cars sont trop rares le soir", "On pourrait partager les voitures", "<b>Rien</b> le dimanche"):
        field.fill(text)
        sent.click()
    own = table.locator(".miennes > li")
    expect(own).to_have_count(3)
    expect(own.last).to_contain_text("Des cars trop rares", timeout=60_000)
    expect(own.first).to_contain_text("<b>Rien</b> le dimanche")

    table.route("**/dire", lambda route: route.abort())  # the network is lost, then the page reloaded
    field.fill("Il manque un abri pour les vélos")
    sent.click()
    expect(table.locator("#attente")).to_contain_text("Il manque un abri")
    assert faults_of(table) == []
    table.reload()
    expect(table.locator("#attente")).to_contain_text("Il manque un abri")
    table.unroute("**/dire")
    expect(own).to_have_count(4, timeout=15_000)
    expect(table.locator("#attente")).to_be_hidden()

    expect(facilitator.get_by_role("heading", name="À montrer 4")).to_be_visible()
    assert "cars sont trop rares" not in wall.locator("body").inner_text()
    facilitator.get_by_role("button", name="Tout montrer", exact=True).click()
    expect(wall.get_by_text("On pourrait partager les voitures")).to_be_visible()
    for page in (facilitator, table, wall):
        assert faults_of(page) == [], page.url
        assert too_wide_at(page, 320, 390, 1280, 1920) == [], page.url
    facilitator.locator("li", has_text="Les cars sont trop rares").get_by_role("button", name="Ôter du mur").click()
    expect(wall.get_by_text("Les cars sont trop rares")).to_have_count(0, timeout=1_000)
    facilitator.get_by_role("button", name="Sud", exact=True).click()
    expect(wall.get_by_text("Il manque un abri")).to_have_count(0)
    expect(wall.get_by_text("On pourrait partager les voitures")).to_be_visible()

    own.filter(has_text="abri").get_by_text("Corriger ou retirer").click()
    own.filter(has_text="abri").get_by_label("Vos mots").fill("Il manque un abri et des vélos")
    own.filter(has_text="abri").get_by_role("button", name="Corriger", exact=True).click()
    expect(own.filter(has_text="abri et des vélos")).to_contain_text("attend un accord")
    own.filter(has_text="dimanche").get_by_text("Corriger ou retirer").click()
    own.filter(has_text="dimanche").get_by_role("button", name="Retirer et effacer").click()
    expect(own.filter(has_text="effacée")).to_have_count(1)
    with table.expect_download() as kept:
        table.get_by_role("link", name="les emporter").click()
    assert "On pourrait partager les voitures" in Path(kept.value.path()).read_text(encoding="utf-8")

    holder = (tmp_path / "Rosace" / "Vivre ici" / "fichiers" / BESIDE / WORK).read_text(encoding="utf-8")
    os.kill(int(holder.split("\t")[1]), signal.SIGKILL)
    for page in (table, wall):
        expect(page.get_by_text("La salle ne répond plus")).to_be_visible(timeout=30_000)
    field.fill("Il manque des bancs")
    sent.click()
    expect(table.locator("#attente")).to_contain_text("Il manque des bancs")
    facilitator.goto(workshop)
    facilitator.get_by_text("Choisir le réseau et ouvrir").click()
    facilitator.get_by_role("button", name="Ouvrir la salle").click()
    expect(link).to_be_visible(timeout=60_000)
    assert facilitator.locator("section", has=link).locator("strong").inner_text() == public
    facilitator.goto(str(link.get_attribute("href")))
    expect(own.filter(has_text="manque des bancs")).to_be_visible(timeout=30_000)  # it went by itself
    for page in (table, wall):
        expect(page.get_by_text("La salle ne répond plus")).to_have_count(0)

    facilitator.get_by_text("Faire entrer").click()
    facilitator.get_by_role("button", name="Changer le code").click()
    expect(facilitator.locator(".code")).not_to_have_text(code)
    expect(table.get_by_label("Le code de la salle")).to_be_visible()
    expect(wall.get_by_label("Le code de la salle")).to_be_visible()
    enter(table, facilitator.locator(".code").inner_text(), "Écrire", "3")
    expect(own.filter(has_text="partager les voitures")).to_be_visible()
    enter(wall, facilitator.locator(".code").inner_text(), "Regarder le mur seulement")

    field.fill("Trop tard")
    facilitator.get_by_text("Clore et faire la restitution").click()
    expect(table.get_by_text("La saisie est close.")).to_have_count(0)  # it is asked once
    facilitator.get_by_role("button", name="Oui, clore").click()
    for page in (table, wall):
        expect(page.get_by_text("La saisie est close.")).to_be_visible()
    document = facilitator.get_by_role("link", name="Le document pour Word")
    expect(document).to_be_visible(timeout=240_000)
    with facilitator.expect_download() as download:
        document.click()
    assert download.value.suggested_filename == "restitution.docx"
    sent.click()
    expect(table.locator("#attente")).to_contain_text("La saisie est close")
    expect(field).to_be_disabled()
    facilitator.get_by_role("link", name="la page de l’atelier").click()
    assert facilitator.url == workshop
    facilitator.get_by_role("button", name="Fermer la salle").click()
    for page in (table, wall):
        expect(page.get_by_text("La salle est fermée. Ce qui a été reçu est gardé.")).to_be_visible()
    expect(table.locator("#attente")).to_contain_text("Copiez-les, ou effacez-les")
    expect(wall.get_by_text("Pour écrire")).to_have_count(0)
    table.locator("#attente").get_by_role("button", name="Copier").click()
    expect(table.get_by_text("Copié.")).to_be_visible()
    table.locator("#attente").get_by_role("button", name="Effacer").click()
    expect(table.locator("#attente")).to_be_hidden()
    words = Typed.of((tmp_path / "Rosace" / "Vivre ici" / "fichiers" / FILE).read_bytes()).words.values()
    said = sorted(re.sub(r"\W+", " ", word.text) for word in words if not word.is_withdrawn)
    assert said == [
        "Il manque des bancs",
        "Il manque un abri et des vélos",
        "Les cars sont trop rares le soir",
        "On pourrait partager les voitures",
    ]
