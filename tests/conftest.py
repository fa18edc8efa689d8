"""What all tests share. Browser and office tests are skipped where the tool is missing, and fail in CI instead."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

TOOLS = {"browser": "chromium", "office": "soffice"}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, command in TOOLS.items():
        if item.get_closest_marker(marker) and shutil.which(command) is None:
            message = f"{command} is not installed"
            if os.environ.get("ROSACE_REQUIRE_TOOLS"):
                pytest.fail(message)
            pytest.skip(message)


@pytest.fixture(scope="session")
def demo_corpus() -> Path:
    """The demo workshop, in its real formats."""
    return Path(__file__).parent.parent / "corpus" / "demo"
