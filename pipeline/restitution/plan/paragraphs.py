"""The paragraph of a group: how widely its title is said, words that say it, place by place, what is held against it,
and what answers it. It reads the group and what hangs on it, and no other paragraph: a person's act changes its own
place only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice

from pipeline.contracts.draft import WordsNode
from pipeline.contracts.plan import Kind, Paragraph, Statement, Unit
from pipeline.contracts.titles import OF_PEOPLE
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.kinship import CROSSING, QUALIFIERS, find_words, is_sure
from pipeline.restitution.plan.reading import Held, Reading, unit_together
from pipeline.restitution.plan.showing import ease, fits, is_of_heading, may_stand, opening_words, shown_words
from pipeline.restitution.quoting.quotes import is_chosen, may_quote, quote_node, repeats
from pipeline.restitution.quoting.standing import FALTERS, QUOTE_WORDS_MAX, standing_words, stands
from pipeline.workshop.model import Group, Item, Where

SHOWN = {"essentiel": 2, "standard": 3, "complet": 5}
"""Ideas whose words make a title seen."""
OF_PLACE = 2
"""Ideas told of one place where there are several."""
SAID_MIN = 2
"""Contributions whose words are asked of a title that nobody gave."""
ASKED_MIN = 6
LOOKED_AT_MAX = 24
"""Ideas of a group that are read for words to show."""
NAMES_IT = 0.5
"""What an idea that has a word of the title gains, beside its chance to be under it and its worth."""
FEW, LEAST, CLEAR_WORDS = 2, 0.5, 4
"""Ideas below which a person's title takes others, their chance to be under it, and their words."""
PLACED_MIN, NEAR = 0.6, 0.2
"""Chance to be under a person's title from which the words of an idea that nobody placed are shown there, not so far
below the surest."""


@dataclass
class Section:
    """A section as it is planned: the length asked for, and the units `made` beside those of groups."""

    reading: Reading
    length: str
    made: dict[str, Unit] = field(default_factory=dict)

    def state(
        self, kind: Kind, axis: str, units: Sequence[str], items: Sequence[str], nodes: Sequence[WordsNode] = ()
    ) -> Statement:
        """A statement, whose words are those of `nodes`."""
        held = tuple(dict.fromkeys((*items, *(node.ref.item_id for node in nodes))))
        refs, manners = tuple(node.ref for node in nodes), tuple(node.kind for node in nodes)
        return Statement(kind, axis, tuple(units), held, refs, manners)

    def tell(self, kind: Kind, unit: Unit, items: Sequence[str] = (), nodes: Sequence[WordsNode] = ()) -> Statement:
        """A statement about one unit."""
        return self.state(kind, unit.axis, [unit.unit_id], items, nodes)

    def choose(self, ranked: Sequence[WordsNode], most: int, heard: Sequence[str]) -> list[WordsNode]:
        """So many of some words, one of each contribution, that say nothing heard or told twice, and few of one place
        where there are several; and all that a person chose."""
        material = self.reading.material
        places = {node.ref.item_id: material.place_of(material.items[node.ref.item_id]) for node in ranked}
        known, counts, found = list(heard), Counter[Where](), list[WordsNode]()
        of_place = OF_PLACE if len(set(places.values())) > 1 else most
        for node in ranked:
            where = places[node.ref.item_id]
            is_other = node.ref.contribution_id not in {one.ref.contribution_id for one in found}
            is_room = len(found) < most and counts[where] < of_place
            is_hers = is_chosen(material.items[node.ref.item_id]) and node.text not in known
            if is_hers or (is_room and is_other and not repeats(node.text, known)):
                known.append(node.text)
                found.append(node)
                counts[where] += 1
        return found

    def by_place(self, nodes: Iterable[WordsNode]) -> list[list[WordsNode]]:
        """Words by where they were said: tables in their order, then what has no table, then the survey."""
        material = self.reading.material
        found: dict[Where, list[WordsNode]] = {}
        for node in nodes:
            found.setdefault(material.place_of(material.items[node.ref.item_id]), []).append(node)
        order = {key: rank for rank, key in enumerate(material.tables)}
        last = len(order) + 1
        return [
            found[where]
            for where in sorted(found, key=lambda one: order.get((one.workshop, one.table), last + one.is_survey))
        ]


def group_paragraph(section: Section, unit: Unit) -> Paragraph | None:
    """What is told of a group; None when nothing of it can be told as it stands."""
    group = section.reading.group(unit)
    if group.author_text:
        return Paragraph((section.tell("author", unit, unit.members),), unit.unit_id)
    if not unit.is_titled:
        return None
    shown = _shown(section, unit)
    if unit.is_counted and not shown:  # a count says nothing of what was said
        near = section.reading.items(unit)[:LOOKED_AT_MAX]
        shown = [node for one in near if (node := opening_words(one, one.own)) is not None][:1]
    if len(shown) < (0 if unit.is_counted else 1 if group.origin in OF_PEOPLE else SAID_MIN):
        return None
    statements = [section.tell("spread", unit, unit.members)] if unit.is_counted else []
    statements += [section.tell("told", unit, (), nodes) for nodes in section.by_place(shown)]
    if unit.is_counted:  # what a machine put there and read as against, or as an answer, is nobody's yet
        statements += _sides(section, unit, shown)
        statements += _answers(section, unit) if group.axis == "est" else []
    statements += [section.tell("question", unit, unit.members)] if group.is_asked else []
    return Paragraph(tuple(statements), unit.unit_id)


def _shown(section: Section, unit: Unit) -> list[WordsNode]:
    """The words that make a group seen; none that a title proposed for it says already. A person's title is never left
    without words."""
    reading, group = section.reading, section.reading.group(unit)
    heard = [group.title] if group.is_proposed else []
    good = [node for node, _ in sorted(_candidates(reading, unit), key=lambda pair: pair[1])]
    found = section.choose(good, SHOWN[section.length], heard)
    if len(found) < FEW and group.origin in OF_PEOPLE:
        others = _others(section, unit, {node.ref.contribution_id for node in found})
        clear = [node for node, is_clear in others if is_clear]
        found += section.choose(clear, FEW - len(found), [*heard, *(node.text for node in found)])
        found = found or section.choose([node for node, _ in others], 1, heard)
    return found


def _others(section: Section, unit: Unit, shown: AbstractSet[str]) -> list[tuple[WordsNode, bool]]:
    """Words that read less well, or are less surely of a title, the surest first, each with whether it is clear."""
    group, reading = section.reading.group(unit), section.reading
    near = sorted(reading.items(unit)[:LOOKED_AT_MAX], key=lambda item: -round(item.strength, 1))
    found: list[tuple[WordsNode, bool]] = []
    for item in near:
        if item.strength < LEAST or not _is_of_axis(item, group):
            continue
        node = shown_words(item) or opening_words(item, item.reach)
        if node is not None and item.contribution_id not in shown:
            falters = item.provenance == "transcription" and FALTERS.search(node.text) is not None
            found.append((node, not falters and len(node.text.split()) >= CLEAR_WORDS))
    return found


def _candidates(reading: Reading, unit: Unit) -> Iterable[tuple[WordsNode, tuple[bool, float, int]]]:
    """The words that may be shown of a group, each with what orders it: those that a person chose, then by their
    chance to be under the title and its words, votes, worth and how they read."""
    group = reading.group(unit)
    titled = frozenset(content_stems(group.title)) - QUALIFIERS
    near = reading.items(unit)[:LOOKED_AT_MAX]
    held = reading.links.told(group) if unit.is_counted else Held()  # these are told as what they are
    aside = {item.item_id for item in (*near, *held.objection, *held.condition)}
    near += [item for item in group.members if is_chosen(item) and item.item_id not in aside]
    least = _least(group, unit)
    for rank, item in enumerate(near):
        is_hers = is_chosen(item)
        node = shown_words(item) if is_hers or _may_show(item, group, unit, least) else None
        if node is None or (not is_hers and _is_of_others(reading, item, node)):
            continue
        stems = set(content_stems(node.text))
        if not is_hers and (not fits(node.text, "" if unit.is_counted else unit.axis) or stems <= titled):
            continue
        if not is_hers and group.is_proposed and find_words(node.text, group.title) is not None:
            continue  # its heading says it
        votes = min(1.0, 0.2 * max(0, item.votes - item.votes_against))
        score = 2 * item.strength + item.worth + votes + NAMES_IT * bool(stems & titled) + ease(node)
        yield node, (not is_hers, -round(score, 1), rank)


def _least(group: Group, unit: Unit) -> float:
    """The chance to be under a person's title from which words are shown there, where nobody looked."""
    if unit.is_counted or group.origin not in OF_PEOPLE:
        return 0.0
    return max(PLACED_MIN, max(one.strength for one in group.members) - NEAR)


def _may_show(item: Item, group: Group, unit: Unit, least: float) -> bool:
    """Whether the words of an idea go under a title: on its axis, and where nobody looked, by the list that it was
    written in and its chance to be under a person's title."""
    if not (group.is_trusted or is_sure(item)) or not may_stand(item):
        return False
    if not _is_of_axis(item, group):
        return False
    return unit.is_counted or (item.strength >= least and is_of_heading(item, group.axis))


def _is_of_axis(item: Item, group: Group) -> bool:
    """Whether an idea says what its axis says: one that got past an obstacle tells none."""
    return item.facet != CROSSING or group.axis != "est"


def _is_of_others(reading: Reading, item: Item, node: WordsNode) -> bool:
    """Whether words hold another idea of the card, that stands elsewhere."""
    low, high = node.ref.span
    beside: Mapping[str, list[Item]] = reading.material.siblings
    return any(
        one.start < high and low < one.end and one.group != item.group
        for one in beside.get(item.contribution_id, ())
        if one.item_id != item.item_id
    )


def _sides(section: Section, unit: Unit, shown: Sequence[WordsNode]) -> list[Statement]:
    """What is held against a group, by all who say it."""
    held = section.reading.links.told(section.reading.group(unit))
    kinds: tuple[tuple[Kind, Sequence[Item]], ...] = (("objection", held.objection), ("condition", held.condition))
    found: list[Statement] = []
    heard = {node.text for node in shown}
    for kind, items in kinds:
        hers = [item for item in items if item.group == unit.unit_id and is_chosen(item)]
        nodes = [node for item in hers if (node := shown_words(item)) is not None]
        told = (node for item in items[:LOOKED_AT_MAX] if (node := _side(item)) is not None)
        nodes = nodes or list(islice((one for one in told if one.text not in heard), 1))
        if items:
            side = unit_together(f"{unit.unit_id}.{kind}", unit.axis, unit.theme, items)
            section.made[side.unit_id] = side
            ids = [item.item_id for item in items]
            found.append(section.state(kind, unit.axis, [unit.unit_id, side.unit_id], ids, nodes))
    return found


def _side(item: Item) -> WordsNode | None:
    """The words of an idea that takes a side: it may name its subject in a word."""
    node = standing_words(item, QUOTE_WORDS_MAX, 1)
    if node is None and may_quote(item) and stands(item, item.whole):
        node = quote_node(item, item.whole, shows_cuts=False)
    if node is None:
        return None
    least = ASKED_MIN if node.text.rstrip().endswith("?") else 1  # a bare question says no side
    return node if least <= len(node.text.split()) <= QUOTE_WORDS_MAX else None


def _answers(section: Section, unit: Unit) -> list[Statement]:
    """What was said elsewhere that would answer an obstacle: proposals, then resources."""
    reading = section.reading
    answers = reading.links.answers(reading.group(unit), reading.units)
    kinds: tuple[tuple[str, Kind], ...] = (("sud", "answer"), ("nord", "resource"))
    looked_at = {axis: [one for one in found if one.is_counted] for axis, found in answers.items()}
    return [
        section.state(
            kind,
            unit.axis,
            [unit.unit_id, *(one.unit_id for one in found)],
            [member for one in found for member in one.members],
        )
        for axis, kind in kinds
        if (found := looked_at[axis])
    ]
