"""Ouest: the question, the positions heard, what stays open; gestures of the trade told as practice."""

from __future__ import annotations

from dataclasses import replace

from pipeline.restitution.accounts import account
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.quotes import fits, may_quote, quote, repeats
from pipeline.restitution.relevance import is_sure
from pipeline.restitution.telling import Teller
from pipeline.restitution.testimony import place_key, tension, testimony, told_note
from pipeline.restitution.voices import ASKED, GESTURES, OUEST, THOUGHT_ABOUT
from pipeline.restitution.wording import find_words


def is_gesture(group: Group) -> bool:
    """Whether most of a group tells how people do their trade."""
    return 2 * sum(item.facet == "geste" for item in group.members) > len(group.members)


def told_thought(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """A question and the positions heard about it; or gestures told as practice."""
    if is_gesture(group):
        return told_gestures(teller, group, n_quotes)
    asked = _asked(teller, group)
    if asked is None:
        sides = tension(teller, group) if n_quotes else []
        said = account(teller, group, OUEST, 0 if sides else n_quotes)
        return [*said, *sides] if said else []
    item, node = asked
    is_shared = teller.is_shared(group)
    place = teller.where(group.group_id) if is_shared else teller.spot(item)
    sources = [member.item_id for member in (group.members if is_shared else (item,))]
    key, variants = ("thought_about", THOUGHT_ABOUT) if is_shared else ("asked_thought", ASKED)
    lead = teller.say(teller.turn(key, variants), sources, place=place, x=replace(node, strong=bool(n_quotes)))
    sides = tension(teller, group) if n_quotes else []
    return [lead, *(sides or testimony(teller, group, OUEST, n_quotes, [group.title, node.text], place_key(item)))]


def _asked(teller: Teller, group: Group) -> tuple[Item, Node] | None:
    """The question that someone asked, that which the title repeats first."""
    family = sorted(teller.kin(group), key=lambda item: find_words(item.text, group.title) is None)
    for item in family:
        if item.item_id not in teller.told and item.text.rstrip(" »”\u00a0\u202f").endswith("?") and may_quote(item):
            node = quote(item, subject=teller.subject(group))
            if node is not None and node.text.endswith("?") and fits(item, node, teller.subject(group)):
                return item, node
    return None


def told_gestures(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """Gestures of the trade, in the words of those who make them."""
    told: list[Sentence] = []
    seen: list[str] = []
    for item in sorted(group.members, key=lambda item: (item.facet != "geste", item.provenance == "note")):
        if len(told) > n_quotes or item.item_id in teller.told or item.facet != "geste" or not is_sure(item):
            continue
        node = quote(item) if may_quote(item) else None
        if node is None or repeats(node.text, seen):
            sentence = told_note(teller, item) if node is None and not repeats(item.text, seen) else None
        elif fits(item, node, frozenset()):
            sentence = teller.say(
                teller.turn("gesture", GESTURES, node), [item.item_id], place=teller.spot(item), x=node
            )
        else:
            sentence = None
        if sentence is not None:
            seen.append(item.text)
            told.append(sentence)
    return told
