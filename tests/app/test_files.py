"""Files that a browser sends: kept whole under safe names, within a size, an older one put aside."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from pipeline.app.workspace import Workspace


def create(home: TestClient, *files: tuple[str, bytes]) -> str:
    sent = [("fichiers", file) for file in files]
    return home.post("/nouveau", data={"titre": "Eau"}, files=sent or [("fichiers", ("", b""))]).text


def test_files_stay_in_the_folder_of_the_workshop(home: TestClient, workspace: Workspace) -> None:
    big = bytes(range(256)) * 20_000
    said = create(home, ("../../dehors.txt", b"- un\n"), ("gros.csv", big))
    assert "2 fichiers ajoutés" in said
    (place,) = workspace.places.all()
    assert [(name, size) for name, _, size in place.sources()] == [("dehors.txt", 5), ("gros.csv", len(big))]
    assert (place.files / "gros.csv").read_bytes() == big
    assert sorted(path.name for path in workspace.places.root.parent.iterdir()) == ["Rosace"]
    assert not list(place.folder.glob(".*"))


def plain(said: str) -> str:
    return said.replace("\u00a0", " ")


def test_a_file_of_the_same_name_puts_the_older_one_aside(home: TestClient, workspace: Workspace) -> None:
    create(home, ("a.txt", b"ancien"))
    (place,) = workspace.places.all()
    said = home.post(f"{place.address}/fichiers", files=[("fichiers", ("a.txt", b"nouveau"))]).text
    assert "l’ancien est mis de côté : « a.txt »" in plain(said)
    assert (place.files / "a.txt").read_bytes() == b"nouveau"
    assert (place.folder / "retires" / "a.txt").read_bytes() == b"ancien"
    said = home.post(f"{place.address}/ecarter", data={"nom": "a.txt"}).text
    assert "ne sera pas lu" in said
    assert place.sources() == []
    assert (place.folder / "retires" / "a (2).txt").read_bytes() == b"nouveau"
    for name in ("a (2).txt", "a.txt"):
        said = home.post(f"{place.address}/ecarter", data={"nom": name, "reprendre": "oui"}).text
        assert f"« {name} » sera lu" in plain(said)
    assert [name for name, _, _ in place.sources()] == ["a (2).txt", "a.txt"]
    assert "retiré" not in said


@pytest.mark.parametrize("name", ["../atelier.toml", "/etc/passwd", "absent.txt", "atelier.toml"])
def test_only_a_listed_file_is_put_aside(home: TestClient, workspace: Workspace, name: str) -> None:
    create(home, ("a.txt", b"x"))
    (place,) = workspace.places.all()
    assert "n’y est plus" in home.post(f"{place.address}/ecarter", data={"nom": name}).text
    assert (place.files / "atelier.toml").is_file()


def test_what_is_too_large_is_refused_before_it_is_written(home: TestClient, workspace: Workspace) -> None:
    ingest = workspace.settings.ingest.model_copy(update={"taille_max_mio": 1})
    workspace.settings = workspace.settings.model_copy(update={"ingest": ingest})
    said = create(home, ("gros.csv", b"x" * (1 << 20)))
    assert "1 Mo au plus par envoi" in said
    assert workspace.places.all() == []
