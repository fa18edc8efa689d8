"""Sentences and lists of ideas in their own words, by where they were said."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.draft import GivenNode, GivenRef, Node, Sentence, TextNode, WordsNode
from pipeline.contracts.plan import Statement
from pipeline.restitution.material.model import Item
from pipeline.restitution.nodes import listed
from pipeline.restitution.plan.gathering import opens_on_act
from pipeline.restitution.prose.phrases import ways
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.joints import joint_de


def gathered(telling: Telling, statement: Statement) -> Sentence:
    """Ideas said once in one place; what is to be done follows « de »."""
    nodes = telling.words(statement)
    at = one_spot(telling, nodes)
    at = [*at, *_subject(telling, telling.material.items[nodes[0].ref.item_id])] if at else []
    rank = (
        statement.rank if statement.rank < OPENINGS else 1 + (statement.rank - 1) % (OPENINGS - 1)
    )  # the first is told once
    is_act = statement.axis == "sud" and all(opens_on_act(node.text) for node in nodes)
    if is_act:
        acts: list[list[Node]] = [[TextNode(joint_de(node.text)), node] for node in nodes]
        return telling.say(ways("gathered.act"), statement.items, rank, at=at, q=_listed_acts(acts))
    words = listed([[node] for node in nodes])
    return telling.say(ways(f"gathered.{statement.axis}"), statement.items, rank, at=at, q=words)


def one_spot(telling: Telling, nodes: Sequence[WordsNode]) -> list[Node]:
    """Where all these words were said, when it is one place."""
    first, *others = (telling.places.spot(telling.material.items[node.ref.item_id]) for node in nodes)
    return first if all(spot == first for spot in others) else []


def _listed_acts(acts: Sequence[Sequence[Node]]) -> list[Node]:
    """What is to be done: told words may hold commas of their own."""
    is_told = any(node.kind == "report" for act in acts for node in act)
    return listed(acts) if is_told else listed(acts, " et ", ", ")


def _subject(telling: Telling, item: Item) -> list[Node]:
    """The subject of a table, between brackets; [] where tables had none."""
    subject = telling.material.tables.get((item.workshop, item.table), "")
    if not subject or len(telling.material.workshops) > 1 or len(subject.split()) > SUBJECT_WORDS_MAX:
        return []
    words = GivenNode(telling.titles.lexicon.lowered(subject), GivenRef("sujet", table=item.table))
    return telling.in_brackets([words])


SUBJECT_WORDS_MAX = 8
OPENINGS = 3
"""Ways of gathering ideas: the first, and those that go on from it."""


def place(telling: Telling, statement: Statement) -> Sentence:
    """What leads to a list: where, and how many contributions said something of the kind there."""
    if not statement.units:
        return telling.say(ways(f"place.{statement.axis}.elsewhere"), statement.items, min(statement.rank, 1))
    unit = telling.unit(statement.units[0])
    item = telling.material.items[unit.members[0]]
    at = telling.places.spot(item)
    at = [*at, *_subject(telling, item)] if at else []
    number = "many" if unit.spread.contributions > 1 else "one"
    templates = ways(f"place.{statement.axis}.{number}")
    return telling.say(templates, statement.items, statement.rank, at=at, n=telling.places.count(unit))


def point(telling: Telling, statement: Statement) -> Sentence:
    """One idea of a list, with its votes."""
    votes = telling.in_brackets(telling.places.votes(telling.unit(statement.units[0])))
    return telling.say("{q}{v}.", statement.items, statement.rank, q=telling.words(statement)[0], v=votes)
