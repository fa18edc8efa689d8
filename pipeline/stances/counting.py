"""Counts of who says something: how many are on each side, and where it was said, each counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from math import sqrt
from typing import NamedTuple, Protocol

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.language.vocabulary.cues import CON, MIXED, PRO, UNKNOWN


class Sides(NamedTuple):
    """How many are for, against, for on a condition, and take no side: people where they are known, else ideas."""

    n_for: int
    n_against: int
    n_if: int
    n_without: int


class Tied(Protocol):
    """An idea, and the one that it repeats, "" for none."""

    @property
    def item_id(self) -> str: ...
    @property
    def tied_to(self) -> str: ...


class Heard(NamedTuple):
    """An idea of a group: who said it and where, "" where it is not known, and on which side."""

    item_id: str
    tied_to: str
    voice: str
    workshop: str
    table: str
    channel: str
    stance: str


def leads(said: Iterable[Tied]) -> dict[str, str]:
    """Idea → the one that it counts with: what it repeats where that is among them, else itself."""
    ties = {one.item_id: one.tied_to for one in said}
    return {item: lead if lead in ties else item for item, lead in ties.items()}


def apart(said: Iterable[Tied]) -> set[str]:
    """The ideas that count: those that repeat another among them count once with it."""
    return {item for item, lead in leads(said).items() if item == lead}


def n_ideas(said: Iterable[Tied]) -> int:
    """How many ideas count, see `apart`."""
    return len(apart(said))


def count_sides(heard: Sequence[Heard]) -> Sides:
    """The sides of some ideas: a known voice is one, whatever it said and however often; of unknown voices each idea is
    one, with those that repeat it. One who takes two sides is for on a condition.
    """
    lead_of = leads(heard)
    voices = {one.item_id: (one.workshop, one.voice) for one in heard if one.voice}
    told: dict[tuple[str, str], set[str]] = {}
    for one in heard:
        lead = lead_of[one.item_id]
        whose = voices.get(one.item_id) or voices.get(lead) or ("", lead)
        told.setdefault(whose, set()).add(one.stance)
    found = [_one_of(stances - {UNKNOWN}) for stances in told.values()]
    return Sides(*(found.count(stance) for stance in (PRO, CON, MIXED, UNKNOWN)))


def _one_of(stances: set[str]) -> str:
    return UNKNOWN if not stances else MIXED if len(stances) > 1 else next(iter(stances))


def told_sides(sides: Sides) -> str:
    """« pour 3, contre 2, à condition 1, sans position 4 »; "" where nobody takes a side."""
    if sides.n_without == sum(sides):
        return ""
    return ", ".join(f"{name} {n}" for name, n in zip(SIDE_NAMES, sides, strict=True) if n)


SIDE_NAMES = ("pour", "contre", "à condition", "sans position")


class Spread(NamedTuple):
    """Where the items of one group come from; `n_people` is None when no voice is known."""

    n_items: int
    n_ideas: int
    votes: int
    n_people: int | None
    n_tables: int
    n_channels: int
    recurrence: float


def count_spread(heard: Sequence[Heard], votes: int) -> Spread:
    """Count the ideas, voices, tables and channels of one group.

    Notes
    -----
    recurrence = (Σ over tables of (known voices + √ideas of unknown voices) + √votes) × (1 + ½ (1 − 1 / n_places)). A
    voice counts once, however talkative; anonymous post-its of one table count by their square root, since a hand may
    have written several; so do votes, since a hand may have given several: they are never voices. n_places counts
    tables, or known voices where there is no table.
    """
    lead_of = leads(heard)
    voices = {one.voice for one in heard} - {""}
    tables = {(one.workshop, one.table) for one in heard if one.table}
    places: dict[tuple[str, str], list[str]] = {}
    for one in heard:
        if lead_of[one.item_id] == one.item_id:
            places.setdefault((one.workshop, one.table), []).append(one.voice)
    units, seen = 0.0, set[str]()
    for place in sorted(places):
        known_here = set(places[place]) - {""}
        units += len(known_here - seen) + sqrt(places[place].count(""))
        seen |= known_here
    units += sqrt(votes)
    return Spread(
        len(heard),
        sum(map(len, places.values())),
        votes,
        len(voices) or None,
        len(tables),
        len({one.channel for one in heard}),
        round(units * (1.5 - 0.5 / max(1, len(tables) or len(voices))), 3),
    )


_ANSWERED = (EST, SUD)
_TURNED = ((EST, NORD), (NORD, EST), (OUEST, EST))
"""Axes of two ideas of a card of which the second is what it comes to, the last ones where it points back; a proposal
stays what it is, whatever its reasons."""


class OfCard(NamedTuple):
    """An idea of a card: its axis and whether it is sure, its words and those before it that a reader needs."""

    axis: str
    is_sure: bool
    text: str
    lead: str


def turns(before: OfCard, after: OfCard) -> bool:
    """Whether the next idea of a card goes on from one and turns it: an obstacle got past, a good thing that fails."""
    return after.is_sure and after.lead == before.text and (before.axis, after.axis) in _TURNED


def conclusion(card: Sequence[OfCard]) -> int:
    """The place of the idea of a card that people voted for: what it opens on, or comes to."""
    at = 0
    for place, (before, after) in enumerate(pairwise(card)):
        is_answered = after.is_sure and (before.axis, after.axis) == _ANSWERED
        if at == place and (is_answered or turns(before, after)):
            at = place + 1
    return at


def read_cards(cards: Sequence[str], ideas: Sequence[OfCard]) -> tuple[list[bool], list[bool]]:
    """Of ideas in reading order, those of one card one after the other: whether the next one turns each, and whether
    each is what people voted for."""
    is_turned, concludes = [False] * len(ideas), [False] * len(ideas)
    for _, card in groupby(range(len(ideas)), key=cards.__getitem__):
        rows = list(card)
        concludes[rows[conclusion([ideas[row] for row in rows])]] = True
        for one, other in pairwise(rows):
            is_turned[one] = turns(ideas[one], ideas[other])
    return is_turned, concludes
