"""Disagreements that words tell themselves, and no title: notes that say there was one, what was objected and what was
answered, and proposals that undo one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, pairwise

from pipeline.contracts.draft import Block, Node, TextNode, WordsNode
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines
from pipeline.restitution.prose.places import file_heading
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.quotes import may_quote, may_tell, quote_node, report_node
from pipeline.restitution.quoting.spans import balanced, trimmed
from pipeline.restitution.quoting.standing import is_understood
from pipeline.stances.opposed import opposed
from pipeline.workshop.model import Item, sentence_around

WORDS_MAX, HEADING_WORDS_MAX, TOLD_MAX = 60, 24, 6
CLOSING = '»”"'
ANSWER, CONTRARY = "à quoi il est répondu : ", "à l’inverse : "
Sides = tuple[Item, ...]


def told_disputes(telling: Telling) -> list[Block]:
    """A paragraph for each disagreement: a sentence that tells it, with what follows where it only announces it; what
    was objected, then answered; two proposals, each the contrary of the other."""
    heard = {ref.item_id for one in telling.plan.statements for ref in one.words}
    items = [item for item in telling.material.items.values() if may_tell(item)]
    notes = [item for item in items if item.provenance == "note"]
    found: list[tuple[Sides, str]] = []
    told = [(sides, "" if _tells("answers").match(_folded(sides[1].text)) else ANSWER) for sides in _answered(notes)]
    told += [(sides, "") for sides in _announced(notes)]
    for sides, joint in chain(told, ((sides, CONTRARY) for sides in _undone(items))):
        is_new = not {item.item_id for item in sides} <= heard
        if is_new and all(len(_words(item).text.split()) <= WORDS_MAX for item in sides):
            heard |= {item.item_id for item in sides}
            found.append((sides, joint))
        if len(found) == TOLD_MAX:
            break
    return [_paragraph(telling, *one) for one in found]


def _paragraph(telling: Telling, sides: Sides, joint: str) -> Block:
    above = sides[0].context.split(" > ")[0] if sides[0].provenance == "note" else ""
    heading = telling.material.heading_of(sides[0]) or above * (len(above.split()) <= HEADING_WORDS_MAX)
    lead: list[Node] = [TextNode("sous "), file_heading(heading), TextNode(" : ")]
    told = [
        telling.say(
            f"{{w}}{joint * at}{{q}}.", [item.item_id], w=lead if heading and not at else "", q=_node(telling, item)
        )
        for at, item in enumerate(sides)
    ]
    return Block("paragraph", tuple(told))


def _node(telling: Telling, item: Item) -> WordsNode:
    ref = _words(item).ref
    return telling.words_at(ref, "quote" if may_quote(item) else "report")


def _words(item: Item) -> WordsNode:
    low, high = trimmed(item.source_text, item.own)
    closes = item.source_text[high - 1] in CLOSING and not balanced(item.source_text[low:high])
    return (quote_node if may_quote(item) else report_node)(item, trimmed(item.source_text, (low, high - closes)))


def _sentence(item: Item) -> str:
    """The sentence that an idea was cut from, who says it included: read, never shown."""
    return _folded(item.source_text[slice(*sentence_around(item.source_text, item.own))])


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return fold(text).replace("’", "'")


@cache
def _tells(name: str) -> re.Pattern[str]:
    lines = (line.split(" | ", 1) for line in read_lines(__name__, "disputes"))
    return re.compile("|".join(words for kind, words in lines if kind == name))


def _is_answer(item: Item) -> bool:
    return _tells("answers").match(_sentence(item)) is not None


def _answered(notes: list[Item]) -> Iterator[Sides]:
    """What is objected, and what the next sentence, or the next who speaks, answers."""
    for item, after in pairwise(notes):
        is_beside = (item.source, item.context) == (after.source, after.context)
        objects = _tells("objects").search(_sentence(item)) is not None and not _is_answer(item)
        if is_beside and objects and _sentence(item) != _sentence(after) and _is_answer(after):
            yield item, after


def _announced(notes: list[Item]) -> Iterator[Sides]:
    """A sentence that tells a disagreement; of one that only announces it, with the next of its paragraph."""
    for item, after in pairwise([*notes, *notes[-1:]]):
        text = _folded(item.text)
        is_followed = after.contribution_id == item.contribution_id and after is not item
        announces = _tells("announces").search(text) is not None
        if (announces or _tells("tells").search(text)) and is_understood(item.text):
            yield (item, after) if announces and is_followed else (item,)


def _undone(items: list[Item]) -> Iterator[Sides]:
    """Two proposals of two people, each the contrary of the other."""
    for one, other in opposed(item.text for item in items):
        first, second = items[one], items[other]
        is_hers = first.voice and (first.workshop, first.voice) == (second.workshop, second.voice)
        if not is_hers and first.contribution_id != second.contribution_id:
            yield first, second
