"""Client of a language model behind an OpenAI-compatible address: one question, bounded in seconds and in bytes.

The address is on this machine, unless the configuration says in words that texts may leave it. Redirections are not
followed and proxies are not used, since both would lead texts elsewhere. `openai` is imported when a model is asked.
"""

from __future__ import annotations

import ipaddress
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from pipeline.config import MAY_LEAVE, ModelConfig
from pipeline.errors import UsageError
from pipeline.extras import command

ANSWER_BYTES_MAX = 262_144
RETRIES = 1
"""Times that the client asks again, after a moment, when the server stumbles."""
NO_SCHEMA = (400, 404, 415, 422, 501)
"""How servers refuse an answer by schema when they do not have it."""
CUT = "réponse coupée"
UNREADABLE = "réponse illisible"
NOT_INSTALLED = f"le paquet openai n’est pas installé : {command('modele')}"
_SENT = ("host", "authorization", "content-type", "content-length", "accept", "x-stainless-raw-response")
"""Headers that are sent; what the library adds about this machine is not. By the last one, the library knows that its
caller reads the answer."""
Messages = Sequence[Mapping[str, str]]


def checked_address(config: ModelConfig) -> str:
    """The address of a configuration, without its last slash.

    Raises UsageError: it is not one of http or https, or leaves this machine without permission.
    """
    try:
        address = urlsplit(config.url)
        host, _ = address.hostname, address.port
    except ValueError:
        address, host = urlsplit(""), None
    if address.scheme not in ("http", "https") or not host or address.username is not None:
        raise UsageError(
            f"Modèle de langue : adresse {config.url!r} illisible. Attendu : quelque chose comme "
            "http://127.0.0.1:11434/v1, sans nom d'utilisateur."
        )
    if not is_loopback(host) and config.textes != MAY_LEAVE:
        raise UsageError(
            f"Modèle de langue : {host} n'est pas cette machine, et les paroles n'en sortent pas sans accord. Utilisez "
            "une adresse locale (http://127.0.0.1:11434/v1), ou écrivez dans votre configuration, si l'organisation "
            f'qui anime l\'accepte : [modele] textes = "{MAY_LEAVE}".'
        )
    return config.url.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its very address; any other name is not, wherever it leads today."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


class ServerError(Exception):
    """The server gave nothing usable; `reason` is a short French phrase to count, `status` that of HTTP, 0 for none."""

    def __init__(self, reason: str, status: int = 0) -> None:
        self.reason, self.status = reason, status
        super().__init__(reason)


@dataclass(frozen=True)
class Said:
    """What a model said, which model it says it is, and whether it was cut."""

    text: str
    model: str
    is_cut: bool = False


@dataclass
class Server:
    """Where a model answers, checked.

    `has_schemas` : whether it takes answers by schema, until it refuses one.
    """

    config: ModelConfig
    seed: int
    address: str
    has_schemas: bool = True
    _model: str = ""

    @classmethod
    def of(cls, config: ModelConfig, seed: int) -> Server:
        """The server of a configuration; nothing is opened before a question.

        Raises UsageError: the address cannot be used.
        """
        return cls(config, seed, checked_address(config))

    @cached_property
    def _client(self) -> Any:
        try:
            from openai import DefaultHttpxClient, OpenAI
        except ImportError as error:
            raise ServerError(NOT_INSTALLED) from error
        name = self.config.cle
        if name and not os.environ.get(name):
            raise ServerError(f"la clé du service n’est pas dans la variable d’environnement {name}")
        return OpenAI(
            base_url=self.address,
            api_key=os.environ[name] if name else "sans-cle",
            max_retries=RETRIES,
            timeout=self.config.delai_s,
            http_client=DefaultHttpxClient(
                timeout=self.config.delai_s,
                follow_redirects=False,
                trust_env=False,
                event_hooks={"request": [_say_nothing_of_this_machine]},
            ),
        )

    def ask(self, messages: Messages, schema: Mapping[str, Any]) -> Said:
        """What the model says.

        Raises ServerError: no connection, too slow, not 200, too long, or not what the protocol says.
        """
        asked: dict[str, Any] = {
            "model": self._named(),
            "messages": list(messages),
            "temperature": 0,
            "seed": self.seed,
            "max_tokens": self.config.jetons_max,
        }
        if self.has_schemas:
            shape = {"name": "reponse", "schema": dict(schema), "strict": True}
            asked["response_format"] = {"type": "json_schema", "json_schema": shape}
        try:
            answer = self._read(asked)
        except ServerError as error:
            if self.has_schemas and error.status in NO_SCHEMA:
                self.has_schemas = False
                return self.ask(messages, schema)
            raise
        try:
            choice = answer["choices"][0]
            text, ending = choice["message"]["content"], choice.get("finish_reason")
        except (AttributeError, LookupError, TypeError) as error:
            raise ServerError(UNREADABLE) from error
        if not isinstance(text, str):
            raise ServerError(UNREADABLE)
        return Said(text, str(answer.get("model") or ""), ending == "length")

    def _named(self) -> str:
        if not self.config.nom and not self._model:
            try:
                with _failures_told():
                    self._model = str(self._client.models.list().data[0].id)
            except (ServerError, LookupError) as error:
                if isinstance(error, ServerError) and not error.status and error.reason != UNREADABLE:
                    raise
                raise ServerError("le serveur ne dit pas quels modèles il a : donnez [modele] nom") from error
        return self.config.nom or self._model

    def _read(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The JSON object that answers: a server that sends one byte now and then never meets the time-out of a socket,
        nor does one that sends without end."""
        end = time.monotonic() + self.config.delai_s
        content = bytearray()
        with _failures_told():
            with self._client.chat.completions.with_streaming_response.create(**asked) as response:
                for block in response.iter_bytes():
                    content += block
                    if len(content) > ANSWER_BYTES_MAX:
                        raise ServerError("réponse démesurée")
                    if time.monotonic() > end:
                        raise ServerError("réponse trop lente")
            answer = json.loads(content)
        if not isinstance(answer, dict):
            raise ServerError(UNREADABLE)
        return answer


@contextmanager
def _failures_told() -> Iterator[None]:
    import httpx2  # it comes with openai
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        status = error.status_code
        is_moved = 300 <= status < 400
        reason = "le serveur renvoie vers une autre adresse" if is_moved else f"le serveur a répondu {status}"
        raise ServerError(reason, status) from error
    except (openai.APITimeoutError, httpx2.TimeoutException) as error:
        raise ServerError("réponse trop lente") from error
    except (openai.APIError, httpx2.HTTPError) as error:
        raise ServerError("serveur injoignable ou interrompu") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ServerError(UNREADABLE) from error


def _say_nothing_of_this_machine(request: Any) -> None:
    for name in [name for name in request.headers if name.lower() not in _SENT]:
        del request.headers[name]
    request.headers["accept-encoding"] = "identity"
