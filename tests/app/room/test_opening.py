"""How a room is opened: never by itself, on an address that one chooses, in clear or with a certificate."""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from pipeline.app.room import access
from pipeline.app.workspace import Workspace
from pipeline.cli import app
from pipeline.errors import UsageError
from pipeline.folder.locks import BusyError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "atelier"
    folder.mkdir()
    return folder


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["salle", *arguments])
    assert isinstance(done.exception, UsageError | BusyError)
    return str(done.exception)


def test_what_cannot_be_opened_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "est introuvable" in refused(str(folder / "rien"))
    assert "vont ensemble" in refused(str(folder), "--cle", "cle.pem")
    assert "Impossible d’écouter sur 203.0.113.9" in refused(str(folder), "--adresse", "203.0.113.9")
    monkeypatch.setattr(access, "addresses", list)
    assert "sur aucun réseau" in refused(str(folder))
    monkeypatch.setattr(access, "addresses", lambda: ["192.0.2.1", "10.0.0.1"])
    assert "192.0.2.1, 10.0.0.1" in refused(str(folder))
    assert not list(folder.iterdir())


@pytest.fixture
def opened(folder: Path) -> Iterator[tuple[str, Path]]:
    """A room behind a certificate of its own, and that certificate."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not there")
    key, certificate = folder.parent / "cle.pem", folder.parent / "certificat.pem"
    asked = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    command = ["openssl", *asked.split(), "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    command = [sys.executable, "-m", "pipeline.cli", "salle", str(folder), "--adresse", "127.0.0.1", "--no-browser"]
    process = subprocess.Popen(
        [*command, "--certificat", str(certificate), "--cle", str(key)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield process.stdout.readline().split(" : ")[1].strip(), certificate
    process.terminate()
    process.wait(20)
    process.stdout.close()


@pytest.mark.slow
def test_with_a_certificate_all_is_enciphered_and_one_room_holds_a_folder(
    opened: tuple[str, Path], folder: Path
) -> None:
    address, certificate = opened
    assert re.fullmatch(r"https://127\.0\.0\.1:\d+/animer\?jeton=\S+", address)
    known = ssl.create_default_context(cafile=str(certificate))
    own = urllib.request.build_opener(urllib.request.HTTPSHandler(context=known), urllib.request.HTTPCookieProcessor())
    with own.open(address) as page:
        assert "Ce qui est tapé est chiffré" in page.read().decode()
    with pytest.raises(HTTPError, match="403"):
        own.open(urllib.request.Request(address.split("/animer")[0] + "/acte", data=b"acte=montrer", method="POST"))
    assert "la salle y travaille" in refused(str(folder), "--adresse", "127.0.0.1")


@pytest.mark.slow
def test_the_sheet_of_a_workshop_opens_and_closes_its_room(
    home: TestClient, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.app import sheets

    monkeypatch.setattr(sheets, "addresses", lambda: ["127.0.0.1"])
    home.post("/nouveau", files={"titre": (None, "Vivre ici")})
    sheet = home.get("/atelier/Vivre%20ici").text
    assert "en clair" in sheet
    assert "127.0.0.1" in sheet
    place = workspace.places.all()[0]
    try:
        wrong = home.post("/atelier/Vivre%20ici/salle", data={"adresse": "10.9.8.7"})
        assert "Choisissez l’adresse" in wrong.text
        opened = home.post("/atelier/Vivre%20ici/salle", data={"adresse": "127.0.0.1"})
        assert "La salle est ouverte" in opened.text
        room = workspace.rooms.of(place)
        assert room is not None
        assert room.facilitators in opened.text.replace("&amp;", "&")
        with pytest.raises(HTTPError, match="403"):
            urllib.request.urlopen(urllib.request.Request(room.tables, headers={"Host": "pirate.example"}))
        closed = home.post("/atelier/Vivre%20ici/salle", data={"suite": "fermer"})
        assert "La salle est fermée" in closed.text and "La salle est ouverte" not in closed.text
        assert room.process.poll() is not None
        assert workspace.rooms.of(place) is None
        workspace.rooms.open(place, "127.0.0.1", "")
        again = workspace.rooms.of(place)
        assert again is not None
        assert again.process.stdin is not None
        again.process.stdin.close()  # as when Rosace is killed
        again.process.wait(60)
    finally:
        workspace.rooms.close_all()
