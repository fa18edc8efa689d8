"""The whole plan: the essential, then on each axis a paragraph for each group that weighs, else what each place said;
what was voted; and why each group is told or is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from zlib import crc32

from pipeline.axes import COMPASS_CODES, SUD
from pipeline.contracts.draft import WordsNode, WordsRef
from pipeline.contracts.plan import Kind, Paragraph, Plan, Reason, SectionPlan, Statement, Unit
from pipeline.language.syntax.phrases import NOUN
from pipeline.language.vocabulary.cues import CON
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.plan.paragraphs import (
    NOTED_WORDS_MAX,
    PROOF_STEMS_MIN,
    Section,
    group_paragraph,
    may_stand,
    opening_words,
    plain_words,
)
from pipeline.restitution.plan.pieces import fits, form_of, is_of_heading, node_of, pieces_of, points_back, richest
from pipeline.restitution.plan.reading import Reading, merit, unit_alone, unit_of, unit_together
from pipeline.restitution.quoting.quotes import may_quote, repeats
from pipeline.restitution.quoting.standing import is_unpointed, standing_words
from pipeline.workshop.model import Item, Material, Where

VOTES = "votes"
"""The section of what was voted."""
WEIGHING = {"nord": 2, "est": 3, "sud": 3, "ouest": 2}
"""Groups of an axis that the essential names."""
DISPUTED_MAX, SPREAD_MAX = 2, 3
VOTES_MIN = 3
"""Votes on one side from which an idea is told with them."""
VOTED_MAX = {"essentiel": 6, "standard": 12, "complet": 60}
VOTED_WORDS_MAX = 26
OTHERS = "votes.autres"
"""The unit of what people voted on, and that is only counted."""
FEW_TITLES, FEW_GROUPS = 2, 4
"""Paragraphs under titles of people, and in all, up to which what each place said is told beside them, while nobody
looked at one."""
BY_PLACE = {"essentiel": 2, "standard": 3, "complet": 6}
"""Pieces of ideas that tell what one place said of an axis."""
PLACES_FEWEST = 4
"""Places of which one idea is told, where fewer say more."""
QUOTED_WORDS_MAX, QUOTES_MAX = 26, 2
QUOTED_WORTH_MIN = 0.3
CONFIDENCE_MIN, SMALL = 0.55, 40
"""Chance of its axis below which an idea that nobody placed is not told alone, where there are more than so many."""
BARE_MIN = 0.9
"""Score below which a piece that stands under no title tells nothing."""
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
    body = _with_silent(reading, body, made)
    essential, body = _essential(reading, body, made)
    sections = (essential, *body)
    sections += tuple(_votes(Section(reading, length_of(VOTES), made)))
    units = {**reading.units, **made}
    return Plan(sections, _explained(reading, units, sections))


def axis_plan(reading: Reading, axis: str, length: str, made: dict[str, Unit]) -> SectionPlan:
    """Everything that an axis tells. Units that it makes are added to `made`."""
    section = Section(reading, length, made)
    told = [one for unit in reading.in_full(axis, length) if (one := group_paragraph(section, unit)) is not None]
    units = [reading.units[paragraph.unit] for paragraph in told]
    n_titled = sum(reading.group(unit).is_trusted for unit in units)
    is_enough = n_titled > FEW_TITLES or len(units) > FEW_GROUPS or any(unit.is_counted for unit in units)
    rest = [] if is_enough else _by_place(section, axis, units)
    return SectionPlan(axis, (*told, *([Paragraph(tuple(rest))] if rest else [])), axis)


def _with_silent(reading: Reading, body: Sequence[SectionPlan], made: dict[str, Unit]) -> list[SectionPlan]:
    """The axes, where titles of a person that no paragraph tells are named, each on the axis of most of its ideas."""
    groups = reading.material.groups
    heard = {groups[one.unit].title for plan in body for one in plan.paragraphs if one.unit}
    found: list[SectionPlan] = []
    for plan in body:
        units = [unit for unit in reading.by_weight(plan.axis) if reading.group(unit).is_titled]
        titles = {reading.group(unit).title: unit for unit in units}
        silent = [
            unit
            for title, unit in titles.items()
            if title not in heard and plan.axis == next(iter(reading.material.shares.get(title, ())), "")
        ]
        told = [one for one in plan.paragraphs if one.unit]
        named = [Paragraph((_naming(Section(reading, "", made), "silent", plan.axis, silent),))] if silent else []
        found.append(replace(plan, paragraphs=(*told, *named, *plan.paragraphs[len(told) :])))
    return found


def _may_stand_alone(item: Item, axis: str, least: float) -> bool:
    """Whether an idea may be told of an axis without a title: surely of it or voted for, worth it, and among proposals
    no refusal."""
    is_sure = item.confidence >= least or item.votes > 0
    refuses = axis == SUD and item.stance == CON
    return (
        is_sure and not refuses and item.votes_against <= item.votes and is_of_heading(item, axis) and may_stand(item)
    )


def _by_place(section: Section, axis: str, told: Sequence[Unit]) -> list[Statement]:
    """What was said in each place that no group tells: tables in their order, then places without a table, then the
    survey."""
    reading, material = section.reading, section.reading.material
    places: dict[Where, list[Item]] = {}
    least = CONFIDENCE_MIN if len(material.items) > SMALL else 0.0
    for item in reading.alone(axis, told):
        if _may_stand_alone(item, axis, least):
            places.setdefault(material.place_of(item), []).append(item)
    order = {key: rank for rank, key in enumerate(material.tables)}
    last = len(order) + 1
    heard = [reading.group(unit).title for unit in told]
    found: list[Statement] = []
    for where in sorted(places, key=lambda one: order.get((one.workshop, one.table), last + one.is_survey)):
        ranked = sorted(places[where], key=lambda item: (-item.votes, -merit(item), item.item_id))[:POOL_MAX]
        own = crc32(repr(where).encode())  # its own way of saying, which no other place moves
        said = _said_here(ranked, axis, BY_PLACE[section.length], 1 + 2 * (len(places) == 1), heard)
        for rank, nodes in enumerate(said, own):
            ids = [node.ref.item_id for node in nodes]
            found.append(section.state("place", axis, ids, ids, nodes, rank))
    kept = _widest(found)
    section.made.update({key: unit_alone(material.items[key]) for one in kept for key in one.units})
    return kept


def _widest(found: Sequence[Statement]) -> list[Statement]:
    """The places that say several things; where they are few, those that say one, then in quotation marks, in order."""
    wide = [one for one in found if len(one.words) > 1]
    alone = [one for one in found if len(one.words) == 1 and "quote" not in one.manners]
    alone += [one for one in found if "quote" in one.manners][: QUOTES_MAX - bool(alone or wide)]
    alone.sort(key=found.index)
    return sorted([*wide, *alone[: max(0, PLACES_FEWEST - len(wide))]], key=found.index)


def _said_here(ranked: Sequence[Item], axis: str, most: int, rounds: int, heard: list[str]) -> list[list[WordsNode]]:
    """What the ideas of a place say, one of each contribution: pieces of one form, so many at a time, or words that
    stand alone where nothing else can be told; `heard` grows with them."""
    pieces = [piece for piece in pieces_of(ranked, {}, frozenset(), axis) if piece.score >= BARE_MIN]
    nodes: dict[str, WordsNode] = {}
    for node in map(node_of, richest(pieces, most)[0]):
        if len(nodes) < most * rounds and node.ref.contribution_id not in nodes and not repeats(node.text, heard):
            heard.append(node.text)
            nodes[node.ref.contribution_id] = node
    if nodes:
        told = list(nodes.values())
        return [told[at : at + most] for at in range(0, len(told), most)]
    for quote in filter(None, map(_own_words, ranked)):
        if fits(quote.text, axis) and not points_back(quote.text) and not repeats(quote.text, heard):
            heard.append(quote.text)
            return [[quote]]
    return []


def _own_words(item: Item) -> WordsNode | None:
    """The words of an idea that is worth telling by itself, whose sentences stand alone."""
    if not (item.votes or item.worth >= QUOTED_WORTH_MIN) or "(" in item.text or is_unpointed(item):
        return None  # without points its sentences are not known: it is quoted under a title
    if may_quote(item):
        return standing_words(item, QUOTED_WORDS_MAX, PROOF_STEMS_MIN)
    return plain_words(item, NOTED_WORDS_MAX)


def _votes(section: Section) -> list[SectionPlan]:
    """What people voted on, the most voted first, each in its words with its votes, be it told above or not; then how
    many others there are."""
    reading = section.reading
    points = [one.about for one in reading.material.questions if one.is_vote]
    told: list[Statement] = []
    others: list[Item] = []
    for item in reading.by_votes():
        if points and repeats(item.text, points):
            continue
        is_clear = len(told) < VOTED_MAX[section.length] and max(item.votes, item.votes_against) >= VOTES_MIN
        node = _card(reading.material, item) if is_clear else None
        if node is None:
            others.append(item)
            continue
        section.made[item.item_id] = unit_alone(item)
        told.append(section.state("voted", item.axis, [item.item_id], [item.item_id, node.ref.item_id], [node]))
    if not told:
        return []
    if others:
        section.made[OTHERS] = unit_together(OTHERS, "", "", others)
        told.append(section.state("voted", "", [OTHERS], section.made[OTHERS].members))
    return [SectionPlan(VOTES, (Paragraph(tuple(told)),))]


def _card(material: Material, item: Item) -> WordsNode | None:
    """What people voted on, in its words: an idea told where our sentence may hold it, else quoted, a card of several
    by its opening words; None where nobody may read them."""
    first, *more = sorted(material.siblings[item.contribution_id], key=lambda one: one.start)
    told = None if more else plain_words(item, VOTED_WORDS_MAX)
    if told is None and not more and may_quote(item):
        told = standing_words(item, VOTED_WORDS_MAX)
    if told is not None:
        return told
    return opening_words(first, first.whole)


def _essential(
    reading: Reading, body: Sequence[SectionPlan], made: dict[str, Unit]
) -> tuple[SectionPlan, list[SectionPlan]]:
    """What weighs most on each axis, as its paragraphs tell it, and what is disputed; where people gave no title, one
    thing that was said, which the axis then leaves to the essential."""
    section = Section(reading, "essentiel", made)
    paragraphs: list[Paragraph] = []
    disputed: list[Unit] = []
    spread: dict[str, Unit] = {}
    left: list[SectionPlan] = []
    for plan in body:
        units = [reading.units[one.unit] for one in plan.paragraphs if one.unit]
        heavy = [unit for unit in units if reading.is_essential(unit)]
        spread |= {group.title: unit for unit in heavy if reading.material.is_spread(group := reading.group(unit))}
        heavy = [unit for unit in heavy if _is_home(reading, unit)]  # a title on several axes is named once
        heavy = sorted(heavy, key=_breadth)[: WEIGHING[plan.axis]]
        told, rest = (None, plan) if heavy else _notable(section, plan)
        told = _naming(section, "weighs", plan.axis, heavy) if heavy else told
        paragraphs += [Paragraph((told,))] if told is not None else []
        disputed += _disputed(reading, plan)
        left.append(rest)
    if spread:
        wide = sorted(spread.values(), key=_breadth)[:SPREAD_MAX]
        paragraphs.append(Paragraph((_naming(section, "weighs", "", wide),)))
    if disputed:
        paragraphs.append(Paragraph((_naming(section, "disputed", "", disputed[:DISPUTED_MAX]),)))
    return SectionPlan("essentiel", tuple(paragraphs)), left


def _is_home(reading: Reading, unit: Unit) -> bool:
    """Whether most ideas under the title of a group are on its axis."""
    group = reading.group(unit)
    axes = reading.material.shares.get(group.title, {group.axis: 1})
    return group.axis == next(iter(axes)) and not reading.material.is_spread(group)


def _breadth(unit: Unit) -> tuple[int, int]:
    """In how many places a group was said, then by how many: what a reader can check, and what no other group moves."""
    return -(unit.spread.tables + bool(unit.spread.answers)), -unit.spread.n_heard


def _notable(section: Section, plan: SectionPlan) -> tuple[Statement | None, SectionPlan]:
    """The words of an axis that were most voted for, else said best, for the essential, and the axis without them:
    from a sentence that tells others too."""
    items = section.reading.material.items
    found = [
        (one, ref, manner)
        for paragraph in plan.paragraphs
        for one in paragraph.statements
        if one.kind in ("place", "covers")
        and len(one.words) > 1
        and form_of(items[one.words[0].item_id].source_text[slice(*one.words[0].span)]) != NOUN
        for ref, manner in zip(one.words, one.manners, strict=True)
    ]
    if not found:
        return None, plan

    def preference(of: tuple[Statement, WordsRef, str]) -> tuple[int, float, str]:
        item = items[of[1].item_id]
        return item.votes_against - item.votes, -merit(item), item.item_id

    chosen, ref, manner = min(found, key=preference)
    section.made[ref.item_id] = unit_alone(items[ref.item_id])
    told = replace(
        chosen, kind="notable", units=(ref.item_id,), items=(ref.item_id,), words=(ref,), manners=(manner,), rank=0
    )
    return told, _without(plan, chosen, ref)


def _without(plan: SectionPlan, of: Statement, gone: WordsRef) -> SectionPlan:
    """The same section, where a statement no longer shows some words."""
    kept = [(ref, manner) for ref, manner in zip(of.words, of.manners, strict=True) if ref != gone]
    units = tuple(key for key in of.units if key != gone.item_id)
    held = tuple(key for key in of.items if key != gone.item_id)
    left = replace(
        of, units=units, items=held, words=tuple(ref for ref, _ in kept), manners=tuple(manner for _, manner in kept)
    )
    return replace(
        plan,
        paragraphs=tuple(
            replace(one, statements=tuple(left if statement == of else statement for statement in one.statements))
            for one in plan.paragraphs
        ),
    )


def _disputed(reading: Reading, plan: SectionPlan) -> list[Unit]:
    """The groups of an axis that people looked at, and that somebody objects to."""
    counted = [reading.units[one.unit] for one in plan.paragraphs if one.unit and reading.units[one.unit].is_counted]
    return [unit for unit in counted if reading.links.told(reading.group(unit)).objection]


def _naming(section: Section, kind: Kind, axis: str, units: Sequence[Unit]) -> Statement:
    members = [member for unit in units for member in unit.members]
    return section.state(kind, axis, [unit.unit_id for unit in units], members)


_NAMING = frozenset({"answer", "resource", "weighs", "disputed", "silent"})


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
