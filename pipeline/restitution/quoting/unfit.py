"""What makes words unfit to stand alone: personal data, words that point back, the conduct of a meeting."""

from __future__ import annotations

import re

from pipeline.language.text.lists import read_patterns

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
