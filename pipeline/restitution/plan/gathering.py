"""What no group tells: ideas with their votes, and ideas said once, gathered by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.contracts.draft import WordsNode
from pipeline.contracts.plan import Kind, Paragraph, Statement
from pipeline.language.lexicon.verbs import is_infinitive
from pipeline.restitution.material.model import Item, point_of
from pipeline.restitution.plan.paragraphs import Section
from pipeline.restitution.plan.reading import TOLD_MIN
from pipeline.restitution.plan.units import unit_alone
from pipeline.restitution.quoting.quotes import repeats

SENTENCES = {"essentiel": 0, "standard": 6, "complet": 12}
"""Sentences that gather ideas said once, on one axis, less one for each paragraph of a group."""
SENTENCES_MIN = {"essentiel": 0, "standard": 2, "complet": 12}
TOGETHER_MAX = 3
"""Ideas of one such sentence."""
FROM_ONE_PLACE = {"essentiel": 1, "standard": 2, "complet": 12}
GATHERED_WORDS_MAX = 22
SHORT_MIN = 5
"""Words that an idea gathered with others has at least: fewer say too little by themselves."""
POOL_MAX = 120
"""Ideas among which those to gather are chosen."""
VOTED = {"essentiel": 3, "standard": 4, "complet": 12}
VOTED_WORDS_MAX = 26
VOTES_MIN = 2
"""Votes from which an idea is told with them."""


def rest_paragraph(
    section: Section, axis: str, voted_for: Sequence[Item], alone: Sequence[Item], n_told: int
) -> Paragraph | None:
    """What was voted for or against, in a group or not, and ideas said once gathered by place.

    Where few groups are told (`n_told`), more is gathered. Ideas that are told with their votes are units of their own,
    added to those that the section made.
    """
    statements = voted(section, axis, voted_for, VOTED[section.length])
    most = max(SENTENCES[section.length] - n_told, SENTENCES_MIN[section.length])
    statements += gathered(section, axis, alone, most)
    return Paragraph(tuple(statements)) if statements else None


def voted(section: Section, axis: str, items: Sequence[Item], most: int, votes_min: int = VOTES_MIN) -> list[Statement]:
    """What people voted for, what they voted against, what divides their votes, each idea with its votes."""
    found: list[Statement] = []
    chosen = [item for item in items if item.votes > item.votes_against and item.votes >= votes_min]
    # votes against say no to a proposal; against what hinders or exists, they would say it with two negations
    refused = [i for i in items if axis == "sud" and i.votes_against > i.votes and i.votes_against >= votes_min]
    divided = [item for item in items if item.votes_against == item.votes >= votes_min]
    kinds: tuple[tuple[Kind, list[Item]], ...] = (("voted", chosen), ("rejected", refused), ("split", divided))
    for kind, ranked in kinds:
        nodes = _of_one_kind(section, ranked, most)
        if nodes:
            ids = [node.ref.item_id for node in nodes]
            section.made.update({key: unit_alone(section.reading.material.items[key]) for key in ids})
            found.append(section.state(kind, axis, ids, ids, nodes))
    return found


def _of_one_kind(section: Section, items: Iterable[Item], most: int) -> list[WordsNode]:
    """Words of up to `most` ideas: quotations, or notes."""
    nodes: list[WordsNode] = []
    for item in items:
        node = section.words.of(item, VOTED_WORDS_MAX) if len(nodes) < most else None
        if node is None and len(nodes) < most:
            node = section.words.side(item, _texts(nodes))  # votes are for the whole of it
        if node is not None and not repeats(node.text, _texts(nodes)) and all(node.kind == n.kind for n in nodes):
            nodes.append(node)
    return nodes


Where = tuple[str, str, bool, str, str, bool]
"""Workshop, table, survey or not, point of an agenda; then quoted or told, to do or to say."""


def gathered(section: Section, axis: str, items: Sequence[Item], most: int) -> list[Statement]:
    """Up to `most` sentences of ideas said once: each of one place, all quoted or all told, all to do or all to say."""
    if not most:
        return []
    places = _by_place(section, axis, items)
    rows = [pair for nodes in places.values() for pair in enumerate(_rows(nodes)[: FROM_ONE_PLACE[section.length]])]
    whole = [row for _, row in sorted(rows, key=lambda pair: (pair[0], -len(pair[1]))) if len(row) > 1]
    whole += [row for nodes in _scattered(places) for row in _rows(nodes) if len(row) > 1]
    return [section.state("gathered", axis, (), (), nodes, rank) for rank, nodes in enumerate(whole[:most])]


def _by_place(section: Section, axis: str, items: Sequence[Item]) -> dict[Where, list[WordsNode]]:
    """Words of sure ideas that nobody voted for, each by where it was said and what it does."""
    unvoted = [i for i in items if not i.votes and not i.votes_against and i.confidence >= TOLD_MIN]
    places: dict[Where, list[WordsNode]] = {}
    heard: list[str] = []
    for item in unvoted[:POOL_MAX]:
        node = section.words.of(item, GATHERED_WORDS_MAX)
        if node is not None and len(node.text.split()) >= SHORT_MIN and not repeats(node.text, heard):
            heard.append(node.text)
            is_act = axis == "sud" and opens_on_act(node.text)
            point = "" if item.table else point_of(item)
            where = (item.workshop, item.table, item.channel == "enquete", point, node.kind, is_act)
            places.setdefault(where, []).append(node)
    return places


def _scattered(places: Mapping[Where, Sequence[WordsNode]]) -> Iterable[list[WordsNode]]:
    """The only ideas of their places, with those of others."""
    found: dict[tuple[str, bool], list[WordsNode]] = {}
    for (*_, kind, is_act), nodes in places.items():
        if len(nodes) == 1:
            found.setdefault((kind, is_act), []).extend(nodes)
    return found.values()


def _rows(nodes: Sequence[WordsNode]) -> list[Sequence[WordsNode]]:
    """Ideas a few at a time."""
    return [nodes[start : start + TOGETHER_MAX] for start in range(0, len(nodes), TOGETHER_MAX)]


def opens_on_act(text: str) -> bool:
    """Whether words open on an infinitive, that our sentence may take after « de »."""
    return is_infinitive(text.split(" ", 1)[0].lower())


def _texts(nodes: Sequence[WordsNode]) -> list[str]:
    return [node.text for node in nodes]
