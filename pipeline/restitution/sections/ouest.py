"""Ouest: the question, the positions heard, what stays open; gestures of the trade told as practice."""

from __future__ import annotations

from pipeline.restitution import grammar
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.quotes import quote, repeats
from pipeline.restitution.sections.est import _that, _with_place, told_tension
from pipeline.restitution.telling import Teller


def is_gesture(group: Group) -> bool:
    """Whether a group tells how people do their trade."""
    return 2 * sum(item.facet == "geste" for item in group.members) > len(group.members)


def told_question_group(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """A question and the positions heard about it; or gestures told as practice."""
    if is_gesture(group):
        return told_gestures(teller, group, n_quotes)
    sources = [item.item_id for item in group.members]
    place = teller.where(group.group_id)
    asked = _asked(teller, group)
    if asked is not None:
        lead = _with_place(teller, teller.turn("ouest_asked", _ASKED), place, sources, q=asked[1])
    else:
        lead = _stated(teller, group, place, sources)
    sides = told_tension(teller, group)
    positions = sides or teller.testimony(
        group, n_quotes, [group.title, *(n.text for n in lead.nodes if n.kind == "quote")]
    )
    return [lead, *positions]


def _asked(teller: Teller, group: Group) -> tuple[Item, Node] | None:
    own = teller.own_words(group)
    if own is not None and own[1].kind == "quote" and own[1].text.endswith("?"):
        return own
    for item in group.members:
        node = quote(item) if item.item_id not in teller.told and item.facet == "question" else None
        if node is not None and node.text.endswith("?"):
            return item, node
    return None


def _stated(teller: Teller, group: Group, place: list[Node], sources: list[str]) -> Sentence:
    own = teller.own_words(group)
    if own is not None and own[1].kind == "quote":
        return _with_place(teller, teller.turn("ouest_said", _SAID), place, sources, q=own[1])
    node = own[1] if own is not None else None
    phrase = grammar.analyse(group.title)
    if phrase.form == grammar.CLAUSE:
        x: Node | list[Node] = _that(node, phrase) if node else teller.title(group, form="que")
        return _with_place(
            teller,
            teller.turn("ouest_clause", ("{place}, on a avancé {x}.", "L’idée a été défendue {place} {x}.")),
            place,
            sources,
            x=x,
        )
    if phrase.form == grammar.QUESTION:
        return _with_place(
            teller,
            teller.turn("ouest_q", ("{place}, une question a été explorée : {x}", "On s’est demandé {place} : {x}")),
            place,
            sources,
            x=node or teller.title(group, form="as_is"),
        )
    return _with_place(
        teller,
        teller.turn(
            "ouest_colon", ("{place}, on a réfléchi à ceci : {x}.", "Une réflexion s’est ouverte {place} : {x}.")
        ),
        place,
        sources,
        x=node or teller.title(group),
    )


def told_gestures(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """Gestures of the trade, in the words of those who make them."""
    told: list[Sentence] = []
    seen: list[str] = []
    for item in group.members:
        if len(told) > n_quotes or item.item_id in teller.told:
            continue
        node = quote(item)
        if node is None or repeats(node.text, seen):
            continue
        seen.append(node.text)
        template = teller.turn("geste", _GESTURES)
        told.append(_with_place(teller, template, teller.place_of(item), [item.item_id], q=node))
    if not told:
        told = [sentence for item in group.members[:2] if (sentence := teller.told_note(item)) is not None]
    return told


_ASKED = (
    "{place}, une question a été ouverte : {q}.",
    "{q} : la question s’est posée {place}.",
    "On s’est demandé {place} : {q}.",
)
_SAID = (
    "{place}, une conviction a été formulée : {q}.",
    "{q} : l’idée a été défendue {place}.",
    "On a avancé {place} : {q}.",
)
_GESTURES = (
    "{place}, un geste de métier a été raconté : {q}.",
    "Autre façon de faire, dite {place} : {q}.",
    "{q} : le geste a été partagé {place}.",
)
