"""What was voted and answered, question by question: every side with its count, then every answer."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.draft import Block, NamedNode, NamedRef, Node, Section, Sentence, TextNode
from pipeline.restitution.nodes import listed
from pipeline.restitution.plan.build import VOTES
from pipeline.restitution.prose.telling import Telling
from pipeline.workshop.questions import ABSTAINS, AGAINST, CONDITION, FOR, NEITHER, Question

SIDES = {
    FOR: "pour",
    AGAINST: "contre",
    CONDITION: "à condition",
    ABSTAINS: "abstention",
    NEITHER: "sans parti pris",
}
ON_SCALE = {FOR: "en haut de l’échelle", NEITHER: "au milieu", AGAINST: "en bas", CONDITION: "à condition"}
BALLOTS_MAX = 3
_TABLE = ("positions.parquet",)


def votes(telling: Telling, told: Sequence[Sentence]) -> Section | None:
    """What was voted: points put to the vote, then the ideas that people voted for and that no paragraph counts."""
    points = [_sides(telling, one) for one in telling.material.questions if one.is_vote]
    sentences = (*points, *told)
    return Section(VOTES, "Ce qui a été voté", (Block("list", sentences),)) if sentences else None


def ballots(telling: Telling) -> list[Sentence]:
    """What votes for and against decided, for the essential: what they turned down, then what they approved."""
    asked = [
        (one.sides.get(FOR, 0) - one.sides.get(AGAINST, 0), one) for one in telling.material.questions if one.is_vote
    ]
    lost, won = [one for more, one in asked if more < 0], [one for more, one in asked if more > 0]
    told = [("Le vote écarte {l}.", lost), ("Il approuve {l}." if lost else "Le vote approuve {l}.", won)]
    return [telling.say(way, _TABLE, l=_voted_on(telling, points)) for way, points in told if points]


def _voted_on(telling: Telling, points: Sequence[Question]) -> list[Node]:
    return listed([_with_sides(telling, one) for one in points[:BALLOTS_MAX]], " et ", ", ")


def _with_sides(telling: Telling, question: Question) -> list[Node]:
    taken = [side for side in (FOR, AGAINST) if side in question.sides]
    told: list[list[Node]] = [[_count(telling, question, side), TextNode(f" {SIDES[side]}")] for side in taken]
    return [_named(question.about), *telling.in_brackets(listed(told, ", ", ", "))]


def opinions(telling: Telling) -> Section | None:
    """The questions on which sides were taken: both camps, in people where they are known."""
    told = [_sides(telling, one) for one in telling.material.questions if one.has_sides and not one.is_vote]
    return Section("avis", "Avis, question par question", (Block("list", tuple(told)),)) if told else None


def closed_answers(telling: Telling) -> Section | None:
    """Every answer to every question, with its count."""
    told = [_answers(telling, one) for one in telling.material.questions if one.answers and not one.is_vote]
    blocks = (Block("list", tuple(told)),)
    return Section("avis", "Réponses, question par question", blocks, is_annex=True) if told else None


def _sides(telling: Telling, question: Question) -> Sentence:
    names = ON_SCALE if question.is_scale else SIDES
    taken = [side for side in names if side in question.sides]
    named = {side: f"{names[side]}{'s' * (side == ABSTAINS and question.sides[side] > 1)}" for side in taken}
    told: list[list[Node]] = [[_count(telling, question, side), TextNode(f" {named[side]}")] for side in taken]
    if question.is_vote and taken == [FOR]:
        told = [[telling.places.fact(f"{question.key}.{FOR}", "votes")]]
    about, parts = _named(question.about), listed(told, ", ", ", ")
    return telling.say("{q} : {x}{v}.", _TABLE, q=about, x=parts, v=_total(telling, question))


def _answers(telling: Telling, question: Question) -> Sentence:
    told: list[list[Node]] = [
        [_named(answer), *telling.in_brackets([_count(telling, question, f"reponse.{answer}")])]
        for answer in question.answers
    ]
    return telling.say("{q} : {x}.", _TABLE, q=_named(question.about), x=listed(told, ", ", ", "))


def _count(telling: Telling, question: Question, what: str) -> Node:
    return telling.places.fact(f"{question.key}.{what}", "digits")


def _total(telling: Telling, question: Question) -> list[Node]:
    """Of how many people, where all are known."""
    if len(question.sides) < 2 or not question.has_people:
        return []
    return telling.in_brackets([telling.places.fact(f"{question.key}.total", "people")])


def _named(text: str) -> Node:
    return NamedNode("given", text, NamedRef("contexte"))
