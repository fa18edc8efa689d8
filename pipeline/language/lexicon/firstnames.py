"""First names common in France; data only. No rare name: those are met by cue."""

from __future__ import annotations

from pipeline.language.text.lists import read_words


def first_names() -> frozenset[str]:
    """Never a common word of French with a capital."""
    return read_words(__name__, "first_names")


def ambiguous_names() -> frozenset[str]:
    """Also words, places or surnames: suggested only beside a cue or a surname, or inside a sentence."""
    return read_words(__name__, "ambiguous_names")
