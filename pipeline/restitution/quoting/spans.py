"""Spans of an idea that could be quoted: its sentence, its sentences, its clauses; how well each reads by itself,
what of it may be shown, and what makes words unfit to stand alone."""

from __future__ import annotations

import re

from pipeline.language.syntax.standing import judge
from pipeline.language.text.lists import read_lines
from pipeline.language.text.words import content_stems
from pipeline.workshop.model import Item, Span, sentence_around

WORDS_MAX = 26
_SENTENCE = re.compile(
    r"[^.!?…\n]+(?:(?:(?:(?<=\betc)\.|[?…]+)(?=\s+[a-zà-ÿ])|(?<=[:;/]\s\d)\.(?=\s))[^.!?…\n]*|[.!?…]+(?=\s|$)|[.!?…]+(?=\S)[^.!?…\n]*)*[!?…]*"
    r"(?:[ \u00a0\u202f]*[»”](?:[ \u00a0\u202f]*[.!?…]+)?)*"
)
"""A sentence, with the quotation mark that closes it; `en ligne ? au guichet ?` goes on, so do `cars, etc. sans` and
`deux soucis : 1. le quai`."""


_EDGES = " \t\r\n-−–—•*·,;:.\u00a0\u202f"
_OPENINGS = "|".join(read_lines(__name__, "openings"))
_FILLERS = re.compile(
    rf"^(?:\d{{1,3}}(?:[.)] +(?=\D)| +(?=(?-i:[A-ZÀ-Þ])[^\W\d_]))|(?:(?:{_OPENINGS})\b[ ,]*)+)", re.IGNORECASE
)


def candidates(item: Item, words_max: int = WORDS_MAX) -> list[Span]:
    """Spans that can be quoted: the sentence that the idea was cut from, the idea, its last sentences; each within
    limits. An idea of several sentences is what it concludes: none is told without those after it.
    """
    text, (start, end) = item.source_text, item.own
    found: list[Span] = []
    for span in (item.reach, item.own):
        whole = trimmed(text, span)
        if "\n" not in text[whole[0] : whole[1]]:
            found.append(whole)
    found += [trimmed(text, (start + match.start(), end)) for match in _SENTENCE.finditer(item.text)]
    return [
        span
        for span in dict.fromkeys(found)
        if 2 <= n_words(item, span) <= words_max and balanced(text[span[0] : span[1]])
    ]


def balanced(text: str) -> bool:
    """Whether brackets and quotation marks that open in a text close in it."""
    pairs = (("(", ")"), ("«", "»"), ("“", "”"))
    return all(text.count(one) == text.count(two) for one, two in pairs) and text.count('"') % 2 == 0


def trimmed(text: str, span: Span) -> Span:
    """A span without the signs and fillers around its words."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if end - start > 2 and text[start] == "«" and text[end - 1] == "»" and text[start + 1 : end - 1].count("«") == 0:
        return trimmed(text, (start + 1, end - 1))
    if end - start > 2 and text[start] == text[end - 1] == '"' and text.count('"', start, end) == 2:
        return trimmed(text, (start + 1, end - 1))
    filler = _FILLERS.match(text[start:end])
    if filler and end - start - filler.end() > 12 and filler.end() > 0:
        return start + filler.end(), end
    return start, end


def n_words(item: Item, span: Span) -> int:
    """Words of a span."""
    return len(item.source_text[span[0] : span[1]].split())


def visible(item: Item, span: Span) -> list[Span]:
    """The parts of a span that no mask hides."""
    parts: list[Span] = []
    at = span[0]
    for start, end in () if item.is_corrected else item.masks:
        if end <= at or start >= span[1]:
            continue
        if start > at:
            parts.append((at, start))
        at = max(at, end)
    if at < span[1]:
        parts.append((at, span[1]))
    return parts


def with_cuts(item: Item, span: Span) -> tuple[Span, list[Span]]:
    """A span widened to the sentence that it was cut from, and the parts of it that are shown."""
    text, (low, high) = item.source_text, sentence_around(item.source_text, span)
    low, high = trimmed(text, (min(low, span[0]), max(high, span[1])))
    parts = visible(item, span)
    if parts and any(character.isalnum() for character in _FILLERS.sub("", text[low : span[0]].strip(_EDGES))):
        span = (low, span[1])
    if parts and any(character.isalnum() for character in text[span[1] : high]):
        span = (span[0], high)
    return span, parts


WORDS_GOOD = (5, 17)


def fitness(item: Item, span: Span) -> float:
    """How well a whole sentence reads by itself."""
    text = item.source_text[span[0] : span[1]]
    n = len(text.split())
    low, high = WORDS_GOOD
    score = 1.0 - 0.06 * max(0, low - n) - 0.02 * max(0, n - high)
    score -= (
        0.8 * (holds_marks(text) if item.axis == "nord" else holds_personal_data(text))
        + 0.25 * len(SPOKEN.findall(text))
        + 0.6 * bool(STUTTER.search(text))
    )
    score -= 0.6 * round(judge(text).lost, 2)
    score -= 0.5 * (len(set(content_stems(text))) < 2)
    score -= 0.4 * bool(visible(item, span) != [span])
    starts_clean = span[0] in (item.start, item.reach[0]) or text[:1].isupper()
    return score + 0.15 * starts_clean


_TYPED_MARK = re.compile(r"\[[^\]\s]{2,}\]|<[^>]+>")
"""What stands for personal data; the contact of a service is no personal data, and is kept where resources are told."""
_MARK = re.compile(r"\[[^\]\s]{2,}\]|<[^>]+>|https?://|www\.|\S@\S|\d(?:[ .]?\d){8,}")
SPOKEN = re.compile(r"\b(?:euh|hein|bah|ben|enfin)\b", re.I)
STUTTER = re.compile(r"\b(\w+(?: \w+){0,2}),? \1\b", re.I)


def holds_marks(text: str) -> bool:
    """Whether a text still shows a mark that stands for personal data."""
    return _TYPED_MARK.search(text) is not None


def holds_personal_data(text: str) -> bool:
    """Whether a text still shows an automatic mark, an address or a long number."""
    return _MARK.search(text) is not None
