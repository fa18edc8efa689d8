"""Ouest: the question, the positions heard, what stays open; gestures of the trade told as practice."""

from __future__ import annotations

from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.quotes import quote, repeats
from pipeline.restitution.telling import Teller
from pipeline.restitution.testimony import tension, testimony, told_note


def is_gesture(group: Group) -> bool:
    """Whether most of a group tells how people do their trade."""
    return 2 * sum(item.facet == "geste" for item in group.members) > len(group.members)


def told_thought(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """A question and the positions heard about it; or gestures told as practice."""
    if is_gesture(group):
        return told_gestures(teller, group, n_quotes)
    asked = _asked(teller, group)
    if asked is None:
        lead = teller.lead("ouest", group, LEADS)
    else:
        sources = [item.item_id for item in group.members]
        place = teller.where(group.group_id)
        variants = ASKED if teller.has_one_place(group) else ASKED_AGAIN
        lead = teller.say(teller.turn(f"asked_{len(variants)}", variants, asked[1]), sources, place=place, x=asked[1])
    known = [group.title, *(node.text for node in lead.nodes if node.kind == "quote")]
    sides = tension(teller, group) if n_quotes else []
    return [lead, *(sides or testimony(teller, group, n_quotes, known))]


def _asked(teller: Teller, group: Group) -> tuple[Item, Node] | None:
    own = teller.own_words(group)
    if own is not None and own[1].kind == "quote" and own[1].text.endswith("?"):
        return own
    for item in group.members:
        if item.item_id not in teller.told and item.facet == "question" and item.status == "sur":
            node = quote(item, subject=teller.subject(group))
            if node is not None and node.text.endswith("?"):
                return item, node
    return None


def told_gestures(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """Gestures of the trade, in the words of those who make them."""
    told: list[Sentence] = []
    seen: list[str] = []
    for item in sorted(group.members, key=lambda item: item.facet != "geste"):
        if len(told) > n_quotes or item.item_id in teller.told or item.facet != "geste" or item.status != "sur":
            continue
        node = quote(item)
        if node is None:
            sentence = told_note(teller, item)
        elif repeats(node.text, seen):
            continue
        else:
            seen.append(node.text)
            template = teller.turn("gesture", GESTURES, node)
            sentence = teller.say(template, [item.item_id], place=teller.place_of(item), x=node)
        told += [sentence] if sentence is not None else []
    return told or [teller.lead("ouest", group, LEADS)]


ASKED = (
    "{place}, une question a été ouverte : {x}.",
    "{x} : la question s’est posée {place}.",
    "On s’est demandé {place} : {x}.",
)
ASKED_AGAIN = (
    "Une question est revenue {place}, posée par exemple ainsi : {x}.",
    "{place}, on s’est interrogé, avec ces mots notamment : {x}.",
)
GESTURES = (
    "{place}, un geste de métier a été raconté : {x}.",
    "{x} : cette façon de faire a été partagée {place}.",
    "Quelqu’un dit comment il ou elle s’y prend : {x}.",
)
LEADS = {
    "said": (
        "{place}, une conviction a été formulée : {x}.",
        "{x} : l’idée a été défendue {place}.",
        "On a avancé {place} ceci : {x}.",
    ),
    "said_again": (
        "Une même réflexion est venue {place}, dite par exemple ainsi : {x}.",
        "{place}, une idée a été discutée, en ces mots notamment : {x}.",
    ),
    "clause": ("{place}, on a avancé {x}.", "On a défendu {place} l’idée {x}."),
    "noun": ("{place}, on a réfléchi à ceci : {x}.", "Une réflexion s’est ouverte {place} sur {x}."),
    "question": ("{place}, une question a été explorée : {x}", "On s’est demandé {place} : {x}"),
    "colon": ("{place}, on a réfléchi à ceci : {x}.", "Une réflexion s’est ouverte {place} : {x}."),
}
