"""Words that carry no subject: grammar, auxiliaries, fillers of speech and of meetings, words of wish and lack."""

from __future__ import annotations

from pipeline.language.text.lists import read_words

STOP_WORDS: frozenset[str] = read_words(__name__, "stop_words")
"""Folded words left out of keywords and of the lexical likeness of items."""
