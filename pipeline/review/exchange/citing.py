"""What a paragraph that a person writes keeps citing, of the sentences that it was written from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pipeline.contracts.draft import Sentence
from pipeline.review.exchange.own_words import as_text
from pipeline.review.log.anchors import anchor_of
from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.log.state import ReviewState

ALIKE_MIN = 0.75
"""Share of its signs that a sentence keeps which a person corrected, and that still cites what it did."""
_ENDS = re.compile(r"\n+|(?<=[.!?…])[ \u00a0\u202f]+(?=[A-ZÀÂÉÈÊÎÔÇ«])(?![^«]*»)")


def cited_in(state: ReviewState, text: str, told: Iterable[Sentence]) -> tuple[ItemAnchor, ...]:
    """The ideas that a text written by hand cites, each under the sentence of the text that does.

    Parameters
    ----------
    told : the sentences of the draft that it was written from.
    """
    own = [one.strip() for one in _ENDS.split(text) if one.strip()]
    found: dict[tuple[str, str], ItemAnchor] = {}
    for sentence in told:
        keys = sentence.sources if sentence.rewritten else (*sentence.cites, *sentence.quoted_items)
        items = [state.items[key] for key in dict.fromkeys(keys) if key in state.items]
        for near in get_close_matches(as_text(sentence), own, 1, ALIKE_MIN) if items else ():
            for item in items:
                anchor = anchor_of(item).model_copy(update={"under": near})
                found.setdefault((near, item.item_id), anchor)
    return tuple(found.values())
