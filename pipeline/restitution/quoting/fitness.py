"""How well a span reads by itself, whether it speaks of what is spoken of, what makes words unfit to stand alone."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from pipeline.language.text.lists import read_patterns
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.model import Item
from pipeline.restitution.material.sentence_bounds import Span
from pipeline.restitution.quoting.spans import visible, with_cuts

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


_TYPED_MARK = re.compile(r"\[[^\]\s]{2,}\]|<[^>]+>")
"""What stands for personal data; the contact of a service is no personal data, and is kept where resources are told."""
_MARK = re.compile(r"\[[^\]\s]{2,}\]|<[^>]+>|https?://|www\.|\S@\S|\d(?:[ .]?\d){8,}")
SPOKEN = re.compile(r"\b(?:euh|hein|bah|ben|enfin)\b", re.I)
STUTTER = re.compile(r"\b(\w+(?: \w+){0,2}),? \1\b", re.I)
_PATTERNS = read_patterns(__name__, "unfit")
_ANSWERS = re.compile(r",? (?:au contraire|en revanche|par contre)\b|\b(?:celle|celui|ceux|celles)-(?:ci|là)\b", re.I)
_BARE = re.compile(r"^ca\b", re.IGNORECASE)
"""As keyboards write it."""
_SUBJECT = r"\b(?:on|nous|je|j|ils?|elles?|ça|c)\b"
_HANGS = re.compile(rf"(?:avec|dont|qui|par (?!exemple))\b(?!.*(?:,|{_SUBJECT}))", re.I)
"""What only goes on from a sentence: `avec un four et deux bénévoles`."""
_BARE_MEANS = re.compile(
    rf"(?:{_PATTERNS['bare_verb'].pattern}) (?:une?|des|la|le|l['’]|les) ?(?:{_PATTERNS['bare_noun'].pattern})s?$", re.I
)
"""Means without what they are for: `organiser une réunion`."""


def speaks(text: str) -> bool:
    """Whether a text is said by the one who leads the exchange: it is no one's view."""
    return _PATTERNS["leads_the_exchange"].search(text) is not None


def is_vague(text: str) -> bool:
    """Whether a text opens on a word that points to something said before: alone, nobody knows what it speaks of."""
    return _PATTERNS["points_back"].match(_BARE.sub("ça", text)) is not None


def points_back(text: str) -> bool:
    """Whether a text opens on what only the words before explain, answers them, or proposes nothing by itself."""
    unfit = (
        is_vague(text),
        _ANSWERS.search(text),
        _HANGS.match(text),
        _BARE_MEANS.match(text),
        _PATTERNS["no_act"].match(text),
        _PATTERNS["shrugs"].search(text),
    )
    return any(unfit)


def holds_marks(text: str) -> bool:
    """Whether a text still shows a mark that stands for personal data."""
    return _TYPED_MARK.search(text) is not None


def holds_personal_data(text: str) -> bool:
    """Whether a text still shows an automatic mark, an address or a long number."""
    return _MARK.search(text) is not None
