"""The paragraph of a group: how widely its title is said, words that say it, place by place, what is held against it,
and what answers it. It reads the group and what hangs on it, and no other paragraph: a person's act changes its own
place only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipeline.axes import SUD
from pipeline.contracts.draft import WordsNode
from pipeline.contracts.plan import Kind, Paragraph, Statement, Unit
from pipeline.restitution.material.kinship import CROSSING, find_words, is_opposite
from pipeline.restitution.plan.reading import SIDES, Held, Reading, unit_together
from pipeline.restitution.plan.showing import appeal, is_act, is_of_heading, may_stand, reads_well, shown_words
from pipeline.restitution.quoting.quotes import is_chosen, may_quote, quote_node, repeats
from pipeline.restitution.quoting.standing import QUOTE_WORDS_MAX, standing_words, stands
from pipeline.workshop.model import Group, Item, Where

SHOWN = {"essentiel": 2, "standard": 4, "complet": 6}
"""Ideas whose words make a title seen."""
TITLES_FEW = 12
"""Titles up to which the document has room for all of them, and as many ideas beside."""
OF_PLACE = 3
"""Ideas told of one place where there are several."""
OF_TURN, TURNS = 2, ("note", "transcript")
"""Ideas told of one paragraph of notes, or turn of speech."""
ASKED_MIN = 6
LOOKED_AT_MAX = 24
"""Ideas of a group that are read for words to show."""
TOLD_MIN, QUOTED_MIN = 0.0, 0.35
"""Appeal from which words are told, or quoted, under a title that nobody looked at."""
ACTS = 2
"""Times as many acts as sentences are told, as an enumeration holds them."""
IDEAS_MIN = 5
"""Ideas that are counted where neither tables nor people are."""


@dataclass
class Section:
    """A section as it is planned: the length asked for, and the units `made` beside those of groups."""

    reading: Reading
    length: str
    made: dict[str, Unit] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Whether titles are so many that less is told of each, and beside them."""
        return sum(map(len, self.reading.titles.values())) > TITLES_FEW

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
        """So many sentences of some words, and twice as many acts, one of each card or of who answers, that say nothing
        heard or told twice, and few of one place where there are several; and all that a person chose."""
        material = self.reading.material
        ideas = [material.items[node.ref.item_id] for node in ranked]
        places = {item.item_id: material.place_of(item)._replace(origin="") for item in ideas}
        known, counts, found = list(heard), Counter[tuple[bool, Where]](), list[WordsNode]()
        is_place = len(set(places.values())) > 1
        for node in ranked:
            item, is_one = material.items[node.ref.item_id], is_act(node.text)
            where, times = (is_one, places[node.ref.item_id]), ACTS if is_one else 1
            beside = sum(_is_of_one(item, material.items[one.ref.item_id]) for one in found)
            is_other = beside < (OF_TURN if item.channel in TURNS else 1)
            is_free = counts[where] < times * OF_PLACE or not (is_place and any(where[1][1:]))
            is_room = is_free and sum(n for (kind, _), n in counts.items() if kind == is_one) < times * most
            is_hers = is_chosen(item) and node.text not in known
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
        # what tells no place comes first: after a place, it would read as said there
        last, origins = len(order) + 1, list(dict.fromkeys(["", *(where.origin for where in found)]))

        def rank(where: Where) -> tuple[int, int]:
            return order.get((where.workshop, where.table), last + where.is_survey), origins.index(where.origin)

        return [found[where] for where in sorted(found, key=rank)]


def _is_of_one(item: Item, other: Item) -> bool:
    """Whether two ideas are of one card or turn, or of one person who answered a survey."""
    is_hers = item.channel == "enquete" and item.voice != "" and item.voice == other.voice
    return item.contribution_id == other.contribution_id or (is_hers and item.workshop == other.workshop)


def title_paragraphs(section: Section, units: Sequence[Unit]) -> list[Paragraph]:
    """What is told of the units of a title, on the axis of the first: of each of its axes where people looked, else
    together, as a machine says which axis they are of; one paragraph at least, empty where no words of it are told."""
    if not any(one.is_counted or section.reading.group(one).author_text for one in units):
        return [_unread(section, units)]
    heard: list[str] = []
    told = [_group_paragraph(section, one, heard) for one in units]
    return [one for one in told if one is not None] or [Paragraph((), units[0].unit_id)]


def _unread(section: Section, units: Sequence[Unit]) -> Paragraph:
    """What is told under a title that nobody looked at."""
    unit = units[0]
    is_for_all = not any(section.reading.group(one).is_outnumbered for one in units)
    shown = _shown(section, units, []) if is_for_all else []
    items = section.reading.material.items
    statements: list[Statement] = []
    for nodes in section.by_place(shown):
        held = dict.fromkeys([unit.unit_id, *filter(None, (items[node.ref.item_id].group for node in nodes))])
        statements.append(section.state("told", unit.axis, list(held), [], nodes))
    group = section.reading.group(unit)
    statements += [section.tell("question", unit, unit.members)] if group.is_asked and unit.members else []
    return Paragraph(tuple(statements), unit.unit_id)


def _group_paragraph(section: Section, unit: Unit, heard: list[str]) -> Paragraph | None:
    """What is told of a group; None when nothing of it can be told as it stands.

    Parameters
    ----------
    heard : words that stand under its title, an author's text among them; those of this group are added.
    """
    group = section.reading.group(unit)
    if group.author_text in heard:
        return None
    if group.author_text:
        heard.append(group.author_text)
        return Paragraph((section.tell("author", unit, [item.item_id for item in group.members]),), unit.unit_id)
    shown = _shown(section, [unit], heard)
    if not shown and not unit.is_counted:
        return None
    heard += [node.text for node in shown]
    statements = [section.tell("spread", unit, unit.members)] if _is_counted_first(section.reading, unit, shown) else []
    statements += [section.tell("told", unit, (), nodes) for nodes in section.by_place(shown)]
    if unit.is_counted:  # what a machine put there and read as against, or as an answer, is nobody's yet
        statements += _sides(section, unit, shown)
        statements += _answers(section, unit) if group.axis == "est" else []
    statements += [section.tell("question", unit, unit.members)] if group.is_asked and unit.members else []
    return Paragraph(tuple(statements), unit.unit_id) if statements else None


def _is_counted_first(reading: Reading, unit: Unit, shown: Sequence[WordsNode]) -> bool:
    """Whether it is told how many say what stands under a title: people looked at it, and it is more than what one
    person says, or a few ideas of nobody and of nowhere in particular, that follow."""
    spread = unit.spread
    is_of_some = spread.answers or spread.people or (spread.tables and len(reading.material.known_tables) > 1)
    is_few = spread.contributions < IDEAS_MIN and not (is_of_some or spread.votes or spread.votes_against)
    is_of_one = spread.people == 1 and not (spread.votes or spread.votes_against)
    return unit.is_counted and bool(unit.members) and not ((is_few or is_of_one) and shown)


def _shown(section: Section, units: Sequence[Unit], heard: Sequence[str]) -> list[WordsNode]:
    """The words that make a title seen, of both its sides where it has two."""
    reading = section.reading
    ranked = sorted((pair for unit in units for pair in _candidates(reading, unit)), key=lambda pair: pair[1])
    firsts = _sides_first([node for node, _ in ranked], reading.material.items)
    return section.choose(firsts, SHOWN[section.length] - section.is_full, heard)


def _sides_first(nodes: Sequence[WordsNode], items: Mapping[str, Item]) -> list[WordsNode]:
    """Words, the first ones of each side of a title before all others."""
    firsts: dict[str, WordsNode] = {}
    for node in nodes:
        stance = items[node.ref.item_id].stance
        firsts.setdefault(stance if stance in SIDES else "", node)
    return [*firsts.values(), *(node for node in nodes if node not in firsts.values())]


def _candidates(reading: Reading, unit: Unit) -> Iterable[tuple[WordsNode, tuple[bool, float, int]]]:
    """The words that may be shown of a group, with what orders them: those that a person chose, then the likeliest to
    be signed under its title; of what nobody looked at, those that are likely enough, the first one more easily."""
    group = reading.group(unit)
    near = reading.items(unit)[:LOOKED_AT_MAX]
    held = reading.links.told(group) if unit.is_counted else Held()  # these are told as what they are
    aside = {item.item_id for item in (*near, *held.objection, *held.condition)}
    others = [item for item in group.members if item.item_id not in aside]
    others.sort(key=lambda item: (not is_chosen(item), -round(item.strength, 2)))
    most = sum(map(is_chosen, others)) + (0 if unit.is_counted else LOOKED_AT_MAX)
    told = ((item, _words_of(reading, item, unit)) for item in [*near, *others[:most]])
    found = [
        (node, (not is_chosen(item), -appeal(item, node.text, group.title), rank))
        for rank, (item, node) in enumerate(told)
        if node is not None
    ]
    if unit.is_counted:
        return found
    least = {"report": TOLD_MIN, "quote": QUOTED_MIN}
    return [(node, key) for node, key in found if not key[0] or -key[1] >= least[node.kind]]


def _words_of(reading: Reading, item: Item, unit: Unit) -> WordsNode | None:
    """The words of an idea that a group may show, read alone under its title or else as they were written: they say
    something beside it, and hold no idea that stands elsewhere."""
    group = reading.group(unit)
    if is_chosen(item):
        return shown_words(item, group.title)
    if not _may_show(item, group, unit):
        return None
    node = shown_words(item, group.title)
    if node is None or not reads_well(item, node) or _is_of_others(reading, item, node):
        return None
    return node if _says_more(node, group) else None


def _says_more(node: WordsNode, group: Group) -> bool:
    """Whether words say something beside the title that they stand under, and not its contrary where it proposes."""
    is_contrary = group.axis == SUD and is_opposite(node.text, group.title)
    return not is_contrary and not find_words(group.title, node.text)


def _may_show(item: Item, group: Group, unit: Unit) -> bool:
    """Whether the words of an idea go under a title: of its side, and by its heading, where nobody looked; of an
    obstacle where somebody did, not by one that got past it."""
    if not may_stand(item):
        return False
    if unit.is_counted:
        return group.axis != "est" or item.facet != CROSSING
    return not item.is_of_other_side and is_of_heading(item, group.axis)


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
