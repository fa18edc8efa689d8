"""The paragraph of a group, what gathers ideas said once, and the words that both show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.contracts.draft import WordsNode, WordsRef
from pipeline.contracts.plan import Kind, Paragraph, Statement, Unit
from pipeline.language.text.folding import fold
from pipeline.restitution.material.kinship import got_past, is_sure
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.plan.reading import Held, Reading, unit_together
from pipeline.restitution.quoting.quotes import may_quote, quote_node, repeats, report_node
from pipeline.restitution.quoting.spans import trimmed, visible
from pipeline.restitution.quoting.standing import QUOTE_WORDS_MAX, is_unpointed, standing_words

SIDE_MAX = 2
"""Objections told of one proposal."""
COVERED = {"essentiel": 2, "standard": 2, "complet": 3}
"""Stacks of a group whose words are shown together."""


@dataclass
class Section:
    """A section as it is planned: the words shown so far, and the units `made` beside those of groups."""

    reading: Reading
    length: str
    words: Words
    made: dict[str, Unit] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, length: str, made: dict[str, Unit]) -> Section:
        """A section without a word yet."""
        return cls(reading, length, Words(reading.material), made)

    def state(
        self,
        kind: Kind,
        axis: str,
        units: Sequence[str],
        items: Sequence[str],
        nodes: Sequence[WordsNode] = (),
        rank: int = 0,
    ) -> Statement:
        """A statement; its words are shown from now on."""
        refs = self.words.take(nodes)
        held = tuple(dict.fromkeys((*items, *(ref.item_id for ref in refs))))
        rank = self.reading.ranks.get(units[0], rank) if units else rank
        return Statement(kind, axis, tuple(units), held, refs, rank)

    def tell(self, kind: Kind, unit: Unit, items: Sequence[str] = (), nodes: Sequence[WordsNode] = ()) -> Statement:
        """A statement about one unit."""
        return self.state(kind, unit.axis, [unit.unit_id], items, nodes)


def group_paragraph(section: Section, unit: Unit) -> Paragraph | None:
    """What is told of a group; None when nothing of it can be told as it stands."""
    reading = section.reading
    group = reading.group(unit)
    if group.author_text:
        return Paragraph((section.tell("author", unit, unit.members),), unit.unit_id)
    sides = told_sides(section, unit, reading.links.told(group))  # first: their words are wanted nowhere else
    opening = _opening(section, unit)
    if not opening:
        return None
    if not sides and not reading.is_wide(unit):
        return None  # told for its dispute, of which nothing can be told
    statements = [*opening, *sides]
    if group.axis == "est":
        statements += _passed(section, unit)
        statements += _answers(section, unit)
        statements += _question(section, unit)
    return Paragraph(tuple(statements), unit.unit_id)


def _opening(section: Section, unit: Unit) -> list[Statement]:
    """The general statement and what it covers, or the one quotation that makes it seen."""
    if not unit.is_titled:
        return []
    known = [section.reading.group(unit).title]
    general = section.tell("general", unit, unit.members)
    words = section.words.several(unit, known, COVERED[section.length]) or section.words.one(unit, known)
    if words:
        return [general, section.tell("covers" if len(words) > 1 else "quote", unit, (), words)]
    return [general]


def _texts(nodes: Sequence[WordsNode]) -> list[str]:
    return [node.text for node in nodes]


def told_sides(section: Section, unit: Unit, held: Held) -> list[Statement]:
    """For and against: a proposal is never told without what is held against it, by who and how many."""
    known = [section.reading.group(unit).title]
    objections = _said(section, held.objection, SIDE_MAX, known)
    supports = _said(section, held.support, 1, [*known, *_texts(objections)])
    conditions = _said(section, held.condition, 1, [*known, *_texts(objections), *_texts(supports)])
    found: list[Statement] = []
    if supports and objections:
        found.append(section.tell("divided", unit, (), [supports.pop(), objections.pop(0)]))
    elif unit.axis != "sud":
        return []
    if objections:
        found.append(_side(section, "objection", unit, held.objection, objections))
    if conditions:
        found.append(_side(section, "condition", unit, held.condition, conditions))
    return found


def _side(section: Section, kind: Kind, unit: Unit, items: Sequence[Item], nodes: Sequence[WordsNode]) -> Statement:
    """A side with all who take it."""
    side = unit_together(f"{unit.unit_id}.{kind}", unit.axis, unit.theme, items)
    section.made[side.unit_id] = side
    return section.state(kind, unit.axis, [unit.unit_id, side.unit_id], [item.item_id for item in items], nodes)


def _said(section: Section, items: Sequence[Item], most: int, known: Sequence[str] = ()) -> list[WordsNode]:
    """Words of some of these, that can be told and say more than what is `known`."""
    found: list[WordsNode] = []
    for item in items:
        node = section.words.side(item, [*known, *_texts(found)]) if len(found) < most else None
        if node is not None:
            found.append(node)
    return found


def _passed(section: Section, unit: Unit) -> list[Statement]:
    """How someone left the obstacle behind."""
    group = section.reading.group(unit)
    past = [item for item in group.members if item.facet == CROSSING and item.status == "sur" and got_past(item.text)]
    nodes = _said(section, past, 1)
    return [section.tell("passed", unit, (), nodes)] if nodes else []


def _answers(section: Section, unit: Unit) -> list[Statement]:
    """What was said elsewhere that would answer an obstacle: proposals, then resources."""
    reading = section.reading
    answers = reading.links.answers(reading.group(unit), reading.units)
    kinds: tuple[tuple[str, Kind], ...] = (("sud", "answer"), ("nord", "resource"))
    return [
        section.state(
            kind,
            unit.axis,
            [unit.unit_id, *(one.unit_id for one in answers[axis])],
            [item for one in answers[axis] for item in one.members],
        )
        for axis, kind in kinds
        if answers[axis]
    ]


def _question(section: Section, unit: Unit) -> list[Statement]:
    """The question that a person gave to a group, else one that someone asked."""
    group = section.reading.group(unit)
    if group.is_asked:
        return [section.tell("question", unit, unit.members)]
    for item in section.reading.items(unit):
        if item.facet == "problematique" and item.text.rstrip().endswith("?"):
            node = section.words.of(item)
            if node is not None and node.text.endswith("?"):
                return [section.tell("question", unit, (), [node])]
    return []


SHORT_MAX = 18
"""Words of each quotation where several stand in one sentence."""
CROSSING = "traversee"
"""What got past an obstacle is no word of it."""
SHOWN_MIN = 0.25
"""Worth below which the words of an idea make nothing seen, unless people voted for it or chose it."""
WHOLE_WORDS_MAX, VOTED_WORDS_MAX = 45, 60
"""Words of an idea that is shown whole, and where people voted for it."""
LOOKED_AT_MAX = 24
"""Ideas of a unit that are read for words to show."""


class Words:
    """Chooses words, and never the same twice in one section."""

    def __init__(self, material: Material) -> None:
        self._items = material.items
        self._shown: dict[str, list[tuple[int, int]]] = {}

    def of(self, item: Item, words_max: int = QUOTE_WORDS_MAX) -> WordsNode | None:
        """The words of an idea, unless they stand in the section already."""
        return self._new(item, standing_words(item, words_max))

    def side(self, item: Item, known: Sequence[str]) -> WordsNode | None:
        """The words of an idea that takes a side: it may name its subject in a word, or repeat it before its own."""
        node = standing_words(item, QUOTE_WORDS_MAX, 1)
        if node is None or repeats(node.text, known):
            node = quote_node(item, item.whole, shows_cuts=False) if may_quote(item) else None
        is_short = node is not None and len(node.text.split()) <= QUOTE_WORDS_MAX
        return self._new(item, node) if node is not None and is_short and not repeats(node.text, known) else None

    def whole(self, item: Item) -> WordsNode | None:
        """All that a short contribution says, else the whole sentences of an idea; None where that is long, and for
        speech typed without a point, which has no sentences: it falters, and what stands of it is shorter.
        """
        if is_unpointed(item):
            return None
        is_note = not may_quote(item)
        most = VOTED_WORDS_MAX if item.votes or item.votes_against else WHOLE_WORDS_MAX
        for low, high in (item.reach,) if is_note else (item.whole, item.reach):
            text = item.source_text[low:high]
            if "\n" in text or len(text.split()) > most or len(visible(item, (low, high))) > 2:
                continue
            span = trimmed(item.source_text, (low, high))
            return self._new(item, report_node(item, span) if is_note else quote_node(item, span, shows_cuts=False))
        return None

    def _new(self, item: Item, node: WordsNode | None) -> WordsNode | None:
        if node is None or any(a < node.ref.span[1] and b > node.ref.span[0] for a, b in self._of(item)):
            return None
        return node

    def _of(self, item: Item) -> list[tuple[int, int]]:
        return self._shown.get(item.contribution_id, [])

    def take(self, nodes: Iterable[WordsNode]) -> tuple[WordsRef, ...]:
        """Where these words stand; they are shown from now on."""
        refs = tuple(node.ref for node in nodes)
        self.shown_elsewhere(refs)
        return refs

    def shown_elsewhere(self, refs: Iterable[WordsRef]) -> None:
        """These words stand in another section: this one leaves them aside."""
        for ref in refs:
            self._shown.setdefault(ref.contribution_id, []).append(ref.span)

    def several(self, unit: Unit, known: Sequence[str], most: int, words_max: int = SHORT_MAX) -> list[WordsNode]:
        """Short words of several stacks, that say what `known` does not; those that a person chose come first."""
        found: list[WordsNode] = []
        heard = list(known)
        for item in self._in_turn(unit):
            node = self.of(item, words_max) if len(found) < most else None
            node = _after_its_name(item, node, known) if node is not None else None
            if node is not None and not repeats(node.text, heard) and self._is_of_one_kind(node, found):
                found.append(node)
                heard.append(node.text)
        return found

    def one(self, unit: Unit, known: Sequence[str]) -> list[WordsNode]:
        """Words that make it seen, at length; [] for none."""
        return self.several(unit, known, 1, QUOTE_WORDS_MAX)

    def _in_turn(self, unit: Unit) -> list[Item]:
        """Chosen quotations, then the worthiest of each stack, then the rest; never what was banned."""
        heads = {stack[0] for stack in unit.stacks}
        ranks = {member: rank for rank, member in enumerate(unit.members)}
        items = [self._items[member] for member in unit.members[:LOOKED_AT_MAX]]
        chosen = [self._items[m] for m in unit.members[LOOKED_AT_MAX:] if self._items[m].quote_choice == "choisie"]
        pool = [i for i in (*items, *chosen) if is_sure(i) and i.facet != CROSSING and _is_worth_showing(i)]

        def preference(item: Item) -> tuple[bool, bool, int, float, int]:
            votes = item.votes - item.votes_against
            is_first = item.item_id in heads
            return item.quote_choice != "choisie", not is_first, -votes, -round(item.worth, 1), ranks[item.item_id]

        return sorted(pool, key=preference)

    def _is_of_one_kind(self, node: WordsNode, others: Sequence[WordsNode]) -> bool:
        """Whether words stand in a list with others: quotations with quotations, notes with notes."""
        return all(node.kind == other.kind for other in others)


def _is_worth_showing(item: Item) -> bool:
    return item.worth >= SHOWN_MIN or bool(item.votes) or item.quote_choice == "choisie"


def _after_its_name(item: Item, node: WordsNode, known: Sequence[str]) -> WordsNode:
    """What follows the name of a thing on a card, where our sentence has just said that name."""
    name = _NAME.match(node.text)
    if name is None or fold(name[1]) not in {fold(text) for text in known}:
        return node
    low, high = node.ref.span
    after = (low + name.end(), high)
    return quote_node(item, after, shows_cuts=False) if node.kind == "quote" else report_node(item, after)


_NAME = re.compile(r"([^:.!?]{3,60}?)\s*:\s+(?=\w[^\n]{12})")
