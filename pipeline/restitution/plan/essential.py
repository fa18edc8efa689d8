"""The essential: the widest obstacles and proposals, what is held against these, what exists, what is open."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.plan import Paragraph, Part, SectionPlan, Statement, Unit
from pipeline.restitution.plan.axes import ACROSS
from pipeline.restitution.plan.paragraphs import SHARED_FEWEST, Section, namable, told_sides, voted
from pipeline.restitution.plan.reading import Reading
from pipeline.restitution.plan.words import Words

RANKED = {"est": 7, "sud": 7, "nord": 4, "ouest": 4}
"""Units of an axis that may be told, the heaviest first."""
IN_FULL = {"est": 4, "sud": 4, "nord": 2, "ouest": 2}
"""Of these, units that have their own sentence."""
NAMED_MAX = 2
"""Units named where none has a sentence and nothing was voted."""
VOTED_MAX, VOTES_MIN = 3, 4
"""Ideas said once that so many votes bring there."""


def essential_plan(reading: Reading, made: dict[str, Unit]) -> SectionPlan:
    """The heaviest units of each axis, each with how widely it was said.

    A place is not given to the next one when one cannot be told: a title that a person changes moves no other.
    """
    section = Section(reading, "essentiel", Words(reading.material))
    parts = [part for axis in ACROSS if (part := _axis(section, axis, made)) is not None]
    return SectionPlan("essentiel", tuple(parts))


def _axis(section: Section, axis: str, made: dict[str, Unit]) -> Part | None:
    reading = section.reading
    ranked = reading.by_weight(axis)
    units = [unit for unit in ranked[: RANKED[axis]] if reading.is_essential(unit)]
    statements: list[Statement] = []
    full = [unit for unit in ranked[: IN_FULL[axis]] if unit in units]
    for unit in full:
        statements += _told(section, unit)
    alone = reading.alone(axis, [unit for unit in ranked if reading.is_told(unit)])
    statements += voted(section, axis, alone, VOTED_MAX, made, VOTES_MIN)
    if not statements:
        named = namable(section, units, NAMED_MAX)
        members = [member for unit in named for member in unit.members]
        statements += [section.state("named", axis, [unit.unit_id for unit in named], members)] if named else []
    if axis == "est":
        statements += _asked(section, units)
    return Part((Paragraph(tuple(statements)),), "", axis) if statements else None


def _told(section: Section, unit: Unit) -> list[Statement]:
    """What a unit says, and what is first held against it; without a title, a few of its words."""
    if unit.is_titled:
        held = section.reading.links.held(section.reading.group(unit))
        return [section.tell("general", unit, unit.members), *told_sides(section, unit, held)[:1]]
    words = section.words.several(unit, [], SHARED_FEWEST)
    return [section.tell("shared", unit, unit.members, words)] if len(words) == SHARED_FEWEST else []


def _asked(section: Section, units: Sequence[Unit]) -> list[Statement]:
    """The question that a person gave to the first obstacle that has one."""
    asked = [unit for unit in units if section.reading.group(unit).is_asked][:1]
    return [section.tell("question", unit, unit.members) for unit in asked]
