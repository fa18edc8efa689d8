"""How well a span reads by itself, and whether it speaks of what is spoken of."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from pipeline.language.text.words import content_stems
from pipeline.restitution.material.model import Item
from pipeline.restitution.material.sentence_bounds import Span
from pipeline.restitution.quoting.spans import visible, with_cuts
from pipeline.restitution.quoting.unfit import SPOKEN, STUTTER, holds_marks, holds_personal_data, is_vague, speaks

WORDS_GOOD = (5, 17)


def _readability(item: Item, span: Span) -> float:
    text = item.source_text[span[0] : span[1]]
    n = len(text.split())
    low, high = WORDS_GOOD
    score = 1.0 - 0.06 * max(0, low - n) - 0.04 * max(0, n - high)
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.5 * len(letters):
        score -= 1.0
    score -= (
        0.8 * (holds_marks(text) if item.axis == "nord" else holds_personal_data(text))
        + 0.25 * len(SPOKEN.findall(text))
        + 0.6 * bool(STUTTER.search(text))
    )
    score -= 0.6 * is_vague(text) + 1.0 * speaks(item.text)
    score -= 0.5 * (len(set(content_stems(text))) < 2)
    score -= 0.4 * bool(visible(item, span) != [span]) + 0.35 * _n_cuts(item, span)
    starts_clean = span[0] in (item.start, item.reach[0]) or text[:1].isupper()
    return score + 0.15 * starts_clean


def _n_cuts(item: Item, span: Span) -> int:
    (low, high), _ = with_cuts(item, span)
    return (low != span[0]) + (high != span[1])


def fitness(item: Item, span: Span, subject: AbstractSet[str]) -> float:
    """How well a span reads and speaks of the subject; below `FIT_MIN` it is not worth quoting."""
    score = _readability(item, span)
    if subject and not subject & set(content_stems(item.source_text[span[0] : span[1]])):
        score -= 0.45
    return score
