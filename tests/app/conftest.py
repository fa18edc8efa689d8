"""A browser that was opened by the address given at the start, without scripts over HTTP or in real Chromium."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from pipeline.app.desk import Desk
from pipeline.app.places import Places
from pipeline.app.server import make_app
from pipeline.app.workspace import Workspace
from pipeline.config import load_config

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "review"))

from browsing import HERE, PORT, TOKEN, client_in, serving, workspace_of
from chromium import SIZE
from review_fixtures import *  # noqa: F403

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

LEFT_ON_THE_WAY = re.compile(r"htmx:(sendAbort|afterRequest), ")  # a page that one leaves drops what it had asked


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """A browser on the screens of a run, opened by the address given at the start."""
    return client_in(*workspace_of(desk))


@pytest.fixture
def home_address(tmp_path: Path) -> Iterator[str]:
    """The page that `rosace` opens, in a process of its own."""
    command = [sys.executable, "-m", "pipeline.cli", "--no-browser", "--dossier", str(tmp_path / "Rosace")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=tmp_path)
    assert process.stdout is not None
    address = process.stdout.readline().split(" : ")[1].strip()
    yield address
    process.terminate()
    process.wait(60)
    process.stdout.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """No workshop yet."""
    return Workspace(Places(tmp_path / "Rosace", tmp_path / "runs"), load_config())


@pytest.fixture
def home(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A browser at home, which waits for files to be read."""
    monkeypatch.setattr("pipeline.app.sheets._N_LOOKS", 2000)
    client = TestClient(make_app(workspace, TOKEN, PORT), base_url=HERE, headers={"origin": HERE})
    assert client.get(f"/?jeton={TOKEN}").status_code == 200
    return client


@pytest.fixture
def page(desk: Desk, browser: Browser) -> Iterator[Page]:
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not LEFT_ON_THE_WAY.match(message.text):
            faults.append(message.text)

    opened = browser.new_page(viewport=SIZE)
    opened.set_default_timeout(20_000)
    opened.on("console", note)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "request",
        lambda request: (
            faults.append(request.url) if not re.match("http://127.0.0.1|file:|data:", request.url) else None
        ),
    )
    opened.goto(serving(*workspace_of(desk)))
    yield opened
    opened.close()
    assert faults == []
