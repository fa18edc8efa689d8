"""The whole plan: the essential, then on each axis a paragraph for each group that weighs, else what was said best;
what was voted; and why each group is told or is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.draft import WordsNode
from pipeline.contracts.plan import Kind, Paragraph, Plan, Reason, SectionPlan, Statement, Unit
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.plan.paragraphs import Section, title_paragraphs
from pipeline.restitution.plan.reading import Reading, merit, unit_alone, unit_of
from pipeline.restitution.plan.showing import (
    bareness,
    is_act,
    is_of_heading,
    may_stand,
    opening_words,
    plain_words,
    reads_well,
    shown_words,
)
from pipeline.restitution.quoting.quotes import CUT, is_chosen, repeats
from pipeline.restitution.quoting.standing import standing_words
from pipeline.workshop.model import Item, Material

VOTES = "votes"
"""The section of what was voted."""
WEIGHING = {"nord": 2, "est": 4, "sud": 4, "ouest": 2}
"""Groups of an axis that the essential names, beside those that a person accepted."""
DISPUTED_MAX, DIVIDED_MIN = 2, 0.15
"""Titles on which opinions divide, in the essential, and the share of those who speak of one that object to it."""
VOTES_MIN = 3
"""Votes on one side from which an idea is told with them."""
VOTED_MAX = {"essentiel": 3, "standard": 8, "complet": 60}
VOTED_WORDS = (2, 26)
ALONE = {"essentiel": 4, "standard": 14, "complet": 24}
"""Sentences of an axis that are told under no title."""
BESIDE = {"essentiel": 2, "standard": 6, "complet": 12}
"""The same, beside titles, half as many where these are many: what our sentences tell, and nothing quoted."""
ALONE_MIN, ACT_MIN = 0.45, 0.2
"""Merit, less what makes words hard to read alone, from which an idea is told under no title; an act, which an
enumeration holds."""
POOL_MAX = 120
"""Ideas among which those to tell are chosen."""


def make_plan(material: Material, length: str, kinship: Kinship | None = None) -> Plan:
    """What the document says.

    Parameters
    ----------
    length : `essentiel`, `standard` or `complet`.
    kinship : that of the material, when it is there.
    """
    reading = Reading.of(material, kinship)
    made: dict[str, Unit] = {}
    heard: list[str] = []
    section = Section(reading, length, made)
    titled = {
        axis: [one for units in titles for one in title_paragraphs(section, units)]
        for axis, titles in reading.titles.items()
    }
    told = [one for paragraphs in titled.values() for one in paragraphs]
    rest = {axis: _alone(section, axis, told, heard) for axis in COMPASS_CODES}
    body = [
        SectionPlan(axis, (*titled[axis], *([Paragraph(tuple(rest[axis]))] if rest[axis] else [])), axis)
        for axis in COMPASS_CODES
    ]
    essential = _essential(reading, body, made)
    sections = (essential, *(_with_untold(section, plan, essential) for plan in body))
    sections += tuple(_votes(section))
    units = {**reading.units, **made}
    return Plan(sections, _explained(reading, units, sections))


def _with_untold(section: Section, plan: SectionPlan, essential: SectionPlan) -> SectionPlan:
    """An axis that names the titles of which no words are told, and that the essential does not name."""
    named = {key for paragraph in essential.paragraphs for one in paragraph.statements for key in one.units}
    empty = [one.unit for one in plan.paragraphs if one.unit and not one.statements and one.unit not in named]
    if not empty:
        return plan
    statement = _naming(section, "weighs", plan.axis, [section.reading.units[key] for key in empty])
    return SectionPlan(plan.key, (*plan.paragraphs, Paragraph((statement,))), plan.axis)


def _may_stand_alone(item: Item, axis: str) -> bool:
    """Whether an idea may be told of an axis without a title: its list and its side are of it, and its votes."""
    return (
        item.votes_against <= item.votes and is_of_heading(item, axis) and not item.is_of_other_side and may_stand(item)
    )


def _alone(section: Section, axis: str, told: Sequence[Paragraph], heard: list[str]) -> list[Statement]:
    """What no group tells, place by place: what a person chose, and what was said best."""
    reading, material = section.reading, section.reading.material
    units = _under_titles(reading, told)
    said = {ref.item_id for paragraph in told for one in paragraph.statements for ref in one.words}
    said |= {one.item_id for unit in units if reading.group(unit).author_text for one in reading.group(unit).members}
    hers = [item for item in material.items.values() if item.axis == axis and is_chosen(item)]
    words = [node for item in hers if item.item_id not in said and (node := shown_words(item)) is not None]
    is_titled = any(reading.titles.values())
    words += [node for node in _said_best(reading, axis, units) if node.kind == "report" or not is_titled]
    most = BESIDE[section.length] // (1 + section.is_full) if is_titled else ALONE[section.length]
    found = section.choose(words, most, [*heard, *(reading.group(unit).title for unit in units)])
    heard += [node.text for node in found]
    return _by_place(section, axis, found)


def _under_titles(reading: Reading, told: Sequence[Paragraph]) -> list[Unit]:
    """The units of the titles that paragraphs tell, on all their axes."""
    titles = {reading.group(reading.units[paragraph.unit]).title for paragraph in told}
    return [one for one in reading.units.values() if reading.group(one).title in titles and reading.is_told(one)]


def _by_place(section: Section, axis: str, found: Sequence[WordsNode]) -> list[Statement]:
    """Ideas told for themselves, those of one place together."""
    items = section.reading.material.items
    section.made.update({node.ref.item_id: unit_alone(items[node.ref.item_id]) for node in found})
    groups = [(nodes, [node.ref.item_id for node in nodes]) for nodes in section.by_place(found)]
    return [section.state("told", axis, ids, ids, nodes) for nodes, ids in groups]


def _said_best(reading: Reading, axis: str, told: Sequence[Unit]) -> list[WordsNode]:
    """Words that no told unit holds, likely enough to be signed on an axis, the best first."""
    groups = reading.material.groups.items()
    titled = {key for key, group in groups if group.is_titled or group.is_unsure}  # their ideas are read there
    alone = (item for item in reading.alone(axis, told) if item.group not in titled and not is_chosen(item))
    own = (item for item in alone if _may_stand_alone(item, axis))
    pool = sorted(own, key=lambda item: (-item.votes, -merit(item), item.item_id))[:POOL_MAX]
    ranked: list[tuple[int, float, WordsNode]] = []
    for item in pool:
        node = shown_words(item)
        if node is None or not reads_well(item, node):
            continue
        score, least = merit(item) - bareness(node.text), ACT_MIN if is_act(node.text) else ALONE_MIN
        if item.votes or round(score, 2) >= least:
            ranked.append((-item.votes, -round(score, 2), node))
    return [node for _, _, node in sorted(ranked, key=lambda one: one[:2])]  # the sort is stable


def _votes(section: Section) -> list[SectionPlan]:
    """What people voted on, the most voted first, each in its words with its votes, be it told above or not."""
    reading = section.reading
    points = [one.about for one in reading.material.questions if one.is_vote]
    told: list[Statement] = []
    for item in reading.by_votes():
        if any(repeats(point, [item.text]) for point in points):
            continue  # it was put to the vote, and its result is told
        is_clear = len(told) < VOTED_MAX[section.length] and max(item.votes, item.votes_against) >= VOTES_MIN
        node = _card(reading.material, item) if is_clear else None
        if node is None or node.text.startswith(CUT):
            continue
        section.made[item.item_id] = unit_alone(item)
        told.append(section.state("voted", item.axis, [item.item_id], [item.item_id, node.ref.item_id], [node]))
    if not told:
        return []
    return [SectionPlan(VOTES, (Paragraph(tuple(told)),))]


def _card(material: Material, item: Item) -> WordsNode | None:
    """What people voted on, in its words: an idea told where our sentence may hold it, else quoted, a card of several
    by its opening words; None where nobody may read them."""
    first, *more = sorted(material.siblings[item.contribution_id], key=lambda one: one.start)
    told = None if more else plain_words(item, *VOTED_WORDS) or standing_words(item, VOTED_WORDS[1])
    return told if told is not None else opening_words(first, first.whole)


def _essential(reading: Reading, body: Sequence[SectionPlan], made: dict[str, Unit]) -> SectionPlan:
    """What weighs most on each axis, as its paragraphs tell it: titles that the words below show; and what is
    disputed. Without a title, nobody said what all of it comes to."""
    section = Section(reading, "essentiel", made)
    named: list[Statement] = []
    disputed: list[Unit] = []
    for plan in body:
        units = [reading.units[one.unit] for one in plan.paragraphs if one.unit]
        own = [one for one in units if reading.is_essential(one) and reading.material.is_home(reading.group(one))]
        heavy = sorted(own, key=_breadth)
        heavy = [one for n, one in enumerate(heavy) if n < WEIGHING[plan.axis] or reading.group(one).is_accepted]
        named += [_naming(section, "weighs", plan.axis, heavy)] if heavy else []
        counted = [one for one in units if one.is_counted]
        disputed += [one for one in counted if _divides(reading, one)]
    named += [_naming(section, "disputed", "", disputed[:DISPUTED_MAX])] if disputed else []
    return SectionPlan("essentiel", tuple(Paragraph((one,)) for one in named))


def _divides(reading: Reading, unit: Unit) -> bool:
    """Whether opinions divide on a title: more than a few of those who speak of it object."""
    n_against = len(reading.links.told(reading.group(unit)).objection)
    return bool(unit.members) and n_against > 0 and n_against >= DIVIDED_MIN * (n_against + len(unit.members))


def _breadth(unit: Unit) -> tuple[int, int, str]:
    """In how many places a group was said, then by how many: what a reader can check, and what no other group moves."""
    return -(unit.spread.tables + bool(unit.spread.answers)), -unit.spread.n_heard, unit.unit_id


def _naming(section: Section, kind: Kind, axis: str, units: Sequence[Unit]) -> Statement:
    members = [member for unit in units for member in unit.members]
    return section.state(kind, axis, [unit.unit_id for unit in units], members)


_NAMING = frozenset({"answer", "resource", "weighs", "disputed"})


def _explained(reading: Reading, units: dict[str, Unit], sections: Iterable[SectionPlan]) -> dict[str, Unit]:
    """The units, each with why it is told or is not; groups that wait for a person are among them."""
    told: dict[str, Reason] = {}
    for plan in sections:
        for statement in (one for paragraph in plan.paragraphs for one in paragraph.statements):
            kind: Reason = "named" if statement.kind in _NAMING else "told"
            for key in statement.units:
                told[key] = "told" if "told" in (told.get(key), kind) else kind
    waiting = {
        key: replace(unit_of(group, reading.kinship), reason="to_read_again")
        for key, group in reading.material.groups.items()
        if group.is_unsure
    }
    found = {key: replace(unit, reason=told.get(key) or _left_why(reading, unit)) for key, unit in units.items()}
    return dict(sorted((found | waiting).items()))


def _left_why(reading: Reading, unit: Unit) -> Reason:
    group = reading.material.groups.get(unit.unit_id)
    if not unit.members or (group is not None and group.is_trusted):
        return "no_words"
    return "said_once"
