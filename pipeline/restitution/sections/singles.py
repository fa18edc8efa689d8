"""Ideas said once, told in sentences: what an axis holds when nothing in it comes back."""

from __future__ import annotations

from pipeline.contracts.draft import Sentence, WordsNode
from pipeline.restitution.material.model import Item
from pipeline.restitution.prose.phrases import Voice, voice
from pipeline.restitution.prose.sayings import Saying, taken
from pipeline.restitution.prose.sequence import chain
from pipeline.restitution.prose.stands_alone import is_understood
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.testimony import note_node
from pipeline.restitution.quoting.quotes import ranked
from pipeline.restitution.sections.nord import FACETS

NAMED_WORDS_MAX = 14
_KINDS = {"engagement": "commitment", "demande": "demand"}


def singles(telling: Telling, axis: str, n: int) -> list[Sentence]:
    """Sentences around up to `n` ideas told nowhere else: quotations that read well, then notes."""
    memory = telling.memory
    alone = telling.kinship.alone(axis, memory.said)
    sayings: list[Saying] = []
    for item, node in ranked(alone, telling.memory.told):
        is_free = (
            len(sayings) < n and item.item_id not in telling.memory.told
        )  # else told with another idea of its sentence
        if is_free and is_understood(node.text):
            sayings.append(taken(memory, Saying(item, node, _voice(item))))
    for item in alone:
        found = note_node(telling.titles, item) if len(sayings) < n and item.item_id not in memory.told else None
        if found is not None:
            sayings.append(taken(memory, Saying(item, found, _voice(item))))
    return chain(telling, sayings, related=False)


def named(telling: Telling, axis: str, n: int) -> list[WordsNode]:
    """Up to `n` short ideas, as they stand in a list: what people wrote between « », what a note says without."""
    nodes: list[WordsNode] = []
    alone = [item for item in telling.kinship.alone(axis, telling.memory.said) if item.facet not in _KINDS]
    for _, node in ranked(alone, telling.memory.told):
        if len(nodes) < n and len(node.text.split()) <= NAMED_WORDS_MAX and is_understood(node.text):
            nodes.append(node)
    for item in alone:
        found = note_node(telling.titles, item) if len(nodes) < n else None
        if found is not None and len(found.text.split()) <= NAMED_WORDS_MAX and ":" not in found.text:
            nodes.append(found)
    return nodes


def _voice(item: Item) -> Voice:
    if item.axis == "nord":
        return voice(item.facet if item.facet in FACETS else "valoriser")
    return voice(_KINDS.get(item.facet, "action") if item.axis == "sud" else item.axis)
