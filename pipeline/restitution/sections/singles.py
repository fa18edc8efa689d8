"""Ideas said once, told in sentences: what an axis holds when nothing in it comes back."""

from __future__ import annotations

from pipeline.restitution.accounts import phrased
from pipeline.restitution.material import Item
from pipeline.restitution.nodes import Sentence
from pipeline.restitution.quotes import ranked
from pipeline.restitution.relevance import is_sure
from pipeline.restitution.telling import Teller
from pipeline.restitution.testimony import attributed, note_node
from pipeline.restitution.voices import EST, NORD, OUEST, SUD, Voice

_KINDS = {"engagement": "commitment", "demande": "demand"}


def singles(teller: Teller, axis: str, n: int) -> list[Sentence]:
    """Up to `n` sentences, each around one weak signal whose axis is sure: quotations that read well, then notes."""
    alone = [item for item in teller.material.signals if item.axis == axis and is_sure(item)]
    told: list[Sentence] = []
    for item, node in ranked(alone, teller.told)[:n]:
        voice = _voice(item)
        told.append(attributed(teller, item, node, voice.name, voice.first))
    for item in alone:
        found = note_node(teller, item) if len(told) < n and item.item_id not in teller.told else None
        if found is not None:
            told.append(phrased(teller, _voice(item), found, [item.item_id], teller.spot(item)))
    return told


def _voice(item: Item) -> Voice:
    if item.axis == "nord":
        return NORD.get(item.facet, NORD["valoriser"])
    if item.axis == "sud":
        return SUD[_KINDS.get(item.facet, "action")]
    return EST if item.axis == "est" else OUEST
