"""The screens over HTTP: who may ask, what is told of a mistake, what is never lost."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from browsing import HERE, base_of
from starlette.testclient import TestClient

from pipeline.app import sheets as sheets_module
from pipeline.app.desk import Desk
from pipeline.app.places import Place
from pipeline.app.server import make_app
from pipeline.app.titles import deciding
from pipeline.app.workspace import Workspace
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.inspection import Inspection
from pipeline.place.given import lines_of_text
from pipeline.place.titles import checked
from pipeline.programme.workshops import add_runs
from pipeline.run.given_titles import lines_of
from pipeline.tables.frames import table_bytes

if TYPE_CHECKING:
    from playwright.sync_api import Page

HEAVY = ("numpy", "pandas", "pyarrow", "scipy", "sklearn", "spacy", "onnxruntime")


def make_workshop(home: TestClient, workspace: Workspace) -> str:
    home.post("/nouveau", data={"titre": "<b>Eau</b>"}, files=[("fichiers", ("a.txt", b"- Un car le soir\n"))])
    return workspace.places.all()[0].address


def test_the_words_of_the_room_are_no_file_to_take_away(workspace: Workspace, home: TestClient) -> None:
    address = make_workshop(home, workspace)
    n_before = home.get(address).text.count("/ecarter")
    (workspace.places.all()[0].files / "salle.jsonl").write_text("", encoding="utf-8")
    html = home.get(address).text
    assert "Les paroles écrites dans la salle" in html and html.count("/ecarter") == n_before


def test_home_is_shown_before_what_reads_workshops_is_imported(workspace: Workspace, demo_run: Path) -> None:
    """Its first byte waits for no table and no model; a run that is there is told all the same."""
    shutil.copytree(demo_run, workspace.places.runs / "ici")
    code = f"""if True:
        import asyncio, sys
        from pathlib import Path
        from starlette.requests import Request
        from pipeline.app.places import Places
        from pipeline.app.server import make_app
        from pipeline.app.workspace import Workspace
        from pipeline.config import load_config
        places = Places(Path({str(workspace.places.root)!r}), Path({str(workspace.places.runs)!r}))
        home = make_app(Workspace(places, load_config(None)), "jeton", 8765).routes[0].endpoint
        shown = asyncio.run(home(Request(dict(
            type="http", method="GET", scheme="http", server=("a", 1), path="/", query_string=b"", headers=[]
        )))).body.decode()
        print(len(set(sys.modules) & {set(HEAVY)!r}), "idées" in shown)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "True"]


def test_the_guard_is_that_of_the_page_of_review(workspace: Workspace, home: TestClient) -> None:
    address = make_workshop(home, workspace)
    stranger = TestClient(make_app(workspace, "autre", 8766), base_url="http://127.0.0.1:8766")
    assert stranger.get("/").status_code == 403
    assert home.get("/", headers={"host": "pirate.example"}).status_code == 403
    assert home.post(f"{address}/lancer", headers={"origin": "http://pirate.example"}).status_code == 403
    policy = home.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_what_people_write_is_escaped(workspace: Workspace, home: TestClient) -> None:
    address = make_workshop(home, workspace)
    for path in ("/", address, f"{address}/lecture"):
        assert "<b>Eau" not in home.get(path).text


def test_a_refused_field_is_shown_as_it_was_typed_and_the_others_are_kept(
    workspace: Workspace, home: TestClient
) -> None:
    address = make_workshop(home, workspace)
    answer = home.post(f"{address}/fiche", data={"titre": "Air", "participants": "tous", "titres": "Le lavoir fuit"})
    assert answer.status_code == 422
    assert "« tous » n’est pas un nombre" in answer.text.replace("\u00a0", " ")
    assert re.search(
        'value="tous" [^>]*aria-describedby="refus-participants">\\s*<p class="refus" id="refus-part', answer.text
    )
    assert "1\u00a0titre enregistré." in answer.text
    assert workspace.places.all()[0].titles() == "Le lavoir fuit\n"
    assert workspace.places.all()[0].title == "Air"
    assert workspace.launches.of(workspace.places.all()[0]) is None


def test_titles_typed_on_the_page_are_a_file_of_the_workshop_and_bad_ones_are_told(
    workspace: Workspace, home: TestClient
) -> None:
    address = make_workshop(home, workspace)
    page = home.post(f"{address}/fiche", data={"titre": "Eau", "titres": "# Est\r\nLe lavoir fuit\r\nDivers\r\n"})
    place = workspace.places.all()[0]
    assert (place.files / "themes.txt").read_text(encoding="utf-8") == "# Est\nLe lavoir fuit\nDivers\n"
    assert "Vos titres, ligne 3" in page.text and 'class="message erreur"' in page.text
    assert "1\u00a0titre enregistré." in page.text
    assert "Le lavoir fuit" in home.get(address).text
    assert "themes.txt" not in [name for name, _, _ in place.sources()]
    page = home.post(f"{address}/fiche", data={"titre": "Eau", "titres": "# Sud-Est\r\nLe lavoir fuit\r\n"})
    assert "n’est pas un axe (attendu\u00a0: Nord, Est, Sud, Ouest)" in unescape(page.text)
    home.post(f"{address}/fiche", data={"titre": "Eau", "titres": ""})
    assert place.titles().strip() == ""


def test_files_that_are_meetings_may_be_noted_as_such(workspace: Workspace, home: TestClient) -> None:
    address = make_workshop(home, workspace)
    place = workspace.places.all()[0]
    assert "rencontres" not in home.get(address).text
    for name, day, town in (("a.md", "2022-05-06", "Brive"), ("b.md", "2022-03-04", "Tulle")):
        head = f"---\ndate: {day}\nlocation: {town}\nattendees: 12\n---\n"
        (place.files / name).write_text(f"{head}# Le quai\n\nIl pleut.\n", encoding="utf-8")
    assert "2 rencontres\u00a0: Brive (2022-05-06, 12\u00a0personnes), Tulle" in home.get(address).text
    home.post(f"{address}/fiche", data={"titre": "Eau", "suite": "rencontres"})
    told = place.sheet()
    assert [(one.numero, one.sujet, one.participants) for one in told.tables] == [
        ("rencontre Tulle", "4 mars 2022", 12), ("rencontre Brive", "6 mai 2022", 12)
    ]  # fmt: skip
    assert {one.nom: one.table for one in told.fichiers} == {"a.md": "rencontre Brive", "b.md": "rencontre Tulle"}


def test_each_file_may_be_said_to_be_of_a_meeting_that_is_renamed_and_taken_back(
    workspace: Workspace, home: TestClient
) -> None:
    address = make_workshop(home, workspace)
    place = workspace.places.all()[0]
    for name in ("a.txt", "b.txt"):
        (place.files / name).write_text("Le quai est sombre.\n", encoding="utf-8")
    assert 'name="rencontre de a.txt"' in home.get(address).text

    def told(a: str, b: str, n: str = "") -> tuple[list[tuple[str, int | None]], dict[str, str | None]]:
        form = {"rencontre de a.txt": a, "rencontre de b.txt": b, "personnes de a.txt": n, "table-0-numero": "3"}
        home.post(f"{address}/fiche", data=form)
        sheet = place.sheet()
        assert sheet.tables[0].numero == "3"
        files = {one.nom: one.table for one in sheet.fichiers}
        return [(one.numero, one.participants) for one in sheet.tables[1:]], files

    both = {"a.txt": "rencontre Brive", "b.txt": "rencontre Tulle"}
    assert told("Brive", "Tulle") == ([("rencontre Brive", None), ("rencontre Tulle", None)], both)
    assert 'value="Tulle"' in home.get(address).text
    renamed = [("rencontre Brive la Gaillarde", 17), ("rencontre Tulle", None)]
    assert told("Brive la Gaillarde", "Tulle", "17")[0] == renamed
    page = home.get(address).text
    assert 'name="personnes de a.txt" value="17"' in page and 'value="rencontre Tulle"' not in page
    home.post(f"{address}/fiche", data={"lieu": "Gap"})  # a form without them says nothing of meetings
    assert [one.numero for one in place.sheet().tables] == [one for one, _ in renamed]
    page = home.post(f"{address}/fiche", data={"rencontre de a.txt": "Brive", "personnes de a.txt": "tous"}).text
    assert "Rencontre Brive" in page and "n’est pas un nombre" in page
    assert told("Tulle", "Tulle", "9")[0] == [("rencontre Tulle", 9)]
    assert told("", "") == ([], {"a.txt": None, "b.txt": None})


def test_a_meeting_is_told_by_the_name_of_its_file_and_a_day_that_is_two_is_asked(
    workspace: Workspace, home: TestClient
) -> None:
    address = make_workshop(home, workspace)
    place = workspace.places.all()[0]
    days = {"2025-09-13_Menil-Jean.md": "13 septembre 2025", "2025-09-27_Les_Rotours.md": "28 septembre 2025"}
    for name, day in days.items():
        head = f"# Retour de la réunion du {day}"
        (place.files / name).write_text(f"{head}\n\nIl pleut sur le quai de {name}.\n", encoding="utf-8")
    page = home.get(address).text
    assert "2 rencontres\u00a0: Menil-Jean (2025-09-13), Les Rotours (2025-09-28)" in page
    asked = re.findall(r'name="1.jour" value="([^"]+)">([^<]+)<', page)
    assert asked == [
        ("2025-09-28", "28 septembre 2025"),
        ("2025-09-27", "27 septembre 2025"),
    ]
    chosen = {"retour": "fiche", "1.nom": "2025-09-27_Les_Rotours.md", "1.jour": "2025-09-27"}
    assert "C’est noté, relu" in home.post(f"{address}/corriger", data=chosen).text
    page = home.get(address).text
    assert 'name="1.jour"' not in page and "Les Rotours (2025-09-27)" in page
    home.post(f"{address}/fiche", data={"rencontre de 2025-09-27_Les_Rotours.md": "Les Rotours"})
    assert [(one.numero, one.sujet) for one in place.sheet().tables] == [("rencontre Les Rotours", "27 septembre 2025")]


def test_a_public_meeting_is_said_on_the_page(workspace: Workspace, home: TestClient) -> None:
    address = make_workshop(home, workspace)
    place = workspace.places.all()[0]
    for form, is_public in (({"intervenants_nommes": "oui"}, True), ({}, False)):
        home.post(f"{address}/fiche", data={"titre": "Eau", **form})
        assert place.sheet().atelier.intervenants_nommes is is_public
        assert ('name="intervenants_nommes" value="oui" checked' in home.get(address).text) is is_public


def test_once_files_are_read_the_titles_of_the_sheet_are_those_of_the_wall(
    workspace: Workspace, home: TestClient, run: RunFolder
) -> None:
    place = workspace.places.create("Eau")
    shutil.copytree(run.path, place.run)
    (place.run / "index.html").touch()
    (place.files / "themes.txt").write_text("Le four\nUn lavoir\n", encoding="utf-8")

    def saved(titles: str) -> str:
        return home.post(f"{place.address}/fiche", data={"titre": "Eau", "titres": titles}).text

    def on_wall() -> dict[str, str]:
        return {key: one.text for key, one in deciding(workspace.desks[place.address].session.state).items()}

    saved("La nuit\r\nLe four\r\n# Est\r\nLe lavoir fuit")
    night, oven, leak = on_wall()
    home.post(f"{place.address}/acte", data={"op": "titres", "titles": "Un tardif"})
    box = re.search('<textarea id="titres".*?>(.*?)</textarea>', home.get(place.address).text, re.S)
    assert box and box[1] == "La nuit\nLe four\nUn tardif\n# Est\nLe lavoir fuit"
    saved("La nuit noire\nLe four\nUn tardif\n# Est\nLe lavoir fuit")
    assert (on_wall()[night], on_wall()[leak], len(on_wall())) == ("La nuit noire", "Le lavoir fuit", 4)
    told = saved("La nuit noire\n# Est\nLe lavoir fuit")
    assert "Un tardif\u00a0» reste sur le mur" in told and "Le four\u00a0» s’en ira à la prochaine lecture." in told
    assert oven in on_wall() and place.titles() == "Un lavoir\n"  # the next run leaves it out
    saved("Un tardif\nLe four\n# Sud\nLa nuit noire\n# Est\nLe lavoir fuit")
    assert deciding(workspace.desks[place.address].session.state)[night].axis == "sud"
    box = re.search('<textarea id="titres".*?>(.*?)</textarea>', home.get(place.address).text, re.S)
    assert box and box[1] == "Le four\nUn tardif\n# Est\nLe lavoir fuit\n# Sud\nLa nuit noire"


def test_a_rubric_of_hers_heads_her_titles_on_the_wall_and_in_the_list_they_are_typed_in(
    workspace: Workspace, home: TestClient, run: RunFolder
) -> None:
    typed = "# Ce soir-là\nLa nuit\nLe four\n# Est\nLe lavoir fuit\n# Et après\nLe bal"
    place = workspace.places.create("Eau")
    shutil.copytree(run.path, place.run)
    (place.run / "index.html").touch()

    def saved(titles: str) -> str:
        return home.post(f"{place.address}/fiche", data={"titre": "Eau", "titres": titles}).text

    assert "4\u00a0titres enregistrés, sous «\u00a0Ce soir-là\u00a0» et «\u00a0Et après\u00a0»." in saved(typed)
    assert re.findall('class="rubrique">(.*?)<', home.get(f"{place.address}/mur").text) == [
        "Ce soir-là", "Ce soir-là", "Et après"
    ]  # fmt: skip
    box = re.search('<textarea id="titres".*?>(.*?)</textarea>', home.get(place.address).text, re.S)
    assert box and box[1] == typed
    now = typed.replace("\nLe four", "").replace("Le bal", "Le bal\nLe four")
    assert "Le four\u00a0» aura sa rubrique à la prochaine lecture." in saved(now)
    assert place.titles() == f"{now}\n"


def test_workshops_of_one_title_are_told_apart(workspace: Workspace, home: TestClient) -> None:
    for _ in range(2):
        home.post("/nouveau", data={"titre": "Vivre ici"}, files=[("fichiers", ("a.txt", b"- Un car le soir\n"))])
    there = next(place for place in workspace.places.all() if place.folder.name == "Vivre ici 2")
    home.post(f"{there.address}/fiche", data={"titre": "Vivre ici", "date": "3 mars", "lieu": "La halle"})
    first, second = re.findall(r'<span class="aide">([^<]*modifié le[^<]*)</span>', home.get("/").text)
    assert {"3 mars" in first, "3 mars" in second} == {True, False}
    assert ("3 mars · La halle · Vivre ici 2" in first) or ("3 mars · La halle · Vivre ici 2" in second)


def test_a_sheet_made_by_hand_that_cannot_be_read_is_told(workspace: Workspace, home: TestClient) -> None:
    address = make_workshop(home, workspace)
    sheet = workspace.places.all()[0].files / "atelier.toml"
    sheet.write_text("titre = ", encoding="utf-8")
    assert "ligne 1" in home.get(address).text
    assert "ligne 1" in home.get(f"{address}/lecture").text
    assert "ne peut pas être lu" in home.post(f"{address}/fiche", data={"titre": "Air"}).text
    assert sheet.read_text(encoding="utf-8") == "titre = "


def test_what_is_read_says_what_is_refused_and_what_to_do(workspace: Workspace, home: TestClient) -> None:
    address = make_workshop(home, workspace)
    home.post(f"{address}/fichiers", files=[("fichiers", ("b.xlsx", b"pas un classeur"))])
    told = home.get(f"{address}/lecture").text
    assert "refusé" in told
    assert "enregistrez-le à nouveau" in told
    assert "Un car le soir" in told


def test_only_documents_are_given(workspace: Workspace, home: TestClient) -> None:
    address = make_workshop(home, workspace)
    place = workspace.places.all()[0]
    place.run.mkdir()
    for name in ("restitution.docx", "decisions.jsonl"):
        (place.run / name).write_bytes(b"x")
    answer = home.get(f"{address}/document/restitution.docx")
    assert answer.headers["content-disposition"].startswith("attachment")
    for name in ("decisions.jsonl", "..%2ffichiers%2fa.txt", "%2e%2e"):
        assert home.get(f"{address}/document/{name}").status_code == 404


def test_nothing_to_read_and_nothing_to_review_are_told(workspace: Workspace, home: TestClient, tmp_path: Path) -> None:
    home.post("/nouveau", data={"titre": "Vide"}, files=[("fichiers", ("", b""))])
    address = workspace.places.all()[0].address
    assert "Ajoutez d’abord au moins un fichier" in home.post(f"{address}/lancer", data={"profil": "rapide"}).text
    assert "n’est pas un dossier de résultats" in home.get(f"{address}/mur").text
    assert home.get("/atelier/absent").status_code == 404
    missing = home.get(f"{address}/texte")
    assert missing.status_code == 404 and "n’existe pas" in missing.text
    assert {address, "/"} <= set(re.findall(r'<a class="bouton[^"]*" href="([^"]+)"', missing.text))


def of_first(name: str, **said: str) -> dict[str, str]:
    """The form of a reading, which says something of its first file."""
    return {"rang": "1", "1.nom": name} | {f"1.{key}": value for key, value in said.items()}


def test_a_person_corrects_the_passages_of_a_document(workspace: Workspace, home: TestClient) -> None:
    text = "# Port\n\n## Édito\n\nLe port est beau.\n\n## Le quai\n\nZorba : le quai glisse.\n"
    home.post("/nouveau", data={"titre": "Port"}, files=[("fichiers", ("port.md", text.encode()))])
    place = workspace.places.all()[0]
    assert "Notes</strong>" in home.get(f"{place.address}/lecture").text
    told = home.post(f"{place.address}/corriger", data=of_first("port.md", pas_une_parole="Édito")).text
    assert "écarté à la main" in told
    assert "Le port est beau" not in told.partition("<h3>Mis de côté</h3>")[0]
    told = home.post(f"{place.address}/corriger", data=of_first("port.md", intervenants="Zorba")).text
    assert "Débat, tour par tour" in told
    (file,) = place.sheet().fichiers
    assert (file.nom, file.pas_une_parole, file.intervenants) == ("port.md", ("Édito",), ("Zorba",))
    said = ("pas_une_parole", "paroles", "intervenants", "pas_intervenants", "sans_voix")
    for key in said:  # of another file: not kept
        told = home.post(f"{place.address}/corriger", data=of_first("port.md", **{key: "Compta, Lieux"})).text
        assert "port.md\u00a0» n’a pas" in told and "Compta, Lieux" in told and "C’est noté" not in told
    assert place.sheet().fichiers == (file,)
    assert "n’y est plus" in home.post(f"{place.address}/corriger", data=of_first("x.md", intervenants="Z")).text
    assert "Rien n’est corrigé" in home.post(f"{place.address}/corriger", data=of_first("port.md")).text


def test_a_passage_set_aside_is_read_and_taken_back(workspace: Workspace, home: TestClient) -> None:
    text = (
        "# Port\n\n## Présents\n\nMme Vidal, maire, M. Roux, M. Le Goff, capitaine\n\n## Le quai\n\n"
        "Le quai glisse dès qu’il pleut.\n\n**Question de Zorba**. Pour la digue, qui paye les travaux ?\n"
    )
    home.post("/nouveau", data={"titre": "Port"}, files=[("fichiers", ("port.md", text.encode()))])
    (place,) = workspace.places.all()

    def aside(told: str) -> str:
        return unescape(told).partition("<h3>Mis de côté</h3>")[2]

    told = aside(home.get(f"{place.address}/lecture").text)
    assert "M. Le Goff, capitaine" in told and 'value="ligne 5"' in told
    said = home.post(f"{place.address}/corriger", data=of_first("port.md", paroles="ligne 5")).text
    assert "M. Le Goff, capitaine" not in aside(said) and "M. Le Goff, capitaine" in unescape(said)
    assert "une parole\u00a0: « ligne 5 »" in unescape(said)  # which is taken back there
    home.post(f"{place.address}/corriger", data=of_first("port.md", pas_une_parole="ligne 5"))
    (file,) = place.sheet().fichiers
    assert (file.paroles, file.pas_une_parole) == ((), ("ligne 5",))  # the last word said of a line
    for name in ("**Question de Zorba**", "Question de Zorba"):  # as it is written, or as it is read
        told = home.post(f"{place.address}/corriger", data=of_first("port.md", intervenants=name)).text
        assert (
            "n’a pas" not in told and "· Zorba (Voix 1)" in told and "> Pour la digue, qui paye les travaux ? <" in told
        )
        home.post(f"{place.address}/corriger", data=of_first("port.md", oter=f"intervenants|{name}"))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_row_of_a_table_is_set_aside_and_taken_back(suffix: str, workspace: Workspace, home: TestClient) -> None:
    words = [f"Il faut un banc de plus devant le numéro {n} de la rue" for n in range(1, 31)]
    words[16] = "Merci à toutes et à tous pour cette belle soirée au moulin"
    name, table = f"bancs{suffix}", pd.DataFrame({"Contribution": words})
    home.post("/nouveau", data={"titre": "Bancs"}, files=[("fichiers", (name, table_bytes(table, Path(name))))])
    (place,) = workspace.places.all()

    def parts(told: str) -> tuple[str, str]:
        read, _, aside = unescape(told).partition("<h3>Mis de côté</h3>")
        return read, aside

    read, _ = parts(home.get(f"{place.address}/lecture").text)
    ticks = re.findall(r'name="1\.pas_une_parole" value="([^"]+)" aria-label="([^"]+)"', read)
    assert len(ticks) == 30
    (spot,) = (value for value, label in ticks if "Merci à toutes" in label)
    read, aside = parts(home.post(f"{place.address}/corriger", data=of_first(name, pas_une_parole=spot)).text)
    assert "C’est noté" in read and "29\u00a0idées, 1\u00a0passage mis de côté" in read and words[16] not in read
    assert read.count('"1.pas_une_parole"') == 29
    assert "écarté à la main" in aside and words[16] in aside
    assert f'name="1.paroles" value="{spot}"' in aside  # « C’est une parole »
    read, aside = parts(home.post(f"{place.address}/corriger", data=of_first(name, paroles=spot)).text)
    assert words[16] in read and read.count('"1.pas_une_parole"') == 30 and "écarté à la main" not in aside


def test_what_is_said_of_all_the_files_is_kept_at_once(workspace: Workspace, home: TestClient) -> None:
    files = [
        ("fichiers", (f"{name}.md", f"# {name}\n\n- Zoé : {name} ferme tôt\n".encode())) for name in ("gare", "quai")
    ]
    home.post("/nouveau", data={"titre": "Port"}, files=files)
    (place,) = workspace.places.all()
    form = of_first("gare.md", pas_une_parole="ligne 3 ; nulle part") | {"2.nom": "quai.md", "2.canal": "postit"}
    told = unescape(home.post(f"{place.address}/corriger", data=form).text)
    assert "C’est noté" in told and "gare.md\u00a0» n’a pas «\u00a0nulle part\u00a0»" in told
    said = {file.nom: (file.pas_une_parole, file.canal) for file in place.sheet().fichiers}
    assert said == {"gare.md": (("ligne 3",), None), "quai.md": ((), "postit")}


def test_home_says_how_many_ideas_have_no_place_and_leads_there(client: TestClient, desk: Desk) -> None:
    place = Place.of_run(desk.run.path)
    assert "à placer" not in client.get(f"{HERE}/").text  # the wall was never read
    client.post("/acte", data={"op": "titres", "titles": "Le soir"})
    client.get("/mur")
    n = len(desk.sorting().left)
    assert n and f'<a href="{place.address}/mur#colonne-aucun">{n} à placer</a>' in client.get(f"{HERE}/").text
    item = desk.sorting().left[0].item_id
    client.post("/acte", data={"op": "move", "item": item, "group_id": next(iter(deciding(desk.session.state)))})
    assert f">{n - 1} à placer</a>" in client.get(f"{HERE}/").text and place.n_left == n - 1
    desk.run.decisions.append(desk.run.decisions.lines()[:1])
    assert place.n_left == 0  # decided elsewhere since: nothing is said


@pytest.mark.browser
def test_from_a_passage_on_nobody_knows_who_speaks_in_one_press_that_is_taken_back(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    files = desk.run.path.parent / "Rosace" / "Port" / "fichiers"
    files.mkdir(parents=True)
    notes = "# Port\n\nLucie :\n\n- le quai glisse\n- la vase monte\n- le bac part\n\nPaul :\n\n- il revient tard\n"
    (files / "port.md").write_text(notes, "utf-8")
    page.goto(f"{base_of(page).rpartition('/resultat/')[0]}/atelier/Port/lecture")
    expect(page.locator("#avancee[data-encours]")).to_have_count(0, timeout=60_000)
    page.reload()
    words = page.locator("#fichier-1 .exemples li")
    expect(words.filter(has_text="Lucie")).to_have_count(3)
    expect(words.filter(has_text="il revient").get_by_role("button")).to_have_count(0)  # she says but that
    button = page.get_by_role("button", name="on ne sait plus qui parle\u00a0: la vase monte")
    button.focus()
    page.keyboard.press("Enter")
    expect(words.filter(has_text="Lucie")).to_have_count(1)
    expect(words.filter(has_text="Paul")).to_have_count(1)
    expect(words).to_have_count(4)
    page.get_by_role("button", name="Annuler\u00a0: on ne sait plus qui parle").click()
    expect(words.filter(has_text="Lucie")).to_have_count(3)


@pytest.mark.browser
def test_what_is_ticked_in_one_file_is_kept_when_another_is_read_again(page: Page, desk: Desk) -> None:
    from playwright.sync_api import expect

    files = desk.run.path.parent / "Rosace" / "Port" / "fichiers"
    files.mkdir(parents=True)
    for name in ("gare", "quai"):
        (files / f"{name}.md").write_text(f"# {name}\n\n- Zoé : {name} ferme tôt\n- Ali : et rouvre tard\n", "utf-8")
    page.goto(f"{base_of(page).rpartition('/resultat/')[0]}/atelier/Port/lecture")
    expect(page.locator("#avancee[data-encours]")).to_have_count(0, timeout=60_000)
    page.reload()
    page.get_by_role("checkbox", name="Pas une parole").first.check()
    other = page.locator("#fichier-2")
    other.get_by_text("Corriger cette lecture").click()
    other.get_by_label("Ce que c’est").select_option("postit")
    other.get_by_role("button", name="Relire ainsi").last.click()
    expect(page.locator(".annonce")).to_contain_text(
        "C’est noté, relu\u00a0: «\u00a0gare.md\u00a0» et «\u00a0quai.md\u00a0»"
    )
    expect(page.locator("#fichier-1")).to_contain_text("pas une parole\u00a0: «")
    expect(other).to_contain_text("ce que c’est\u00a0: des post-it")


def test_what_a_person_said_of_a_file_is_taken_back_even_when_all_of_it_was_put_aside(
    workspace: Workspace, home: TestClient
) -> None:
    text = "# Port\n\n## Frais\n\n- Café : 12\n- Pain : 20\n\n## Lieux\n\n- Questions de la digue : haute ? basse ?\n"
    home.post("/nouveau", data={"titre": "Port"}, files=[("fichiers", ("port.md", text.encode()))])
    (place,) = workspace.places.all()

    def correct(**said: str) -> str:
        return unescape(home.post(f"{place.address}/corriger", data=of_first("port.md", **said)).text)

    told = correct(pas_intervenants="Questions de la digue")
    assert "C’est noté" in told and "Questions de la digue : haute ? basse ?" in told  # the line is whole again
    told = correct(pas_une_parole="Frais ; Lieux")
    assert "mis de côté" in told and "par vous" in told and "refusé" not in told
    assert place.sheet().fichiers[0].pas_une_parole == ("Frais", "Lieux")
    assert "Café : 12" in correct(oter="pas_une_parole|Frais")
    assert place.sheet().fichiers[0].pas_une_parole == ("Lieux",)
    correct(pas_une_parole="Frais")
    correct(oter="pas_une_parole|")
    assert place.sheet().fichiers[0].model_dump(exclude_unset=True) == {
        "nom": "port.md", "pas_intervenants": ("Questions de la digue",),
    }  # fmt: skip
    assert "Café : 12" not in correct(pas_une_parole="ligne 5").partition("<h3>Mis de côté")[0]


def test_a_workshop_without_a_title_has_one_all_the_same(home: TestClient, workspace: Workspace) -> None:
    home.post("/nouveau", data={"titre": ""}, files=[("fichiers", ("cr_du_quai.txt", b"- Un car le soir\n"))])
    assert workspace.places.all()[0].title == "Cr du quai"
    home.post("/nouveau", data={"titre": ""}, files=[("fichiers", ("", b""))])
    assert workspace.places.all()[0].title.startswith("Atelier du ")


def test_the_sheet_is_filled_with_what_files_tell_which_follows_them_until_it_is_corrected(
    home: TestClient, workspace: Workspace
) -> None:
    head = "# Réunion du quai\n\n3 mai 2024\n\nParticipants : une trentaine\n\n## Le quai\n\nLe quai est sombre.\n"
    home.post("/nouveau", data={"titre": ""}, files=[("fichiers", ("cr.md", head.encode()))])
    place = workspace.places.all()[0]
    html = home.get(place.address).text
    for shown in (">Réunion du quai</textarea>", 'value="3 mai 2024"', 'value="environ 30"'):
        assert shown in html
    assert html.count("D’après vos fichiers") == 2
    sent = {"titre": "Réunion du quai", "date": "3 mai 2024", "lu-date": "3 mai 2024", "participants": "28"}
    home.post(f"{place.address}/fiche", data={**sent, "lu-participants": "environ 30"})
    told = place.sheet().atelier
    assert (told.titre, told.date, told.participants) == ("Réunion du quai", None, 28)
    (place.files / "cr.md").write_text(head.replace("3 mai", "4 mai"), encoding="utf-8")
    html = home.get(place.address).text
    assert 'value="4 mai 2024"' in html and 'value="28"' in html and "environ 30" not in html


def test_a_file_that_looks_odd_is_told_on_the_sheet_and_left_out_there(home: TestClient, workspace: Workspace) -> None:
    said = b"- Il manque un car le soir pour rentrer du port\n"
    home.post("/nouveau", data={"titre": "Quai"}, files=[("fichiers", (name, said)) for name in ("a.txt", "b.txt")])
    address = workspace.places.all()[0].address
    assert "dit la même chose que «\u00a0a.txt\u00a0»" in home.get(address).text
    assert "à vérifier" not in home.post(f"{address}/ecarter", data={"nom": "b.txt"}).text


def test_a_misread_column_is_corrected_on_the_page(home: TestClient, workspace: Workspace) -> None:
    rows = "Code;Remarque\n" + "".join(f"{n};Il manque un car le soir pour rentrer {n}\n" for n in range(12))
    home.post("/nouveau", data={"titre": "Port"}, files=[("fichiers", ("port.csv", rows.encode()))])
    place = workspace.places.all()[0]
    assert "Il manque un car" in home.get(f"{place.address}/lecture").text
    form = {"colonne-0": "Code", "role-0": "table", "colonne-1": "Remarque", "role-1": ""}
    home.post(f"{place.address}/corriger", data=of_first("port.csv", **form))
    home.post(f"{place.address}/corriger", data=of_first("port.csv", canal="postit"))
    (file,) = place.sheet().fichiers
    assert (file.colonne_table, file.canal, file.colonnes_texte) == (("Code",), "postit", ())
    home.post(f"{place.address}/corriger", data=of_first("port.csv", **{"colonne-1": "Remarque", "role-1": "écartée"}))
    (file,) = place.sheet().fichiers
    assert (file.colonne_table, file.colonnes_ecartees) == (("Code",), ("Remarque",))
    both = {"colonne-0": "Code", "role-0": "contexte", "colonne-1": "Remarque", "role-1": "contexte"}
    home.post(f"{place.address}/corriger", data=of_first("port.csv", **both))
    assert place.sheet().fichiers[0].colonne_contexte == ("Code", "Remarque")
    refused = home.post(
        f"{place.address}/corriger", data=of_first("port.csv", **{"colonne-0": "Code", "role-0": "danser"})
    )
    assert "Rien n’est corrigé" in refused.text


def test_a_workshop_is_put_away_and_taken_out(home: TestClient, workspace: Workspace) -> None:
    address = make_workshop(home, workspace)
    assert "est rangé" in home.post(f"{address}/ranger").text
    assert "1\u00a0atelier rangé" in home.get("/").text
    assert workspace.places.all()[0].is_away
    home.post(f"{address}/ranger")
    assert not workspace.places.all()[0].is_away


def test_titles_of_another_workshop_come_in_one_click(home: TestClient, workspace: Workspace) -> None:
    address = make_workshop(home, workspace)
    titles = "La nuit\n# Est\nSe soigner > Des mois pour un médecin\n"
    home.post(f"{address}/fiche", data={"titre": "Eau", "titres": titles})
    home.post("/nouveau", data={"titre": "Air"}, files=[("fichiers", ("b.txt", b"- Un car le soir\n"))])
    other = next(place for place in workspace.places.all() if place.title == "Air")
    assert address in home.get(other.address).text
    told = home.post(f"{other.address}/reprendre", data={"de": address}).text
    assert "2 titres ajoutés" in told
    assert other.titles() == "La nuit\n# Est\nSe soigner > Des mois pour un médecin\n"
    assert "Personne n’y a donné de titres" in home.post(f"{other.address}/reprendre", data={"de": "/atelier/x"}).text


def test_titles_of_a_programme_come_in_one_click(home: TestClient, workspace: Workspace, demo_run: Path) -> None:
    folder = workspace.places.runs / "vallees"
    folder.mkdir(parents=True)
    add_runs(folder, [demo_run])
    address = make_workshop(home, workspace)
    assert "Programme\u00a0: vallees" in home.get(address).text
    assert "titres ajoutés" in home.post(f"{address}/reprendre", data={"de": "/programme/vallees"}).text
    given = {line.text for line in lines_of(demo_run) if line.origin == "personne"}
    assert given and given <= {
        one.text for one in checked(lines_of_text(workspace.places.all()[0].titles(), "")).titles
    }
    assert home.get("/programme/vallees").status_code == 404


def test_a_long_look_shows_how_far_it_is_and_stops(
    home: TestClient, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    found = [Inspection("a.txt", "texte", None)]
    monkeypatch.setattr("pipeline.ingest.inspection.inspections", lambda *_: gate.wait(20) and found)
    monkeypatch.setattr(sheets_module, "_N_LOOKS", 2)
    address = make_workshop(home, workspace)
    files = workspace.places.all()[0].files
    n_given = len(workspace.places.all()[0].sources())
    (files / "themes.txt").write_text("Le lavoir fuit\n", encoding="utf-8")
    html = home.get(f"{address}/lecture").text
    assert "data-encours" in html and f"0\u00a0fichier lu sur {n_given}<" in html
    assert "1. Les fichiers" in home.post(f"{address}/arreter", data={"quoi": "lecture"}).text
    gate.set()
    monkeypatch.setattr(sheets_module, "_N_LOOKS", 200)
    assert "data-encours" not in home.get(f"{address}/lecture").text


def test_a_person_says_who_is_one_person_and_sees_names_there_alone(workspace: Workspace, home: TestClient) -> None:
    text = (
        "Viviane : Le quai glisse ?\n\nBruno : Oui, il glisse.\n\nVivianne : Un banc manque.\n\nVivianne : Le soir.\n"
    )
    home.post("/nouveau", data={"titre": "Port"}, files=[("fichiers", ("port.md", text.encode()))])
    place = workspace.places.all()[0]
    told = unescape(home.get(f"{place.address}/lecture").text)
    assert "«\u00a0Viviane\u00a0» et «\u00a0Vivianne\u00a0»\u00a0: la même personne" in told
    assert "Bruno (Voix" in told
    told = unescape(home.post(f"{place.address}/corriger", data={"meme": "Viviane|Vivianne"}).text)
    assert "est la même personne que" in told and "la même personne\u00a0?" not in told
    assert place.sheet().personnes == {"Viviane": "Vivianne"}
    assert "Viviane ou Vivianne (Voix 1)" in told or "Vivianne ou Viviane (Voix 1)" in told
