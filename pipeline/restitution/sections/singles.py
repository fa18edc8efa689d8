"""Ideas said once, told in sentences: what an axis holds when nothing in it comes back."""

from __future__ import annotations

from pipeline.contracts.draft import Sentence, WordsNode
from pipeline.restitution.material.model import Item
from pipeline.restitution.prose.axis_templates import EST, NORD, OUEST, SUD, Voice
from pipeline.restitution.prose.sequence import Saying, chain
from pipeline.restitution.prose.stands_alone import is_understood
from pipeline.restitution.prose.teller import Teller
from pipeline.restitution.prose.testimony import note_node, taken
from pipeline.restitution.quoting.quotes import ranked

NAMED_WORDS_MAX = 14
_KINDS = {"engagement": "commitment", "demande": "demand"}


def singles(teller: Teller, axis: str, n: int) -> list[Sentence]:
    """Sentences around up to `n` ideas told nowhere else: quotations that read well, then notes."""
    alone = teller.alone(axis)
    sayings: list[Saying] = []
    for item, node in ranked(alone, teller.told):
        is_free = len(sayings) < n and item.item_id not in teller.told  # else told with another idea of its sentence
        if is_free and is_understood(node.text):
            sayings.append(taken(teller, Saying(item, node, _voice(item))))
    for item in alone:
        found = note_node(teller, item) if len(sayings) < n and item.item_id not in teller.told else None
        if found is not None:
            sayings.append(taken(teller, Saying(item, found, _voice(item))))
    return chain(teller, sayings, related=False)


def named(teller: Teller, axis: str, n: int) -> list[WordsNode]:
    """Up to `n` short ideas, as they stand in a list: what people wrote between « », what a note says without."""
    nodes: list[WordsNode] = []
    alone = [item for item in teller.alone(axis) if item.facet not in _KINDS]
    for _, node in ranked(alone, teller.told):
        if len(nodes) < n and len(node.text.split()) <= NAMED_WORDS_MAX and is_understood(node.text):
            nodes.append(node)
    for item in alone:
        found = note_node(teller, item) if len(nodes) < n else None
        if found is not None and len(found.text.split()) <= NAMED_WORDS_MAX and ":" not in found.text:
            nodes.append(found)
    return nodes


def _voice(item: Item) -> Voice:
    if item.axis == "nord":
        return NORD.get(item.facet, NORD["valoriser"])
    if item.axis == "sud":
        return SUD[_KINDS.get(item.facet, "action")]
    return EST if item.axis == "est" else OUEST
