"""What `rosace doctor` finds on this machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from model_server import Reply, Server, saying

from pipeline.assistant import finding
from pipeline.assistant.finding import found_here, verdict_of


def test_a_server_is_found_with_its_models(serve: Callable[[Reply], Server], monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(saying(""))
    monkeypatch.setitem(finding.PORTS, server.port, "llama.cpp")
    (found,) = found_here([server.port, 9])
    assert (found.name, found.url) == ("llama.cpp", server.url)
    assert [(model.name, model.verdict.split(" (")[0]) for model in found.models] == [("essai-8b", "conviendrait")]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("llama3.1:8b", "conviendrait"),
        ("mistral-small:24b-instruct-q4_K_M", "conviendrait"),
        ("qwen2.5:3b", "à essayer, le verrou refusera souvent"),
        ("gemma-3-270m-q4_k_m.gguf", "trop petit"),
        ("nomic-embed-text", "n'écrit pas"),
        ("mon-modele", "taille inconnue, à essayer"),
    ],
)
def test_which_models_would_do(name: str, told: str) -> None:
    assert verdict_of(name).startswith(told)


def test_what_a_server_says_of_a_model_wins_over_its_name() -> None:
    assert verdict_of("modele-70b", 0.3).startswith("trop petit")
