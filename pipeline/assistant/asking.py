"""Questions to a model, many at once: each answered by what was kept of an earlier run, else by the server.

An answer is kept by what was asked, so that the same run gives the same text without the server. A failure is not: the
next run asks again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from pipeline.assistant.prompts import messages_of, prompt_of
from pipeline.assistant.server import CUT, Messages, Said, Server, ServerError
from pipeline.config import ModelConfig

FAILURES_MAX = 3
"""Failures of the server in a row after which it is left alone."""
LEFT_ALONE = "serveur abandonné après plusieurs échecs"
NOT_JSON = "réponse qui n’est pas le JSON demandé"
AGAIN = "Réponds seulement par l’objet JSON demandé, sans un mot avant ni après."
_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


Short = Annotated[str, Field(max_length=160)]
Text = Annotated[str, Field(max_length=600)]
Ids = Annotated[list[Annotated[str, Field(max_length=12)]], Field(max_length=40)]
"""What an answer may hold; a server that takes schemas stops there."""


class Answer(BaseModel):
    """Base of what a model gives back: typed, and nothing beside."""

    model_config = ConfigDict(extra="forbid", frozen=True)


A = TypeVar("A", bound=Answer)


@dataclass(frozen=True)
class Question(Generic[A]):
    """What is asked.

    Attributes
    ----------
    task : the name of its prompt.
    about : what the model is shown.
    shape : what its answer must be.
    items : ids of the ideas whose words are in `about`; an answer is forgotten with any of them.
    """

    task: str
    about: Mapping[str, Any]
    shape: type[A]
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failure:
    """Why there is no answer, in French."""

    reason: str


class KeptAnswers(Protocol):
    """Where answers are kept, by the sha256 of what was asked."""

    def get(self, key: str) -> Mapping[str, Any] | None:
        """What was kept, None when nothing was."""

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        """Keep an answer."""


@dataclass
class Account:
    """What asking cost, and what failed."""

    n_asked: int = 0
    n_kept: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    models: set[str] = field(default_factory=set)
    failures: Counter[str] = field(default_factory=Counter)

    def euros(self, config: ModelConfig) -> float:
        """What the tokens cost at the prices of the configuration."""
        return (self.tokens_in * config.prix_lecture + self.tokens_out * config.prix_ecriture) / 1_000_000


@dataclass
class Assistant:
    """A model that may be asked.

    Attributes
    ----------
    tell : told after each answer how the account stands, and that one more question is done.
    """

    config: ModelConfig
    server: Server
    kept: KeptAnswers
    tell: Callable[[Account], None] = lambda _: None
    account: Account = field(default_factory=Account)
    _n_failures: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def is_whole(self) -> bool:
        """Whether every question had an answer; what failed is worth another run."""
        return not self.account.failures

    def ask(self, questions: Iterable[Question[A]]) -> list[A | Failure]:
        """The answers, in order; two equal questions are asked once."""
        asked = list(questions)
        keys = [self._key(question) for question in asked]
        first: dict[str, Question[A]] = {}
        for key, question in zip(keys, asked, strict=True):
            first.setdefault(key, question)
        with ThreadPoolExecutor(self.config.simultanees) as pool:
            found = dict(zip(first, pool.map(self._answer, first.items()), strict=True))
        return [found[key] for key in keys]

    def _key(self, question: Question[Any]) -> str:
        asked = {
            "modele": self.config.nom,
            "consigne": prompt_of(question.task).sha256,
            "messages": messages_of(prompt_of(question.task), question.about),
            "forme": question.shape.model_json_schema(),
            "graine": self.server.seed,
            "jetons": self.config.jetons_max,
        }
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def _answer(self, asked: tuple[str, Question[A]]) -> A | Failure:
        key, question = asked
        kept = self.kept.get(key)
        found = _typed(str(kept.get("reponse", "")), question.shape) if kept is not None else None
        if found is None:
            return self._asked(key, question)
        with self._lock:
            self.account.n_kept += 1
            self.account.models.add(str(kept.get("modele", "")) if kept else "")
            self.tell(self.account)
        return found

    def _asked(self, key: str, question: Question[A]) -> A | Failure:
        messages = messages_of(prompt_of(question.task), question.about)
        try:
            if self._n_failures >= FAILURES_MAX:
                raise ServerError(LEFT_ALONE)
            found, said = self._understood(messages, question.shape)
        except ServerError as error:
            with self._lock:
                self._n_failures += error.reason not in (NOT_JSON, CUT, LEFT_ALONE)
                self.account.failures[error.reason] += 1
                self.tell(self.account)
            return Failure(error.reason)
        value = {
            "tache": question.task,
            "version": prompt_of(question.task).version,
            "messages": messages,
            "reponse": said.text,
            "modele": said.model,
            "idees": sorted(question.items),
        }
        with self._lock:
            self._n_failures = 0
            self.account.models.add(said.model)
            self.kept.put(key, value)
            self.tell(self.account)
        return found

    def _understood(self, messages: Messages, shape: type[A]) -> tuple[A, Said]:
        """An answer of the shape asked for; one more try when it is not."""
        schema = shape.model_json_schema()
        said = self._counted(self.server.ask(messages, schema))
        found = _typed(said.text, shape)
        if found is None:
            talk = [*messages, {"role": "assistant", "content": said.text[:2000]}, {"role": "user", "content": AGAIN}]
            said = self._counted(self.server.ask(talk, schema))
            found = _typed(said.text, shape)
        if found is None:
            raise ServerError(NOT_JSON)
        return found, said

    def _counted(self, said: Said) -> Said:
        with self._lock:
            self.account.n_asked += 1
            self.account.tokens_in += said.tokens_in
            self.account.tokens_out += said.tokens_out
        return said


def _typed(text: str, shape: type[A]) -> A | None:
    """The object in an answer, whatever stands around it; None when there is none of that shape."""
    bare = _THINKING.sub("", text)
    start, end = bare.find("{"), bare.rfind("}")
    try:
        return shape.model_validate(json.loads(bare[start : end + 1])) if 0 <= start < end else None
    except (ValueError, RecursionError):
        return None


def told(account: Account, config: ModelConfig) -> str:
    """How an account stands, in a few French words."""
    n_done = account.n_asked + account.n_kept
    parts = [f"{n_done} question{'s' if n_done > 1 else ''} au modèle de langue"]
    if account.n_kept:
        parts.append(f"{account.n_kept} déjà répondue{'s' if account.n_kept > 1 else ''}")
    if account.tokens_in + account.tokens_out:
        parts.append(f"{account.tokens_in + account.tokens_out:,} jetons".replace(",", "\u202f"))
    if cost := account.euros(config):
        parts.append(f"{cost:.2f}\u00a0€".replace(".", ","))
    return ", ".join(parts)


def failures_told(account: Account) -> Sequence[str]:
    """What went wrong, one sentence; [] when nothing did."""
    if not account.failures:
        return []
    ranked = sorted(account.failures.items(), key=lambda pair: (-pair[1], pair[0]))
    reasons = ", ".join(f"{reason} ({n})" for reason, n in ranked)
    return [
        f"Modèle de langue : {sum(account.failures.values())} question(s) sans réponse, {reasons}. "
        "Le texte de Rosace est gardé à ces endroits ; la prochaine exécution reprendra là."
    ]
