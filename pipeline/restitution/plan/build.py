"""The whole plan: the essential, the sections asked for, what comes back across them, the weak signals, and why.

The essential is what was most voted for, then on each axis what several say, what is held against it, and ideas. An
axis, or a theme, is what dominates, a paragraph for each group, and what is left gathered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.plan import Kind, Paragraph, Part, Plan, Reason, SectionPlan, Statement, Unit
from pipeline.language.syntax.function_words import of
from pipeline.restitution.material.kinship import Kinship, is_sure
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.plan.gathering import points, rest_parts, subject_part, told_votes
from pipeline.restitution.plan.paragraphs import Section, group_paragraph, told_sides
from pipeline.restitution.plan.reading import WORTH_MIN, Reading, rarity, unit_of, unit_together
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
