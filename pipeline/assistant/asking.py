"""Questions to a model: each answered by what was kept of an earlier run, else by the server.

What a model is told stands in `configs/prompts/<task>.md`, data that can be read, changed and compared. A file opens
with its version and a line that says what it is for; the rest is the instruction. `regles.md` stands above every task.
What people said never enters an instruction: it comes after, as JSON between two marks.

An answer is kept by the hash of what was asked, so that the same run gives the same text without the server. A failure
is not: the next run asks again.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Generic, Protocol, TypeVar

from pydantic import Field

from pipeline.assistant.server import CUT, Messages, Said, ServerError
from pipeline.config import Closed, ModelConfig
from pipeline.language.text.typography import counted
from pipeline.resources import configs

RULES = "regles"
OPENING, CLOSING = "<<<DONNÉES", "DONNÉES>>>"
_HEAD = re.compile(r"\A---\nversion: (\d+)\npour: .+\n---\n")
_MARKS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>"}
NOT_JSON = "réponse qui n’est pas le JSON demandé"
WAITING = "réponse à coller"
AGAIN = "Réponds seulement par l’objet JSON demandé, sans un mot avant ni après."
_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)

_SENTENCE_ENDS = re.compile(r"\]\s*\}")
TRIED_MAX = 50
"""Places of a text where an answer, or the end of one, is looked for."""

Short = Annotated[str, Field(max_length=160)]
Text = Annotated[str, Field(max_length=600)]
Ids = Annotated[list[Annotated[str, Field(max_length=12)]], Field(max_length=40)]
"""What an answer may hold; a server that takes schemas stops there."""


@dataclass(frozen=True)
class Prompt:
    """The instruction of a task; `sha256` is that of the file and of the common rules."""

    version: int
    text: str
    sha256: str


@cache
def prompt_of(task: str) -> Prompt:
    """The prompt of a task. Raises ValueError: the file lacks its head."""
    rules, own = (configs().joinpath("prompts", f"{name}.md").read_text(encoding="utf-8") for name in (RULES, task))
    heads = [_HEAD.match(text) for text in (rules, own)]
    if heads[0] is None or heads[1] is None:
        raise ValueError(f"configs/prompts: {RULES}.md or {task}.md lacks its version and its purpose")
    text = f"{rules[heads[0].end() :].strip()}\n\n{own[heads[1].end() :].strip()}"
    return Prompt(int(heads[1][1]), text, hashlib.sha256((rules + own).encode()).hexdigest())


def prompts_sha256() -> str:
    """The sha256 of every prompt together."""
    paths = sorted(configs().joinpath("prompts").glob("*.md"))
    return hashlib.sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in paths)).hexdigest()


def messages_of(prompt: Prompt, about: Mapping[str, Any]) -> list[dict[str, str]]:
    """The instruction, then the data. No text of the data can hold a mark: `<` and `>` are escaped in it."""
    data = json.dumps(about, ensure_ascii=False, sort_keys=True, indent=1).translate(_MARKS)
    return [{"role": "system", "content": prompt.text}, {"role": "user", "content": f"{OPENING}\n{data}\n{CLOSING}"}]


class Answer(Closed):
    """Base of what a model gives back: typed, and nothing beside."""


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


class Answering(Protocol):
    """Where a model answers, or a person in its place."""

    @property
    def seed(self) -> int:
        """Of its draws."""

    def ask(self, messages: Messages, schema: Mapping[str, Any]) -> Said:
        """What it says. Raises ServerError: nothing usable."""


class KeptAnswers(Protocol):
    """Where answers are kept, by the sha256 of what was asked."""

    def get(self, key: str) -> Mapping[str, Any] | None:
        """What was kept, None when nothing was."""

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        """Keep an answer."""


@dataclass
class Account:
    """Questions that were asked or found answered, their keys, those whose answer is to be pasted, models, and what
    failed."""

    n_asked: int = 0
    n_kept: int = 0
    keys: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)
    models: set[str] = field(default_factory=set)
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def summary(self) -> str:
        """How it stands, in a few French words."""
        if self.waiting:
            left = counted(len(self.waiting), "demande attend", "demandes attendent", feminine=True)
            done = f"{self.n_kept or 'aucune'} en {'ont' if self.n_kept > 1 else 'a'} une"
            return f"{left} la réponse de votre assistant, {done}"
        n_done = self.n_asked + self.n_kept
        told = f"{n_done} question{'s' if n_done > 1 else ''} à l’assistant"
        return f"{told}, {self.n_kept} déjà répondue{'s' if self.n_kept > 1 else ''}" if self.n_kept else told

    @property
    def problems(self) -> Sequence[str]:
        """What went wrong, one sentence; [] when nothing did."""
        if not self.failures:
            return []
        ranked = sorted(self.failures.items(), key=lambda pair: (-pair[1], pair[0]))
        reasons = ", ".join(f"{reason} ({n})" for reason, n in ranked)
        return [
            f"Assistant : {sum(self.failures.values())} question(s) sans réponse, {reasons}. "
            "Le texte de Rosace est gardé à ces endroits ; la prochaine exécution reprendra là."
        ]


@dataclass
class Assistant:
    """A model that may be asked.

    `tell` : told after each answer how the account stands.
    """

    config: ModelConfig
    server: Answering
    kept: KeptAnswers
    tell: Callable[[Account], None] = lambda _: None
    account: Account = field(default_factory=Account)

    def ask(self, question: Question[A]) -> A | Failure:
        """The answer."""
        key = self.key_of(question)
        answer: A | Failure | None = self.recall(key, question.shape)
        answer = self._asked(key, question) if answer is None else answer
        self.account.keys.add(key)
        self.account.waiting += [key] * (answer == Failure(WAITING))
        return answer

    def recall(self, key: str, shape: type[A]) -> A | None:
        """What was answered to a question that was asked before, by its key; None where nothing was, or is lost."""
        kept = self.kept.get(key) or {}
        answer = _typed(str(kept.get("reponse", "")), shape)
        if answer is not None:
            self.account.keys.add(key)
            self.account.n_kept += 1
            self.account.models.add(str(kept.get("modele", "")))
            self.tell(self.account)
        return answer

    def wait(self, key: str) -> bool:
        """Whether a question that was asked before waits for a person's answer: she is then told that it does."""
        waits = not self.config.url and (self.kept.get(key) or {}).get("reponse") == ""
        if waits:
            self.account.keys.add(key)
            self.account.waiting.append(key)
        return waits

    def key_of(self, question: Question[Any]) -> str:
        """By what its answer is kept."""
        asked = {
            "modele": self.config.nom,
            "consigne": prompt_of(question.task).sha256,
            "messages": messages_of(prompt_of(question.task), question.about),
            "forme": question.shape.model_json_schema(),
            "graine": self.server.seed,
            "jetons": self.config.jetons_max,
        }
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def _asked(self, key: str, question: Question[A]) -> A | Failure:
        prompt = prompt_of(question.task)
        messages = messages_of(prompt, question.about)
        value = {
            "tache": question.task,
            "forme": question.shape.__name__,
            "version": prompt.version,
            "messages": messages,
            "reponse": "",
            "modele": "",
            "idees": sorted(question.items),
        }
        self.account.n_asked += 1
        try:
            answer, said = self._understood(messages, question.shape)
        except ServerError as error:
            if error.reason == WAITING:
                self.kept.put(key, value)
                return Failure(WAITING)
            self.account.failures[error.reason] += 1
            self.tell(self.account)
            return Failure(error.reason)
        self.account.models.add(said.model)
        told = answer.model_dump_json() if said.is_cut else said.text
        self.kept.put(key, {**value, "reponse": told, "modele": said.model})
        self.tell(self.account)
        return answer

    def _understood(self, messages: Messages, shape: type[A]) -> tuple[A, Said]:
        """An answer of the shape asked for; one more try when it is not."""
        schema = shape.model_json_schema()
        said = self.server.ask(messages, schema)
        answer = _typed(said.text, shape) or (_typed(json.dumps(sound_part(said.text)), shape) if said.is_cut else None)
        if answer is None and not said.is_cut:
            talk = [*messages, {"role": "assistant", "content": said.text[:2000]}, {"role": "user", "content": AGAIN}]
            said = self.server.ask(talk, schema)
            answer = _typed(said.text, shape)
        if answer is None:
            raise ServerError(CUT if said.is_cut else NOT_JSON)
        return answer, said


def _typed(text: str, shape: type[A]) -> A | None:
    """The object in an answer, whatever stands around it; None when there is none of that shape."""
    bare = _THINKING.sub("", text)
    start, end = bare.find("{"), bare.rfind("}")
    try:
        return shape.model_validate(json.loads(bare[start : end + 1])) if 0 <= start < end else None
    except (ValueError, RecursionError):
        return None


def sound_part(text: str, start: int = 0, broken: int | None = None) -> object:
    """An answer without what follows the last of its sentences that is whole, before the place where it is broken; None
    when there is none."""
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(text, start, len(text) if broken is None else broken)]
    for end in reversed(ends[-TRIED_MAX:]):
        for closing in ("]}", "]}]}"):
            with suppress(ValueError, RecursionError):
                return json.loads(text[start:end] + closing)
    return None
