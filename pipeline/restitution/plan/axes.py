"""The plan of an axis: what dominates, a paragraph for each group, what is left gathered; and that of one theme."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.plan import Kind, Paragraph, Part, SectionPlan, Statement, Unit
from pipeline.restitution.material.model import Item
from pipeline.restitution.plan.gathering import rest_parts, subject_part
from pipeline.restitution.plan.paragraphs import Section, group_paragraph
from pipeline.restitution.plan.reading import Reading
from pipeline.restitution.plan.units import unit_together

DOMINANT_RANKED = 4
"""Units of an axis among which those that dominate are, the heaviest first."""
WIDE_MIN = {"tables": 2, "answers": 3}
"""Tables, or answers, from which how widely an axis or a theme was spoken of says something."""
OFTEN_MIN = 3
"""Contributions from which something is said often."""
HEADED_MIN = 2
"""Paragraphs of a theme from which it has a heading: over a single one it would say no more than the paragraph."""
OPENED_MIN = 3
"""Paragraphs of a theme from which it has an opening."""
SUBJECTS = {"essentiel": 0, "standard": 4, "complet": 20}
"""Lists of what recurs under a subject, on an axis."""
DISPUTES = frozenset({"divided", "objection", "condition"})
ACROSS = ("est", "sud", "nord", "ouest")
"""Inside a theme, what hinders comes first."""


def axis_plan(reading: Reading, axis: str, length: str, made: dict[str, Unit]) -> SectionPlan:
    """Everything that an axis tells. Units that it makes are added to `made`."""
    section = Section.of(reading, length, made)
    full = reading.in_full(axis, length)
    told = {unit.unit_id: paragraph for unit in full if (paragraph := group_paragraph(section, unit)) is not None}
    opening = axis_opening(section, axis, [unit for unit in full if unit.unit_id in told], told)
    return SectionPlan(axis, (*opening, *_parts(section, axis, full, told), *_rest(section, axis, told)), axis)


def _parts(section: Section, axis: str, full: Sequence[Unit], told: dict[str, Paragraph]) -> list[Part]:
    """The paragraphs of groups: those of no theme that has a heading first, then theme by theme."""
    of_themes: dict[str, list[Unit]] = {theme.theme_id: [] for theme in section.reading.material.themes}
    for unit in full:
        if unit.unit_id in told:
            of_themes.setdefault(unit.theme, []).append(unit)
    headed = {theme: units for theme, units in of_themes.items() if len(units) >= HEADED_MIN}
    loose = tuple(told[unit.unit_id] for unit in full if unit.unit_id in told and unit.theme not in headed)
    parts = [Part(loose, "", axis)] if loose else []
    for theme, units in headed.items():
        first = _theme_opening(section, axis, theme, len(units))
        parts.append(Part((*first, *(told[unit.unit_id] for unit in units)), theme, axis))
    return parts


def _theme_opening(section: Section, axis: str, theme: str, n_told: int) -> list[Paragraph]:
    """How widely a theme of several groups was spoken of on an axis."""
    if n_told < OPENED_MIN or section.reading.is_vague(theme):
        return []
    said = _breadth(section, f"theme.{axis}.{theme}", axis, theme, section.reading.of_theme(theme, axis))
    return [Paragraph(tuple(said))] if said else []


def axis_opening(section: Section, axis: str, units: Sequence[Unit], told: dict[str, Paragraph]) -> list[Part]:
    """How widely an axis was spoken of, what dominates it, and what is disputed on it, as its paragraphs tell it."""
    reading = section.reading
    statements = _breadth(section, f"axis.{axis}", axis, "", reading.sure(axis))
    heavy = reading.by_weight(axis)[:DOMINANT_RANKED]
    dominant = [unit for unit in heavy if unit in units and _dominates(reading, unit)]
    if len(dominant) > 1:
        statements.append(_of_several(section, "dominates", axis, dominant))
    disputed = [unit for unit in units if {one.kind for one in told[unit.unit_id].statements} & DISPUTES]
    if disputed:
        statements.append(_of_several(section, "opposes", axis, disputed))
    return [Part((Paragraph(tuple(statements)),), "", axis)] if statements else []


def _dominates(reading: Reading, unit: Unit) -> bool:
    is_often = unit.spread.contributions >= OFTEN_MIN or reading.group(unit).is_trusted
    return is_often and reading.is_essential(unit)


def _of_several(section: Section, kind: Kind, axis: str, units: Sequence[Unit]) -> Statement:
    members = [member for unit in units for member in unit.members]
    return section.state(kind, axis, [unit.unit_id for unit in units], members)


def _breadth(section: Section, unit_id: str, axis: str, theme: str, items: Sequence[Item]) -> list[Statement]:
    """How widely something was spoken of, where that says something."""
    unit = unit_together(unit_id, axis, theme, items)
    is_everywhere = unit.spread.tables == len(section.reading.material.tables) and not unit.spread.answers
    if is_everywhere or (unit.spread.tables < WIDE_MIN["tables"] and unit.spread.answers < WIDE_MIN["answers"]):
        return []
    section.made[unit_id] = unit
    return [section.tell("theme", unit, unit.members)]


def _rest(section: Section, axis: str, told: dict[str, Paragraph]) -> list[Part]:
    """What is left of an axis: what was voted, and ideas in their own words."""
    reading = section.reading
    others = [unit for unit in reading.by_weight(axis) if unit.unit_id not in told and reading.is_told(unit)]
    alone = reading.alone(axis, [*(reading.units[key] for key in told), *others])
    subjects = _subjects(section, axis)
    left = each_once(reading.voted_alone(axis, [reading.units[key] for key in told]), alone)
    return [*subjects, *rest_parts(section, axis, left)]


def _subjects(section: Section, axis: str, theme: str = "") -> list[Part]:
    """The lists of what recurs under a subject, the widest first."""
    reading = section.reading
    units = [unit for unit in reading.by_weight(axis) if theme in ("", unit.theme) and reading.is_listed(unit)]
    widest = sorted(units, key=lambda unit: -unit.spread.contributions)[: SUBJECTS[section.length]]
    return [part for rank, unit in enumerate(widest) if (part := subject_part(section, unit, rank)) is not None]


def each_once(*items: Sequence[Item]) -> list[Item]:
    """All of these, in order, none twice."""
    return list({item.item_id: item for some in items for item in some}.values())


def theme_plan(
    reading: Reading, theme: str, key: str, lengths: dict[str, str], made: dict[str, Unit]
) -> SectionPlan | None:
    """What a theme tells across the rose: what hinders, what is proposed, what exists, what is thought about."""
    parts: list[Part] = []
    for axis in ACROSS:
        section = Section.of(reading, lengths[axis], made)
        units = [unit for unit in reading.in_full(axis, lengths[axis]) if unit.theme == theme]
        told = {unit.unit_id: one for unit in units if (one := group_paragraph(section, unit)) is not None}
        others = [u for u in reading.by_weight(axis) if u.theme == theme and u.unit_id not in told]
        others = [unit for unit in others if reading.is_told(unit)]
        alone = reading.alone(axis, [*(reading.units[one] for one in told), *others])
        alone = [item for item in alone if reading.theme_of(item) == theme]
        voted = reading.voted_alone(axis, [reading.units[one] for one in told])
        votes = [item for item in voted if reading.theme_of(item) == theme]
        paragraphs = [*_theme_opening(section, axis, theme, len(told)), *told.values()]
        if paragraphs:
            parts.append(Part(tuple(paragraphs), "", axis))
        subjects = _subjects(section, axis, theme)
        parts += [*subjects, *rest_parts(section, axis, each_once(votes, alone))]
    return SectionPlan(key, tuple(parts), theme=theme) if parts else None
