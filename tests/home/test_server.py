"""The screens over HTTP: who may ask, what is told of a mistake, what is never lost."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from pipeline.home.server import Home, make_app


def make_workshop(client: TestClient, home: Home) -> str:
    client.post("/nouveau", data={"titre": "<b>Eau</b>"}, files=[("fichiers", ("a.txt", b"- Un car le soir\n"))])
    return home.places.all()[0].address


def test_the_guard_is_that_of_the_page_of_review(home: Home, client: TestClient) -> None:
    address = make_workshop(client, home)
    stranger = TestClient(make_app(home, "autre", 8766), base_url="http://127.0.0.1:8766")
    assert stranger.get("/").status_code == 403
    assert client.get("/", headers={"host": "pirate.example"}).status_code == 403
    assert client.post(f"{address}/lancer", headers={"origin": "http://pirate.example"}).status_code == 403
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_what_people_write_is_escaped(home: Home, client: TestClient) -> None:
    address = make_workshop(client, home)
    for path in ("/", address, f"{address}/lecture"):
        assert "<b>Eau" not in client.get(path).text


def test_a_refused_sheet_is_shown_as_it_was_typed(home: Home, client: TestClient) -> None:
    address = make_workshop(client, home)
    answer = client.post(f"{address}/fiche", data={"titre": "Air", "participants": "dix", "suite": "lancer"})
    assert answer.status_code == 422
    assert "attendu : un nombre entier" in answer.text
    assert 'value="dix"' in answer.text
    assert home.places.all()[0].title == "<b>Eau</b>"
    assert home.launches.of(home.places.all()[0]) is None


def test_titles_typed_on_the_page_are_a_file_of_the_workshop_and_bad_ones_are_told(
    home: Home, client: TestClient
) -> None:
    address = make_workshop(client, home)
    page = client.post(f"{address}/fiche", data={"titre": "Eau", "titres": "# Est\r\nLe lavoir fuit\r\nDivers\r\n"})
    place = home.places.all()[0]
    assert (place.files / "themes.txt").read_text(encoding="utf-8") == "# Est\nLe lavoir fuit\nDivers\n"
    assert "Vos titres, ligne 3" in page.text
    assert "Le lavoir fuit" in client.get(address).text
    assert "themes.txt" not in [name for name, _, _ in place.sources()]
    client.post(f"{address}/fiche", data={"titre": "Eau", "titres": ""})
    assert place.titles().strip() == ""


def test_a_sheet_made_by_hand_that_cannot_be_read_is_told(home: Home, client: TestClient) -> None:
    address = make_workshop(client, home)
    sheet = home.places.all()[0].files / "atelier.toml"
    sheet.write_text("titre = ", encoding="utf-8")
    assert "ligne 1" in client.get(address).text
    assert "ligne 1" in client.get(f"{address}/lecture").text
    assert "ne peut pas être lu" in client.post(f"{address}/fiche", data={"titre": "Air"}).text
    assert sheet.read_text(encoding="utf-8") == "titre = "


def test_what_is_read_says_what_is_refused_and_what_to_do(home: Home, client: TestClient) -> None:
    address = make_workshop(client, home)
    client.post(f"{address}/fichiers", files=[("fichiers", ("b.xlsx", b"pas un classeur"))])
    told = client.get(f"{address}/lecture").text
    assert "refusé" in told
    assert "enregistrez-le à nouveau" in told
    assert "Un car le soir" in told


def test_only_documents_are_given(home: Home, client: TestClient) -> None:
    address = make_workshop(client, home)
    place = home.places.all()[0]
    place.run.mkdir()
    for name in ("restitution.docx", "decisions.jsonl"):
        (place.run / name).write_bytes(b"x")
    answer = client.get(f"{address}/document/restitution.docx")
    assert answer.headers["content-disposition"].startswith("attachment")
    for name in ("decisions.jsonl", "..%2ffichiers%2fa.txt", "%2e%2e"):
        assert client.get(f"{address}/document/{name}").status_code == 404


def test_nothing_to_read_and_nothing_to_review_are_told(home: Home, client: TestClient, tmp_path: Path) -> None:
    client.post("/nouveau", data={"titre": "Vide"}, files=[("fichiers", ("", b""))])
    address = home.places.all()[0].address
    assert "Ajoutez d’abord au moins un fichier" in client.post(f"{address}/lancer", data={"profil": "rapide"}).text
    assert "n&#39;est pas un dossier de résultats" in client.get(f"{address}/relire").text
    assert client.get("/atelier/absent").status_code == 404


def test_a_person_corrects_the_passages_of_a_document(home: Home, client: TestClient) -> None:
    text = "# Port\n\n## Édito\n\nLe port est beau.\n\n## Le quai\n\nZorba : le quai glisse.\n"
    client.post("/nouveau", data={"titre": "Port"}, files=[("fichiers", ("port.md", text.encode()))])
    place = home.places.all()[0]
    assert "notes</strong>" in client.get(f"{place.address}/lecture").text
    told = client.post(f"{place.address}/corriger", data={"nom": "port.md", "pas_une_parole": "Édito"}).text
    assert "écarté à la main" in told
    assert "Le port est beau" not in told
    told = client.post(f"{place.address}/corriger", data={"nom": "port.md", "intervenant": "Zorba"}).text
    assert "débat, tour par tour" in told
    (file,) = place.sheet().fichiers
    assert (file.nom, file.pas_une_parole, file.intervenants) == ("port.md", ("Édito",), ("Zorba",))
    assert "n’y est plus" in client.post(f"{place.address}/corriger", data={"nom": "x.md", "intervenant": "Z"}).text
    assert "Écrivez" in client.post(f"{place.address}/corriger", data={"nom": "port.md"}).text
