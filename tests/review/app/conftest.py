"""A browser that was opened by the address given at the start, without scripts over HTTP or in real Chromium."""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from pipeline.review.app.desk import Desk
from pipeline.review.app.server import make_app, serve

sys.path.insert(0, str(Path(__file__).parent))

from browsing import HERE, PORT, TOKEN
from chromium import SIZE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

LEFT_ON_THE_WAY = re.compile(r"htmx:(sendAbort|afterRequest), ")  # a page that one leaves drops what it had asked


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """A browser that was opened by the address given at the start, without scripts over HTTP or in real Chromium."""
    client = TestClient(make_app(desk, TOKEN, PORT), base_url=HERE, headers={"origin": HERE})
    assert client.get(f"/?jeton={TOKEN}").status_code == 200
    return client


@pytest.fixture
def page(desk: Desk, browser: Browser) -> Iterator[Page]:
    addresses: list[str] = []
    threading.Thread(target=serve, args=(desk, addresses.append), daemon=True).start()
    while not addresses:
        time.sleep(0.02)
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not LEFT_ON_THE_WAY.match(message.text):
            faults.append(message.text)

    opened = browser.new_page(viewport=SIZE)
    opened.set_default_timeout(8000)
    opened.on("console", note)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "request",
        lambda request: (
            faults.append(request.url) if not re.match("http://127.0.0.1|file:|data:", request.url) else None
        ),
    )
    opened.goto(addresses[0])
    yield opened
    opened.close()
    assert faults == []
