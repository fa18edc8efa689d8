"""What a restitution says, of what, and why, before a word of French: `plan.json`.

A plan is sections of paragraphs of statements. A statement says one thing of one unit; a unit is a group, an idea told
for itself, or several ideas told together, with the ideas that may be told and counted.
`pipeline.contracts.draft_files` reads and writes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.contracts.draft import WordsRef

_WRITTEN = {"written": True}
Kind = Literal[
    "author", "spread", "told", "objection", "condition", "answer", "resource", "question", "voted",
    "weighs", "disputed",
]  # fmt: skip
"""What a statement does.

`author`    gives an author's own text.
`spread`    says how widely the title of a unit is said.
`told`      what one place said of a unit, or of an axis where no group tells it.
`objection`, `condition` : what is said against it, or asked for, the second unit being all who say it.
`answer`, `resource` : what would answer an obstacle, proposed or existing.
`question`  what is asked.
`voted`     an idea that people voted on.
`weighs`    what weighs most on an axis, by titles that people gave or took.
`disputed`  what opinions divide on.
"""
Reason = Literal["told", "named", "to_read_again", "no_words", "said_once"]
"""Why a unit is told, or is not: `no_words` when nothing of it can be told as it stands, `said_once` when it
is left to the other document."""


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
class Statement:
    """One thing said.

    Attributes
    ----------
    axis : whose wording it takes.
    units : what it is about, in order.
    items : ideas that it rests on.
    words : words shown, in order; each is of one of `items`. manners : how each stands, between « » or told.
    """

    kind: Kind
    axis: str
    units: tuple[str, ...]
    items: tuple[str, ...]
    words: tuple[WordsRef, ...] = ()
    manners: tuple[Literal["quote", "report"], ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Statements told one after the other; `unit` is the group whose title heads them, "" for none."""

    statements: tuple[Statement, ...]
    unit: str = ""


@dataclass(frozen=True)
class SectionPlan:
    """A section of the document: the essential, or an axis."""

    key: str
    paragraphs: tuple[Paragraph, ...]
    axis: str = ""


@dataclass(frozen=True)
class Plan:
    """`plan.json`: what the draft says, and what it leaves to the other document."""

    sections: tuple[SectionPlan, ...]
    units: Mapping[str, Unit] = field(metadata=_WRITTEN)

    def section(self, key: str) -> SectionPlan:
        """The section of a key. Raises StopIteration: there is none."""
        return next(section for section in self.sections if section.key == key)

    @property
    def told(self) -> frozenset[str]:
        """Ideas whose words the sections show."""
        return frozenset(ref.item_id for statement in self.statements for ref in statement.words)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in order."""
        return tuple(
            statement
            for section in self.sections
            for paragraph in section.paragraphs
            for statement in paragraph.statements
        )
