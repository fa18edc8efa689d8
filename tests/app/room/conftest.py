"""A room on a folder of its own, and browsers of each role that entered it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.app.room.room import Room
from pipeline.app.room.server import make_room_app
from pipeline.config import load_config

PORT = 8321
HERE = f"http://192.0.2.7:{PORT}"
TITLES = "# Est\nDes cars trop rares\n# Sud\nPartager les voitures\n"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = tmp_path / "atelier"
    folder.mkdir()
    (folder / "themes.txt").write_text(TITLES, encoding="utf-8")
    return Room(folder, tmp_path / "run", load_config(None, profil="rapide"))


@pytest.fixture
def stranger(room: Room) -> Callable[..., TestClient]:
    """A browser on the network that has not entered."""
    app = make_room_app(room, HERE, PORT, frozenset({HERE.removeprefix("http://")}))

    def opened(host: str = "192.0.2.50") -> TestClient:
        headers = {"origin": HERE, "accept": "application/json"}
        return TestClient(app, base_url=HERE, headers=headers, client=(host, 40000), raise_server_exceptions=False)

    return opened


@pytest.fixture
def entered(room: Room, stranger: Callable[..., TestClient]) -> Callable[..., TestClient]:
    """A browser of a role."""

    def opened(role: str, table: str = "3", host: str = "192.0.2.50") -> TestClient:
        client = stranger(host)
        if role == "animation":
            answer = client.get(f"/animer?jeton={room.settings.token}")
        else:
            answer = client.post("/entrer", data={"code": room.settings.code, "role": role, "table": table})
        assert answer.status_code == 200
        return client

    return opened
