"""Sides: how many are for, against, for on a condition, and take no side, each counted once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.language.vocabulary.cues import CON, MIXED, PRO, UNKNOWN


class Sides(NamedTuple):
    """How many are for, against, for on a condition, and take no side: people where they are known, else ideas."""

    n_for: int
    n_against: int
    n_if: int
    n_without: int


class Side(NamedTuple):
    """The stance of one idea, and whose it is.

    Attributes
    ----------
    lead : the idea that it repeats, "" for none. voice : who said it, "" where nobody knows.
    """

    item_id: str
    lead: str
    workshop: str
    voice: str
    stance: str


def count_sides(said: Iterable[Side]) -> Sides:
    """The sides of some ideas: a known voice is one, whatever it said and however often; of unknown voices each idea is
    one, with those that repeat it. One who takes two sides is for on a condition.
    """
    listed = list(said)
    ids = {one.item_id for one in listed}
    leads = {one.item_id: one.lead if one.lead in ids else one.item_id for one in listed}
    voices = {one.item_id: (one.workshop, one.voice) for one in listed if one.voice}
    told: dict[tuple[str, str], set[str]] = {}
    for one in listed:
        whose = voices.get(one.item_id) or voices.get(leads[one.item_id]) or ("", leads[one.item_id])
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
