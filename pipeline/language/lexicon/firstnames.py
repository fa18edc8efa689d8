"""First names common in France; data only. No rare name: those are met by cue."""

from __future__ import annotations

from pipeline.language.text.lists import read_words

FIRST_NAMES = read_words(__name__, "first_names")
"""Never a common word of French with a capital."""

AMBIGUOUS_NAMES = read_words(__name__, "ambiguous_names")
"""Also words, places or surnames: suggested only beside a cue or a surname, or inside a sentence."""
