"""Names in the words: where they stand; masked in one place or everywhere, named with consent, kept as plain words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.review.log.anchors import ActError, items_under
from pipeline.review.log.decisions import Decision, ItemAnchor
from pipeline.review.log.op import Op
from pipeline.review.log.state import ReviewState, Source

Spans = tuple[tuple[int, int], ...]
_ACCENTED = {
    code: base[0]
    for code in range(0xC0, 0x250)
    if len(base := unicodedata.normalize("NFD", chr(code))) > 1 and base[0].isascii()
} | {ord("’"): "'"}  # one character for one, so that places stay where they are


def places_of(words: str, sources: Iterable[Source]) -> list[ItemAnchor]:
    """Where `words` stand as whole words in the contributions, accents and surplus spaces aside.

    A word written with a capital is found where it has one ("Rose" is not "un pull rose"); a word written
    without is found in any case.
    """
    pieces = [re.escape(piece) for piece in _flat(words).split()]
    if not pieces:
        return []
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(pieces) + r"(?!\w)")
    wants_capital = words.lstrip()[:1].isupper()
    found = []
    for source in sources:
        for match in pattern.finditer(_flat(source.text)):
            start, end = match.span()
            text = source.text[start:end]
            if text[0].isupper() or not wants_capital:
                found.append(ItemAnchor(contribution_id=source.contribution_id, start=start, end=end, text=text))
    return found


def _flat(text: str) -> str:
    return text.translate(_ACCENTED).lower()


def _mark_spans(state: ReviewState, decision: Decision) -> str:
    """`mask` hides a name, or says with False that it is none; `nommer` shows it, with the person's consent.

    With `after.text`, it is done everywhere that these words stand today, and in what a later run will read.
    """
    anchors: Iterable[ItemAnchor] = decision.target.items
    if decision.after.text:
        anchors = places_of(decision.after.text, state.sources.values())
    marked = [_mark(state, decision, anchor) for anchor in anchors]
    if not any(marked):
        quoted = decision.target.items[0].text[:40]
        raise ActError("orpheline", f"« {quoted} » n'est plus à cet endroit. Vérifiez les noms de ces paroles.")
    return ""


def _mark(state: ReviewState, decision: Decision, anchor: ItemAnchor) -> bool:
    is_mask, value = decision.op == "mask", bool(decision.after.value)
    source = state.sources.get(anchor.contribution_id)
    if source is None or source.text[anchor.start : anchor.end] != anchor.text:
        return False
    items, span = items_under(state, anchor), (anchor.start, anchor.end)
    for item in items:
        item.masks = _with(item.masks, span, is_mask and value)
        item.named = _with(item.named, span, not is_mask and value)
        item.not_names = _with(item.not_names, span, is_mask and not value)
        item.display_by = decision.author
    return bool(items)


def _with(spans: Spans, span: tuple[int, int], is_in: bool) -> Spans:
    return tuple(sorted({*spans, span} if is_in else set(spans) - {span}))


NAME_OPS = (
    Op(
        "mask", "items", apply=_mark_spans, needs=("value",), fields=("value", "text"),
        tell=lambda story: f"a {'masqué le nom' if story.after.value else 'gardé le mot'} {story.names}",
    ),
    Op(
        "nommer", "items", apply=_mark_spans, needs=("value",), fields=("value", "text"),
        tell=lambda story: f"a {'noté' if story.after.value else 'retiré'} l’accord pour nommer {story.names}",
    ),
)  # fmt: skip
