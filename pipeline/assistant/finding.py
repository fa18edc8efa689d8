"""Servers of language models that listen on this machine, and which of their models would do."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PORTS = {11434: "Ollama", 8080: "llama.cpp", 8000: "vLLM"}
"""Where the usual servers listen, and what each is unless it says otherwise."""
TIMEOUT_S = 0.6
MODELS_MAX = 12
DOES, MAY_DO = 7.0, 3.0
"""Billions of parameters from which a model writes French that holds, and from which it is worth a try."""
_SIZE = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d+)?)\s*b(?![a-z])", re.IGNORECASE)
_MILLIONS = re.compile(r"(?<![\w.])(\d{2,4})\s*m(?![a-z])", re.IGNORECASE)
_NO_WRITER = re.compile(r"embed|rerank|whisper|bge|minilm", re.IGNORECASE)


@dataclass(frozen=True)
class FoundModel:
    """A model of a server, and in French whether it would do."""

    name: str
    verdict: str


@dataclass(frozen=True)
class FoundServer:
    """A server that answers."""

    name: str
    url: str
    models: tuple[FoundModel, ...]


def found_here(ports: Sequence[int] = tuple(PORTS)) -> list[FoundServer]:
    """What listens on the usual ports of this machine and speaks the protocol."""
    found = ((port, f"http://127.0.0.1:{port}/v1") for port in ports)
    return [
        FoundServer(PORTS.get(port, "un serveur"), url, models)
        for port, url in found
        if (models := _models_at(url)) is not None
    ]


def _models_at(url: str) -> tuple[FoundModel, ...] | None:
    """The models that a server tells, None when nothing there speaks the protocol."""
    import httpx2

    from pipeline.assistant.line import http_client

    try:
        with http_client(TIMEOUT_S, stays_here=True) as client:
            answer = client.get(f"{url}/models")
        rows = json.loads(answer.content)["data"] if answer.status_code == 200 else None
        return None if rows is None else tuple(_model(row) for row in rows[:MODELS_MAX])
    except (httpx2.HTTPError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _model(row: dict[str, Any]) -> FoundModel:
    name = re.sub(r"[^\w.:/@+-]+", " ", str(row["id"]))[:80].strip()
    meta = row.get("meta")
    counted = meta.get("n_params") if isinstance(meta, dict) else None
    return FoundModel(name, verdict_of(name, float(counted) / 1e9 if isinstance(counted, int | float) else None))


def verdict_of(name: str, billions: float | None = None) -> str:
    """Whether a model would do, from its name or how many parameters it says it has."""
    if _NO_WRITER.search(name):
        return "n'écrit pas (il sert à chercher ou à transcrire)"
    size = billions if billions is not None else _size_in(name)
    if size is None:
        return "taille inconnue, à essayer"
    told = f"{size:.2g}".replace(".", ",")
    if size >= DOES:
        return f"conviendrait ({told} milliards de paramètres)"
    if size >= MAY_DO:
        return f"à essayer, le verrou refusera souvent ({told} milliards de paramètres)"
    return f"trop petit : le verrou refusera presque tout ({told} milliards de paramètres)"


def _size_in(name: str) -> float | None:
    if (match := _SIZE.search(name)) is not None:
        return float(match[1])
    return float(match[1]) / 1000 if (match := _MILLIONS.search(name)) is not None else None
