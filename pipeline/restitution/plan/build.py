"""The whole plan: the essential, then on each axis a paragraph for each group that weighs, what was voted, and what was
said once; and why each group is told or is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.axes import COMPASS_CODES, SUD
from pipeline.contracts.draft import WordsNode
from pipeline.contracts.plan import Kind, Paragraph, Plan, Reason, SectionPlan, Statement, Unit
from pipeline.language.vocabulary.cues import CON
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.plan.paragraphs import Section, group_paragraph, may_stand, plain_words
from pipeline.restitution.plan.reading import Reading, merit, unit_alone, unit_of
from pipeline.restitution.quoting.quotes import may_quote, repeats
from pipeline.restitution.quoting.standing import standing_words
from pipeline.workshop.model import Item, Material, Where

WEIGHING = {"nord": 2, "est": 3, "sud": 3, "ouest": 2}
"""Groups of an axis that the essential names."""
DISPUTED_MAX, FIRST_MAX = 2, 2
VOTES_MIN = 2
"""Votes from which an idea is told with them."""
VOTED_MAX = {"essentiel": 2, "standard": 4, "complet": 30}
ONCE = {"essentiel": 0, "standard": 4, "complet": 12}
"""Ideas said once that an axis tells."""
FEW_GROUPS = 2
"""Paragraphs of an axis up to which what was said is told place by place."""
BY_PLACE = {"essentiel": (1, 3), "standard": (3, 14), "complet": (8, 80)}
"""Ideas of one place, and of all, that are told so."""
ONCE_WORDS_MAX, VOTED_WORDS_MAX = 18, 26
ONCE_CONFIDENCE, ONCE_WORTH = 0.7, 0.3
POOL_MAX = 120
"""Ideas among which those to tell are chosen."""


def make_plan(material: Material, length_of: Callable[[str], str], kinship: Kinship | None = None) -> Plan:
    """What the document says.

    Parameters
    ----------
    length_of : key of a section → `essentiel`, `standard` or `complet`.
    kinship : that of the material, when it is there.
    """
    reading = Reading.of(material, kinship)
    made: dict[str, Unit] = {}
    body = [axis_plan(reading, axis, length_of(axis), made) for axis in COMPASS_CODES]
    sections = (_essential(reading, body, made), *body)
    units = {**reading.units, **made}
    return Plan(sections, _explained(reading, units, sections))


def axis_plan(reading: Reading, axis: str, length: str, made: dict[str, Unit]) -> SectionPlan:
    """Everything that an axis tells. Units that it makes are added to `made`."""
    section = Section(reading, length, made)
    told = [one for unit in reading.in_full(axis, length) if (one := group_paragraph(section, unit)) is not None]
    units = [reading.units[paragraph.unit] for paragraph in told]
    rest = _rest(section, axis, units)
    return SectionPlan(axis, (*told, *([Paragraph(tuple(rest))] if rest else [])), axis)


def _rest(section: Section, axis: str, told: Sequence[Unit]) -> list[Statement]:
    """What no paragraph tells: what was voted, and some of what was said once; where few groups are told, what was said
    in each place."""
    reading = section.reading
    heard = [reading.group(unit).title for unit in told]
    ballots = [item for item in reading.voted_alone(axis, told) if not _refuses(item)]
    voted = [item for item in ballots if item.votes_against <= item.votes]
    alone = [i for i in reading.alone(axis, told) if i.votes_against <= i.votes and not _refuses(i)]
    if len(told) <= FEW_GROUPS:
        found = _by_place(section, axis, list(dict.fromkeys([*voted, *alone])), heard)
    else:
        found = _voted(section, "voted", axis, [item for item in voted if item.votes >= VOTES_MIN], heard)
        found += _once(section, axis, alone, found, heard)
    against = [item for item in ballots if item.votes_against >= VOTES_MIN and item.votes_against > item.votes]
    return [*found, *_voted(section, "rejected", axis, against, heard)]


def _once(
    section: Section, axis: str, alone: Sequence[Item], told: Sequence[Statement], heard: list[str]
) -> list[Statement]:
    """Some of the ideas that no group holds, without those told already."""
    shown = {ref.item_id for statement in told for ref in statement.words}
    nodes = _chosen(_worthiest(item for item in alone if item.item_id not in shown), ONCE[section.length], heard)
    ids = [node.ref.item_id for node in nodes]
    return [section.state("once", axis, (), ids, nodes)] if nodes else []


def _refuses(item: Item) -> bool:
    """Whether an idea refuses what others may propose: among proposals it is none."""
    return item.axis == SUD and item.stance == CON


def _worthiest(items: Iterable[Item]) -> list[Item]:
    """The sure ideas among these, those that people voted for first."""
    sure = [item for item in items if item.votes or (item.confidence >= ONCE_CONFIDENCE and item.worth >= ONCE_WORTH)]
    return sorted(sure, key=lambda item: (-item.votes, -merit(item), item.item_id))


def _by_place(section: Section, axis: str, items: Sequence[Item], heard: list[str]) -> list[Statement]:
    """Ideas by where they were said, each place in its turn."""
    material, (of_one, of_all) = section.reading.material, BY_PLACE[section.length]
    places: dict[Where, list[Item]] = {material.place_of(item): [] for item in material.items.values()}
    for item in _worthiest(items):
        places.setdefault(material.place_of(item), []).append(item)
    n_places = sum(map(bool, places.values()))
    per_place = of_one if n_places > FEW_GROUPS else of_all // 2
    order = {key: rank for rank, key in enumerate(material.tables)}
    found: list[Statement] = []
    for _, here in sorted(places.items(), key=lambda pair: _rank(pair[0], order)):
        nodes = _chosen(here, min(per_place, of_all - sum(len(one.words) for one in found)), heard)
        if nodes:
            ids = [node.ref.item_id for node in nodes]
            section.made.update({key: unit_alone(material.items[key]) for key in ids})
            found.append(section.state("place", axis, ids, ids, nodes))
    return found


def _rank(where: Where, order: Mapping[tuple[str, str], int]) -> int:
    """Tables in their order, then places without a table, then the survey."""
    return order.get((where.workshop, where.table), len(order) + 1 + where.is_survey)


def _voted(section: Section, kind: Kind, axis: str, items: Sequence[Item], heard: list[str]) -> list[Statement]:
    """What people voted for, or against, each idea with its votes."""
    nodes = _chosen(items, VOTED_MAX[section.length], heard)
    if not nodes:
        return []
    ids = [node.ref.item_id for node in nodes]
    section.made.update({key: unit_alone(section.reading.material.items[key]) for key in ids})
    return [section.state(kind, axis, ids, ids, nodes)]


def _chosen(items: Iterable[Item], most: int, heard: list[str]) -> list[WordsNode]:
    """The words of some ideas, at most so many, none that repeats another; `heard` grows with them."""
    found: list[WordsNode] = []
    for item in list(items)[:POOL_MAX]:
        node = _words(item) if len(found) < most else None
        if node is not None and not repeats(node.text, heard) and not any(_overlap(node, other) for other in found):
            heard.append(node.text)
            found.append(node)
    return found


def _overlap(one: WordsNode, two: WordsNode) -> bool:
    """Whether two stretches hold words of one contribution in common: an idea, and the next one with what it needs."""
    (low, high), (start, end) = one.ref.span, two.ref.span
    return one.ref.contribution_id == two.ref.contribution_id and low < end and start < high


def _words(item: Item) -> WordsNode | None:
    """The words of an idea: told where our sentence may hold them, else quoted."""
    if not may_stand(item):
        return None
    told = plain_words(item, ONCE_WORDS_MAX)
    return told or (standing_words(item, VOTED_WORDS_MAX) if may_quote(item) else None)


def _essential(reading: Reading, body: Sequence[SectionPlan], made: dict[str, Unit]) -> SectionPlan:
    """What weighs most on each axis, as its paragraphs tell it; what is disputed; what was voted for most."""
    section = Section(reading, "essentiel", made)
    paragraphs: list[Paragraph] = []
    disputed: list[Unit] = []
    named = set[str]()
    for plan in body:
        units = [reading.units[one.unit] for one in plan.paragraphs if one.unit]
        heavy = [unit for unit in units if reading.is_essential(unit) and reading.group(unit).title not in named]
        heavy = heavy[: WEIGHING[plan.axis]]
        named |= {reading.group(unit).title for unit in heavy}  # a title on every axis is named once
        statements = [_naming(section, "weighs", plan.axis, heavy)] if heavy else []
        disputed += _disputed(reading, plan)
        voted = [one for two in plan.paragraphs for one in two.statements if one.kind in ("voted", "place")]
        if voted and not heavy:
            statements.append(_first(section, plan.axis, voted))
        if statements:
            paragraphs.append(Paragraph(tuple(statements)))
    if disputed:
        paragraphs.append(Paragraph((_naming(section, "disputed", "", disputed[:DISPUTED_MAX]),)))
    return SectionPlan("essentiel", tuple(paragraphs))


def _disputed(reading: Reading, plan: SectionPlan) -> list[Unit]:
    """The groups of an axis that people looked at, and that somebody objects to."""
    objected = [one.unit for one in plan.paragraphs if any(two.kind == "objection" for two in one.statements)]
    return [reading.units[key] for key in objected if key and reading.units[key].is_counted]


def _first(section: Section, axis: str, told: Sequence[Statement]) -> Statement:
    """The ideas that people voted for most among those told, else the first ones."""
    items = section.reading.material.items
    shown = [(ref, manner) for one in told for ref, manner in zip(one.words, one.manners, strict=True)]
    best = sorted(shown, key=lambda pair: -items[pair[0].item_id].votes)[:FIRST_MAX]
    ids = tuple(ref.item_id for ref, _ in best)
    return Statement("first", axis, ids, ids, tuple(ref for ref, _ in best), tuple(manner for _, manner in best))


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
    if not unit.members:
        return "no_words"
    if unit.unit_id in reading.repeated:
        return "repeated"
    return "less_shared" if reading.is_told(unit) else "said_once"
