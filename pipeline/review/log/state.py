"""State of a review in memory: contributions, items, groups, links and themes, with what people decided of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from pipeline.axes import COMPASS_CODES, HORS_AXE
from pipeline.contracts.checks import empty
from pipeline.contracts.labels import TITLE_TRUE_MIN, counted_in
from pipeline.contracts.titles import MACHINE, OF_PEOPLE, group_of_title
from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.pairs import Answers, NearGraph
from pipeline.stances.counting import Sides
from pipeline.workshop.tables import rows_of

Key = TypeVar("Key", bound=Hashable)
Record = TypeVar("Record", "Item", "Group", "Link", "Theme")


__all__ = ["Comment", "Group", "Item", "Link", "MachineTables", "ReviewState", "Source", "Theme", "Written"]


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
    origin : whose title it was before the review.
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
    n_people: int | None
    n_for: int
    n_against: int
    n_if: int
    n_without: int
    n_tables: int
    n_workshops: int
    n_channels: int
    recurrence: float
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


class Written(NamedTuple):
    """What a person wrote of a part of the text."""

    text: str
    decided_by: str


class GivenTitle(NamedTuple):
    """A title of people on one axis, "" for one on all of them; `theme` is the title of its theme, "" for none; `order`
    its place; `title_id` that of the title, which is one on all axes."""

    text: str
    axis: str
    theme: str
    origin: str
    order: int
    title_id: str


def twins(records: Mapping[Key, Record]) -> dict[Key, Record]:
    """Records of one kind, each copied: four times quicker than by `copy.copy`, which looks for how at each of them."""
    if not records:
        return {}
    kind = type(next(iter(records.values())))
    values = attrgetter(*(field.name for field in fields(kind)))
    return {key: kind(*values(record)) for key, record in records.items()}


@dataclass(frozen=True)
class MachineTables:
    """What the stages before review wrote, each frame as its schema says; no advice without a language model."""

    contributions: pd.DataFrame
    items: pd.DataFrame
    tags: pd.DataFrame
    groups: pd.DataFrame
    memberships: pd.DataFrame
    themes: pd.DataFrame
    links: pd.DataFrame
    near_pairs: pd.DataFrame
    name_suggestions: pd.DataFrame
    advice: pd.DataFrame = field(default_factory=lambda: empty("advice"))
    titles: pd.DataFrame = field(default_factory=lambda: empty("titles"))
    placings: pd.DataFrame = field(default_factory=lambda: empty("placings"))


@dataclass
class ReviewState:
    """Everything that an act can change, and what it leans on.

    Attributes
    ----------
    members : group id → ids of its items, as an ordered set.
    touched : groups whose members changed and whose counts are to be made again; `sided` : whose members changed sides.
    pins : group id → place in its axis, chosen by a person, in the order of the choices.
    placed : items whose group a person chose for them.
    answers : what people said of pairs of items; `near` is what the machine said.
    titled : group → the title of people that it is of, whether it holds ideas or not; one on all axes by its id too.
    refused : item → the titles that a person took it away from.
    parts : part of the text → what a person wrote of it.
    likeliest : item that no title of people takes → the groups of its two likeliest ones, and their chances.
    """

    sources: dict[str, Source]
    items: dict[str, Item]
    groups: dict[str, Group]
    members: dict[str, dict[str, None]]
    links: dict[tuple[str, str], Link]
    themes: dict[str, Theme]
    by_contribution: dict[str, list[str]]
    by_text: dict[str, list[str]]
    touched: set[str] = field(default_factory=set)
    sided: set[str] = field(default_factory=set)
    pins: dict[str, int] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)
    parts: dict[str, Written] = field(default_factory=dict)
    near: NearGraph = field(default_factory=NearGraph)
    answers: Answers = field(default_factory=Answers)
    titled: dict[str, GivenTitle] = field(default_factory=dict)
    refused: dict[str, frozenset[str]] = field(default_factory=dict)
    likeliest: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)

    @classmethod
    def from_machine(cls, machine: MachineTables) -> ReviewState:
        """The state before any decision."""
        items = _items(machine)
        members: dict[str, dict[str, None]] = {str(group): {} for group in machine.groups["group_id"]}
        for item in items.values():
            if item.group_id is not None:
                members[item.group_id][item.item_id] = None
        by_contribution: dict[str, list[str]] = defaultdict(list)
        by_text: dict[str, list[str]] = defaultdict(list)
        for item in items.values():
            by_contribution[item.contribution_id].append(item.item_id)
            by_text[item.text].append(item.item_id)
        return cls(
            sources={row[0]: Source(*row) for row in rows_of(machine.contributions, *Source.__dataclass_fields__)},
            items=items,
            groups=_groups(machine.groups),
            members=members,
            links={
                (one, two): Link(score, kind, is_told)
                for one, two, score, kind, is_told in rows_of(
                    machine.links, "from_item", "to_item", "score", "kind", "is_told"
                )
            },
            themes={
                theme_id: Theme(theme_id, title, position, tuple(keywords))
                for theme_id, title, position, keywords in rows_of(
                    machine.themes, "theme_id", "title", "position", "keywords"
                )
            },
            by_contribution=dict(by_contribution),
            by_text=dict(by_text),
            near=NearGraph.from_table(machine.near_pairs),
            titled=titles_by_group(machine.titles),
            likeliest=_likeliest(machine, items),
        )

    def copy(self) -> ReviewState:
        """An independent state; what no act changes (sources, indexes) is shared."""
        return ReviewState(
            sources=self.sources,
            items=twins(self.items),
            groups=twins(self.groups),
            members={key: dict(ids) for key, ids in self.members.items()},
            links=twins(self.links),
            themes=twins(self.themes),
            by_contribution=self.by_contribution,
            by_text=self.by_text,
            touched=set(self.touched),
            sided=set(self.sided),
            pins=dict(self.pins),
            placed=set(self.placed),
            parts=dict(self.parts),
            near=self.near,
            answers=self.answers.copy(),
            titled=dict(self.titled),
            refused=dict(self.refused),
            likeliest=self.likeliest,
        )

    def weak_signals(self) -> list[Item]:
        """Items of the four axes that stand in no group, in reading order."""
        return [item for item in self.items.values() if item.group_id is None and item.axis != HORS_AXE]

    def items_of(self, group_id: str) -> list[Item]:
        """Items of a group, the most typical first."""
        items = (self.items[item_id] for item_id in self.members[group_id])
        return sorted(items, key=lambda item: (-item.strength, item.item_id))

    def ordered_groups(self, axis: str) -> list[Group]:
        """Groups of an axis: those of given titles in their order, then the most widely met first, then as people
        placed them."""
        ordered = [group for group in self.groups.values() if group.axis == axis]
        given = {group_id: title.order for group_id, title in self.titled.items()}
        last = len(given)
        ordered.sort(key=lambda one: (given.get(one.group_id, last), -one.recurrence, one.group_id))
        by_id = {group.group_id: group for group in ordered}
        for group_id, position in self.pins.items():
            if group_id in by_id:
                ordered.remove(by_id[group_id])
                ordered.insert(min(position, len(ordered)), by_id[group_id])
        return ordered

    def positions(self) -> dict[str, int]:
        """Group id → place in its axis, from 0."""
        return {
            group.group_id: place for axis in COMPASS_CODES for place, group in enumerate(self.ordered_groups(axis))
        }


def _items(machine: MachineTables) -> dict[str, Item]:
    tags = machine.tags.set_index("item_id")[["axis", "facet", "second_axis", "confidence", "status", "doubt"]]
    names = ("item_id", "contribution_id", "start", "end", "text")
    joined = machine.items.join(tags, on="item_id", how="inner")
    items = {row[0]: Item(*row) for row in rows_of(joined, *names, *tags.columns)}
    for item_id, lead in rows_of(machine.items, "item_id", "lead"):
        if lead and item_id in items:
            items[item_id].lead = lead
    columns = ("group_id", "stack_id", "strength", "stance", "tied_to")
    for item_id, *values in rows_of(machine.memberships, "item_id", *columns):
        for name, value in zip(columns, values, strict=True):
            setattr(items[item_id], name, value)
    return items


def _groups(groups: pd.DataFrame) -> dict[str, Group]:
    names = [name for name in Group.__dataclass_fields__ if name in groups.columns]
    records: dict[str, Group] = {}
    for row in rows_of(groups, *names):
        values: dict[str, Any] = dict(zip(names, row, strict=True))
        values |= {name: tuple(values[name]) for name in ("keywords", "exemplars")}
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
    one = GivenTitle(text, axis or "", theme, origin, order, title_id)
    found = {group_of_title(title_id, axis, code): one._replace(axis=code) for code in codes}
    return found if axis else {title_id: one, **found}


def _likeliest(machine: MachineTables, items: Mapping[str, Item]) -> dict[str, tuple[tuple[str, float], ...]]:
    """Items that no title of people takes → the groups of their two likeliest ones."""
    own = {
        title_id: axis
        for title_id, axis, origin in rows_of(machine.titles, "title_id", "axis", "origin")
        if origin in OF_PEOPLE
    }
    if not own:
        return {}
    names = ("item_id", "title_id", "likeliest", "chance", "second_title", "second_chance")
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for item_id, title_id, *ranked in rows_of(machine.placings, *names):
        if title_id in own or item_id not in items:
            continue
        axis = items[item_id].axis if items[item_id].axis != HORS_AXE else COMPASS_CODES[0]
        pairs = ((ranked[0], ranked[1]), (ranked[2], ranked[3]))
        found[item_id] = tuple((group_of_title(one, own[one], axis), chance) for one, chance in pairs if one in own)
    return found
