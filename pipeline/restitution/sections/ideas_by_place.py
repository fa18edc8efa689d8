"""Sentences and lists of ideas in their own words, by where they were said."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.draft import GivenNode, GivenRef, Node, Sentence, TextNode, WordsNode
from pipeline.contracts.plan import Statement
from pipeline.restitution.material.model import Item
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.phrases import ways
from pipeline.restitution.prose.telling import Telling


def one_spot(telling: Telling, nodes: Sequence[WordsNode]) -> list[Node]:
    """Where all these words were said, when it is one place."""
    first, *others = (telling.places.spot(telling.material.items[node.ref.item_id]) for node in nodes)
    return first if all(spot == first for spot in others) else []


def _subject(telling: Telling, item: Item) -> list[Node]:
    """The subject of a table, between brackets; [] where tables had none."""
    subject = telling.material.tables.get((item.workshop, item.table), "")
    if not subject or len(telling.material.workshops) > 1 or len(subject.split()) > SUBJECT_WORDS_MAX:
        return []
    words = GivenNode(telling.titles.lexicon.lowered(subject), GivenRef("sujet", table=item.table))
    return telling.in_brackets([words])


SUBJECT_WORDS_MAX = 8


def place(telling: Telling, statement: Statement) -> Sentence:
    """What leads to a list: where or of what, and how many contributions said something of the kind."""
    rank = min(statement.rank, 1)  # the first says what the list is of
    if not statement.units:
        return telling.say(ways(f"place.{statement.axis}.elsewhere"), statement.items, rank)
    unit = telling.unit(statement.units[0])
    group, item = telling.group(unit.unit_id), telling.material.items[unit.members[0]]
    if group is not None:
        at = [TextNode("à propos "), *telling.titles.pieces(group)["about"]]
    else:
        at = telling.places.spot(item)
        at = [*at, *_subject(telling, item)] if at else []
    if not at and len(statement.items) >= unit.spread.contributions:
        return telling.say(ways(f"place.{statement.axis}.elsewhere"), unit.members, rank)
    is_counted = group is None and len(statement.items) < unit.spread.contributions
    templates = ways(f"place.{statement.axis}.{'some' if is_counted else 'all'}")
    return telling.say(templates, unit.members, rank, at=at, n=telling.places.count(unit))


def point(telling: Telling, statement: Statement) -> Sentence:
    """One idea of a list, with its votes."""
    votes = telling.in_brackets(telling.places.votes(telling.unit(statement.units[0])))
    return telling.say("{q}{v}.", statement.items, statement.rank, q=telling.words(statement)[0], v=votes)


def said(telling: Telling, statement: Statement) -> Sentence:
    """One idea by itself: where it was said, and its votes, between brackets."""
    node = telling.words(statement)[0]
    item = telling.material.items[node.ref.item_id]
    told = [nodes for nodes in (telling.places.in_brackets(item), telling.votes_of(item)) if nodes]
    return telling.say(
        "{q}{v}.", statement.items, statement.rank, q=node, v=telling.in_brackets(listed(told, ", ", ", "))
    )
