"""Sud: what we would do together, what people commit to, then what is asked, and of whom."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.restitution import grammar
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.sections.est import as_answer, told_tension
from pipeline.restitution.telling import Teller

ADDRESSEES = (
    ("à l’État", r"\bl['’]état\b|\bgouvernement\b|\bministère\b|\bpréfe(?:t|cture)\b"),
    ("à la Région", r"\brégion\b"),
    ("au Département", r"\bdépartement\b|\bconseil départemental\b"),
    ("au rectorat", r"\brectorat\b|\bacadémie\b|\béducation nationale\b"),
    ("à la CAF", r"\bCAF\b"),
    ("à la MSA", r"\bMSA\b"),
    ("à l’ARS", r"\bARS\b|\bagence régionale de santé\b"),
    ("à la caisse de retraite", r"\bcaisses? de retraite\b|\bCARSAT\b"),
    ("à l’assurance maladie", r"\bassurance maladie\b|\bCPAM\b"),
    ("à la communauté de communes", r"\bcom[ -]?com\b|\bcommunauté de communes\b|\bintercommunalité\b|\bagglo\b"),
    ("aux communes", r"\bmairies?\b|\bcommunes?\b|\bmaires?\b|\bélu(?:e|s|es)?\b"),
    ("à l’Union européenne", r"\beurope\b|\bunion européenne\b"),
)
"""Who demands are made to in workshops of territories, as people name them (first match wins)."""
_ADDRESSEES = tuple((said, re.compile(pattern, re.IGNORECASE)) for said, pattern in ADDRESSEES)


def is_demand(group: Group) -> bool:
    """Whether most of a group asks others to act."""
    return 2 * sum(item.facet == "demande" for item in group.members) > len(group.members)


def is_commitment(group: Group) -> bool:
    """Whether most of a group says what the speaker will do."""
    return 2 * sum(item.facet == "engagement" for item in group.members) > len(group.members)


def addressee(members: tuple[Item, ...]) -> str:
    """`à l’État`, `à la Région`…, the one that most members name; "" when none is named."""
    votes: Counter[str] = Counter()
    for item in members:
        for said, pattern in _ADDRESSEES:
            if pattern.search(item.text):
                votes[said] += 1
                break
    order = [said for said, _ in _ADDRESSEES]
    return min(votes, key=lambda said: (-votes[said], order.index(said))) if votes else ""


def told_action(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """A lead in bold, then one or two sentences in the conditional or in the participants' words, then what it answers."""
    lead = lead_of(teller, group)
    sentences = [lead]
    known = [group.title]
    sides = told_tension(teller, group)
    sentences += sides or teller.testimony(group, n_quotes, known)
    sentences += told_obstacles(teller, group)
    return sentences


def lead_of(teller: Teller, group: Group) -> Sentence:
    """The action named in bold, and who brought it."""
    sources = [item.item_id for item in group.members]
    title = teller.title(group, strong=True, form="as_is")
    origin = teller.where(group.group_id, "de")
    phrase = grammar.analyse(group.title)
    own = teller.own_words(group)
    if own is not None:
        teller.told.add(own[0].item_id)
    if phrase.form == grammar.QUESTION:
        template = "{title} L’idée vient {origin}." if origin else "{title} L’idée a été lancée."
    elif origin:
        template = teller.turn("sud_lead", _LEADS_FROM)
    else:
        template = teller.turn(
            "sud_lead_bare", ("{title}. L’idée a été avancée.", "{title}. La proposition a été faite.")
        )
    return teller.say(template, sources, title=title, origin=origin)


_LEADS_FROM = (
    "{title}. La proposition vient {origin}.",
    "{title}. L’idée a émergé {origin}.".replace("émergé", "été portée lors des échanges"),
    "{title}. Cette piste est venue {origin}.",
)
_LEADS_FROM = (
    "{title}. La proposition vient {origin}.",
    "{title}. Cette piste est venue {origin}.",
    "{title}. L’idée est partie {origin}.",
)


def told_obstacles(teller: Teller, group: Group) -> list[Sentence]:
    """The obstacle that an action would answer, named once."""
    obstacles = [
        teller.material.groups[obstacle]
        for obstacle in teller.material.answered.get(group.group_id, ())
        if obstacle in teller.material.groups
    ]
    if not obstacles:
        return []
    best = min(obstacles, key=lambda obstacle: (obstacle.position, obstacle.group_id))
    template = teller.turn(
        "sud_answers",
        (
            "Elle répondrait à un frein dit à l’Est : {x}.",
            "Ce serait une réponse à ce constat : {x}.",
            "Elle lèverait un obstacle : {x}.",
        ),
    )
    return [teller.say(template, [item.item_id for item in (*best.members, *group.members)], x=as_answer(teller, best))]


def told_demand(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """What is asked, and of whom."""
    sources = [item.item_id for item in group.members]
    place = teller.where(group.group_id)
    to = addressee(group.members)
    own = teller.own_words(group)
    phrase = grammar.analyse(group.title)
    start = f"{to[0].upper()}{to[1:]}, " if to else ""
    if own is not None and own[1].kind == "quote":
        template = "on demande {place} : {q}." if start else "{place}, une demande est formulée ainsi : {q}."
        first = _demand(teller, start + template, place, sources, q=own[1])
    elif phrase.form == grammar.INFINITIVE:
        x: list[Node] | Node = (
            teller.title(group, form="de")
            if own is None
            else [Node("text", grammar.of_phrase(phrase)[: -len(phrase.low)]), own[1]]
        )
        first = _demand(teller, start + "il est demandé {place} {x}.", place, sources, x=x)
    elif phrase.form == grammar.WISH:
        first = _demand(
            teller,
            start + "il est demandé {place} {x}.",
            place,
            sources,
            x=own[1] if own else teller.title(group, form="que"),
        )
    else:
        first = _demand(
            teller,
            start + "une demande est adressée {place} : {x}.",
            place,
            sources,
            x=own[1] if own else teller.title(group),
        )
    return [first, *teller.testimony(group, n_quotes, [group.title]), *told_obstacles(teller, group)]


def _demand(
    teller: Teller, template: str, place: list[Node], sources: list[str], **pieces: Node | list[Node]
) -> Sentence:
    if not place:
        template = template.replace("{place}, ", "").replace(" {place}", "")
    return teller.say(template, sources, place=place, **pieces)
