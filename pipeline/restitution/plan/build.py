"""The whole plan: the essential, then on each axis a paragraph for each group that weighs, else what each place said;
what was voted; and why each group is told or is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pipeline.axes import COMPASS_CODES, SUD
from pipeline.contracts.draft import WordsNode
from pipeline.contracts.plan import Kind, Paragraph, Plan, Reason, SectionPlan, Statement, Unit
from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.lexicon.verbs import is_infinitive, third_person
from pipeline.language.text.lists import read_words
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import CON
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.plan.paragraphs import Section, group_paragraph, may_stand, plain_words
from pipeline.restitution.plan.pieces import node_of, pieces_of, richest
from pipeline.restitution.plan.reading import Reading, merit, unit_alone, unit_of, unit_together
from pipeline.restitution.quoting.quotes import may_quote, may_tell, repeats, report_node
from pipeline.restitution.quoting.standing import standing_words
from pipeline.workshop.model import Item, Material, Where

VOTES = "votes"
"""The section of what was voted."""
WEIGHING = {"nord": 2, "est": 3, "sud": 3, "ouest": 2}
"""Groups of an axis that the essential names."""
DISPUTED_MAX = 2
VOTES_MIN = 3
"""Votes on one side from which an idea is told with them."""
VOTED_MAX = {"essentiel": 4, "standard": 6, "complet": 60}
VOTED_WORDS_MAX = 26
FEW_GROUPS = 2
"""Paragraphs of groups up to which what each place said is told beside them, while nobody looked at one."""
BY_PLACE = {"essentiel": 2, "standard": 3, "complet": 6}
"""Pieces of ideas that tell what one place said of an axis."""
BARE_MIN = 0.9
"""Score below which a piece that stands under no title tells nothing."""
POOL_MAX = 120
"""Ideas among which those to tell are chosen."""
RECURRING_FEWEST, RECURRING_MAX, RECURRING_MIN = 3, 8, 3
"""Words that recur, at least and at most, and contributions from which one does."""


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
    sections = (_essential(reading, body, made), *body, *_votes(Section(reading, length_of(VOTES), made), body))
    units = {**reading.units, **made}
    return Plan(sections, _explained(reading, units, sections))


def axis_plan(reading: Reading, axis: str, length: str, made: dict[str, Unit]) -> SectionPlan:
    """Everything that an axis tells. Units that it makes are added to `made`."""
    section = Section(reading, length, made)
    told = [one for unit in reading.in_full(axis, length) if (one := group_paragraph(section, unit)) is not None]
    units = [reading.units[paragraph.unit] for paragraph in told]
    is_enough = len(units) > FEW_GROUPS or any(unit.is_counted for unit in units)
    rest = [] if is_enough else _by_place(section, axis, units)
    return SectionPlan(axis, (*told, *([Paragraph(tuple(rest))] if rest else [])), axis)


def _refuses(item: Item) -> bool:
    """Whether an idea refuses what others may propose: among proposals it is none."""
    return item.axis == SUD and item.stance == CON


def _by_place(section: Section, axis: str, told: Sequence[Unit]) -> list[Statement]:
    """What was said in each place that no group tells: tables in their order, then places without a table, then the
    survey."""
    reading, material = section.reading, section.reading.material
    places: dict[Where, list[Item]] = {}
    for item in reading.alone(axis, told):
        if item.votes_against <= item.votes and not _refuses(item) and may_stand(item):
            places.setdefault(material.place_of(item), []).append(item)
    order = {key: rank for rank, key in enumerate(material.tables)}
    last = len(order) + 1
    heard = [reading.group(unit).title for unit in told]
    found: list[Statement] = []
    for where in sorted(places, key=lambda one: order.get((one.workshop, one.table), last + one.is_survey)):
        nodes = _said_here(places[where], BY_PLACE[section.length], heard)
        if nodes:
            ids = [node.ref.item_id for node in nodes]
            found.append(section.state("place", axis, ids, ids, nodes, len(found)))
    wide = [one for one in found if len(one.words) > 1] or found  # of one idea, where no place says more
    section.made.update({key: unit_alone(material.items[key]) for one in wide for key in one.units})
    return wide


def _said_here(items: Sequence[Item], most: int, heard: list[str]) -> list[WordsNode]:
    """Pieces of one form of the ideas of a place, one of each contribution; `heard` grows with them."""
    ranked = sorted(items, key=lambda item: (-item.votes, -merit(item), item.item_id))[:POOL_MAX]
    pieces = [piece for piece in pieces_of(ranked, frozenset(), frozenset()) if piece.score >= BARE_MIN]
    nodes: dict[str, WordsNode] = {}
    for node in map(node_of, richest(pieces, most)[0]):
        if len(nodes) < most and node.ref.contribution_id not in nodes and not repeats(node.text, heard):
            heard.append(node.text)
            nodes[node.ref.contribution_id] = node
    return list(nodes.values())


def _votes(section: Section, body: Sequence[SectionPlan]) -> list[SectionPlan]:
    """What people voted on, and that no paragraph counts: each idea with its votes, those that they voted most for
    first."""
    reading = section.reading
    held = _held(reading, body)
    voted = [item for item in reading.by_votes() if item.item_id not in held and not item.masks]
    clear = [item for item in voted if max(item.votes, item.votes_against) >= VOTES_MIN]
    found: list[Statement] = []
    heard = [one.about for one in reading.material.questions if one.is_vote]
    for item in clear[:POOL_MAX]:
        node = _words(item) if len(found) < VOTED_MAX[section.length] else None
        if node is not None and not repeats(node.text, heard):
            heard.append(node.text)
            section.made[item.item_id] = unit_alone(item)
            found.append(section.state("voted", item.axis, [item.item_id], [item.item_id], [node]))
    return [SectionPlan(VOTES, (Paragraph(tuple(found)),))] if found else []


def _held(reading: Reading, body: Sequence[SectionPlan]) -> frozenset[str]:
    """The ideas that paragraphs count, tell as objections, or show."""
    paragraphs = [one for plan in body for one in plan.paragraphs]
    units = [reading.units[one.unit] for one in paragraphs if one.unit]
    counted = {member for unit in units if unit.is_counted for member in unit.members}
    shown = {ref.item_id for one in paragraphs for statement in one.statements for ref in statement.words}
    return frozenset(counted | shown | reading.links.spoken_of.keys())


def _words(item: Item) -> WordsNode | None:
    """The words of an idea that people voted on: told where our sentence may hold them, else quoted."""
    told = plain_words(item, VOTED_WORDS_MAX)
    return told or (standing_words(item, VOTED_WORDS_MAX) if may_quote(item) else None)


def _essential(reading: Reading, body: Sequence[SectionPlan], made: dict[str, Unit]) -> SectionPlan:
    """What weighs most on each axis, as its paragraphs tell it, and what is disputed; what recurs where no person gave
    a title."""
    section = Section(reading, "essentiel", made)
    paragraphs: list[Paragraph] = []
    disputed: list[Unit] = []
    named = set[str]()
    if not any(group.is_titled or group.is_counted for group in reading.material.groups.values()):
        recurring = _recurring(section)
        paragraphs += [Paragraph((recurring,))] if recurring is not None else []
    for plan in body:
        units = [reading.units[one.unit] for one in plan.paragraphs if one.unit]
        heavy = [unit for unit in units if reading.is_essential(unit) and reading.group(unit).title not in named]
        heavy = sorted(heavy, key=_breadth)[: WEIGHING[plan.axis]]
        named |= {reading.group(unit).title for unit in heavy}  # a title on every axis is named once
        paragraphs += [Paragraph((_naming(section, "weighs", plan.axis, heavy),))] if heavy else []
        disputed += _disputed(reading, plan)
    if disputed:
        paragraphs.append(Paragraph((_naming(section, "disputed", "", disputed[:DISPUTED_MAX]),)))
    return SectionPlan("essentiel", tuple(paragraphs))


def _breadth(unit: Unit) -> tuple[int, int]:
    """In how many places a group was said, then by how many: what a reader can check, and what no other group moves."""
    return -(unit.spread.tables + bool(unit.spread.answers)), -unit.spread.n_heard


def _recurring(section: Section) -> Statement | None:
    """The common nouns that most places and most contributions share, each shown where it first stands; a contribution
    counts where the noun itself stands, after a determiner."""
    reading = section.reading
    known = frozenset(content_stems(" ".join(str(row["titre"]) for row in reading.material.workshops)))
    holders: dict[str, list[Item]] = {}
    shown: dict[str, WordsNode] = {}
    for item in reading.material.items.values():
        is_told = item.axis in COMPASS_CODES and not item.tied_to and may_tell(item) and not item.masks
        for low, high in _nouns(item.text) if is_told and not item.is_corrected else ():
            noun = item.text[low:high].rstrip("sx")
            holders.setdefault(noun, []).append(item)
            shown.setdefault(noun, report_node(item, (item.start + low, item.start + high)))
    units = [
        unit_together(f"mot-{noun}", "", "", list(dict.fromkeys(found)))
        for noun, found in holders.items()
        if not known & set(content_stems(shown[noun].text)) and not reading.kinship.places & set(content_stems(noun))
    ]
    heard = [unit for unit in units if unit.spread.n_heard >= RECURRING_MIN]
    wide = sorted(heard, key=lambda unit: (*_breadth(unit), unit.unit_id))[:RECURRING_MAX]
    if len(wide) < RECURRING_FEWEST:
        return None
    section.made.update({unit.unit_id: unit for unit in wide})
    nodes = [shown[unit.unit_id.removeprefix("mot-")] for unit in wide]
    return section.state("recurs", "", [unit.unit_id for unit in wide], [node.ref.item_id for node in nodes], nodes)


_WORD = re.compile(r"(?:\b(?P<sure>une?|des|du|aux?|cette|ces)\s|\b(?:l[ae]s?)\s|\bd['’])(?P<noun>[a-zà-ÿœ]{4,})\b")
"""A noun after its determiner."""
_EMPTY = read_words(__name__, "empty_nouns")


def _nouns(text: str) -> list[tuple[int, int]]:
    """Where common nouns stand in a text: what may be a verb asks for a determiner that is no pronoun."""
    return [
        match.span("noun")
        for match in _WORD.finditer(text)
        if is_noun(word := match["noun"])
        and word not in _EMPTY
        and not is_infinitive(word)
        and (match["sure"] or third_person(word) is None)
    ]


def _disputed(reading: Reading, plan: SectionPlan) -> list[Unit]:
    """The groups of an axis that people looked at, and that somebody objects to."""
    objected = [one.unit for one in plan.paragraphs if any(two.kind == "objection" for two in one.statements)]
    return [reading.units[key] for key in objected if key and reading.units[key].is_counted]


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
