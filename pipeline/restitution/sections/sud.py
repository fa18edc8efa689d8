"""Sud: what we would do together, what people commit to, then what is asked, and of whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.restitution import grammar
from pipeline.restitution.accounts import phrased, statement
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.quotes import fits, may_quote, quote, repeats
from pipeline.restitution.telling import Teller, find_words
from pipeline.restitution.testimony import attributed, note_node, place_key, tension, testimony
from pipeline.restitution.voices import SUD, Voice

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


def addressee(members: Sequence[Item], title: str = "") -> str:
    """`l’État`, `la Région`…, the one that the title names, else most members; "" when none is named."""
    named = next((name for name, pattern in _ADDRESSEES if pattern.search(title)), "")
    if named:
        return named
    votes: Counter[str] = Counter()
    for item in members:
        for name, pattern in _ADDRESSEES:
            if pattern.search(item.text):
                votes[name] += 1
                break
    order = [name for name, _ in _ADDRESSEES]
    return min(votes, key=lambda name: (-votes[name], order.index(name))) if votes else ""


def kind_of(group: Group) -> str:
    """`demand`, `commitment` or `action`."""
    return "demand" if is_demand(group) else "commitment" if is_commitment(group) else "action"


def told_action(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """A lead in bold, what people said of it, where it comes from, then what it would answer."""
    if not teller.kin(group):
        return []
    voice = SUD[kind_of(group)]
    stop = "" if teller.lexicon.phrase(group.title).form == grammar.QUESTION else "."
    title = teller.title(group, "as_is", strong=True)
    sources = [item.item_id for item in group.members]
    sides = tension(teller, group) if n_quotes else []
    teller.kept.update(item.item_id for item in teller.kin(group) if _objects(item, group))
    said = _proposal(teller, group, voice) if n_quotes else []
    is_placed = bool(said) and not teller.is_shared(group)
    known = [group.title, *(node.text for sentence in said for node in sentence.nodes if node.kind != "text")]
    objections = [] if sides or not n_quotes else _objections(teller, group)
    near = None if teller.is_shared(group) else place_key(_own(teller, group))
    said += sides or testimony(teller, group, voice, n_quotes - len(said) - len(objections), known, near)
    origin = "" if is_placed else _origin(teller, group, kind_of(group))
    lead = teller.say(f"{{title}}{stop} {origin}".rstrip(), sources, title=title, of=_from(teller, group))
    return [lead, *said, *objections, *_told_obstacles(teller, group)]


def _objects(item: Item, group: Group) -> bool:
    """Whether an item speaks against the proposal that titles its group."""
    if find_words(item.text, group.title) is not None:
        return False
    return item.stance == "contre" or _OBJECTS.search(item.text) is not None


def _objections(teller: Teller, group: Group) -> list[Sentence]:
    """What speaks against the proposal, told as such and never as its support."""
    for item in teller.kin(group):
        if item.item_id in teller.told or not _objects(item, group):
            continue
        node = quote(item, subject=teller.subject(group)) if may_quote(item) else note_node(teller, item)
        if node is not None and (node.kind == "report" or fits(item, node, teller.subject(group))):
            template = teller.turn("objection", _DISCUSSED)
            return [teller.say(template, [item.item_id], x=node, at=teller.spot(item))]
    return []


_OBJECTS = re.compile(
    r"\b(?:craintes?|retomber\w*|refus\w+|ne servira|pas d['’]accord|risque(?:nt)? de|et qui|sinon)\b",
    re.IGNORECASE,
)
_DISCUSSED = (
    "La proposition est discutée {at} : {x}.",
    "Elle ne va pas de soi, dit-on {at} : {x}.",
)


def _proposal(teller: Teller, group: Group, voice: Voice) -> list[Sentence]:
    """The proposal in the words of those who made it, when they add to the title."""
    found = statement(teller, group)
    if found is None or repeats(found[1].text, [group.title]):
        return []
    item, node = found
    if node.kind == "quote":
        return [attributed(teller, item, node, voice.name, voice.first)]
    return [phrased(teller, voice, node, [item.item_id], teller.spot(item))]


def _from(teller: Teller, group: Group) -> list[Node]:
    if teller.is_shared(group) or teller.has_one_place(group):
        return teller.where(group.group_id, "de")
    return teller.spot(_own(teller, group), "de")


def _own(teller: Teller, group: Group) -> Item:
    """The member that the title comes from, else the most central of its kin."""
    family = teller.kin(group)
    return next((item for item in family if find_words(item.text, group.title) is not None), family[0])


def _origin(teller: Teller, group: Group, kind: str) -> str:
    known = bool(_from(teller, group))
    return teller.turn(f"sud_{kind}_{known}", ORIGINS[kind][known])


ORIGINS: dict[str, dict[bool, Sequence[str]]] = {
    "action": {
        True: ("La proposition vient {of}.", "Cette piste est venue {of}.", "L’idée est partie {of}."),
        False: ("La proposition a été faite.", "L’idée a été avancée."),
    },
    "demand": {
        True: ("La demande vient {of}.", "Cette attente est venue {of}."),
        False: ("La demande a été formulée.", "L’attente a été dite."),
    },
    "commitment": {
        True: ("L’engagement vient {of}.", "Cette offre est venue {of}."),
        False: ("L’engagement a été pris.", "L’offre a été faite."),
    },
}


def _told_obstacles(teller: Teller, group: Group) -> list[Sentence]:
    """The obstacle that an action would answer, named once."""
    obstacles = [
        teller.material.groups[obstacle]
        for obstacle in teller.material.answered.get(group.group_id, ())
        if obstacle in teller.material.groups
        and not teller.material.groups[obstacle].is_unsure
        and teller.kin(teller.material.groups[obstacle])
    ]
    if not obstacles:
        return []
    best = min(obstacles, key=lambda obstacle: (obstacle.position, obstacle.group_id))
    sources = [item.item_id for item in (*best.members, *group.members)]
    return [teller.say(teller.turn("sud_answers", _ANSWERS), sources, x=teller.named(best))]


_ANSWERS = (
    "Cela répondrait à un frein nommé à l’Est : {x}.",
    "Ce serait une réponse à ce constat : {x}.",
    "Un obstacle pourrait être levé ainsi : {x}.",
)
