"""Nord: what exists and works, who is recognised, what is to be made known, thanks."""

from __future__ import annotations

import re

from pipeline.restitution.material.model import Group
from pipeline.restitution.prose.accounts import account, statement
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.phrases import voice, ways
from pipeline.restitution.prose.sayings import Part
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.testimony import note_node, tension
from pipeline.restitution.quoting.quotes import may_quote, quote

FACETS = ("valoriser", "reconnaitre", "informer", "celebrer")


def facet_of(group: Group) -> str:
    """The facet of most members, in the order of the codebook when they tie."""
    votes = {facet: sum(item.facet == facet for item in group.members) for facet in FACETS}
    return max(FACETS, key=lambda facet: (votes[facet], -FACETS.index(facet)))


def told_resource(telling: Telling, group: Group, n_quotes: int) -> list[Part]:
    """What is told of one resource, recognition, piece of information or thanks, and whom to call."""
    said = account(telling, group, voice(_facet_told(telling, group)), n_quotes)
    if not said:
        return []
    sides = tension(telling, group) if n_quotes else []
    return [*said, *sides, *(_contact(telling, group) if n_quotes else [])]


def _facet_told(telling: Telling, group: Group) -> str:
    """The facet of the words that will tell the group, rather than of its strangers."""
    found = statement(telling, group)
    if found is None:
        return facet_of(group)
    if _THANKS.match(found[0].text):
        return "celebrer"
    facet = found[0].facet if found[0].facet in FACETS else facet_of(group)
    return "valoriser" if facet == "celebrer" and not _PRAISES.search(found[0].text) else facet


_PRAISES = re.compile(r"\b(?:mercis?|bravos?|remerci\w+|fi(?:er|ère)s?|fêt\w+|chapeau|félicit\w+)\b", re.IGNORECASE)
_THANKS = re.compile(r"\W*(?:un (?:grand )?)?(?:merci|bravo|remercier)\b", re.IGNORECASE)


def _contact(telling: Telling, group: Group) -> list[Frame]:
    """The number or address of a service, when someone gave it and it was not told yet."""
    for item in telling.kinship(group):
        if item.item_id in telling.memory.told or not _CONTACT.search(item.text):
            continue
        node = quote(item) if may_quote(item) else note_node(telling.titles, item)
        if node is not None and _CONTACT.search(node.text):
            return [telling.tell(ways("nord.contact"), [item.item_id], x=node)]
    return []


_CONTACT = re.compile(r"\d(?:[ .]?\d){8,}|\S@\S+\.\w|https?://|www\.")
