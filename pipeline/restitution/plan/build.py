"""The whole plan: the essential, the sections asked for, what comes back across them, the weak signals, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.plan import Paragraph, Part, Plan, Reason, SectionPlan, Statement, Unit
from pipeline.restitution.material.kinship import Kinship, is_sure
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.plan.axes import axis_plan, theme_plan
from pipeline.restitution.plan.essential import essential_plan
from pipeline.restitution.plan.paragraphs import Section
from pipeline.restitution.plan.reading import WORTH_MIN, Reading, rarity
from pipeline.restitution.plan.units import unit_of, unit_together
from pipeline.restitution.quoting.quotes import repeats

SIGNALS = {"essentiel": 1, "standard": 2, "complet": 1_000_000}
"""Weak signals of an axis."""
PER_TABLE = {"essentiel": 2, "standard": 6, "complet": 1_000_000}
ACROSS_MAX = 3
RECURS_MIN = 4
"""Groups that are told, on two axes or more, from which a theme comes back."""
HEARD_MAX = 60
"""Sentences that a new one is compared with."""


def make_plan(material: Material, plan: str, length_of: Callable[[str], str], kinship: Kinship | None = None) -> Plan:
    """What the document says.

    Parameters
    ----------
    plan : `axe`, `theme` or `table`.
    length_of : key of a section → `essentiel`, `standard` or `complet`.
    kinship : that of the material, when it is there.
    """
    reading = Reading.of(material, kinship)
    made: dict[str, Unit] = {}
    essential = essential_plan(reading, made)
    body = _PLANS[plan](reading, length_of, made)
    across = _across(reading, made) if plan != "table" else []
    signals = _signals(reading, [essential, *body], length_of("signaux"))
    sections = (essential, *body, *across, *signals)
    units = {**reading.units, **made}
    return Plan(sections, _explained(reading, units, sections))


def _by_axis(reading: Reading, length_of: Callable[[str], str], made: dict[str, Unit]) -> list[SectionPlan]:
    return [axis_plan(reading, axis, length_of(axis), made) for axis in COMPASS_CODES]


def _by_theme(reading: Reading, length_of: Callable[[str], str], made: dict[str, Unit]) -> list[SectionPlan]:
    lengths = {axis: length_of(axis) for axis in COMPASS_CODES}
    themes = enumerate(reading.material.themes, start=1)
    plans = (theme_plan(reading, theme.theme_id, f"theme-{n}", lengths, made) for n, theme in themes)
    return [plan for plan in plans if plan is not None]


def _by_table(reading: Reading, length_of: Callable[[str], str], _: dict[str, Unit]) -> list[SectionPlan]:
    """What each table said on each axis, in its own words; the survey and what has no table come last."""
    places: dict[tuple[str, str], list[Item]] = {key: [] for key in reading.material.tables}
    for item in reading.material.items.values():
        if item.axis in COMPASS_CODES and is_sure(item):
            places.setdefault((item.workshop, item.table), []).append(item)
    ranked = sorted(places.items(), key=lambda pair: pair[0][1] == "")
    plans = (_of_table(reading, place, items, n, length_of) for n, (place, items) in enumerate(ranked, start=1))
    return [plan for plan in plans if plan.parts]


_PLANS = {"axe": _by_axis, "theme": _by_theme, "table": _by_table}


def _of_table(
    reading: Reading, place: tuple[str, str], items: list[Item], n: int, length_of: Callable[[str], str]
) -> SectionPlan:
    section = Section.of(reading, "standard", {})
    parts: list[Part] = []
    for axis in COMPASS_CODES:
        here = [item for item in items if item.axis == axis and not item.tied_to]
        widest = sorted(here, key=lambda item: (-_weight(reading, item), -round(item.strength, 4), item.item_id))
        points, n_left = _points(section, axis, widest, PER_TABLE[length_of(axis)], [])
        if n_left and points:
            points.append(section.state("more", axis, (), [item.item_id for item in here]))
        if points:
            parts.append(Part((Paragraph(tuple(points)),), "", axis))
    return SectionPlan(f"table-{n}", tuple(parts), place=place)


def _weight(reading: Reading, item: Item) -> float:
    unit = reading.units.get(item.group)
    return unit.weight if unit is not None else 0.0


def _points(
    section: Section, axis: str, items: Iterable[Item], most: int, heard: list[str]
) -> tuple[list[Statement], int]:
    """Ideas in their own words, one a point, and how many are left."""
    points: list[Statement] = []
    n_left = 0
    for item in items:
        if len(points) == most:
            n_left += 1
            continue
        node = section.words.of(item)
        if node is not None and not repeats(node.text, heard[-HEARD_MAX:]):
            heard.append(node.text)
            points.append(section.state("said", axis, [item.item_id], [item.item_id], [node]))
    return points, n_left


def _across(reading: Reading, made: dict[str, Unit]) -> list[SectionPlan]:
    """The themes that come back on several axes, the widest first."""
    themes: list[Unit] = []
    for theme in reading.material.themes:
        told = [unit for unit in reading.units.values() if unit.theme == theme.theme_id and reading.is_told(unit)]
        is_wide = len({unit.axis for unit in told}) > 1 and len(told) >= RECURS_MIN
        if is_wide and not reading.is_vague(theme.theme_id):
            found = reading.of_theme(theme.theme_id)
            themes.append(unit_together(f"theme.{theme.theme_id}", "", theme.theme_id, found))
    widest = sorted(themes, key=lambda unit: (-unit.spread.contributions, unit.unit_id))[:ACROSS_MAX]
    if len(widest) < 2:
        return []
    made.update({unit.unit_id: unit for unit in widest})
    members = tuple(member for unit in widest for member in unit.members)
    said = Statement("recurs", "", tuple(unit.unit_id for unit in widest), members)
    return [SectionPlan("croisements", (Part((Paragraph((said,)),)),))]


def _signals(reading: Reading, told: Iterable[SectionPlan], length: str) -> list[SectionPlan]:
    """Ideas said once that the other sections did not show, by axis, tables in turn."""
    statements = [s for plan in told for part in plan.parts for one in part.paragraphs for s in one.statements]
    refs = [ref for statement in statements for ref in statement.words]
    shown = {ref.item_id for ref in refs}
    section = Section.of(reading, length, {})
    section.words.shown_elsewhere(refs)
    keys = {key for statement in statements for key in statement.units}
    units = [unit for key, unit in reading.units.items() if key in keys]
    parts: list[Part] = []
    for axis in COMPASS_CODES:
        alone = [i for i in reading.alone(axis, units) if i.item_id not in shown and i.worth >= WORTH_MIN]
        worthiest = sorted(alone, key=lambda item: (-rarity(item), item.item_id))
        points, _ = _points(section, axis, _in_turn(worthiest), SIGNALS[length], [])
        if points:
            parts.append(Part((Paragraph(tuple(points)),), "", axis))
    return [SectionPlan("signaux", tuple(parts))] if parts else []


def _in_turn(items: Iterable[Item]) -> list[Item]:
    """Places one after the other."""
    queues: dict[tuple[str, str, str], list[Item]] = {}
    for item in items:
        queues.setdefault((item.workshop, item.table, "" if item.table else item.source), []).append(item)
    depth = max(map(len, queues.values()), default=0)
    return [queue[n] for n in range(depth) for queue in queues.values() if n < len(queue)]


_NAMING = frozenset({"answer", "resource", "dominates", "opposes"})


def _explained(reading: Reading, units: dict[str, Unit], sections: Iterable[SectionPlan]) -> dict[str, Unit]:
    """The units, each with why it is told or is not; groups that wait for a person are among them."""
    told: dict[str, Reason] = {}
    for plan in sections:
        for statement in (s for part in plan.parts for paragraph in part.paragraphs for s in paragraph.statements):
            kind: Reason = "named" if statement.kind in _NAMING else "told"
            for key in statement.units:
                told[key] = "told" if "told" in (told.get(key), kind) else kind
    waiting = {
        key: replace(unit_of(group, reading.kinship), reason="to_read_again")
        for key, group in reading.material.groups.items()
        if group.is_unsure
    }
    found = {key: replace(unit, reason=told.get(key) or _left(reading, unit)) for key, unit in units.items()}
    return dict(sorted((found | waiting).items()))


def _left(reading: Reading, unit: Unit) -> Reason:
    if not unit.members:
        return "no_words"
    if unit.unit_id in reading.repeated:
        return "repeated"
    return "less_shared" if reading.is_told(unit) else "said_once"
