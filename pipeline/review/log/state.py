"""State of a review in memory: a workshop, with all that an act can change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from copy import copy
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Any, TypeVar

import pandas as pd

from pipeline.axes import COMPASS_CODES, HORS_AXE
from pipeline.contracts.titles import DECIDING, MACHINE, MODEL
from pipeline.workshop.labels import read_labels
from pipeline.workshop.records import (
    GivenTitle,
    Group,
    Item,
    Link,
    MachineTables,
    Source,
    Theme,
    Written,
    read_groups,
    read_ideas,
    titles_by_group,
)
from pipeline.workshop.tables import rows_of

Key = TypeVar("Key", bound=Hashable)
Record = TypeVar("Record", Item, Group, Link, Theme)
Pair = tuple[str, str]
"""Two ids of items, the first in alphabetical order first."""
SURE = 1.0
"""The chance of an idea and what repeats it."""


def pair_of(one: str, other: str) -> Pair:
    """Both ids in order."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Answer:
    """True: together; False: not together; None: she does not know."""

    value: bool | None
    author: str


@dataclass(frozen=True)
class NearGraph:
    """What the machine found near.

    `near` : idea → the ideas near it and their chance of going together, in [0, 1]. `pairs` : both ideas of each pair
    and their chance, the likeliest first; what repeats an idea left out.
    """

    near: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    pairs: tuple[tuple[str, str, float], ...] = ()

    @classmethod
    def from_table(cls, near_pairs: pd.DataFrame) -> NearGraph:
        """The graph of the table `near_pairs`."""
        near: dict[str, dict[str, float]] = {}
        rows = list(rows_of(near_pairs, "one_item", "other_item", "chance"))
        for one, other, chance in rows:
            near.setdefault(one, {})[other] = chance
            near.setdefault(other, {})[one] = chance
        return cls(near, tuple(sorted((row for row in rows if row[2] < SURE), key=lambda row: (-row[2], row))))

    def repeats(self, item_id: str) -> list[str]:
        """The ideas that say an idea again, word for word or on another channel."""
        return [other for other, chance in self.near.get(item_id, {}).items() if chance >= SURE]


def twins(records: Mapping[Key, Record]) -> dict[Key, Record]:
    """Records of one kind, each copied: four times quicker than by `copy.copy`, which looks for how at each of them."""
    if not records:
        return {}
    kind = type(next(iter(records.values())))
    values = attrgetter(*(field.name for field in fields(kind)))
    return {key: kind(*values(record)) for key, record in records.items()}


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
    is_listed : whether people listed titles, before the run or during the review: those of the machine give way then.
    closed : titles that a person accepted whole: no idea enters them unless a person puts it there.
    merged : title of people → the one that it was put together with.
    parts : part of the text → what a person wrote of it.
    settled : the act that last put ideas where a written page tells them: the wall proposes the others anew.
    labels : what stands around ideas, as ideas on no axis, for the names in it. texts : contributions and that, by ids.
    found : item → the title of people that the machine put it under in the run; `chosen` : that a language model did.
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
    answers: dict[Pair, Answer] = field(default_factory=dict)
    titled: dict[str, GivenTitle] = field(default_factory=dict)
    is_listed: bool = False
    refused: dict[str, frozenset[str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    merged: dict[str, str] = field(default_factory=dict)
    settled: str = ""
    found: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    labels: dict[str, Item] = field(default_factory=dict)
    texts: Mapping[str, Source] = field(default_factory=dict)

    @classmethod
    def from_machine(cls, machine: MachineTables) -> ReviewState:
        """The state before any decision."""
        items = read_ideas(machine)
        members: dict[str, dict[str, None]] = {str(group): {} for group in machine.groups["group_id"]}
        by_contribution: dict[str, list[str]] = defaultdict(list)
        by_text: dict[str, list[str]] = defaultdict(list)
        for item in items.values():
            if item.group_id is not None:
                members[item.group_id][item.item_id] = None
            by_contribution[item.contribution_id].append(item.item_id)
            by_text[item.text].append(item.item_id)
        sources = {row[0]: Source(*row) for row in rows_of(machine.contributions, *Source.__dataclass_fields__)}
        around, titled = read_labels(machine.contributions, machine.positions), titles_by_group(machine.titles)
        return cls(
            sources=sources,
            items=items,
            groups=read_groups(machine.groups),
            members=members,
            links={
                (one, two): Link(score, kind)
                for one, two, score, kind in rows_of(machine.links, "from_item", "to_item", "score", "kind")
                if kind != "answers"  # earlier versions guessed them
            },
            themes={
                theme_id: Theme(theme_id, title, position)
                for theme_id, title, position in rows_of(machine.themes, "theme_id", "title", "position")
            },
            by_contribution=dict(by_contribution),
            by_text=dict(by_text),
            near=NearGraph.from_table(machine.near_pairs),
            titled=titled,
            is_listed=any(one.origin in DECIDING for one in titled.values()),
            found=_found(machine, items, MACHINE),
            chosen=_found(machine, items, MODEL),
            labels={
                key: Item(key, key, 0, len(one.text), one.text, HORS_AXE, None, None, 0.0, "sur")
                for key, one in around.items()
            },
            texts=sources | around,
        )

    def copy(self) -> ReviewState:
        """An independent state; what no act changes (sources, indexes, what the machine said) is shared."""
        records: dict[str, Any] = {
            name: twins(getattr(self, name)) for name in ("items", "labels", "groups", "links", "themes")
        }
        changed = ("touched", "sided", "pins", "placed", "parts", "answers", "titled", "refused", "closed", "merged")
        own: dict[str, Any] = {name: copy(getattr(self, name)) for name in (*changed, "chosen")}
        return replace(self, members={key: dict(ids) for key, ids in self.members.items()}, **records, **own)

    @property
    def ideas(self) -> list[Item]:
        """The items that nobody set aside: what is counted."""
        return [item for item in self.items.values() if not item.aside]

    def masked_names(self) -> set[str]:
        """Every word that people masked somewhere: what no text that leaves this computer may show."""
        holders = (*self.items.values(), *self.labels.values())
        return {self.texts[one.contribution_id].text[slice(*span)] for one in holders for span in one.masks}

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


def _found(machine: MachineTables, items: Mapping[str, Item], who: str) -> dict[str, str]:
    own = {title_id for title_id, origin in rows_of(machine.titles, "title_id", "origin") if origin in DECIDING}
    placed = rows_of(machine.placings, "item_id", "title_id", "placed_by")
    return {key: title for key, title, by in placed if title in own and by == who and key in items}
