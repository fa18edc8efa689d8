"""Texts that no model of French ideas can read: that answer nothing, in another language, a page instead of an idea."""

from __future__ import annotations

import re

from pipeline.classify.reading.features import fold
from pipeline.language.text.lists import read_lines, read_words

MAX_WORDS = 250
MIN_WORDS_FOR_LANGUAGE = 5

_FRENCH, _OTHERS = (read_words(__name__, name) for name in ("french_words", "foreign_words"))
_SIGNS = re.compile(r"\W+")
_NO_ANSWERS = frozenset(_SIGNS.sub(" ", line) for line in read_lines(__name__, "no_answers"))
"""What a form or a table holds where nobody had anything to say: it is off the axes, whatever stands above it."""


def unreadable_reason(text: str) -> str:
    """Empty when the text can be read; "vide" without a letter or an answer; "autre_langue"; "trop_long"."""
    head = fold(text)
    words = re.findall(r"[^\W\d_]+", head)
    if not words or _SIGNS.sub(" ", head).strip() in _NO_ANSWERS:
        return "vide"
    if len(text) > 20 * MAX_WORDS or text.count(" ") > MAX_WORDS:
        return "trop_long"
    if len(words) >= MIN_WORDS_FOR_LANGUAGE:
        n_french = sum(word in _FRENCH for word in words)
        n_other = sum(word in _OTHERS and word not in _FRENCH for word in words)
        if n_other >= 2 and n_other > 2 * n_french:
            return "autre_langue"
        if sum(character.isalpha() and ord(character) > 0x24F for character in head) > len(head) / 2:
            return "autre_langue"
    return ""
