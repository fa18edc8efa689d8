"""What no group tells: what was voted, and ideas in their own words, by where they were said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.contracts.draft import WordsNode
from pipeline.contracts.plan import Kind, Paragraph, Part, Statement, Unit
from pipeline.language.syntax.function_words import of
from pipeline.restitution.material.model import Item, Material, Where
from pipeline.restitution.plan.paragraphs import Section
from pipeline.restitution.plan.reading import TOLD_MIN, WORTH_MIN, merit, unit_alone, unit_together
from pipeline.restitution.quoting.quotes import repeats

POINTS = {"essentiel": 0, "standard": 20, "complet": 60}
"""Ideas of an axis that are listed."""
POINTS_MAX = {"essentiel": 0, "standard": 30, "complet": 200}
"""So many are listed all the same, so that each place has its own."""
FROM_ONE_PLACE = {"essentiel": (1, 1), "standard": (4, 10), "complet": (20, 60)}
"""Ideas listed of one place, where places are many, and of a survey or where they are few."""
WORDS_MAX = 26
SHORT_MIN = 5
"""Words that an idea for which nobody voted has at least: fewer say too little by themselves."""
POOL_MAX = 120
"""Ideas among which those to list are chosen."""
VOTED_MAX = 3
VOTED_WORTH_MIN = 0.2
"""Worth below which even an idea that people voted on is not told."""
VOTES_MIN = 2
"""Votes from which an idea is told with them."""


class Least(NamedTuple):
    """What an idea for which nobody voted must have to be listed."""

    confidence: float
    worth: float


ELSEWHERE = Where()
USUAL, LAST_RESORT = Least(TOLD_MIN, WORTH_MIN), Least(0.5, 0.2)
"""The second where nothing of an axis has the first."""


def rest_parts(section: Section, axis: str, items: Sequence[Item]) -> list[Part]:
    """What was voted against, then lists of ideas by place, those that people voted for first.

    How many are listed does not depend on the groups that are told, so that a title that a person gives moves no other
    line. Ideas with votes and places are units of their own, added to those that the section made.
    """
    material = section.reading.material
    votes = _by_votes(items)
    refused = told_votes(section, axis, [i for i in votes if axis == "sud" and i.votes_against > i.votes])
    parts = [Part((Paragraph(tuple(refused)),), "", axis, is_rest=True)] if refused else []
    places = _places(section, _ranked(items)) or _places(section, _ranked(items, LAST_RESORT))
    most = POINTS[section.length]
    low, high = FROM_ONE_PLACE[section.length]
    each = min(max(low, most // max(1, len(places))), high)
    most = max(most, min(each * len(places), POINTS_MAX[section.length]))
    for rank, (where, nodes) in enumerate(places.items()):
        kept = _in_order(nodes[: min(high if where.is_survey else each, most)], material)
        if len(kept) > 1 or (kept and len(places) == 1):
            most -= len(kept)
            lead = _lead(section, axis, where, kept, rank)
            kind: Kind = "said" if where == ELSEWHERE else "point"  # what has no place in common says its own
            parts.append(_list(section, axis, lead, kept, kind))
    return parts


def subject_part(section: Section, unit: Unit, rank: int) -> Part | None:
    """The list of a subject: the words of some of its ideas, and how many there are."""
    title = section.reading.group(unit).title
    nodes = section.words.several(unit, [title], FROM_ONE_PLACE[section.length][1], WORDS_MAX)
    if len(nodes) < 2:
        return None
    shown = [node.ref.item_id for node in nodes]
    lead = section.state("place", unit.axis, [unit.unit_id], shown, (), rank)
    return _list(section, unit.axis, lead, nodes, "point")


def _ranked(items: Sequence[Item], least: Least = USUAL) -> list[Item]:
    """Ideas that may be listed: those that people voted for, then the worthiest."""
    voted = [item for item in _by_votes(items) if item.votes >= max(VOTES_MIN, item.votes_against)]
    said = [item for item in items if item.axis != "sud" or item.stance != "contre"]  # against one, it proposes nothing
    sure = [i for i in said if not i.votes and not i.votes_against and i.confidence >= least.confidence]
    worthy = [item for item in sure if item.worth >= least.worth]
    return [*voted, *sorted(worthy, key=lambda item: (-merit(item), item.item_id))]


def _by_votes(items: Iterable[Item]) -> list[Item]:
    voted = [item for item in items if max(item.votes, item.votes_against) >= VOTES_MIN]
    return sorted(voted, key=lambda item: (item.votes_against - item.votes, item.item_id))


def _places(section: Section, items: Sequence[Item]) -> dict[Where, list[WordsNode]]:
    """Words of ideas by place, the places that have most to tell first; what stands alone in its place comes last."""
    material = section.reading.material
    found: dict[Where, list[WordsNode]] = {}
    weights: dict[Where, float] = {}
    heard: list[str] = []
    for item in items[:POOL_MAX]:
        node = _words(section, item, heard)
        if node is not None:
            where = material.place_of(item)
            heard.append(node.text)
            found.setdefault(where, []).append(node)
            weights[where] = weights.get(where, 0.0) + merit(item) + item.votes
    whole = {where: found[where] for where in sorted(found, key=lambda one: -weights[one]) if len(found[where]) > 1}
    alone = [node for where, nodes in found.items() if where not in whole for node in nodes]
    return whole | ({ELSEWHERE: alone} if alone else {})


def _in_order(nodes: Sequence[WordsNode], material: Material) -> list[WordsNode]:
    """Words in the order in which they were said, unless people voted: one may go on from another."""
    items = [material.items[node.ref.item_id] for node in nodes]
    if any(item.votes for item in items):
        return list(nodes)
    places = sorted(range(len(nodes)), key=lambda at: (items[at].source, items[at].position, items[at].start))
    return [nodes[at] for at in places]


def _words(section: Section, item: Item, heard: Sequence[str]) -> WordsNode | None:
    """The words of an idea with all that it says, and its contribution when that is short; else those that lean on
    nothing said before. Where people voted, they voted for the whole.
    """
    is_voted = bool(item.votes or item.votes_against)
    if is_voted and item.worth < VOTED_WORTH_MIN:
        return None
    node = section.words.of(item, WORDS_MAX)
    if node is not None or is_voted:
        node = section.words.whole(item) or (node if node is not None and not leans(node.text) else None)
    if node is None or repeats(node.text, heard):
        return None
    return node if is_voted or len(node.text.split()) >= SHORT_MIN else None


def leans(text: str) -> bool:
    """Whether words hold a pronoun of the third person, or what points to something named before."""
    words = [word.lower().strip(",;:.?!…()") for word in text.replace("’", "'").replace("'", "' ").split()]
    pairs = zip(words, [*words[1:], ""], strict=True)
    return any(word in _LEANING or (word == "il" and after not in _IMPERSONAL) for word, after in pairs)


_LEANING = of("third_persons", "demonstratives") - {"il", "ce"} | {"cela", "ça", "celui-ci", "celle-ci"}
_IMPERSONAL = of("impersonal_verbs") | {"y", "n'", "s'", "est", "serait", "ne"}


def _lead(section: Section, axis: str, where: Where, nodes: Sequence[WordsNode], rank: int) -> Statement:
    """What leads to a list: where, and how many said something of the kind there."""
    material = section.reading.material
    ids = [node.ref.item_id for node in nodes]
    said_at = section.reading.said_at(axis)
    here = said_at.get(where, [])
    if where == ELSEWHERE or set(said_at) <= {where}:  # how many speak of an axis is told where it opens
        return section.state("place", axis, (), ids, (), rank)
    unit = unit_together(f"place.{axis}.{ids[0]}", axis, "", here or [material.items[key] for key in ids])
    section.made[unit.unit_id] = unit
    return section.state("place", axis, [unit.unit_id], ids, (), rank)


def _list(section: Section, axis: str, lead: Statement, nodes: Sequence[WordsNode], kind: Kind) -> Part:
    points = [_point(section, axis, node, kind) for node in nodes]
    return Part((Paragraph((lead, *points)),), "", axis, is_rest=True, is_list=True)


def _point(section: Section, axis: str, node: WordsNode, kind: Kind) -> Statement:
    key = node.ref.item_id
    section.made.setdefault(key, unit_alone(section.reading.material.items[key]))
    return section.state(kind, axis, [key], [key], [node])


def points(section: Section, axis: str, items: Sequence[Item], most: int) -> list[Statement]:
    """Up to `most` ideas, each in its own words: those that people voted for, then the worthiest, places in turn."""
    material = section.reading.material
    found: list[Statement] = []
    heard: list[str] = []
    seen: set[Where] = set()
    ranked = _ranked(items)[:POOL_MAX]
    for is_again in (False, True):
        for item in ranked:
            where = material.place_of(item)
            is_turn = item.votes >= VOTES_MIN or (where in seen) == is_again
            node = _words(section, item, heard) if is_turn and len(found) < most else None
            if node is not None:
                heard.append(node.text)
                seen.add(where)
                found.append(_point(section, axis, node, "said"))
    return found


def told_votes(
    section: Section, axis: str, items: Sequence[Item], most: int = VOTED_MAX, votes_min: int = VOTES_MIN
) -> list[Statement]:
    """What people voted against, with the votes, in one sentence for each heading."""
    material = section.reading.material
    by_heading: dict[str, list[WordsNode]] = {}
    nodes: list[WordsNode] = []
    for item in items:
        is_wanted = len(nodes) < most and item.votes_against >= votes_min
        node = _words(section, item, [one.text for one in nodes]) if is_wanted else None
        if node is not None and all(node.kind == one.kind for one in nodes):
            nodes.append(node)
            by_heading.setdefault(material.heading_of(item), []).append(node)
    found: list[Statement] = []
    for told in by_heading.values():
        ids = [node.ref.item_id for node in told]
        section.made.update({key: unit_alone(material.items[key]) for key in ids})
        found.append(section.state("rejected", axis, ids, ids, told))
    return found
