"""The plan of an axis: what dominates, a paragraph for each group, what is left gathered; and that of one theme."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.plan import Kind, Paragraph, Part, SectionPlan, Statement, Unit
from pipeline.restitution.plan.paragraphs import Section, group_paragraph, rest_paragraph
from pipeline.restitution.plan.reading import Reading
from pipeline.restitution.plan.units import unit_together
from pipeline.restitution.plan.words import Words

DOMINANT_RANKED = 4
"""Units of an axis among which those that dominate are, the heaviest first."""
WIDE_MIN = 3
"""Tables, or answers, from which how widely a theme was spoken of says something."""
HEADED_MIN = 2
"""Paragraphs of a theme from which it has a heading: over a single one it would say no more than the paragraph."""
OPENED_MIN = 3
"""Paragraphs of a theme from which it has an opening."""
ACROSS = ("est", "sud", "nord", "ouest")
"""Inside a theme, what hinders comes first."""


def axis_plan(reading: Reading, axis: str, length: str, made: dict[str, Unit]) -> SectionPlan:
    """Everything that an axis tells. Units that themes make are added to `made`."""
    section = Section(reading, length, Words(reading.material))
    full = reading.in_full(axis, length)
    told = {unit.unit_id: paragraph for unit in full if (paragraph := group_paragraph(section, unit)) is not None}
    of_themes = {
        theme.theme_id: [unit for unit in full if unit.theme == theme.theme_id and unit.unit_id in told]
        for theme in reading.material.themes
    }
    headed = {theme for theme, units in of_themes.items() if len(units) >= HEADED_MIN}
    parts: list[Part] = []
    if loose := tuple(told[unit.unit_id] for unit in full if unit.unit_id in told and unit.theme not in headed):
        parts.append(Part(loose, "", axis))
    for theme, units in of_themes.items():
        if theme in headed:
            first = _theme_opening(section, axis, theme, units, made)
            parts.append(Part((*first, *(told[unit.unit_id] for unit in units)), theme, axis))
    opening = axis_opening(section, axis, [unit for unit in full if unit.unit_id in told])
    rest = _rest(section, axis, told, made)
    return SectionPlan(axis, (*opening, *parts, *rest), axis)


def axis_opening(section: Section, axis: str, units: Sequence[Unit]) -> list[Part]:
    """What dominates an axis, and what is disputed on it."""
    reading = section.reading
    statements: list[Statement] = []
    heavy = reading.by_weight(axis)[:DOMINANT_RANKED]
    dominant = [unit for unit in heavy if unit in units and unit.is_titled and reading.is_essential(unit)]
    if len(dominant) > 1:
        statements.append(_of_several(section, "dominates", axis, dominant))
    disputed = [unit for unit in units if unit.is_titled and reading.links.held(reading.group(unit)).is_disputed]
    if disputed and statements:
        statements.append(_of_several(section, "opposes", axis, disputed))
    return [Part((Paragraph(tuple(statements)),), "", axis)] if statements else []


def _of_several(section: Section, kind: Kind, axis: str, units: Sequence[Unit]) -> Statement:
    members = [member for unit in units for member in unit.members]
    return section.state(kind, axis, [unit.unit_id for unit in units], members)


def _theme_opening(
    section: Section, axis: str, theme: str, units: Sequence[Unit], made: dict[str, Unit]
) -> list[Paragraph]:
    """How widely a theme of several groups was spoken of."""
    if len(units) < OPENED_MIN or section.reading.is_vague(theme):
        return []
    unit = unit_together(f"theme.{axis}.{theme}", axis, theme, section.reading.of_theme(theme, axis))
    if unit.spread.tables < WIDE_MIN and unit.spread.answers < WIDE_MIN:
        return []
    made[unit.unit_id] = unit
    return [Paragraph((section.tell("theme", unit, unit.members),))]


def _rest(section: Section, axis: str, told: dict[str, Paragraph], made: dict[str, Unit]) -> list[Part]:
    """What is left of an axis: groups of several contributions named, what was voted, ideas said once gathered."""
    reading = section.reading
    others = [unit for unit in reading.by_weight(axis) if unit.unit_id not in told and reading.is_told(unit)]
    units = [reading.units[key] for key in told]
    alone = reading.alone(axis, [*units, *(unit for unit in others if unit.is_titled)])
    paragraph = rest_paragraph(section, axis, others, alone, made)
    return [Part((paragraph,), "", axis, is_rest=True)] if paragraph is not None else []


def theme_plan(
    reading: Reading, theme: str, key: str, lengths: dict[str, str], made: dict[str, Unit]
) -> SectionPlan | None:
    """What a theme tells across the rose: what hinders, what is proposed, what exists, what is thought about."""
    parts: list[Part] = []
    for axis in ACROSS:
        section = Section(reading, lengths[axis], Words(reading.material))
        units = [unit for unit in reading.in_full(axis, lengths[axis]) if unit.theme == theme]
        told = {unit.unit_id: one for unit in units if (one := group_paragraph(section, unit)) is not None}
        others = [u for u in reading.by_weight(axis) if u.theme == theme and u.unit_id not in told]
        others = [unit for unit in others if reading.is_told(unit)]
        rest = rest_paragraph(section, axis, others, [], made)
        paragraphs = [*told.values(), *([rest] if rest is not None else [])]
        if paragraphs:
            parts.append(Part(tuple(paragraphs), "", axis))
    return SectionPlan(key, tuple(parts), theme=theme) if parts else None
