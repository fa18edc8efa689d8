"""A photo of a wall and what is typed beside it: saved at each line, read with its columns as groups."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from pipeline.app.workspace import Workspace
from pipeline.ingest.inspection import inspections

CARDS = [
    ("Se déplacer", "Pas de car ; le soir"),
    ("Se déplacer", 'Un "taxi" partagé'),
    ("", "Un banc"),
    ("Manger", "Un four"),
]


def add(home: TestClient, workspace: Workspace, *names: str) -> str:
    home.post("/nouveau", data={"titre": "Eau"}, files=[("fichiers", (name, b"\x89PNG\r\n\x1a\n")) for name in names])
    return workspace.places.all()[0].address


def test_cards_are_saved_beside_the_photo_and_read_with_their_groups(home: TestClient, workspace: Workspace) -> None:
    address = add(home, workspace, "mur table 3.png", "autre.jpg")
    form = {}
    for rank, (group, text) in enumerate(CARDS):
        form |= {f"groupe-{rank}": group, f"texte-{rank}": text}
        shown = home.post(f"{address}/saisie?nom=mur table 3.png", data=form).text
        assert f"{rank + 1}\u00a0carte" in shown
    found = {one.source: one for one in inspections(workspace.places.all()[0].files, workspace.settings.ingest)}
    table = found["mur table 3.csv"]
    assert (table.n_kept, [row[3] for row in table.rows]) == (4, [text for _, text in CARDS])
    assert {choice.name: choice.role for choice in table.choices} == {"Problématique": "groupe donné", "Texte": "texte"}
    assert found["mur table 3.png"].problem is None
    assert "saisi dans mur table 3.csv" in found["mur table 3.png"].ignored
    assert "image" in str(found["autre.jpg"].problem)


def test_a_line_that_is_emptied_goes_and_an_empty_wall_leaves_no_table(home: TestClient, workspace: Workspace) -> None:
    address = add(home, workspace, "mur.png")
    table = workspace.places.all()[0].files / "mur.csv"
    home.post(f"{address}/saisie?nom=mur.png", data={"groupe-0": "A", "texte-0": "un", "texte-1": "deux"})
    home.post(f"{address}/saisie?nom=mur.png", data={"groupe-0": "A", "texte-0": " ", "texte-1": "deux"})
    assert table.read_text(encoding="utf-8-sig") == "Problématique;Texte\n;deux\n"
    home.post(f"{address}/saisie?nom=mur.png", data={"texte-0": ""})
    assert not table.exists()


def test_a_table_made_elsewhere_is_not_overwritten(home: TestClient, workspace: Workspace) -> None:
    address = add(home, workspace, "mur.png", "mur.csv")
    table = workspace.places.all()[0].files / "mur.csv"
    table.write_text("Idée;Votes\nun;3\n", encoding="utf-8")
    assert "n’a pas été saisi ici" in home.get(f"{address}/saisie?nom=mur.png").text
    assert "n’a pas été saisi ici" in home.post(f"{address}/saisie?nom=mur.png", data={"texte-0": "x"}).text
    assert table.read_text(encoding="utf-8") == "Idée;Votes\nun;3\n"


def test_only_photos_of_the_workshop_are_shown(home: TestClient, workspace: Workspace, tmp_path: Path) -> None:
    address = add(home, workspace, "mur.png", "notes.txt")
    (tmp_path / "dehors.png").write_bytes(b"x")
    assert home.get(f"{address}/photo?nom=mur.png").headers["content-type"] == "image/png"
    for name in ("notes.txt", "../../../dehors.png", str(tmp_path / "dehors.png"), ""):
        assert home.get(f"{address}/photo", params={"nom": name}).status_code == 404


def test_a_photo_that_browsers_do_not_show_can_still_be_typed(home: TestClient, workspace: Workspace) -> None:
    address = add(home, workspace, "IMG_1.HEIC")
    assert "enregistrez-la en jpg" in home.get(f"{address}/saisie?nom=IMG_1.HEIC").text
    assert home.get(f"{address}/photo?nom=IMG_1.HEIC").status_code == 404
    assert "1\u00a0carte" in home.post(f"{address}/saisie?nom=IMG_1.HEIC", data={"texte-0": "Un banc"}).text
    assert Path(workspace.places.all()[0].files / "IMG_1.csv").is_file()
