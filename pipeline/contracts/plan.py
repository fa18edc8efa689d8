"""What a restitution shows, of what, and why, before a word of French: `plan.json`.

A plan is, axis by axis, titles with the words shown under each. What it counts is counted over units: a group, an idea
alone, or several ideas together, with those that may be told. Beside a group's unit stand those that are counted apart,
by its id and an ending: `.titre`, all of a title that has groups on several axes; `.au_moins`, who surely speaks of a
title that nobody looked at; `.objection`, `.condition`, who is against it, or asks for something first.
`pipeline.contracts.draft_files` reads and writes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.contracts.draft import WordsRef

TITLES = "titres"
"""What is told in the order of the titles, where a person gave them without axes; no code of an axis. The section of a
rubric of hers that is on no axis begins so."""
WHOLE, AT_LEAST = ".titre", ".au_moins"

_WRITTEN = {"written": True}
Reason = Literal["told", "named", "to_read_again", "no_words", "said_once"]
"""Why a unit is told, or is not: `named` by its title alone, `no_words` when nothing of it can be told as it stands,
`said_once` when it is left to the other document."""


@dataclass(frozen=True)
class Spread:
    """How widely something was said, counted over what is told of it.

    Attributes
    ----------
    answers : people who answered the survey. people : all who said it, once each; 0 where one of them is unknown.
    same : of contributions of unknown people, the largest number that are word for word one long text.
    votes, votes_against : of the contributions, each once; `mark` : what they are where they are no votes: likes are
        never added to votes.
    """

    contributions: int
    tables: int = 0
    answers: int = 0
    people: int = 0
    same: int = 0
    workshops: int = 1
    channels: tuple[str, ...] = ()
    votes: int = 0
    votes_against: int = 0
    mark: str = ""

    @property
    def n_heard(self) -> int:
        """How many said it, as far as one knows: people where all are known, else contributions."""
        return self.people or self.contributions


@dataclass(frozen=True)
class Unit:
    """What may be told and counted together.

    Attributes
    ----------
    members : ids of the ideas told, the most central first; of a group, those that surely say what its title says.
    spread : of `members`.
    weight : what orders units; it does not depend on the title.
    is_counted : whether people say what its members are, so that they may be counted.
    """

    unit_id: str
    axis: str
    theme: str
    members: tuple[str, ...]
    spread: Spread
    weight: float
    is_counted: bool = True
    reason: Reason = "said_once"


@dataclass(frozen=True)
class Line:
    """Words that are shown, and what answered them where they ask, or what another one said then."""

    words: WordsRef
    reply: WordsRef | None = None


@dataclass(frozen=True)
class Camp:
    """One side of those that people take under a title: how many take it (the unit of that id), and what one says.

    Attributes
    ----------
    on : the question that a column of theirs answers; "" for what the title says.
    """

    side: str
    unit: str
    words: WordsRef
    on: str = ""


@dataclass(frozen=True)
class Entry:
    """What an axis shows under a title, or under none.

    Attributes
    ----------
    units : those of the title, that of the axis first; () for none.
    unsure : where no words surely say it, those that come nearest, for a person to read.
    camps : both sides, or none.
    """

    units: tuple[str, ...]
    lines: tuple[Line, ...]
    unsure: tuple[Line, ...] = ()
    camps: tuple[Camp, ...] = ()


@dataclass(frozen=True)
class Plan:
    """`plan.json`: what each section shows, of an axis, of a person's rubric, or of all titles in her order (`TITLES`),
    what was voted on, and all that may be counted.

    Attributes
    ----------
    answers : of an obstacle that people looked at, the units that are proposed in answer, and those that exist.
    debated : key of a vote that divides → what two speakers said in turn. divided : passages of documents that say that
        people did not think alike.
    """

    axes: Mapping[str, tuple[Entry, ...]]
    voted: tuple[WordsRef, ...]
    answers: Mapping[str, tuple[tuple[str, ...], ...]]
    units: Mapping[str, Unit] = field(metadata=_WRITTEN)
    debated: Mapping[str, Line] = field(default_factory=dict)
    divided: tuple[WordsRef, ...] = ()

    def whole(self, entry: Entry) -> Unit:
        """All that people put under a title, on whatever axis."""
        own = [self.units[key] for key in entry.units]
        counted = (one for one in own if one.is_counted and one.members)
        return self.units.get(f"{entry.units[0]}{WHOLE}") or next(counted, own[0])

    def at_least(self, entry: Entry) -> Unit | None:
        """Who surely speaks of a title that nobody looked at."""
        return self.units.get(f"{entry.units[0]}{AT_LEAST}")
