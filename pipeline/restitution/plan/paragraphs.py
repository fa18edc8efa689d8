"""The paragraph of a group, and what gathers ideas said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.contracts.draft import WordsNode
from pipeline.contracts.plan import Kind, Paragraph, Statement, Unit
from pipeline.restitution.material.kinship import got_past
from pipeline.restitution.material.model import Item
from pipeline.restitution.plan.links import Held
from pipeline.restitution.plan.reading import Reading
from pipeline.restitution.plan.units import unit_together
from pipeline.restitution.plan.words import CROSSING, Words

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
