"""The page over HTTP, as a browser of ours or a stranger asks for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient

from pipeline.review.app.desk import Desk
from pipeline.review.app.server import make_app

TOKEN, PORT = "secret-de-ce-jour", 8765
HERE = f"http://127.0.0.1:{PORT}"


def stranger(desk: Desk, **headers: str) -> TestClient:
    return TestClient(make_app(desk, TOKEN, PORT), base_url=HERE, headers=headers)


def raw_get(desk: Desk, path: str) -> str:
    """Status and body of a GET whose path no client library tidied up first."""
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
        portal.call(make_app(desk, TOKEN, PORT), scope, receive, send)  # type: ignore[arg-type]
    return str(sent[0]["status"]) + b"".join(message.get("body", b"") for message in sent[1:]).decode()
