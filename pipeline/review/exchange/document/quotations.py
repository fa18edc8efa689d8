"""Words written between « » by an author: whose they are, word for word, or why they cannot be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.review.exchange.document.delivered import flat
from pipeline.review.log.state import Item, ReviewState

_CUT = re.compile(r"\s*(?:\[\.\.\.\]|\[…\]|\[\s*…\s*\])\s*")
_QUOTABLE = ("ecrit", "transcription")


def said_by(state: ReviewState, written: str, items: Iterable[Item]) -> Item | None:
    """The first of some items whose words hold what was written, word for word, cuts `[…]` aside; None without."""
    parts = [flat(part) for part in _CUT.split(written) if part.strip()]
    if not parts:
        return None
    pattern = re.compile(r"(?<!\w)" + r".*?".join(map(re.escape, parts)) + r"(?!\w)")
    return next((item for item in items if pattern.search(flat(_words(state, item)))), None)


def _words(state: ReviewState, item: Item) -> str:
    """The exact span of an item; as a person corrected it, for a transcription."""
    if item.shown_text:
        return item.shown_text
    return state.sources[item.contribution_id].text[item.start : item.end]


def why_not(state: ReviewState, item: Item) -> str:
    """Why an item cannot stand between « »; "" when it can."""
    if state.sources[item.contribution_id].provenance not in _QUOTABLE:
        return "c'est une note prise par quelqu'un, elle se rapporte et ne se cite pas"
    if item.is_hidden or not item.is_quotable:
        return "cette parole est masquée, ou à ne pas citer"
    return ""
