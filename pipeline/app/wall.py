"""The wall: titles as columns, under each the cards that people took, then those that a machine proposes; what says the
same thing on one card; what nobody placed yet beside. Or the four axes at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from starlette.requests import Request

from pipeline.app.desk import Desk
from pipeline.app.titles import Sorting, deciding
from pipeline.axes import COMPASS_CODES
from pipeline.review.log.on_titles import groups_under
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Group, Item

WEAK = "aucun"
"""The column of what is under no title, as forms name it."""
TARGETS = "destination"
"""The list of where cards may be moved, as the page names it among what it shows."""
COMPASS = "boussole"
"""The view of the four axes at once."""
N_ON_COMPASS = 12
"""Groups of an axis that the four axes show at once; the others are one step nearer."""
N_LEFT = 150
"""Cards under no title that the wall shows; the others are one step further, « À placer »."""
KNOWN = "Rosace-Connu"
"""The header by which the page names the columns that it already shows: `key:mark`, commas between."""


@dataclass(frozen=True)
class Card:
    """What says the same thing, put one on top of the other, the most typical first; `next_key` and `next_title` are of
    the title where a proposed card would go next, "" for none."""

    items: tuple[Item, ...]
    next_key: str = ""
    next_title: str = ""

    @property
    def ids(self) -> str:
        """As a form sends them back."""
        return " ".join(item.item_id for item in self.items)


@dataclass(frozen=True)
class Column:
    """A title, or a group without one, and its cards; what is under no title when it has no key.

    Attributes
    ----------
    axis : "" for a title on all of them. is_given : whether the title is a person's.
    groups : that hold its cards, one an axis.
    taken : cards that people put there. proposed : those that a machine does.
    mark : changes when what the column shows does. is_known : whether the page that asks shows it already.
    n_beyond : cards that are not shown.
    """

    key: str
    title: str
    axis: str
    is_given: bool
    groups: tuple[Group, ...]
    taken: tuple[Card, ...]
    proposed: tuple[Card, ...]
    n_beyond: int = 0
    mark: str = ""
    is_known: bool = False

    @property
    def group(self) -> Group | None:
        """Its group, where it has one alone."""
        return self.groups[0] if len(self.groups) == 1 else None

    @property
    def ids(self) -> list[str]:
        """All that it shows, as a form sends it back."""
        return [card.ids for card in (*self.taken, *self.proposed)]

    @property
    def n_items(self) -> int:
        """How many ideas it shows, stacks spread out."""
        return sum(len(card.items) for card in (*self.taken, *self.proposed))

    @property
    def n_proposed(self) -> int:
        """Of them, those that nobody took."""
        return sum(len(card.items) for card in self.proposed)

    @property
    def n_tables(self) -> int:
        """Tables that its groups come from."""
        return max((group.n_tables for group in self.groups), default=0)


def wall(desk: Desk, request: Request) -> dict[str, Any]:
    """The columns of an axis, or of all; or the four axes at once."""
    state, sorting, axis = desk.session.state, desk.sorting(), request.query_params.get("axe", "")
    view = COMPASS if axis == COMPASS else axis if axis in COMPASS_CODES else ""
    known = frozenset(request.headers.get(KNOWN, "").split(","))
    columns = [] if view == COMPASS else [*_titles(state, sorting, view), *_groups(state, sorting, view)]
    ordered = {code: state.ordered_groups(code) for code in COMPASS_CODES}
    all_left = _left(state, sorting)
    left = [item for item in all_left if view in ("", COMPASS, item.axis)]
    n_left = Counter(item.axis for item in all_left)
    beside = Column(WEAK, "", view, False, (), (), cards_of(left[:N_LEFT]), max(0, len(left) - N_LEFT))
    return {
        "axis": view,
        "ordered": ordered,
        "targets": _targets(state, ordered, view, known),
        "n_on_compass": N_ON_COMPASS,
        "columns": [_marked(column, known) for column in columns],
        "left": _marked(beside, known),
        "n_left": {code: n_left[code] for code in COMPASS_CODES},
        "n_given": len(deciding(state)),
        "n_taken": sum(len(column.taken) for column in columns),
        "n_proposed": sum(column.n_proposed for column in columns),
    }


def _titles(state: ReviewState, sorting: Sorting, axis: str) -> Iterable[Column]:
    """Titles of people, whether they hold cards or not."""
    for title_id, given in deciding(state).items():
        if axis and given.axis not in ("", axis):
            continue
        groups = groups_under(state, title_id)
        shown = [item for group in groups for item in state.items_of(group.group_id) if item.item_id in sorting.taken]
        taken = cards_of(item for item in shown if not axis or item.axis == axis)
        proposed = []
        for one in sorting.proposed.get(title_id, ()):
            item, other = state.items[one.item_id], state.titled.get(one.next_id)
            if not axis or given.axis or item.axis == axis:
                proposed.append(Card((item,), one.next_id, other.text if other else ""))
        title = groups[0].title if groups else given.text
        yield Column(title_id, title, given.axis, True, tuple(groups), taken, _stacked(proposed))


def _groups(state: ReviewState, sorting: Sorting, axis: str) -> Iterable[Column]:
    """Groups that are under no title of people, with what no title takes of them."""
    own = deciding(state)
    elsewhere = {one.item_id for some in sorting.proposed.values() for one in some}
    for code in (axis,) if axis else COMPASS_CODES:
        for group in state.ordered_groups(code):
            if group.group_id in state.titled and state.titled[group.group_id].title_id in own:
                continue
            items = [item for item in state.items_of(group.group_id) if item.item_id not in elsewhere]
            taken = cards_of(item for item in items if item.item_id in sorting.taken)
            proposed = cards_of(item for item in items if item.item_id not in sorting.taken)
            if items:
                is_given = not group.is_proposed
                yield Column(group.group_id, group.title, code, is_given, (group,), taken, proposed)


def _left(state: ReviewState, sorting: Sorting) -> list[Item]:
    """What is under no title and in no group, what is on no axis last."""
    own = deciding(state)

    def is_left(item: Item) -> bool:
        given = state.titled.get(item.group_id or "")
        is_out = item.group_id is None or (given is not None and given.title_id in own)
        return is_out and (item.item_id in sorting.likeliest or (item.item_id in state.placed and not item.group_id))

    return sorted(filter(is_left, state.items.values()), key=lambda item: item.axis not in COMPASS_CODES)


@dataclass(frozen=True)
class Targets:
    """Where cards may be moved: keys and titles by axis, this axis first; `mark` and `is_known` as of a column."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    mark: str
    is_known: bool


def _targets(state: ReviewState, ordered: dict[str, list[Group]], axis: str, known: frozenset[str]) -> Targets:
    given = deciding(state)
    titles: dict[str, dict[str, str]] = {code: {} for code in ("", *COMPASS_CODES)}
    for title_id, one in given.items():
        titles[one.axis][title_id] = one.text
    for code, groups in ordered.items():
        titles[code] |= {
            group.group_id: group.title
            for group in groups
            if group.group_id not in state.titled or state.titled[group.group_id].title_id not in given
        }
    codes = sorted(titles, key=lambda code: code != axis)
    by_axis = tuple((code, tuple(sorted(titles[code].items(), key=lambda one: one[1].casefold()))) for code in codes)
    mark = f"{crc32(repr(by_axis).encode()):x}"
    return Targets(by_axis, mark, f"{TARGETS}:{mark}" in known)


def _marked(column: Column, known: frozenset[str]) -> Column:
    shown = [
        (item.item_id, item.axis, item.shown_text, item.status, item.stance, item.is_hidden, item.is_quotable,
         len(item.comments), card.next_key)
        for card in (*column.taken, *column.proposed)
        for item in card.items
    ]  # fmt: skip
    about = [
        (group.state, group.is_hidden, group.n_tables, group.turn, len(group.comments), group.has_doubtful_title,
         group.n_true)
        for group in column.groups
    ]  # fmt: skip
    sizes = [len(card.items) for card in (*column.taken, *column.proposed)]
    seen = (column.title, about, sizes, len(column.taken), shown, column.n_beyond)
    mark = f"{crc32(repr(seen).encode()):x}"
    return replace(column, mark=mark, is_known=f"{column.key}:{mark}" in known)


def cards_of(items: Iterable[Item]) -> tuple[Card, ...]:
    """Items by stack, in the order in which each stack is first met."""
    return _stacked([Card((item,)) for item in items])


def _stacked(cards: Sequence[Card]) -> tuple[Card, ...]:
    stacks: dict[str, list[Card]] = {}
    for card in cards:
        stacks.setdefault(card.items[0].stack_id or card.items[0].item_id, []).append(card)
    return tuple(
        Card(tuple(item for card in stack for item in card.items), stack[0].next_key, stack[0].next_title)
        for stack in stacks.values()
    )
