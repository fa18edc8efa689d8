"""Spans of an idea that could be quoted: its sentence, its sentences, its clauses; and what of a span may be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.text.lists import read_lines
from pipeline.restitution.material.model import Item
from pipeline.restitution.material.sentence_bounds import Span, sentence_around

WORDS_MAX = 26
TAIL_WORDS_MAX = 6
_SENTENCE = re.compile(
    r"[^.!?…\n]+(?:(?:(?<=\betc)\.|[?…]+)(?=\s+[a-zà-ÿ])[^.!?…\n]*|[.!?…]+(?=\s|$)|[.!?…]+(?=\S)[^.!?…\n]*)*[!?…]*"
    r"(?:[ \u00a0\u202f]*[»”](?:[ \u00a0\u202f]*[.!?…]+)?)*"
)
"""A sentence, with the quotation mark that closes it; `en ligne ? au guichet ?` goes on, so does `cars, etc. sans`."""


_CLAUSE = re.compile(r"[^,;:()\n]+")
_DETERMINER = r"les?|la|l['’]|des|du|une?|nos|leurs"
_TERM = re.compile(rf"\s*(?:(?:et|ou)\s+)?(?:{_DETERMINER})\s?[\w’'-]+(?:\s[\w’'-]+){{0,2}}\s*$", re.IGNORECASE)
"""A term of a list: a short noun phrase between two commas."""
_EDGES = " \t\r\n-–—•*·,;:.\u00a0\u202f"
_OPENINGS = "|".join(read_lines(__name__, "openings"))
_FILLERS = re.compile(rf"^(?:(?:{_OPENINGS})\b[ ,]*)+", re.IGNORECASE)


def candidates(item: Item, words_max: int = WORDS_MAX) -> list[Span]:
    """Spans that can be quoted: the sentence that the idea was cut from, the idea, its sentences, else the clauses of
    a long sentence; each within limits.
    """
    offset = 0 if item.is_corrected else item.start
    text = item.source_text
    found: list[Span] = []
    end = offset + len(item.text)
    spans = [item.reach, (offset, end)]
    if not item.is_corrected and len(text[end : item.whole[1]].split()) <= TAIL_WORDS_MAX and item.text[-1:] == "?":
        spans.append((item.reach[0], item.whole[1]))  # `où s’inscrire : en ligne ? au guichet ?`
    for span in spans:
        whole = trimmed(text, span)
        if "\n" not in text[whole[0] : whole[1]]:
            found.append(whole)
    for match in _SENTENCE.finditer(item.text):
        sentence = trimmed(text, (offset + match.start(), offset + match.end()))
        found.append(sentence)
        if n_words(item, sentence) > words_max:
            found.extend(_clauses(item, sentence, words_max))
    return [
        span
        for span in dict.fromkeys(found)
        if 2 <= n_words(item, span) <= words_max and _balanced(text[span[0] : span[1]])
    ]


def _clauses(item: Item, sentence: Span, words_max: int) -> list[Span]:
    pieces = [
        (sentence[0] + match.start(), sentence[0] + match.end())
        for match in _CLAUSE.finditer(item.source_text[sentence[0] : sentence[1]])
    ]
    terms = [_TERM.match(item.source_text[start:end]) is not None for start, end in pieces]
    found: list[Span] = []
    for first in range(len(pieces)):
        for last in range(first, min(first + 3, len(pieces))):
            if _cuts_a_list(terms, first, last):
                continue
            span = trimmed(item.source_text, (pieces[first][0], pieces[last][1]))
            if 4 <= n_words(item, span) <= words_max and _balanced(item.source_text[span[0] : span[1]]):
                found.append(span)
    return found


def _cuts_a_list(terms: Sequence[bool], first: int, last: int) -> bool:
    """Whether these pieces would open on a term of a list, its first ones left out, or stop before its last ones."""
    opens = first > 0 and terms[first]
    return opens or (terms[last] and last + 1 < len(terms) and terms[last + 1])


def _balanced(text: str) -> bool:
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
    low, high = _sentence_around(item, span)
    text = item.source_text
    parts = visible(item, span)
    if parts and any(character.isalnum() for character in _FILLERS.sub("", text[low : span[0]].strip(_EDGES))):
        span = (low, span[1])
    if parts and any(character.isalnum() for character in text[span[1] : high]):
        span = (span[0], high)
    return span, parts


def _sentence_around(item: Item, span: Span) -> Span:
    """The sentence of the contribution that a span stands in."""
    low, high = sentence_around(item.source_text, span)
    return trimmed(item.source_text, (min(low, span[0]), max(high, span[1])))
