"""Files that go out and come back by the page: what they ask for is shown, then done once agreed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from browsing import base_of
from chromium import said
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.contracts.draft_files import load_draft
from pipeline.restitution.writers.office import write_office
from pipeline.review.exchange.workbook import write_workbook

if TYPE_CHECKING:
    from playwright.sync_api import Page


def renamed(content: bytes, old: str, new: str) -> bytes:
    book, out = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    (cell,) = [cell for row in book["Groupes"].iter_rows() for cell in row if cell.value == old]
    cell.value = new
    book.save(out)
    return out.getvalue()


def test_a_workbook_goes_out_and_comes_back_and_is_done_once_agreed(client: TestClient, desk: Desk) -> None:
    filled = renamed(client.get("/relecture.xlsx").content, "Tenir un agenda partagé", "Un agenda commun")
    html = client.post("/echanger", files={"fichier": ("../r.xlsx", filled)}, data={"rempli_par": "Camille"}).text
    assert "a renommé «\u00a0Tenir un agenda partagé\u00a0»" in html.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    assert desk.session.log.decisions == ()
    html = client.post("/echanger/accord", data={"accord": "oui"}).text
    assert "Une décision enregistrée" in html
    (act,) = desk.session.log.decisions
    assert (act.author, act.op, act.after.title) == ("Camille", "rename", "Un agenda commun")
    assert "changerait</h2>" not in client.get("/echanger").text


def test_what_goes_out_is_noted(client: TestClient, desk: Desk) -> None:
    for name in ("relecture.xlsx", "relecture.xlsx"):
        assert client.get(f"/{name}").status_code == 200
    noted = desk.session.run.exports.all()
    assert [(one.place, one.is_download) for one in noted] == [("relecture.xlsx", True)]


def test_a_file_that_is_left_does_nothing_and_a_bad_one_is_told(client: TestClient, desk: Desk) -> None:
    filled = renamed(client.get("/relecture.xlsx").content, "Tenir un agenda partagé", "Un agenda commun")
    client.post("/echanger", files={"fichier": ("r.xlsx", filled)})
    assert "Rien n’est fait" in client.post("/echanger/accord", data={"accord": "non"}).text
    assert "pas un classeur lisible" in client.post("/echanger", files={"fichier": ("r.xlsx", b"rien")}).text
    assert "Choisissez d’abord un fichier" in client.post("/echanger", data={}).text
    assert desk.session.log.decisions == ()


def test_nothing_is_done_when_something_was_decided_meanwhile(client: TestClient, desk: Desk) -> None:
    filled = renamed(client.get("/relecture.xlsx").content, "Tenir un agenda partagé", "Un agenda commun")
    client.post("/echanger", files={"fichier": ("r.xlsx", filled)})
    group = next(key for key, one in desk.session.state.groups.items() if one.title == "Tenir un agenda partagé")
    client.post("/acte", data={"op": "rename", "group": group, "title": "L’agenda"})
    assert "entre-temps" in client.post("/echanger/accord", data={"accord": "oui"}).text
    assert len(desk.session.log.decisions) == 1


@pytest.mark.browser
def test_decisions_come_back_by_the_page_with_a_browser(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    filled = renamed(write_workbook(desk.session.state), "Tenir un agenda partagé", "Un agenda commun")
    page.goto(f"{base_of(page)}/echanger")
    page.get_by_label("Classeur reçu").set_input_files({"name": "r.xlsx", "mimeType": "", "buffer": filled})
    page.get_by_label("Qui l’a rempli").fill("Awa")
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_role("heading", name="changerait", level=2)).to_be_visible()
    expect(page.get_by_text("Awa a renommé")).to_be_visible()
    assert desk.session.log.decisions == ()
    page.get_by_role("button", name="Faire ce changement").click()
    said(page, "Une décision enregistrée")
    assert "Un agenda commun" in {group.title for group in desk.session.state.groups.values()}


def test_a_corrected_document_comes_back_the_same_way(client: TestClient, desk: Desk) -> None:
    draft = load_draft(desk.session.run.load_json("draft"))
    document, out = docx.Document(io.BytesIO(write_office(draft, {}, "docx", 1, ""))), io.BytesIO()
    run = next(r for p in document.paragraphs for r in p.runs if "Tenir un agenda partagé" in r.text)
    run.text = run.text.replace("Tenir un agenda partagé", "Tenir un calendrier commun")
    document.save(out)
    html = client.post("/echanger", files={"fichier": ("restitution.docx", out.getvalue())}).text
    assert "Tenir un calendrier commun" in html
    assert "Une décision enregistrée" in client.post("/echanger/accord", data={"accord": "oui"}).text
    assert desk.session.log.decisions[0].author == "Le document corrigé"
