"""Files that a browser sends: kept whole under safe names, within a size, an older one put aside."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from pipeline.home.server import Home


def create(client: TestClient, *files: tuple[str, bytes]) -> str:
    sent = [("fichiers", file) for file in files]
    return client.post("/nouveau", data={"titre": "Eau"}, files=sent or [("fichiers", ("", b""))]).text


def test_files_stay_in_the_folder_of_the_workshop(client: TestClient, home: Home) -> None:
    big = bytes(range(256)) * 20_000
    said = create(client, ("../../dehors.txt", b"- un\n"), ("gros.csv", big))
    assert "2 fichiers ajoutés" in said
    (place,) = home.places.all()
    assert [(name, size) for name, _, size in place.sources()] == [("dehors.txt", 5), ("gros.csv", len(big))]
    assert (place.files / "gros.csv").read_bytes() == big
    assert sorted(path.name for path in home.places.root.parent.iterdir()) == ["Rosace"]
    assert not list(place.folder.glob(".*"))


def test_a_file_of_the_same_name_puts_the_older_one_aside(client: TestClient, home: Home) -> None:
    create(client, ("a.txt", b"ancien"))
    (place,) = home.places.all()
    said = client.post(f"{place.address}/fichiers", files=[("fichiers", ("a.txt", b"nouveau"))]).text
    assert "l’ancien est mis de côté : « a.txt »" in said
    assert (place.files / "a.txt").read_bytes() == b"nouveau"
    assert (place.folder / "retires" / "a.txt").read_bytes() == b"ancien"
    said = client.post(f"{place.address}/ecarter", data={"nom": "a.txt"}).text
    assert "ne sera pas lu" in said
    assert place.sources() == []
    assert (place.folder / "retires" / "a (2).txt").read_bytes() == b"nouveau"


@pytest.mark.parametrize("name", ["../atelier.toml", "/etc/passwd", "absent.txt", "atelier.toml"])
def test_only_a_listed_file_is_put_aside(client: TestClient, home: Home, name: str) -> None:
    create(client, ("a.txt", b"x"))
    (place,) = home.places.all()
    assert "n’y est plus" in client.post(f"{place.address}/ecarter", data={"nom": name}).text
    assert (place.files / "atelier.toml").is_file()


def test_what_is_too_large_is_refused_before_it_is_written(client: TestClient, home: Home) -> None:
    ingest = home.settings.ingest.model_copy(update={"taille_max_mio": 1})
    home.settings = home.settings.model_copy(update={"ingest": ingest})
    said = create(client, ("gros.csv", b"x" * (1 << 20)))
    assert "1 Mio au plus par envoi" in said
    assert home.places.all() == []
