"""What was voted and answered, question by question: every side with its count, then every answer."""

from __future__ import annotations

from pipeline.contracts.draft import Block, NamedNode, NamedRef, Node, Section, Sentence, TextNode
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.telling import Telling
from pipeline.workshop.questions import ABSTAINS, AGAINST, CONDITION, FOR, NEITHER, Question

SIDES = {
    FOR: "pour",
    AGAINST: "contre",
    CONDITION: "à condition",
    ABSTAINS: "en abstention",
    NEITHER: "sans parti pris",
}
ON_SCALE = {FOR: "en haut de l’échelle", NEITHER: "au milieu", AGAINST: "en bas", CONDITION: "à condition"}
_TABLE = ("positions.parquet",)


def votes_and_opinions(telling: Telling) -> Section | None:
    """The votes, and the questions on which sides were taken: both camps, in people where they are known."""
    told = [_sides(telling, one) for one in telling.material.questions if one.has_sides or one.is_vote]
    return Section("avis", "Votes et avis", (Block("list", tuple(told)),)) if told else None


def closed_answers(telling: Telling) -> Section | None:
    """Every answer to every question, with its count."""
    told = [_answers(telling, one) for one in telling.material.questions if one.answers and not one.is_vote]
    blocks = (Block("list", tuple(told)),)
    return Section("avis", "Réponses, question par question", blocks, is_annex=True) if told else None


def _sides(telling: Telling, question: Question) -> Sentence:
    names = ON_SCALE if question.is_scale else SIDES
    taken = [side for side in names if side in question.sides]
    told: list[list[Node]] = [[_count(telling, question, side), TextNode(f" {names[side]}")] for side in taken]
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
