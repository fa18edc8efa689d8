"""One question to a language model behind an OpenAI-compatible address, whatever the server does.

The address must be on this machine unless the configuration allows the network. An answer is bounded in bytes and in
seconds; redirections are not followed and proxies are not used, since both would lead the sentences elsewhere.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from pipeline.config import RedactionConfig
from pipeline.errors import UsageError

ANSWER_BYTES_MAX = 65_536
ANSWER_TOKENS_MAX = 400
_BLOCK = 8_192


class ServerError(Exception):
    """The server gave nothing usable; `reason` is a short French phrase to count."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class ModelServer:
    """Where a model answers, checked; `ask` is the only thing that opens a connection."""

    address: SplitResult
    model: str
    timeout_s: float
    seed: int

    @classmethod
    def of(cls, config: RedactionConfig, seed: int) -> ModelServer:
        """The server of a configuration.

        Raises
        ------
        UsageError : the address is not one of http or https, or leaves this machine without permission.
        """
        try:
            address = urlsplit(config.url)
            host, _ = address.hostname, address.port
        except ValueError:
            address, host = urlsplit(""), None
        if address.scheme not in ("http", "https") or not host or address.username is not None:
            raise UsageError(
                f"[restitution.redaction] url : adresse {config.url!r} illisible. "
                "Attendu : quelque chose comme http://127.0.0.1:8080/v1, sans nom d'utilisateur."
            )
        if not is_loopback(host) and not config.autoriser_reseau:
            raise UsageError(
                f"[restitution.redaction] url : {host} n'est pas cette machine, et les phrases de la restitution n'en "
                "sortent pas sans accord. Utilisez une adresse locale (http://127.0.0.1:8080/v1), ou mettez "
                "autoriser_reseau = true si l'organisation qui anime l'accepte."
            )
        return cls(address, config.modele, config.delai_s, seed)

    def ask(self, messages: Sequence[dict[str, str]]) -> str:
        """The text of the model's answer.

        Raises
        ------
        ServerError : no connection, too slow, not 200, too long, cut short, or not the JSON expected.
        """
        question: dict[str, object] = {
            "messages": list(messages),
            "temperature": 0,
            "seed": self.seed,
            "max_tokens": ANSWER_TOKENS_MAX,
            "stream": False,
        }
        if self.model:
            question["model"] = self.model
        return _content(self._post(json.dumps(question, ensure_ascii=False).encode()))

    def _post(self, payload: bytes) -> bytes:
        host, port = self.address.hostname or "", self.address.port
        kind = http.client.HTTPSConnection if self.address.scheme == "https" else http.client.HTTPConnection
        connection = kind(host, port, timeout=self.timeout_s)
        deadline = time.monotonic() + self.timeout_s
        watch: threading.Timer | None = None
        try:
            connection.connect()
            # a server that sends one byte now and then never meets a socket's own timeout: the watch closes the line
            watch = threading.Timer(max(0.0, deadline - time.monotonic()), _hang_up, (connection.sock,))
            watch.daemon = True
            watch.start()
            path = f"{self.address.path.rstrip('/')}/chat/completions"
            connection.request("POST", path, payload, {"Content-Type": "application/json"})
            response = connection.getresponse()
            if response.status != 200:
                raise ServerError(f"le serveur a répondu {response.status}")
            body = _bounded(response)
            if time.monotonic() >= deadline:
                raise TimeoutError
            return body
        except (OSError, http.client.HTTPException, ValueError) as error:
            slow = isinstance(error, TimeoutError) or time.monotonic() >= deadline
            raise ServerError("réponse trop lente" if slow else "serveur injoignable ou interrompu") from error
        finally:
            if watch is not None:
                watch.cancel()
            connection.close()


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its very address; any other name is not, wherever it leads today."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _bounded(response: http.client.HTTPResponse) -> bytes:
    blocks: list[bytes] = []
    size = 0
    while block := response.read(_BLOCK):
        size += len(block)
        if size > ANSWER_BYTES_MAX:
            raise ServerError("réponse démesurée")
        blocks.append(block)
    if response.length:
        raise ServerError("réponse tronquée")
    return b"".join(blocks)


def _content(body: bytes) -> str:
    try:
        choice = json.loads(body)["choices"][0]
        content, ending = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ServerError("réponse illisible") from error
    if ending == "length":
        raise ServerError("réponse tronquée")
    if not isinstance(content, str):
        raise ServerError("réponse illisible")
    return content
