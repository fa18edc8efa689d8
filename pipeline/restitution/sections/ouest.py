"""Ouest: the question, the positions heard, what stays open; gestures of the trade told as practice."""

from __future__ import annotations

from dataclasses import replace

from pipeline.contracts.draft import WordsNode
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.finding import find_words
from pipeline.restitution.material.kinship import is_sure
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.prose.accounts import account
from pipeline.restitution.prose.phrases import voice, ways
from pipeline.restitution.prose.sayings import Part
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.testimony import tension, testimony, told_note
from pipeline.restitution.prose.titles import subject
from pipeline.restitution.quoting.quotes import fits, may_quote, quote, repeats

SAME_GESTURE_MIN = 3


def is_gesture(group: Group) -> bool:
    """Whether most of a group tells how people do their trade."""
    return 2 * sum(item.facet == "geste" for item in group.members) > len(group.members)


def told_thought(telling: Telling, group: Group, n_quotes: int) -> list[Part]:
    """A question and the positions heard about it; or gestures told as practice."""
    if is_gesture(group):
        return told_gestures(telling, group, n_quotes)
    asked = _asked(telling, group)
    if asked is None:
        sides = tension(telling, group) if n_quotes else []
        said = account(telling, group, voice("ouest"), 0 if sides else n_quotes)
        return [*said, *sides] if said else []
    item, node = asked
    is_shared = telling.kinship.is_shared(group)
    place = telling.places.where(group.group_id) if is_shared else telling.places.spot(item)
    sources = [member.item_id for member in (group.members if is_shared else (item,))]
    templates = ways("ouest.thought_about" if is_shared else "ouest.asked")
    lead = telling.tell(templates, sources, place=place, x=replace(node, strong=bool(n_quotes)))
    sides = tension(telling, group) if n_quotes else []
    return [lead, *(sides or testimony(telling, group, voice("ouest"), n_quotes, [group.title, node.text]))]


def _asked(telling: Telling, group: Group) -> tuple[Item, WordsNode] | None:
    """The question that someone asked, that which the title repeats first."""
    family = sorted(telling.kinship(group), key=lambda item: find_words(item.text, group.title) is None)
    for item in family:
        if (
            item.item_id not in telling.memory.told
            and item.text.rstrip(" »”\u00a0\u202f").endswith("?")
            and may_quote(item)
        ):
            node = quote(item, subject=subject(group))
            if node is not None and node.text.endswith("?") and fits(item, node, subject(group)):
                return item, node
    return None


def told_gestures(telling: Telling, group: Group, n_quotes: int) -> list[Part]:
    """Gestures of the trade, in the words of those who make them."""
    told: list[Part] = []
    seen: list[str] = []
    for item in sorted(group.members, key=lambda item: (item.facet != "geste", item.provenance == "note")):
        if len(told) > n_quotes or item.item_id in telling.memory.told | telling.memory.tied_to_told:
            continue
        if item.facet != "geste" or not is_sure(item) or _tells_the_same(item.text, seen):
            continue
        part = _gesture(telling, item)
        if part is not None:
            seen.append(item.text)
            told.append(part)
    return told


def _gesture(telling: Telling, item: Item) -> Part | None:
    node = quote(item) if may_quote(item) else None
    if node is None:
        return told_note(telling, item, voice("ouest"))
    if not fits(item, node, frozenset()):
        return None
    return telling.tell(ways("ouest.gesture"), [item.item_id], place=telling.places.spot(item), x=node)


def _tells_the_same(text: str, seen: list[str]) -> bool:
    """Whether a gesture was told already: a note about a post-it uses other words, but three of the same."""
    stems = set(content_stems(text))
    return repeats(text, seen) or any(len(stems & set(content_stems(other))) >= SAME_GESTURE_MIN for other in seen)
