"""One question to a language model behind an OpenAI-compatible address, whatever the server does."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.assistant.address import checked_address, may_leave
from pipeline.config import ModelConfig
from pipeline.extras import command

NOT_INSTALLED = f"le paquet openai n’est pas installé : {command('modele')}"
CUT = "réponse coupée"
PAUSE_S = 0.5
NO_SCHEMA = (400, 404, 415, 422, 501)
"""How servers refuse an answer by schema when they do not have it."""
Messages = Sequence[Mapping[str, str]]


class ServerError(Exception):
    """The server gave nothing usable; `reason` is a short French phrase to count."""

    def __init__(self, reason: str, is_worth_again: bool = False) -> None:
        self.reason, self.is_worth_again = reason, is_worth_again
        super().__init__(reason)


@dataclass(frozen=True)
class Said:
    """What a model said, which model it says it is, and how many tokens were read and written."""

    text: str
    model: str
    tokens_in: int
    tokens_out: int


@dataclass
class Server:
    """Where a model answers, checked.

    Attributes
    ----------
    has_schemas : whether it takes answers by schema, until it refuses one.
    """

    config: ModelConfig
    seed: int
    address: str
    has_schemas: bool = True
    _model: str = ""

    @classmethod
    def of(cls, config: ModelConfig, seed: int) -> Server:
        """The server of a configuration; nothing is opened before a question.

        Raises
        ------
        UsageError : the address cannot be used.
        """
        return cls(config, seed, checked_address(config))

    @cached_property
    def _client(self) -> Any:
        try:
            from openai import OpenAI
        except ImportError as error:
            raise ServerError(NOT_INSTALLED) from error
        from pipeline.assistant.line import http_client

        name = self.config.cle
        if name and not os.environ.get(name):
            raise ServerError(f"la clé du service n’est pas dans la variable d’environnement {name}")
        return OpenAI(
            base_url=self.address,
            api_key=os.environ[name] if name else "sans-cle",
            max_retries=0,
            timeout=self.config.delai_s,
            http_client=http_client(self.config.delai_s, not may_leave(self.config)),
        )

    def ask(self, messages: Messages, schema: Mapping[str, Any]) -> Said:
        """What the model says, asked again when the server stumbles.

        Raises
        ------
        ServerError : no connection, too slow, not 200, too long, cut short, or not what the protocol says.
        """
        for attempt in range(self.config.essais):
            try:
                return self._once(messages, schema)
            except ServerError as error:
                if not error.is_worth_again or attempt + 1 == self.config.essais:
                    raise
                time.sleep(PAUSE_S * (attempt + 1))
        raise ServerError("le serveur n’a pas été interrogé")

    def _once(self, messages: Messages, schema: Mapping[str, Any]) -> Said:
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
            return _said(self._guarded(self._client.chat.completions.create, **asked))
        except _RefusedError as refused:
            if self.has_schemas and refused.status in NO_SCHEMA:
                self.has_schemas = False
                return self._once(messages, schema)
            raise ServerError(refused.reason, is_worth_again=refused.status >= 500 or refused.status == 429) from None

    def _named(self) -> str:
        """The model asked for, else the first that the server has."""
        if self.config.nom or self._model:
            return self.config.nom or self._model
        try:
            found = [str(model.id) for model in self._guarded(self._client.models.list).data]
        except (_RefusedError, AttributeError, TypeError) as error:
            raise ServerError("le serveur ne dit pas quels modèles il a : donnez [modele] nom") from error
        if not found:
            raise ServerError("le serveur n’a aucun modèle")
        self._model = found[0]
        return self._model

    def _guarded(self, call: Any, **asked: Any) -> Any:
        """A call of the client, its failures told by reason."""
        import httpx2
        import openai

        from pipeline.assistant.line import Elsewhere, TooLong

        try:
            return call(**asked)
        except openai.APIStatusError as error:
            raise _RefusedError(error.status_code) from error
        except (openai.APIError, httpx2.HTTPError) as error:
            cause = error.__cause__ or error
            if isinstance(cause, TooLong):
                raise ServerError("réponse démesurée") from error
            if isinstance(cause, Elsewhere):
                raise ServerError("l’adresse mène à une autre machine") from error
            if isinstance(cause, httpx2.TimeoutException):
                raise ServerError("réponse trop lente") from error
            raise ServerError("serveur injoignable ou interrompu", is_worth_again=True) from error
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise ServerError("réponse illisible") from error


class _RefusedError(Exception):
    """The server answered with a status that is not 200."""

    def __init__(self, status: int) -> None:
        self.status = status
        is_moved = 300 <= status < 400
        self.reason = "le serveur renvoie vers une autre adresse" if is_moved else f"le serveur a répondu {status}"
        super().__init__(self.reason)


def _said(found: Any) -> Said:
    try:
        choice = found.choices[0]
        content, ending = choice.message.content, choice.finish_reason
        usage = found.usage
        counts = [int(getattr(usage, name, 0) or 0) for name in ("prompt_tokens", "completion_tokens")]
        model = str(found.model or "")
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ServerError("réponse illisible") from error
    if ending == "length":
        raise ServerError(CUT)
    if not isinstance(content, str):
        raise ServerError("réponse illisible")
    return Said(content, model, *counts)
