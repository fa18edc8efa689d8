"""What one line of the decision log holds: an act of a person, what it is about, what it replaces and what it wants.

A line is a json object `{decision_id, ts, author, op, target, before, after}`. Items are told by where they stand in
their contribution (so that they are found again after a re-run), groups by their id and, in `before`, their members.
What each `op` asks for and does is in `pipeline.review.log.ops`.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import AliasChoices, Field

from pipeline.config import Closed

AxisCode = Literal["nord", "est", "sud", "ouest", "hors_axe"]
Stance = Literal["pour", "contre", "nuance", "inconnu"]
LinkKind = Literal["answers", "objects", "supports"]
Part = Literal["essentiel", "fil_rouge", "suites", "remerciements"]
"""Part of the restitution that a person may write (`pipeline.contracts.labels.PART_NAMES`)."""
UNDO, REDO = "undo", "redo"


class ItemAnchor(Closed):
    """A span of a contribution, in code points, and its text; the title that it is under on a written page."""

    contribution_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    under: str | None = None


class LinkAnchor(Closed):
    """An answer and its obstacle (older logs call them so), or an objection or a support and its proposal."""

    from_item: ItemAnchor = Field(validation_alias=AliasChoices("from_item", "answer"))
    to_item: ItemAnchor = Field(validation_alias=AliasChoices("to_item", "obstacle"))
    kind: LinkKind = "answers"


class Target(Closed):
    """What an act is about; which fields are filled depends on its `op`."""

    items: tuple[ItemAnchor, ...] = ()
    groups: tuple[str, ...] = ()
    links: tuple[LinkAnchor, ...] = ()
    theme_id: str | None = None
    decision_id: str | None = None
    part: Part | None = None


class Before(Closed):
    """What stood there: members and titles of every group named by the act, and the value that it replaces."""

    members: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    titles: dict[str, str] = Field(default_factory=dict)
    value: Any = None


class NewTitle(Closed):
    """A title that a person types: its axis, None for all of them, and a wider title above it."""

    title: str = Field(min_length=1, max_length=300)
    axis: Literal["nord", "est", "sud", "ouest"] | None = None
    rubric: str | None = Field(default=None, max_length=300)


PLACES_MAX = 10**6
"""Places that a person may give a group among others."""


class After(Closed):
    """What the person wants."""

    title: str | None = Field(default=None, max_length=300)
    titles: tuple[NewTitle, ...] | None = Field(default=None, min_length=1, max_length=300)
    axis: AxisCode | None = None
    facet: str | None = None
    stance: Stance | None = None
    state: Literal["juste", "faux", "choisie", "bannie"] | None = None
    group_id: str | None = None
    theme_id: str | None = None
    question: str | None = Field(default=None, max_length=1000)
    text: str | None = Field(default=None, max_length=100_000)
    position: int | None = Field(default=None, ge=0, le=PLACES_MAX)
    value: bool | None = None
    agreed: bool | None = None


class Decision(Closed):
    """One act of a person."""

    decision_id: str = Field(min_length=1, max_length=80)
    ts: str
    author: str = Field(min_length=1, max_length=80)
    op: str
    target: Target
    before: Before = Before()
    after: After = After()

    @property
    def is_undo_or_redo(self) -> bool:
        """Whether it chooses which other acts are replayed."""
        return self.op in (UNDO, REDO)

    def to_line(self) -> str:
        """The line of the log, without its newline."""
        return json.dumps(self.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)


def new_group_id(decision_id: str) -> str:
    """The id of the group that an act creates."""
    return "g-" + hashlib.sha256(f"decision\t{decision_id}".encode()).hexdigest()[:12]
