"""What is held against a proposal: doubts and conditions told side by side, and what others would do instead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.contracts.draft import Node, TextNode, WordsNode
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.finding import find_words
from pipeline.restitution.material.kinship import MEMBERS_MAX, is_sure
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.phrases import ways
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.testimony import note_node
from pipeline.restitution.prose.titles import subject
from pipeline.restitution.quoting.quotes import fits, may_quote, quote

_INSTEAD = re.compile(r"\bplutôt que (?:de |d['’])?(?:les? |la |l['’])?(?P<other>\w+(?:er|ir|re|oir))\b", re.IGNORECASE)


def is_rival(text: str, title: str) -> bool:
    """Whether one of two proposals is made instead of the other: `limiter les gîtes plutôt que les interdire`."""
    if not set(content_stems(text)) & set(content_stems(title)):
        return False
    return any(
        instead is not None and other.lower().startswith(instead["other"].lower())
        for one, other in ((title, text), (text, title))
        if (instead := _INSTEAD.search(one)) is not None
    )


def rival(telling: Telling, group: Group) -> list[Frame]:
    """What others would do instead, told apart: it is no support for what the title proposes."""
    rivals = [item for item in group.members[:MEMBERS_MAX] if is_sure(item) and is_rival(item.text, group.title)]
    found = _words(telling, group, rivals)
    if found is None:
        return []
    item, node = found
    place = telling.places.in_brackets(item)
    templates = [f"{way} ({{at}})." if place else f"{way}." for way in ways("sud.rival")]
    return [telling.tell(templates, [item.item_id], x=node, at=place)]


def debate(telling: Telling, group: Group) -> list[Frame]:
    """Who is for, on what condition, who doubts: told side by side, never added up; [] when nobody objects."""
    sides = _sides(telling.kinship(group), group)
    if not sides["contre"] and not sides["nuance"]:
        return []
    found = {side: _words(telling, group, items) for side, items in sides.items()}
    told = {side: pair for side, pair in found.items() if pair is not None}
    if not told.keys() & {"contre", "nuance"}:
        return []
    nodes: list[Node] = []
    for rank, (side, (item, node)) in enumerate(told.items()):
        place = telling.places.in_brackets(item)
        nodes += [TextNode((" ; " if rank else "") + _lead(side, node, rank)), node]
        nodes += [TextNode(" ("), *place, TextNode(")")] if place else []
    return [telling.tell(ways("sud.debate"), [item.item_id for item, _ in told.values()], x=nodes)]


def _sides(items: Iterable[Item], group: Group) -> dict[str, list[Item]]:
    """Those who speak of the proposal, rather than make it, by side."""
    sides: dict[str, list[Item]] = {"pour": [], "nuance": [], "contre": []}
    for item in items:
        if find_words(item.text, group.title) is None:
            side = "nuance" if _CONDITION.search(item.text) else "contre" if _objects(item) else item.stance
            if side in sides:
                sides[side].append(item)
    return sides


def _lead(side: str, node: WordsNode, rank: int) -> str:
    """What stands before one side: the second one differs from the first, the third goes with the second."""
    is_said = side == "nuance" and node.text.lower().startswith(("à condition", "sous réserve"))
    return ("", "mais ", "et ")[rank] + ("" if is_said else SIDES[side])


def _words(telling: Telling, group: Group, items: list[Item]) -> tuple[Item, WordsNode] | None:
    """The first of these that can be told."""
    for item in items:
        if item.item_id in telling.memory.told:
            continue
        node = quote(item, subject=subject(group)) if may_quote(item) else note_node(telling.titles, item)
        if node is not None and (node.kind == "report" or fits(item, node, subject(group))):
            return item, node
    return None


SIDES = {"pour": "", "nuance": "une condition est mise : ", "contre": "un doute s’exprime : "}
_CONDITION = re.compile(r"\b(?:à condition|sous réserve|ok .{0,30}\bsi\b|oui .{0,20}\bsi\b)", re.IGNORECASE)


def _objects(item: Item) -> bool:
    """Whether an item that is not the proposal itself speaks against it."""
    return item.stance == "contre" or _OBJECTS.search(item.text) is not None


_OBJECTS = re.compile(
    r"\b(?:craintes?|retomber\w*|refus\w+|ne servira|pas d['’]accord|risque(?:nt)? de|et qui|sinon)\b",
    re.IGNORECASE,
)


def is_proposed(item: Item) -> bool:
    """Whether an idea makes the proposal, rather than speaks for or against it."""
    return item.stance == "inconnu" and _CONDITION.search(item.text) is None
