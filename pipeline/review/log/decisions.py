"""The decision log: one act of a person per line, and what makes a line readable.

A line is a json object `{decision_id, ts, author, op, target, before, after}`. Items are told by where they stand in
their contribution (so that they are found again after a re-run), groups by their id and, in `before`, their members.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

AxisCode = Literal["nord", "est", "sud", "ouest", "hors_axe"]
Stance = Literal["pour", "contre", "nuance", "inconnu"]
Op = Literal[
    "rename",  # a group or a theme: after.title
    "move",  # items: after.group_id, None for a weak signal
    "merge",  # groups, the first one stays
    "split",  # items out of one group: after.group_id, after.title
    "create",  # a group out of items: after.group_id, after.axis, after.title
    "set_axis",  # items, or a whole group: after.axis, after.facet
    "set_stance",  # items: after.stance
    "set_theme",  # groups: after.theme_id
    "accept",  # groups, or the axis of items
    "revoir",  # groups
    "reject",  # groups
    "rouvrir",  # groups: no verdict any more, to be re-read
    "link",  # links: after.state juste or faux
    "problematique",  # a group of obstacles: after.question
    "order",  # a group in its axis: after.position
    "hide",  # groups or items: after.value
    "quote",  # items: after.state choisie, bannie, or None
    "ne_pas_citer",  # items: after.value
    "mask",  # spans: after.value, False for "not a name"; after.text for these words everywhere
    "nommer",  # spans: after.value, shown with the person's consent; after.text likewise
    "corriger_transcription",  # an item: after.text, None for the original
    "texte",  # a group: after.text, the author's own paragraph
    "controle",  # items judged blind: after.axis; changes nothing
    "undo",
    "redo",
]
OPS: tuple[str, ...] = get_args(Op)


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemAnchor(_Frozen):
    """A span of a contribution, in code points, and its text."""

    contribution_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class LinkAnchor(_Frozen):
    """An obstacle and what would answer it."""

    obstacle: ItemAnchor
    answer: ItemAnchor


class Target(_Frozen):
    """What an act is about; which fields are filled depends on the op."""

    items: tuple[ItemAnchor, ...] = ()
    groups: tuple[str, ...] = ()
    links: tuple[LinkAnchor, ...] = ()
    theme_id: str | None = None
    decision_id: str | None = None


class Before(_Frozen):
    """What stood there: members of every group named by the act, and the value that it replaces."""

    members: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    value: Any = None


class After(_Frozen):
    """What the person wants."""

    title: str | None = Field(default=None, max_length=300)
    axis: AxisCode | None = None
    facet: str | None = None
    stance: Stance | None = None
    state: Literal["juste", "faux", "choisie", "bannie"] | None = None
    group_id: str | None = None
    theme_id: str | None = None
    question: str | None = Field(default=None, max_length=1000)
    text: str | None = Field(default=None, max_length=100_000)
    position: int | None = Field(default=None, ge=0)
    value: bool | None = None


_NEEDS: dict[str, tuple[str, ...]] = {
    "rename": ("title",),
    "split": ("group_id", "title"),
    "create": ("group_id", "title", "axis"),
    "set_axis": ("axis",),
    "controle": ("axis",),
    "set_stance": ("stance",),
    "set_theme": ("theme_id",),
    "link": ("state",),
    "order": ("position",),
    "hide": ("value",),
    "ne_pas_citer": ("value",),
    "mask": ("value",),
    "nommer": ("value",),
}
_ON_ITEMS = frozenset(
    {
        "move",
        "create",
        "split",
        "set_stance",
        "quote",
        "ne_pas_citer",
        "mask",
        "nommer",
        "corriger_transcription",
        "controle",
    }
)
_ON_GROUPS = frozenset(
    {"merge", "split", "set_theme", "revoir", "reject", "rouvrir", "problematique", "order", "texte"}
)
_ON_EITHER = frozenset({"set_axis", "accept", "hide"})


class Decision(_Frozen):
    """One act of a person."""

    decision_id: str = Field(min_length=1, max_length=80)
    ts: str
    author: str = Field(min_length=1, max_length=80)
    op: Op
    target: Target
    before: Before = Before()
    after: After = After()

    @model_validator(mode="after")
    def _is_complete(self) -> Decision:
        missing = [name for name in _NEEDS.get(self.op, ()) if getattr(self.after, name) is None]
        if missing:
            raise ValueError(f"il y manque {', '.join(missing)}")
        target = self.target
        is_told = {
            "items": bool(target.items) or self.op not in _ON_ITEMS,
            "groups": bool(target.groups) or self.op not in _ON_GROUPS,
            "items or groups": bool(target.items or target.groups) or self.op not in _ON_EITHER,
            "group or theme": bool(target.groups or target.theme_id) or self.op != "rename",
            "two groups": len(target.groups) > 1 or self.op != "merge",
            "links": bool(target.links) or self.op != "link",
            "decision": bool(target.decision_id) or self.op not in ("undo", "redo"),
        }
        lacking = [name for name, told in is_told.items() if not told]
        if lacking:
            raise ValueError(f"il y manque {', '.join(lacking)}")
        return self

    def to_line(self) -> str:
        """The line of the log, without its newline."""
        return json.dumps(self.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)


@dataclass(frozen=True)
class BadLine:
    """A line that is no decision: its number from 1, an id for the table of states, and why, in French."""

    number: int
    decision_id: str
    message: str


@dataclass(frozen=True)
class Log:
    """What the log says: decisions in order, each once; lines that could not be read."""

    decisions: tuple[Decision, ...]
    bad_lines: tuple[BadLine, ...]

    def undone(self) -> frozenset[str]:
        """Ids of the acts that are undone at the end of the log."""
        return frozenset(self.undone_by())

    def undone_by(self) -> dict[str, Decision]:
        """Id of each act that is undone at the end of the log → the act that undid it."""
        undone: dict[str, Decision] = {}
        for decision in self.decisions:
            if decision.op == "undo":
                undone[str(decision.target.decision_id)] = decision
            elif decision.op == "redo":
                undone.pop(str(decision.target.decision_id), None)
        return undone


def read_log(lines: Sequence[str], name: str = "decisions.jsonl") -> Log:
    """Decisions of the log, in order; a line met twice is one act (a file imported twice). `name` is told to people."""
    decisions: dict[str, Decision] = {}
    bad: list[BadLine] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            decision = Decision.model_validate_json(line)
        except ValidationError as error:
            bad.append(_bad_line(number, line, name, error))
            continue
        known = decisions.setdefault(decision.decision_id, decision)
        if known != decision:
            message = "Deux actes portent le même identifiant : le premier est gardé. Refaites le second s'il le faut."
            bad.append(BadLine(number, f"{decision.decision_id}#ligne-{number}", message))
    return Log(tuple(decisions.values()), tuple(bad))


def _bad_line(number: int, line: str, name: str, error: ValidationError) -> BadLine:
    try:
        json.loads(line)
    except ValueError:
        message = (
            f"La ligne {number} de {name} est coupée ou abîmée : elle n'est pas appliquée. "
            "Les autres le sont ; refaites cet acte s'il manque."
        )
    else:
        message = (
            f"La ligne {number} de {name} n'est pas un acte connu ({_flaw(error)}) : "
            "elle n'est pas appliquée. Mettez Rosace à jour, ou refaites cet acte."
        )
    return BadLine(number, f"ligne-{number}", message)


def _flaw(error: ValidationError) -> str:
    """What an act has wrong: the field and what it holds, or what it lacks."""
    first = error.errors()[0]
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    where, given = ".".join(str(part) for part in first["loc"]) or "acte", first["input"]
    return f"{where} : « {str(given)[:40]} »" if isinstance(given, str | int | float) else where


def new_group_id(decision_id: str) -> str:
    """The id of the group that an act creates."""
    return "g-" + hashlib.sha256(f"decision\t{decision_id}".encode()).hexdigest()[:12]


def to_lines(decisions: Iterable[Decision]) -> list[str]:
    """Lines of the log, without newlines."""
    return [decision.to_line() for decision in decisions]
