"""The wall: titles as columns, under each the cards that people took, then those that a machine proposes; what says the
same thing on one card; what nobody placed yet beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from zlib import crc32

from starlette.requests import Request

from pipeline.app.desk import Desk
from pipeline.app.titles import Sorting, deciding, proposal_of
from pipeline.axes import COMPASS_CODES
from pipeline.contracts.titles import OF_PEOPLE, PARTICIPANTS
from pipeline.language.text.file_names import file_name
from pipeline.language.text.typography import NO_BREAK
from pipeline.language.vocabulary.cues import UNKNOWN
from pipeline.restitution.material.quantifiers import MEETING, bare_name, place_noun
from pipeline.review.log.on_titles import groups_under
from pipeline.review.log.replay import followed
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Group, Item, Source

WEAK = "aucun"
"""The column of what is under no title, as forms name it."""
N_LEFT = 150
"""Cards under no title that the wall shows; the others come as these are placed."""
TOLD_FROM = 0.2
"""The chance from which a card to place tells its likeliest title: below, it is wrong four times in five."""
N_COLOURS = 8
"""Colours of tables, which come again beyond: each card names its own."""
KNOWN = "Rosace-Connu"
"""The header by which the page names the columns that it already shows: `key:mark`, commas between."""


@dataclass(frozen=True)
class View:
    """What of the wall is looked at: an axis, the words of a place; "" for all of them."""

    state: ReviewState
    axis: str = ""
    place: str = ""

    def of(self, items: Iterable[Item]) -> list[Item]:
        """Those of them that it shows."""
        kept = (item for item in items if self.axis in ("", item.axis))
        return [item for item in kept if not self.place or self.place == place_of(self.state, item)]


@dataclass(frozen=True)
class Card:
    """What says the same thing, put one on top of the other, the most typical first; `next_key` is of the title where a
    proposed card would go next, "" for none, `near` those that are likeliest for a card after its own, `pack` what it
    goes with among those to place: a group of the machine, or a likely title."""

    items: tuple[Item, ...]
    next_key: str = ""
    near: tuple[str, ...] = ()
    pack: str = ""

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
    groups : that hold its cards, one an axis. rubric : what a person put above it, "" for nothing.
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
    rubric: str = ""
    mark: str = ""
    is_known: bool = False

    @property
    def group(self) -> Group | None:
        """Its group, where it has one alone."""
        return self.groups[0] if len(self.groups) == 1 else None

    @property
    def offers(self) -> bool:
        """Whether its cards may be accepted at once: some wait, and nobody said no to it."""
        return bool(self.proposed) and not any(group.state == "rejete" for group in self.groups)

    @property
    def waits(self) -> bool:
        """Whether some of its cards were taken, and not all count until its title is accepted."""
        open_ones = (
            one for one in self.groups if one.state not in ("accepte", "rejete") and one.origin != PARTICIPANTS
        )
        return bool(self.taken) and any(self.proposed or one.origin not in OF_PEOPLE for one in open_ones)

    @property
    def ids(self) -> list[str]:
        """All that it shows, as a form sends it back."""
        return [card.ids for card in (*self.taken, *self.proposed)]

    @property
    def shown(self) -> list[Item]:
        """The ideas that it shows, stacks spread out."""
        return [item for card in (*self.taken, *self.proposed) for item in card.items]


def wall(desk: Desk, request: Request) -> dict[str, Any]:
    """The columns of an axis, or of all; of a place, or of all."""
    state, sorting, axis = desk.session.state, desk.sorting(), request.query_params.get("axe", "")
    around, place = _around(state), request.query_params.get("lieu", "")
    view = View(state, axis if axis in COMPASS_CODES else "", place if place in around["places_met"] else "")
    known = frozenset(request.headers.get(KNOWN, "").split(","))
    columns = [*_titles(sorting, view), *_groups(sorting, view)]
    left = view.of(sorting.left)
    return {
        "axis": view.axis,
        "columns": [_marked(column, known) for column in columns],
        "left": _marked(_beside(sorting, view, left), known, len(left)),
        "n_left": len(left),
        "sorting": sorting,
        **around | {"place_met": view.place},
        "is_stale": desk.is_stale,
        "page_followed": followed(state, desk.session.log),
        "given": deciding(state),
        "next": max(
            (c for c in columns if c.offers), key=lambda c: (c.is_given, not c.taken, len(c.proposed)), default=None
        ),
    }


def place_of(state: ReviewState, item: Item) -> str:
    """Where words were said, as a card tells it in short: the place of a meeting, else the file; "" for neither."""
    return _place(state.sources[item.contribution_id])


def _place(source: Source) -> str:
    if source.table and place_noun([source.table]).singular == MEETING:
        return bare_name(source.table)
    return file_name(source.source) if source.channel != "saisie" else source.spot[:1].upper() + source.spot[1:]


def _whence(state: ReviewState, item: Item) -> str:
    """The place of a card, and its table where that is another thing."""
    source = state.sources[item.contribution_id]
    place, table = _place(source), _table(state, item)
    is_told = place.casefold() in f"{table} {bare_name(table)}".replace(NO_BREAK, " ").casefold()
    return " · ".join(filter(None, (place, "" if is_told else table)))


def _around(state: ReviewState) -> dict[str, Any]:
    """What cards may be coloured by, where it tells them apart; table → its colour; the places that cards are of, where
    there are several; and how many ideas are set aside."""
    sources = state.sources.values()
    places = sorted({_place(one) for one in sources})
    tables = sorted({one.table for one in sources if one.table}, key=lambda one: (len(one), one))
    is_sided = any(item.stance != UNKNOWN for item in state.items.values())
    told = (("axe", "l’axe", True), ("table", "la table", len(tables) > 1), ("position", "la position", is_sided))
    return {
        "colours": {key: name for key, name, is_told in told if is_told},
        "tables": {one: rank % N_COLOURS for rank, one in enumerate(tables)} if len(tables) > 1 else {},
        "places_met": places if len(places) > 1 else [],
        "whence": partial(_whence if len(places) > 1 else _table, state),
        "n_headings": len({one.context for one in sources}),
        "n_aside": len(state.items) - len(state.ideas),
    }


def _table(state: ReviewState, item: Item) -> str:
    source = state.sources[item.contribution_id]
    return source.origin if source.table else ""


def _beside(sorting: Sorting, view: View, left: Sequence[Item]) -> Column:
    """What is in no column; then what a person put under none."""
    state = view.state
    cards = []
    for item in left[:N_LEFT]:
        near, group = tuple(key for key, _ in sorting.likeliest[item.item_id]), proposal_of(state, item)
        told = (key for key, chance in sorting.likeliest[item.item_id][:1] if chance >= TOLD_FROM)
        cards.append(Card((item,), near=near, pack=group.group_id if group else "".join(told)))
    out = (item for item in state.ideas if item.group_id is None and item.item_id in state.placed)
    aside = cards_of(view.of(out))
    return Column(WEAK, "", view.axis, False, (), aside, _stacked(cards), max(0, len(left) - N_LEFT))


def _titles(sorting: Sorting, view: View) -> Iterable[Column]:
    """Titles of people, whether they hold cards or not."""
    state = view.state
    for title_id, given in deciding(state).items():
        if view.axis and given.axis not in ("", view.axis):
            continue
        groups = groups_under(state, title_id)
        shown = [item for group in groups for item in state.items_of(group.group_id) if item.item_id in sorting.taken]
        taken = cards_of(view.of(shown))
        here = replace(view, axis="") if given.axis else view  # proposed there, wherever it was read
        proposed = [
            Card((item,), one.next_id, one.near)
            for one in sorting.proposed.get(title_id, ())
            for item in here.of([state.items[one.item_id]])
        ]
        title = groups[0].title if groups else given.text
        cards = taken, _stacked(proposed)
        yield Column(title_id, title, given.axis, True, tuple(groups), *cards, rubric=given.rubric)


def _groups(sorting: Sorting, view: View) -> Iterable[Column]:
    """Groups that are under no title of people, with what no title takes of them: those of the machine only while
    people listed none; what is left of one that a person rejected is to be placed."""
    state = view.state
    own = deciding(state)
    elsewhere = {one.item_id for some in sorting.proposed.values() for one in some}
    elsewhere |= {item.item_id for item in sorting.left if proposal_of(state, item) is None}
    for code in (view.axis,) if view.axis else COMPASS_CODES:
        for group in state.ordered_groups(code):
            is_under = group.group_id in state.titled and state.titled[group.group_id].title_id in own
            if is_under or (state.is_listed and group.is_proposed):
                continue
            held = (item for item in state.items_of(group.group_id) if item.item_id not in elsewhere)
            items = replace(view, axis="").of(held)
            taken = cards_of(item for item in items if item.item_id in sorting.taken)
            by_surest = cards_of(item for item in items if item.item_id not in sorting.taken)
            proposed = by_surest[::-1]  # the least sure first
            if items:
                is_given = not group.is_proposed
                yield Column(group.group_id, group.title, code, is_given, (group,), taken, proposed)


def _marked(column: Column, known: frozenset[str], n_left: int = 0) -> Column:
    """The column, and whether the page that asks shows it already; `n_left` : ideas to be placed that it tells."""
    shown = [
        (item.item_id, item.axis, item.shown_text, item.status, item.stance, item.is_hidden, item.is_quotable,
         card.next_key)
        for card in (*column.taken, *column.proposed)
        for item in card.items
    ]  # fmt: skip
    about = [
        (group.state, group.is_hidden, group.has_doubtful_title, group.n_true)
        for group in column.groups
    ]  # fmt: skip
    sizes = [len(card.items) for card in (*column.taken, *column.proposed)]
    seen = (column.title, column.rubric, about, sizes, len(column.taken), shown, column.n_beyond, n_left)
    mark = f"{crc32(repr(seen).encode()):x}"
    return replace(column, mark=mark, is_known=f"{column.key}:{mark}" in known)


def cards_of(items: Iterable[Item]) -> tuple[Card, ...]:
    """Items by stack and by side, in the order in which each is first met: for and against are never one card."""
    return _stacked([Card((item,)) for item in items])


def _stacked(cards: Sequence[Card]) -> tuple[Card, ...]:
    stacks: dict[tuple[str, str], list[Card]] = {}
    for card in cards:
        item = card.items[0]
        stacks.setdefault((item.stack_id or item.item_id, item.stance), []).append(card)
    return tuple(
        replace(stack[0], items=tuple(item for card in stack for item in card.items)) for stack in stacks.values()
    )
