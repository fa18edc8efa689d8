"""Sud: what we would do together, what people commit to, then what is asked, and of whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.restitution import grammar
from pipeline.restitution.accounts import phrased, statement
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.quotes import fits, may_quote, quote, repeats
from pipeline.restitution.telling import Teller
from pipeline.restitution.testimony import attributed, note_node, place_key, testimony
from pipeline.restitution.voices import SUD, Voice
from pipeline.restitution.wording import find_words

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
    """A lead in bold, where it comes from, what people said of it, for and against, then what it would answer."""
    if not teller.kin(group):
        return []
    voice = SUD[kind_of(group)]
    stop = "" if teller.lexicon.phrase(group.title).form == grammar.QUESTION else "."
    title = teller.title(group, "as_is", strong=True)
    sources = [item.item_id for item in group.members]
    debate = _debate(teller, group) if n_quotes else []
    said = _proposal(teller, group, voice) if n_quotes else []
    is_placed = bool(said) and not teller.is_shared(group)
    known = [group.title, *(node.text for s in (*said, *debate) for node in s.nodes if node.kind != "text")]
    near = None if teller.is_shared(group) else place_key(_own(teller, group))
    said += testimony(teller, group, voice, n_quotes - len(said) - len(debate), known, near)
    origin = "" if is_placed else _origin(teller, group, kind_of(group))
    lead = teller.say(f"{{title}}{stop} {origin}".rstrip(), sources, title=title, of=_from(teller, group))
    return [lead, *said, *debate, *_told_obstacles(teller, group)]


def also_proposed(teller: Teller, groups: Sequence[Group]) -> Sentence:
    """Proposals that only their title tells, in one sentence, each with its place."""
    nodes: list[Node] = []
    for group in groups:
        place = _short_place(teller, group)
        nodes += [Node("text", " ; " if nodes else ""), replace(teller.title(group), strong=True)]
        nodes += [Node("text", " ("), *place, Node("text", ")")] if place else []
    sources = [item.item_id for group in groups for item in group.members]
    return teller.say(f"{ALSO[kind_of(groups[0])]} : {{x}}.", sources, x=nodes)


ALSO = {"action": "Aussi proposé", "demand": "Aussi demandé", "commitment": "On s’est aussi engagé à ceci"}


def _short_place(teller: Teller, group: Group) -> list[Node]:
    if teller.is_shared(group):
        return []
    item = _own(teller, group)
    return [Node("text", "enquête")] if item.channel == "enquete" else teller.place_of(item, "")


def _debate(teller: Teller, group: Group) -> list[Sentence]:
    """Who is for, on what condition, who doubts: told side by side, never added up; [] when nobody objects."""
    sides: dict[str, list[Item]] = {"pour": [], "nuance": [], "contre": []}
    for item in teller.kin(group):
        if find_words(item.text, group.title) is None:
            side = "nuance" if _CONDITION.search(item.text) else "contre" if _objects(item, group) else item.stance
            if side in sides:
                sides[side].append(item)
    if not sides["contre"] and not sides["nuance"]:
        return []
    found = {side: _words(teller, group, items) for side, items in sides.items()}
    told = {side: pair for side, pair in found.items() if pair is not None}
    if not told.keys() & {"contre", "nuance"}:
        return []
    nodes: list[Node] = []
    for side, (item, node) in told.items():
        place = teller.place_of(item, "") if item.channel != "enquete" else [Node("text", "enquête")]
        label = "" if node.text.lower().startswith(SIDES[side][:5]) else SIDES[side]
        nodes += [Node("text", (" ; " if nodes else "") + label), node]
        nodes += [Node("text", " ("), *place, Node("text", ")")] if place else []
    template = teller.turn("debate", ("La proposition se discute : {x}.", "Elle ne va pas de soi : {x}."))
    return [teller.say(template, [item.item_id for item, _ in told.values()], x=nodes)]


def _words(teller: Teller, group: Group, items: list[Item]) -> tuple[Item, Node] | None:
    """The first of these that can be told."""
    for item in items:
        if item.item_id in teller.told:
            continue
        node = quote(item, subject=teller.subject(group)) if may_quote(item) else note_node(teller, item)
        if node is not None and (node.kind == "report" or fits(item, node, teller.subject(group))):
            return item, node
    return None


SIDES = {"pour": "pour, ", "nuance": "à une condition, ", "contre": "en doute, "}
_CONDITION = re.compile(r"\b(?:à condition|sous réserve|ok .{0,30}\bsi\b|oui .{0,20}\bsi\b)", re.IGNORECASE)


def _objects(item: Item, group: Group) -> bool:
    """Whether an item speaks against the proposal that titles its group."""
    if find_words(item.text, group.title) is not None:
        return False
    return item.stance == "contre" or _OBJECTS.search(item.text) is not None


_OBJECTS = re.compile(
    r"\b(?:craintes?|retomber\w*|refus\w+|ne servira|pas d['’]accord|risque(?:nt)? de|et qui|sinon)\b",
    re.IGNORECASE,
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
        False: ("La demande a été formulée.", "Cette attente a été exprimée."),
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
        and teller.is_linked(teller.material.groups[obstacle], group)
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
