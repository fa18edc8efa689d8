"""Sud: what we would do together, what people commit to, then what is asked, and of whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.restitution import grammar
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Sentence
from pipeline.restitution.telling import Teller
from pipeline.restitution.testimony import tension, testimony

ADDRESSEES = (
    ("l’État", r"\bl['’]état\b|\bgouvernement\b|\bministère\b|\bpréfe(?:t|cture)\b"),
    ("la Région", r"\brégion\b"),
    ("le Département", r"\bdépartement\b|\bconseil départemental\b"),
    ("le rectorat", r"\brectorat\b|\bacadémie\b|\béducation nationale\b"),
    ("l’agence régionale de santé", r"\bARS\b|\bagence régionale de santé\b"),
    ("la CAF", r"\bCAF\b"),
    ("la MSA", r"\bMSA\b"),
    ("la caisse de retraite", r"\bcaisses? de retraite\b|\bCARSAT\b"),
    ("l’assurance maladie", r"\bassurance maladie\b|\bCPAM\b"),
    ("la communauté de communes", r"\bcom[ -]?com\b|\bcommunauté de communes\b|\bintercommunalité\b|\bagglo\b"),
    ("les communes", r"\bmairies?\b|\bcommunes?\b|\bmaires?\b"),
)
"""Whom demands are made to in workshops of territories, as people name them (first match wins)."""
_ADDRESSEES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in ADDRESSEES)
_ASKS = re.compile(
    r"^(?:demander|exiger|obtenir|réclamer|faire en sorte que|que l['’ ]|obliger|imposer)", re.IGNORECASE
)


def is_demand(group: Group) -> bool:
    """Whether a group asks others to act: most members do, or the title says so."""
    asks = sum(item.facet == "demande" for item in group.members)
    return 2 * asks > len(group.members) or (asks > 0 and _ASKS.match(group.title) is not None)


def is_commitment(group: Group) -> bool:
    """Whether most of a group says what the speaker will do."""
    return not is_demand(group) and 2 * sum(i.facet == "engagement" for i in group.members) > len(group.members)


def addressee(members: Sequence[Item]) -> str:
    """`l’État`, `la Région`…, the one that most members name; "" when none is named."""
    votes: Counter[str] = Counter()
    for item in members:
        for name, pattern in _ADDRESSEES:
            if pattern.search(item.text):
                votes[name] += 1
                break
    order = [name for name, _ in _ADDRESSEES]
    return min(votes, key=lambda name: (-votes[name], order.index(name))) if votes else ""


def told_action(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """A lead in bold, where it comes from, what people said of it, then what it would answer."""
    kind = "demand" if is_demand(group) else "commitment" if is_commitment(group) else "action"
    sentences = [_lead(teller, group, kind)]
    sides = tension(teller, group) if n_quotes else []
    sentences += sides or testimony(teller, group, n_quotes, [group.title])
    return [*sentences, *_told_obstacles(teller, group)]


def _lead(teller: Teller, group: Group, kind: str) -> Sentence:
    sources = [item.item_id for item in group.members]
    origin = teller.where(group.group_id, "de")
    own = teller.own_words(group)
    if own is not None:
        teller.told.add(own[0].item_id)
    stop = "" if teller.lexicon.phrase(group.title).form == grammar.QUESTION else "."
    template = teller.turn(f"sud_{kind}_{bool(origin)}", ORIGINS[kind][bool(origin)])
    title = teller.title(group, "as_is", strong=True)
    return teller.say(f"{{title}}{stop} {template}", sources, title=title, origin=origin)


ORIGINS: dict[str, dict[bool, Sequence[str]]] = {
    "action": {
        True: (
            "La proposition vient {origin}.",
            "Cette piste est venue {origin}.",
            "L’idée est partie {origin}.",
        ),
        False: ("La proposition a été faite.", "L’idée a été avancée."),
    },
    "demand": {
        True: ("La demande vient {origin}.", "Cette attente est venue {origin}."),
        False: ("La demande a été formulée.", "L’attente a été dite."),
    },
    "commitment": {
        True: ("L’engagement vient {origin}.", "Cette offre est venue {origin}."),
        False: ("L’engagement a été pris.", "L’offre a été faite."),
    },
}


def _told_obstacles(teller: Teller, group: Group) -> list[Sentence]:
    """The obstacle that an action would answer, named once."""
    obstacles = [
        teller.material.groups[obstacle]
        for obstacle in teller.material.answered.get(group.group_id, ())
        if obstacle in teller.material.groups and not teller.material.groups[obstacle].is_unsure
    ]
    if not obstacles:
        return []
    best = min(obstacles, key=lambda obstacle: (obstacle.position, obstacle.group_id))
    sources = [item.item_id for item in (*best.members, *group.members)]
    return [teller.say(teller.turn("sud_answers", _ANSWERS), sources, x=teller.named(best))]


_ANSWERS = (
    "Elle répondrait à un frein dit à l’Est : {x}.",
    "Ce serait une réponse à ce constat : {x}.",
    "Un obstacle pourrait être levé ainsi : {x}.",
)
