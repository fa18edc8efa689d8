"""A workshop as objects: contributions, ideas, groups, links, themes and titles, with what the machine read of each and
what people decided; read from its tables. What may be shown of them is in `pipeline.workshop.model`."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.checks import empty
from pipeline.contracts.labels import TITLE_TRUE_MIN, counted_in
from pipeline.contracts.titles import MACHINE, OF_PEOPLE, group_of_title, placed_tags
from pipeline.stances.counting import Sides
from pipeline.workshop.tables import rows_of


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

    @property
    def origin(self) -> str:
        """Its table, else its file."""
        is_numbered = self.table is not None and self.table.isalnum()
        return (f"table {self.table}" if is_numbered else self.table) or self.source

    @property
    def spot(self) -> str:
        """Where they stand, for people."""
        return "écrit dans la salle" if self.channel == "saisie" else f"{self.source}, {self.locator}"


MARK = "[…]"
"""What stands for a masked name."""


def hidden(text: str, at: int, spans: Iterable[tuple[int, int]], mark: str = MARK) -> str:
    """Words that begin `at` a place of a contribution, with a mark instead of each of some spans of it."""
    for start, end in reversed(apart(spans)):
        low, high = max(0, start - at), end - at
        if low < len(text) and high > 0:
            text = f"{text[:low]}{mark}{text[high:]}"
    return text


def apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if found and low < found[-1][1]:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return found


_WORD_OR_SIGN = re.compile(r"\w+|\W")
_INSIDE = re.compile(r"\w-?$"), re.compile(r"-?\w")
"""Before and after what stands inside a word: `Odile` in `Odile-Vasseur`."""


def _small(text: str) -> str:
    """A text in small letters, each where it stood."""
    small = text.lower()
    is_same = len(small) == len(text) and "Σ" not in text  # which is another letter where a word ends
    return small if is_same else "".join(one.lower()[0] for one in text)


def standing(names: Iterable[str], folds: bool = False) -> Callable[[str], Iterator[tuple[int, int]]]:
    """What finds where some names stand in a text as words, the longest first; in small letters or capitals where it
    `folds`. A text is read once, however many names there are."""
    form = _small if folds else str
    by_first: dict[str, list[str]] = {}
    for name in sorted({form(name) for name in names if name}, key=lambda name: (-len(name), name)):
        by_first.setdefault(_WORD_OR_SIGN.match(name)[0], []).append(name)  # type: ignore[index]

    def found(text: str) -> Iterator[tuple[int, int]]:
        if not by_first:
            return
        told, at = form(text), 0
        for first in _WORD_OR_SIGN.finditer(told):
            start = first.start()
            if start < at or first[0] not in by_first or _INSIDE[0].search(told, max(0, start - 2), start):
                continue
            ends = (start + len(name) for name in by_first[first[0]] if told.startswith(name, start))
            if end := next((end for end in ends if not _INSIDE[1].match(told, end)), 0):
                yield start, end
                at = end

    return found


def masking(names: Iterable[str], mark: str = MARK, folds: bool = False) -> Callable[[str], str]:
    """What puts a mark in a text for each of some names that stands there as words (`standing`)."""
    found = standing(names, folds)
    return lambda text: hidden(text, 0, found(text), mark)


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
    stance_on: str | None = None
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
    aside: str = ""
    """Why a person says that it is nobody's words, "" where nobody does."""

    def hiding(self, spans: Iterable[tuple[int, int]], mark: str = MARK) -> str:
        """Its words, with a mark instead of each of some spans of its contribution."""
        return hidden(self.text, self.start, spans, mark)

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
    title_coverage : share of its members of which the machine's title is true; None when the title is a person's.
    is_counted : whether its members are still those that the title was read with.
    origin : whose title it was before the review.
    """

    group_id: str
    axis: str
    theme_id: str
    title: str
    question: str | None
    n_items: int
    n_ideas: int
    votes: int
    n_people: int | None
    n_for: int
    n_against: int
    n_if: int
    n_without: int
    n_tables: int
    n_channels: int
    recurrence: float
    state: str = "machine"
    is_hidden: bool = False
    author_text: str | None = None
    author_cites: tuple[tuple[str, str], ...] = ()
    decided_by: str | None = None
    worded: frozenset[str] = frozenset()
    title_coverage: float | None = None
    is_counted: bool = True
    origin: str = MACHINE

    @property
    def sides(self) -> Sides:
        """How many are on each side of its object."""
        return Sides(self.n_for, self.n_against, self.n_if, self.n_without)

    @property
    def is_proposed(self) -> bool:
        """Whether its title is a proposal, that no person took."""
        return self.origin not in OF_PEOPLE and "title" not in self.worded and self.state != "accepte"

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
    state: str = "machine"
    decided_by: str | None = None


@dataclass(slots=True)
class Theme:
    """What groups of several axes are about."""

    theme_id: str
    title: str
    position: int
    decided_by: str | None = None


class Written(NamedTuple):
    """What a person wrote of a part of the text."""

    text: str
    decided_by: str


class GivenTitle(NamedTuple):
    """A title of people on one axis, "" for one on all of them; `theme` is the title of its theme, "" for none; `order`
    its place; `title_id` that of the title, which is one on all axes; `rubric` the wider title that people put above
    it, "" for none."""

    text: str
    axis: str
    theme: str
    origin: str
    order: int
    title_id: str
    rubric: str = ""


@dataclass(frozen=True)
class MachineTables:
    """What the stages before review wrote, each frame as its schema says."""

    contributions: pd.DataFrame
    items: pd.DataFrame
    positions: pd.DataFrame
    tags: pd.DataFrame
    groups: pd.DataFrame
    memberships: pd.DataFrame
    themes: pd.DataFrame
    links: pd.DataFrame
    near_pairs: pd.DataFrame
    name_suggestions: pd.DataFrame
    titles: pd.DataFrame = field(default_factory=lambda: empty("titles"))
    placings: pd.DataFrame = field(default_factory=lambda: empty("placings"))

    def on_placed_axes(self) -> "MachineTables":
        """The tables as review starts from them, axes by the titles that ideas are under."""
        return replace(self, tags=placed_tags(self.tags, self.placings))


def read_ideas(machine: MachineTables) -> dict[str, Item]:
    """Read the ideas that have an axis, by id."""
    tags = machine.tags.set_index("item_id")[["axis", "facet", "second_axis", "confidence", "status", "doubt"]]
    names = ("item_id", "contribution_id", "start", "end", "text")
    joined = machine.items.join(tags, on="item_id", how="inner")
    items = {row[0]: Item(*row) for row in rows_of(joined, *names, *tags.columns)}
    for item_id, lead in rows_of(machine.items, "item_id", "lead"):
        if lead and item_id in items:
            items[item_id].lead = lead
    columns = ("group_id", "stack_id", "strength", "stance", "stance_on", "tied_to")
    for item_id, *values in rows_of(machine.memberships, "item_id", *columns):
        for name, value in zip(columns, values, strict=True):
            setattr(items[item_id], name, value)
    return items


def read_groups(groups: pd.DataFrame) -> dict[str, Group]:
    """Read groups, by id."""
    names = [name for name in Group.__dataclass_fields__ if name in groups.columns]
    records: dict[str, Group] = {}
    for row in rows_of(groups, *names):
        values: dict[str, Any] = dict(zip(names, row, strict=True))
        records[values["group_id"]] = Group(**values)
    return records


def titles_by_group(titles: pd.DataFrame) -> dict[str, GivenTitle]:
    """Group → the title of people that it is of, whether it holds ideas or not; a title on all axes by its id too."""
    found: dict[str, GivenTitle] = {}
    for title_id, text, axis, rubric, origin, order in rows_of(
        titles, "title_id", "title", "axis", "rubric", "origin", "order"
    ):
        if origin in OF_PEOPLE:
            found |= groups_of_title(title_id, text, axis, rubric or "", origin, order)
    return found


def groups_of_title(
    title_id: str, text: str, axis: str | None, rubric: str, origin: str, order: int
) -> dict[str, GivenTitle]:
    """Group → title, of the groups that a title may have; the title itself by its id when it is on all axes."""
    theme = rubric or ("" if axis else text)
    codes = (axis,) if axis else COMPASS_CODES
    one = GivenTitle(text, axis or "", theme, origin, order, title_id, rubric)
    found = {group_of_title(title_id, axis, code): one._replace(axis=code) for code in codes}
    return found if axis else {title_id: one, **found}
