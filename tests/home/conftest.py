"""A home page on folders of its own, as a browser of ours asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.config import load_config
from pipeline.home.places import Places
from pipeline.home.server import Home, make_app

PORT, TOKEN = 8766, "secret-de-ce-jour"
HERE = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """No workshop yet."""
    return Home(Places(tmp_path / "Rosace", tmp_path / "runs"), load_config())


@pytest.fixture
def client(home: Home) -> TestClient:
    """Opened by the address given at the start."""
    client = TestClient(make_app(home, TOKEN, PORT), base_url=HERE, headers={"origin": HERE})
    assert client.get(f"/?jeton={TOKEN}").status_code == 200
    return client
