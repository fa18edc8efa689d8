"""How far around an idea its words may be shown: the sentence it was cut from, never words that nobody may show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

Span = tuple[int, int]
WINDOW = 320
"""Characters looked at on each side: a longer sentence is not quoted whole anyway."""
WHOLE_WORDS_MAX = 60
WHOLE_CHARACTERS_MAX = 600
"""Looked at first: a book-length contribution is not cut into words for each of its ideas."""
_GOES_ON = r"(?!(?<=\betc)\.\s+[a-zà-ÿ])"
_END = re.compile(rf"{_GOES_ON}[.!?…]+(?:[ \u00a0\u202f]*[»”])?(?=\s|$)|\n|$")
_STOP = re.compile(rf"{_GOES_ON}[.!?…]+(?:[ \u00a0\u202f]*[»”])?(?=\s)|\n")


def sentence_around(text: str, span: Span) -> Span:
    """The sentence, or run of sentences, that a span stands in; the span's own edge where none ends within reach."""
    start, end = span
    low = max(0, start - WINDOW)
    first = low if low == 0 else start
    for match in _STOP.finditer(text[low : start + 1]):
        if low + match.end() <= start:
            first = low + match.end()
    if text[start:end].rstrip()[-1:] in ".!?…»”\n" and _STOP.search(text[max(start, end - 2) : end + 2]):
        return _bare(text, first, end)
    after = _END.search(text, end, min(len(text), end + WINDOW))
    last = after.end() if after is not None and (after.group() or after.end() == len(text)) else end
    return _bare(text, first, last)


def _bare(text: str, low: int, high: int) -> Span:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high


def reach(text: str, span: Span, blocked: Sequence[Span]) -> Span:
    """The sentence around an idea, cut short where an idea begins or ends that nobody may show."""
    low, high = sentence_around(text, span)
    low, high = min(low, span[0]), max(high, span[1])
    for start, end in blocked:
        if end <= span[0]:
            low = max(low, end)
        elif start >= span[1]:
            high = min(high, start)
        else:
            return span
    return low, high


@lru_cache(maxsize=65_536)
def reaches(text: str, span: Span, blocked: tuple[Span, ...]) -> tuple[Span, Span]:
    """The reach of an idea, and the whole contribution when it has at most `WHOLE_WORDS_MAX` words and nothing in it
    must stay hidden, else its reach: few of a large corpus are asked for, and those many times."""
    near = reach(text, span, blocked)
    is_long = len(text) > WHOLE_CHARACTERS_MAX or len(text.split()) > WHOLE_WORDS_MAX
    return near, near if blocked or is_long else _bare(text, 0, len(text))
