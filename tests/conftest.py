"""What all tests share. Browser and office tests are skipped where the tool is missing, and fail in CI instead."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "assistant"))

from model_server import Reply, Serve, Server

from pipeline.config import load_config
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import RunFolder
from pipeline.run.jobs import Job
from pipeline.run.synthesis import Synthesis, synthesize

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")  # how long an example takes is what the machine does beside
TOOLS = {"browser": "chromium", "office": "soffice"}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, command in TOOLS.items():
        if item.get_closest_marker(marker) and shutil.which(command) is None:
            message = f"{command} is not installed"
            if os.environ.get("ROSACE_REQUIRE_TOOLS"):
                pytest.fail(message)
            pytest.skip(message)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A browser test that fails on a loaded machine is tried once more; the last line of pytest counts what was."""
    if config.pluginmanager.hasplugin("rerunfailures"):
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads of libraries that wait for one another spend several times the processor: processes of tests have one,
    those that they start have what machines give. A test of what threads change takes `threadpool_limits(2)`."""
    import scipy.linalg  # noqa: F401
    import sklearn.cluster  # noqa: F401  (libraries are limited once they are loaded)
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield


DRAWERS = ("svg_to_png", "svg_to_pdf")


@pytest.fixture(scope="session", autouse=True)
def _drawn_once() -> Iterator[None]:
    """Pixels and pages of one drawing are made once: half of what documents take. `drawn_anew` says no."""
    import vl_convert

    with pytest.MonkeyPatch.context() as patch:
        for name in DRAWERS:
            patch.setattr(vl_convert, name, lru_cache(64)(getattr(vl_convert, name)))
        yield


@pytest.fixture
def drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each drawing is made each time, where it is told to be the same."""
    import vl_convert

    for name in DRAWERS:
        monkeypatch.setattr(vl_convert, name, getattr(vl_convert, name).__wrapped__)


@pytest.fixture(scope="session")
def demo_corpus() -> Path:
    """The demo workshop, in its real formats."""
    return Path(__file__).parent.parent / "corpus" / "demo"


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers in place of a language model's; they are closed at the end of the test."""
    servers: list[Server] = []

    def start(reply: Reply) -> Server:
        servers.append(Server(reply))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def run_synthesis(corpus: Path, run: Path, profile: str = "rapide") -> Synthesis:
    """What `rosace synthesize` does, in this process."""
    config = load_config(profil=profile)
    return synthesize(Job(corpus, RunFolder.create(run), config, LocalExecutor()))


@pytest.fixture(scope="session")
def demo_run(demo_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of the demo workshop. Read it; copy it before changing anything."""
    run = tmp_path_factory.mktemp("demo") / "run"
    run_synthesis(demo_corpus, run)
    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all the tests that need one; each opens pages or contexts of its own, and closes them."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()
