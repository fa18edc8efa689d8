"""The paragraph of a group, and what gathers ideas said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.contracts.draft import WordsNode
from pipeline.contracts.plan import Kind, Paragraph, Statement, Unit
from pipeline.restitution.material.kinship import got_past
from pipeline.restitution.material.model import Item
from pipeline.restitution.plan.links import Held
from pipeline.restitution.plan.reading import Reading
from pipeline.restitution.plan.units import unit_alone
from pipeline.restitution.plan.words import CROSSING, SHORT_MAX, Words
from pipeline.restitution.quoting.quotes import repeats
from pipeline.restitution.quoting.standing import QUOTE_WORDS_MAX

SHARED_FEWEST = 2
"""Words, at least, of a group that is told without its title."""
SIDE_MAX = 2
"""Objections told of one proposal."""
SEEN_MIN = 4
"""Contributions from which one more quotation makes a thing seen."""
GATHERED = {"essentiel": 0, "standard": 4, "complet": 12}
NAMED = {"essentiel": 0, "standard": 5, "complet": 1_000_000}
VOTED_WORDS_MAX = 26
VOTES_MIN = 2
"""Votes from which an idea said once is told with them."""
WORDS_MAX = {"essentiel": 45, "standard": 78, "complet": 160}
"""Words of people in the paragraph of one group."""


@dataclass
class Section:
    """A section as it is planned: the words shown so far."""

    reading: Reading
    length: str
    words: Words

    def state(
        self, kind: Kind, axis: str, units: Sequence[str], items: Sequence[str], nodes: Sequence[WordsNode] = ()
    ) -> Statement:
        """A statement; its words are shown from now on."""
        refs = self.words.take(nodes)
        held = tuple(dict.fromkeys((*items, *(ref.item_id for ref in refs))))
        rank = self.reading.ranks.get(units[0], 0) if units else 0
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
    sides = told_sides(section, unit, reading.links.held(group))  # first: their words are wanted nowhere else
    opening = _opening(section, unit)
    if not opening:
        return None
    statements = [*opening, *sides]
    if group.axis == "est":
        statements += _passed(section, unit)
        statements += _answers(section, unit)
        statements += _question(section, unit)
    return Paragraph(tuple(statements), unit.unit_id)


def _opening(section: Section, unit: Unit) -> list[Statement]:
    """The general statement, what it covers, and a quotation."""
    known = [section.reading.group(unit).title] if unit.is_titled else []
    several = section.words.several(unit, known)
    if not unit.is_titled:
        if len(several) < SHARED_FEWEST:
            several = section.words.several(unit, known, SHARED_FEWEST, QUOTE_WORDS_MAX)
        if len(several) < SHARED_FEWEST:
            return []
        return [section.tell("shared", unit, unit.members, several)]
    found = [section.tell("general", unit, unit.members)]
    if len(several) > 1:
        found.append(section.tell("covers", unit, (), several))
        n_words = sum(len(node.text.split()) for node in several)
        seen = unit.spread.contributions >= SEEN_MIN and n_words < WORDS_MAX[section.length]
        several = [one] if seen and (one := _one(section, unit, [*known, *_texts(several)])) else []
    if several:
        found.append(section.tell("quote", unit, (), several[:1]))
    elif len(found) == 1 and (one := _one(section, unit, known)):
        found.append(section.tell("quote", unit, (), [one]))
    return found


def _one(section: Section, unit: Unit, known: Sequence[str]) -> WordsNode | None:
    return section.words.one(unit, known)


def _texts(nodes: Sequence[WordsNode]) -> list[str]:
    return [node.text for node in nodes]


def told_sides(section: Section, unit: Unit, held: Held) -> list[Statement]:
    """For and against: a proposal is never told without what is held against it."""
    sides: dict[Kind, list[WordsNode]] = {
        "support": _said(section, held.support, 1),
        "condition": _said(section, held.condition, 1),
        "objection": _said(section, held.objection, SIDE_MAX),
    }
    if sides["support"] and sides["objection"]:
        pair = [sides["support"][0], sides["objection"][0]]
        rest = sides["objection"][1:]
        asked = [node for node in sides["condition"] if not repeats(node.text, _texts(pair))]
        found = [section.tell("divided", unit, (), pair)]
        found += [section.tell("objection", unit, (), rest)] if rest else []
        return found + ([section.tell("condition", unit, (), asked)] if asked else [])
    if unit.axis != "sud" or not (sides["objection"] or sides["condition"]):
        return []  # support alone adds nothing to the number of those who say it
    return [section.tell(kind, unit, (), nodes) for kind, nodes in sides.items() if nodes]


def _said(section: Section, items: Sequence[Item], most: int) -> list[WordsNode]:
    """Words of some of these, that can be told."""
    found: list[WordsNode] = []
    for item in items:
        node = section.words.of(item, is_side=True) if len(found) < most else None
        if node is not None and not repeats(node.text, _texts(found)):
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


def rest_paragraph(
    section: Section, axis: str, units: Sequence[Unit], alone: Sequence[Item], made: dict[str, Unit]
) -> Paragraph | None:
    """Other groups named together, what was voted for or against, and ideas said once gathered in a sentence.

    Ideas that are told with their votes are units of their own, added to `made`.
    """
    statements: list[Statement] = []
    named = namable(section, units, NAMED[section.length])
    if named:
        members = [member for unit in named for member in unit.members]
        statements.append(section.state("named", axis, [unit.unit_id for unit in named], members))
    most = GATHERED[section.length]
    statements += voted(section, axis, alone, most + most // 2, made)
    unvoted = [item for item in alone if not item.votes and not item.votes_against]
    nodes = gather(section, unvoted, most)
    if len(nodes) > 1:
        statements.append(section.state("gathered", axis, (), (), nodes))
    return Paragraph(tuple(statements)) if statements else None


def voted(
    section: Section, axis: str, items: Sequence[Item], most: int, made: dict[str, Unit], votes_min: int = VOTES_MIN
) -> list[Statement]:
    """What people voted for, what they voted against, what divides their votes, each idea with its votes."""
    found: list[Statement] = []
    chosen = [item for item in items if item.votes > item.votes_against and item.votes >= votes_min]
    # votes against say no to a proposal; against what hinders or exists, they would say it with two negations
    refused = [i for i in items if axis == "sud" and i.votes_against > i.votes and i.votes_against >= votes_min]
    divided = [item for item in items if item.votes_against == item.votes >= votes_min]
    kinds: tuple[tuple[Kind, list[Item]], ...] = (("voted", chosen), ("rejected", refused), ("split", divided))
    for kind, ranked in kinds:
        nodes = gather(section, ranked, most, VOTED_WORDS_MAX)
        if nodes:
            ids = [node.ref.item_id for node in nodes]
            made.update({key: unit_alone(section.reading.material.items[key]) for key in ids})
            found.append(section.state(kind, axis, ids, ids, nodes))
    return found


def gather(section: Section, items: Sequence[Item], most: int, words_max: int = SHORT_MAX) -> list[WordsNode]:
    """Short words of up to `most` ideas of one kind: quotations, or notes."""
    nodes: list[WordsNode] = []
    for item in items:
        node = section.words.of(item, words_max) if len(nodes) < most else None
        if node is not None and not repeats(node.text, _texts(nodes)) and all(node.kind == n.kind for n in nodes):
            nodes.append(node)
    return nodes


def namable(section: Section, units: Sequence[Unit], most: int) -> list[Unit]:
    """Up to `most` units that can be named: by their title, since words of one idea are not what several say."""
    named: list[Unit] = []
    heard: list[str] = []
    for unit in units:
        title = section.reading.group(unit).title
        if len(named) < most and unit.is_titled and not repeats(title, heard):
            named.append(unit)
            heard.append(title)
    return named
