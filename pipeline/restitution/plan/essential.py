"""The essential: the widest obstacles and proposals, what is held against these, what exists, what is open."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.plan import Paragraph, Part, SectionPlan, Statement, Unit
from pipeline.restitution.plan.axes import ACROSS
from pipeline.restitution.plan.gathering import gathered, told_votes
from pipeline.restitution.plan.paragraphs import Section, told_sides
from pipeline.restitution.plan.reading import Reading

IN_FULL = {"est": 6, "sud": 6, "nord": 4, "ouest": 3}
"""Units of an axis that have their own sentence when they can be told, of the heaviest."""
VOTES_MIN = 4
"""Votes that bring there an idea said once."""
SEEN_WORDS_MAX = 14
FEWEST = 2
"""Sentences of an axis below which ideas said once are gathered there."""


def essential_plan(reading: Reading, made: dict[str, Unit]) -> SectionPlan:
    """The heaviest units of each axis, each with how widely it was said.

    A place is not given to the next one when one cannot be told: a title that a person changes moves no other.
    """
    section = Section.of(reading, "essentiel", made)
    chosen = _most_voted(section)
    parts = [part for axis in ACROSS if (part := _axis(section, axis)) is not None]
    return SectionPlan("essentiel", (*chosen, *parts))


def _most_voted(section: Section) -> list[Part]:
    """What people voted most for, whatever its axis, and be that in doubt: their votes say that it matters."""
    ranked = [item for item in section.reading.by_votes() if item.votes > item.votes_against]
    statements = told_votes(section, "", "voted", ranked, votes_min=VOTES_MIN)
    return [Part((Paragraph(tuple(statements)),))] if statements else []


def _axis(section: Section, axis: str) -> Part | None:
    reading = section.reading
    units = [unit for unit in reading.by_weight(axis)[: IN_FULL[axis]] if reading.is_essential(unit) and unit.is_titled]
    told = [_told(section, unit) for unit in sorted(units, key=lambda unit: unit.is_subject)]  # what claims, first
    alone = reading.alone(axis, [unit for unit in reading.units.values() if reading.is_told(unit)])
    statements = [one for found in told for one in found]
    votes = reading.by_votes(axis)
    statements += told_votes(section, axis, "voted", [i for i in votes if i.votes > i.votes_against], 2, VOTES_MIN)
    statements += gathered(section, axis, alone, max(0, FEWEST - len(statements)))
    if axis == "sud":
        refused = [item for item in votes if item.votes_against > item.votes]
        statements += told_votes(section, axis, "rejected", refused, 1, VOTES_MIN)
    if axis == "est":
        statements += _asked(section, units)
    return Part((Paragraph(tuple(statements)),), "", axis) if statements else None


def _told(section: Section, unit: Unit) -> list[Statement]:
    """What a unit says, a few words that make it seen, and what is first held against it."""
    group = section.reading.group(unit)
    sides = told_sides(section, unit, section.reading.links.told(group))[:1]
    if not sides and not section.reading.is_wide(unit):
        return []
    words = section.words.several(unit, [group.title], 1, SEEN_WORDS_MAX)
    if unit.is_subject:
        words = words or section.words.several(unit, [group.title], 1)
        if not words:
            return []
    seen = [section.tell("quote", unit, (), words)] if words else []
    return [section.tell("general", unit, unit.members), *seen, *sides]


def _asked(section: Section, units: Sequence[Unit]) -> list[Statement]:
    """The question that a person gave to the first obstacle that has one."""
    asked = [unit for unit in units if section.reading.group(unit).is_asked][:1]
    return [section.tell("question", unit, unit.members) for unit in asked]
