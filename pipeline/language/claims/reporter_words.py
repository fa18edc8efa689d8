"""The words of a reporter's voice, by what they report: which may replace one another when a sentence is told again.

Forms stand in the lists as they are met; they are compared by their light stems.
"""

from __future__ import annotations

import re

from pipeline.language.text.lists import read_lines, read_words
from pipeline.language.text.words import content_stems, stem, words


def stems_of(text: str) -> frozenset[str]:
    """The light stems of all its words, grammar included."""
    return frozenset(stem(word) for word in words(text))


_SAYING = stems_of(" ".join(read_words(__name__, "saying")))
_ACTS = {act: stems_of(forms) for act, _, forms in (line.partition(":") for line in read_lines(__name__, "acts"))}
_VOICE = _SAYING.union(*_ACTS.values())
_NEGATIONS, _WEIGHTY, _NUMBERS = (read_words(__name__, name) for name in ("negations", "weighty", "numbers"))


def acts(text: str) -> frozenset[str]:
    """What a sentence reports: a proposal, a demand, a question… Neutral verbs of saying count for nothing."""
    found = stems_of(text)
    return frozenset(act for act, forms in _ACTS.items() if found & forms)


def content(text: str) -> frozenset[str]:
    """The stems of a sentence that are neither grammar nor the reporter's voice: what it says."""
    return frozenset(content_stems(text)) - _VOICE


def negations(text: str) -> list[str]:
    """Its negative words, sorted."""
    return sorted("ne" if word == "n" else word for word in words(text) if word in _NEGATIONS)


def weighty(text: str) -> frozenset[str]:
    """Its words of quantity, degree and certainty."""
    return frozenset(words(text)) & _WEIGHTY


def numbers(text: str) -> frozenset[str]:
    """Its numbers, in figures or in words, shares and ranks included."""
    return frozenset(re.findall(r"[\d%‰€½⅓¼]+", text)) | (frozenset(words(text)) & _NUMBERS)
