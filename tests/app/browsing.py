"""The page over HTTP, as a browser of ours or a stranger asks for it."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.app.guard import listen
from pipeline.app.places import Place, Places
from pipeline.app.server import make_app
from pipeline.app.workspace import Workspace

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOKEN, PORT = "secret-de-ce-jour", 8765
HERE = f"http://127.0.0.1:{PORT}"


def workspace_of(desk: Desk) -> tuple[Workspace, Place]:
    """A workspace that was opened on the run of a desk, and its place."""
    place = Place.of_run(desk.run.path)
    folder = desk.run.path.parent
    workspace = Workspace(Places(folder / "Rosace", folder / "runs", place), desk.settings)
    desk.messages = workspace.messages
    workspace.desks[place.address] = desk
    return workspace, place


def stranger(desk: Desk, **headers: str) -> TestClient:
    workspace, place = workspace_of(desk)
    return TestClient(make_app(workspace, TOKEN, PORT), base_url=HERE + place.address, headers=headers)


def raw_get(desk: Desk, path: str) -> str:
    """Status and body of a GET whose path no client library tidied up first."""
    workspace, place = workspace_of(desk)
    path = place.address + path
    headers = [(b"host", HERE.removeprefix("http://").encode()), (b"cookie", f"rosace_{PORT}={TOKEN}".encode())]
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": unquote(path),
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", PORT),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    with start_blocking_portal() as portal:  # in a thread: that of the tests may hold the browser's loop
        portal.call(make_app(workspace, TOKEN, PORT), scope, receive, send)  # type: ignore[arg-type]
    return str(sent[0]["status"]) + b"".join(message.get("body", b"") for message in sent[1:]).decode()


def base_of(page: Page) -> str:
    """The address of the place that a browser is on."""
    return "/".join(page.url.split("/")[:5])


def client_in(workspace: Workspace, place: Place) -> TestClient:
    """A browser on the screens of a place, opened by the address given at the start."""
    client = TestClient(make_app(workspace, TOKEN, PORT), base_url=HERE + place.address, headers={"origin": HERE})
    assert client.get(f"/brouillon?jeton={TOKEN}").status_code == 200
    return client


def serving(workspace: Workspace, place: Place) -> str:
    """The address that opens the draft of a place, in a real server."""
    addresses: list[str] = []

    def serve() -> None:
        listen(lambda token, port: make_app(workspace, token, port), addresses.append, f"{place.address}/brouillon")

    threading.Thread(target=serve, daemon=True).start()
    while not addresses:
        time.sleep(0.02)
    return addresses[0]
