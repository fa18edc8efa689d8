"""What the review knows of each contribution, item, group, link and theme, and what people decided of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TypeVar

from pipeline.contracts.labels import TITLE_TRUE_MIN, counted_in
from pipeline.review.log.decisions import ItemAnchor

Key = TypeVar("Key", bound=Hashable)
Record = TypeVar("Record", "Item", "Group", "Link", "Theme")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the words of an item come from; None where it is not known."""

    contribution_id: str
    source: str
    locator: str
    text: str
    channel: str
    provenance: str
    context: str
    voice: str | None
    table: str | None
    workshop: str
    votes: int | None = None
    attributes: str | None = None
    start_s: float | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What someone says of a group or a sentence to the others who review; `decision_id` is what takes it back."""

    decision_id: str
    author: str
    ts: str
    text: str


@dataclass(slots=True)
class Item:
    """One idea: its span, what the machine read and what people decided."""

    item_id: str
    contribution_id: str
    start: int
    end: int
    text: str
    axis: str
    facet: str | None
    second_axis: str | None
    confidence: float
    status: str
    doubt: str | None = None
    group_id: str | None = None
    stack_id: str | None = None
    strength: float = 0.0
    stance: str = "inconnu"
    tied_to: str | None = None
    is_hidden: bool = False
    is_quotable: bool = True
    quote_choice: str | None = None
    shown_text: str | None = None
    lead: str | None = None
    masks: tuple[tuple[int, int], ...] = ()
    named: tuple[tuple[int, int], ...] = ()
    not_names: tuple[tuple[int, int], ...] = ()
    axis_by: str | None = None
    membership_by: str | None = None
    display_by: str | None = None
    comments: tuple[Comment, ...] = ()

    @property
    def anchor(self) -> ItemAnchor:
        """How a decision names this item."""
        return ItemAnchor(contribution_id=self.contribution_id, start=self.start, end=self.end, text=self.text)

    @property
    def shown_names(self) -> tuple[tuple[int, int], ...]:
        """Spans that were taken for names and may be shown: with consent, or because they are none."""
        return tuple(sorted({*self.named, *self.not_names}))


@dataclass(slots=True)
class Group:
    """One recurring idea; counts are those of the machine until its members change.

    Attributes
    ----------
    worded : which of title and question are a person's words.
    is_provisional : whether answers made or changed it since it was named.
    turn : who is to look at it next.
    title_coverage : share of its members of which the machine's title is true; None when the title is a person's.
    is_counted : whether its members are still those that the title was read with.
    """

    group_id: str
    axis: str
    theme_id: str
    title: str
    question: str | None
    keywords: tuple[str, ...]
    n_items: int
    n_ideas: int
    n_stacks: int
    votes: int
    n_voices: int | None
    n_tables: int
    n_workshops: int
    n_channels: int
    recurrence: float
    cohesion: float
    reason: str
    exemplars: tuple[str, ...]
    state: str = "machine"
    is_hidden: bool = False
    author_text: str | None = None
    decided_by: str | None = None
    worded: frozenset[str] = frozenset()
    is_provisional: bool = False
    comments: tuple[Comment, ...] = ()
    turn: str | None = None
    title_coverage: float | None = None
    is_counted: bool = True

    @property
    def n_true(self) -> int | None:
        """Of its members, those of which the machine's title is true; None when nobody counted them as they are, or the
        title is a person's."""
        if self.title_coverage is None or not self.is_counted:
            return None
        return counted_in(self.title_coverage, self.n_items)

    @property
    def has_doubtful_title(self) -> bool:
        """Whether the machine's title is true of too few members, and nobody judged the group."""
        is_open = self.state in ("machine", "a_revoir")
        return is_open and self.title_coverage is not None and self.title_coverage < TITLE_TRUE_MIN


@dataclass(slots=True)
class Link:
    """What the first item of a pair does to the second: answers, objects or supports."""

    score: float
    kind: str = "answers"
    is_told: bool = True
    state: str = "machine"
    decided_by: str | None = None


@dataclass(slots=True)
class Theme:
    """What groups of several axes are about."""

    theme_id: str
    title: str
    position: int
    keywords: tuple[str, ...]
    decided_by: str | None = None


def twins(found: Mapping[Key, Record]) -> dict[Key, Record]:
    """Records of one kind, each copied: four times quicker than by `copy.copy`, which looks for how at each of them."""
    if not found:
        return {}
    kind = type(next(iter(found.values())))
    values = attrgetter(*(field.name for field in fields(kind)))
    return {key: kind(*values(record)) for key, record in found.items()}
