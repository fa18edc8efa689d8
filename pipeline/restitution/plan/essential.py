"""The essential: what was most voted for, then on each axis what several say, what is held against it, and ideas."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.plan import Paragraph, Part, SectionPlan, Statement, Unit
from pipeline.language.syntax.function_words import of
from pipeline.restitution.material.model import Item
from pipeline.restitution.plan.axes import ACROSS, each_once
from pipeline.restitution.plan.gathering import points, told_votes
from pipeline.restitution.plan.paragraphs import Section, told_sides
from pipeline.restitution.plan.reading import Reading

IN_FULL = {"est": 6, "sud": 6, "nord": 4, "ouest": 3}
"""Units of an axis that have their own sentence when they can be told, of the heaviest."""
VOTES_MIN = 4
"""Votes that bring an idea among those most voted for, or refused."""
VOTED, IDEAS = 3, 3
"""Ideas in their own words: those most voted for, and those of an axis."""
SEEN_WORDS_MAX = 14
SURE_MIN = 0.8
"""Confidence from which an idea that nobody voted for stands there."""


def essential_plan(reading: Reading, made: dict[str, Unit]) -> SectionPlan:
    """What the other sections say at length, each idea with where it was said.

    A place is not given to the next unit when one cannot be told: a title that a person changes moves no other.
    """
    section = Section.of(reading, "essentiel", made)
    chosen = _most_voted(section)
    parts = [part for axis in ACROSS if (part := _axis(section, axis)) is not None]
    return SectionPlan("essentiel", (*chosen, *parts))


def _most_voted(section: Section) -> list[Part]:
    """What people voted most for, whatever its axis, and be that in doubt: their votes say that it matters."""
    ranked = [item for item in section.reading.by_votes() if item.votes > item.votes_against]
    statements = points(section, "", [item for item in ranked if item.votes >= VOTES_MIN], VOTED)
    return [Part((Paragraph(tuple(statements)),))] if statements else []


def _axis(section: Section, axis: str) -> Part | None:
    reading = section.reading
    units = [unit for unit in reading.by_weight(axis)[: IN_FULL[axis]] if reading.is_essential(unit) and unit.is_titled]
    told = [_told(section, unit) for unit in units]
    votes = reading.voted_alone(axis, [unit for unit, found in zip(units, told, strict=True) if found])
    alone = reading.alone(axis, [unit for unit in reading.units.values() if reading.is_told(unit)])
    statements = [one for found in told for one in found]
    clear = [item for item in each_once(votes, alone) if _is_clear(item, reading)]
    statements += points(section, axis, clear, IDEAS)
    if axis == "sud":
        refused = [item for item in votes if item.votes_against > item.votes]
        statements += told_votes(section, axis, refused, 1, VOTES_MIN)
    if axis == "est":
        statements += _asked(section, units)
    return Part((Paragraph(tuple(statements)),), "", axis) if statements else None


def _is_clear(item: Item, reading: Reading) -> bool:
    """Whether an idea is surely of its axis, and no heading denies what it says: « à ne plus faire »."""
    heading = reading.material.heading_of(item).lower().replace("’", "'")
    is_denied = any(word in _DENIALS for word in heading.split())
    return not is_denied and (item.confidence >= SURE_MIN or item.votes >= VOTES_MIN)


_DENIALS = of("denials") - {"que", "qu'"}


def _told(section: Section, unit: Unit) -> list[Statement]:
    """What a unit says, a few words that make it seen, and what is first held against it."""
    group = section.reading.group(unit)
    sides = told_sides(section, unit, section.reading.links.told(group))[:1]
    if not sides and not section.reading.is_wide(unit):
        return []
    words = section.words.several(unit, [group.title], 1, SEEN_WORDS_MAX)
    seen = [section.tell("quote", unit, (), words)] if words else []
    return [section.tell("general", unit, unit.members), *seen, *sides]


def _asked(section: Section, units: Sequence[Unit]) -> list[Statement]:
    """The question that a person gave to the first obstacle that has one."""
    asked = [unit for unit in units if section.reading.group(unit).is_asked][:1]
    return [section.tell("question", unit, unit.members) for unit in asked]
