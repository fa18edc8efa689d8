"""What stands before words and bears on them: a condition, a concession, what another one is said to say."""

from __future__ import annotations

from pipeline.language.text.lists import read_patterns
from pipeline.workshop.model import Item, Span, last_heading, sentence_around

_PATTERNS = read_patterns(__name__, "hanging")


def bearing_from(item: Item, span: Span) -> int:
    """Where what bears on a span of an idea begins: a condition or the words of another, in its sentence, or in the
    one before where what is said would only then be; its own start where nothing does."""
    text, start = item.source_text, span[0]
    low = min(start, sentence_around(text, span)[0])
    before = text[low:start].rpartition(";")[2]
    said = _PATTERNS["others_say"].search(before) or (item.provenance != "note" and _PATTERNS["says"].search(before))
    if said or _PATTERNS["supposes"].match(before) or _PATTERNS["supposes_there"].search(before):
        return low
    above = text[:low].rstrip()
    words = text[low : span[1]]
    if not above or "\n" in text[len(above) : low] or _PATTERNS["would"].search(words) is None:
        return start
    first, _ = sentence_around(text, (len(above) - 1, len(above) - 1))
    is_supposed = _PATTERNS["supposes"].match(text, first) and not _PATTERNS["supposes"].match(words)
    return first if is_supposed and first < low else start


def is_put_to_others(sentence: str) -> bool:
    """Whether a sentence opens by giving what it says to others: `Selon eux, …`, `On nous dit que…`."""
    return _PATTERNS["says"].match(sentence) is not None


def hangs(item: Item, span: Span) -> bool:
    """Whether words say something else alone: what their author grants before going on, or what a heading supposes."""
    heading, rest = last_heading(item.context), item.source_text[span[1] :]
    is_granted = _PATTERNS["concedes"].match(item.source_text, *span) is not None and any(map(str.isalpha, rest))
    return is_granted or (not heading.endswith("?") and _PATTERNS["supposes"].match(heading) is not None)


def is_borne(item: Item, span: Span) -> bool:
    """Whether something bears on a span of an idea before it or just after it, in its sentence."""
    is_followed = _PATTERNS["bears_after"].match(item.source_text, span[1]) is not None
    return is_followed or bearing_from(item, span) < span[0]
