"""The wall: groups of an axis as columns of cards, what says the same thing on one card; or the four axes at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from starlette.requests import Request

from pipeline.app.desk import Desk
from pipeline.axes import COMPASS_CODES
from pipeline.review.log.state import Group, Item

WEAK = "aucun"
"""The column of what is in no group, as forms name it."""
TARGETS = "destination"
"""The list of where cards may be moved, as the page names it among what it shows."""
N_ON_COMPASS = 12
"""Groups of an axis that the four axes show at once; the others are one step nearer."""
KNOWN = "Rosace-Connu"
"""The header by which the page names the columns that it already shows: `key:mark`, commas between."""


@dataclass(frozen=True)
class Card:
    """What says the same thing, put one on top of the other; the most typical first."""

    items: tuple[Item, ...]

    @property
    def ids(self) -> str:
        """As a form sends them back."""
        return " ".join(item.item_id for item in self.items)


@dataclass(frozen=True)
class Column:
    """A group and its cards; the weak signals of the axis when there is no group.

    Attributes
    ----------
    mark : changes when what the column shows does.
    is_known : whether the page that asks shows it already.
    """

    group: Group | None
    cards: tuple[Card, ...]
    mark: str
    is_known: bool = False

    @property
    def key(self) -> str:
        """As a form names it."""
        return self.group.group_id if self.group else WEAK

    @property
    def n_items(self) -> int:
        """How many words, stacks spread out."""
        return sum(len(card.items) for card in self.cards)


def wall(desk: Desk, request: Request) -> dict[str, Any]:
    """The columns of an axis, or the four axes when none is asked for."""
    state, axis = desk.session.state, request.query_params.get("axe", "")
    axis = axis if axis in COMPASS_CODES else ""
    known = frozenset(request.headers.get(KNOWN, "").split(","))
    ordered = {code: state.ordered_groups(code) for code in COMPASS_CODES}
    weak: dict[str, list[Item]] = {code: [] for code in COMPASS_CODES}
    for item in state.weak_signals():
        weak[item.axis].append(item)
    return {
        "axis": axis,
        "ordered": ordered,
        "targets": _targets(ordered, axis, known),
        "n_weak": {code: len(weak[code]) for code in COMPASS_CODES},
        "n_on_compass": N_ON_COMPASS,
        "columns": [_column(group, state.items_of(group.group_id), known) for group in ordered.get(axis, [])],
        "weak": _column(None, weak[axis], known) if axis else None,
    }


@dataclass(frozen=True)
class Targets:
    """Where cards may be moved: groups by title, those of this axis first; `mark` and `is_known` as of a column."""

    groups: tuple[tuple[str, tuple[Group, ...]], ...]
    mark: str
    is_known: bool


def _targets(ordered: dict[str, list[Group]], axis: str, known: frozenset[str]) -> Targets:
    codes = sorted(ordered, key=lambda code: code != axis)
    by_axis = tuple((code, tuple(sorted(ordered[code], key=lambda group: group.title.casefold()))) for code in codes)
    titles = [[(group.group_id, group.title) for group in groups] for _, groups in by_axis]
    mark = f"{crc32(repr(titles).encode()):x}"
    return Targets(by_axis, mark, f"{TARGETS}:{mark}" in known)


def _column(group: Group | None, items: Iterable[Item], known: frozenset[str]) -> Column:
    cards = cards_of(items)
    shown = [
        (item.item_id, item.shown_text, item.status, item.stance, item.is_hidden, item.is_quotable, len(item.comments))
        for card in cards
        for item in card.items
    ]
    about: tuple[object, ...] = ()
    if group is not None:
        talk, title = (group.turn, len(group.comments)), (group.title, group.has_doubtful_title, group.n_true)
        about = (*title, group.state, group.is_hidden, group.n_tables, *talk)
    mark = f"{crc32(repr((about, [len(card.items) for card in cards], shown)).encode()):x}"
    key = group.group_id if group else WEAK
    return Column(group, cards, mark, f"{key}:{mark}" in known)


def cards_of(items: Iterable[Item]) -> tuple[Card, ...]:
    """Items by stack, in the order in which each stack is first met."""
    stacks: dict[str, list[Item]] = {}
    for item in items:
        stacks.setdefault(item.stack_id or item.item_id, []).append(item)
    return tuple(Card(tuple(stack)) for stack in stacks.values())
