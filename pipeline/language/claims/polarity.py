"""Whether a text says that something is, or that it is not: negations and words of lack, clause by clause."""

from __future__ import annotations

import re

from pipeline.language.text.lists import read_words
from pipeline.language.text.words import words

LACKS = read_words(__name__, "lacks")
_NEGATIONS = read_words(__name__, "negations")
_BETWEEN = frozenset("de d un une si tres trop plus".split())
_CLAUSE = re.compile(r"[,;:.!?…()\n]|\b(?:et|ou|mais|car|donc|parce|puisque|alors|plutôt)\b", re.IGNORECASE)


def denies(text: str) -> bool:
    """Whether a clause of it denies; a negation of a lack does not: « on ne manque pas de », « sans difficulté »."""
    return any(_denies(clause) for clause in _CLAUSE.split(text))


def _denies(clause: str) -> bool:
    """A negation just before a lack undoes it, and says nothing more."""
    found = words(clause)
    lacks = [at for at, word in enumerate(found) if word in LACKS]
    undone = [at for at in lacks if _is_negated(found, at)]
    return len(undone) < len(lacks) or (not undone and any(word in _NEGATIONS for word in found))


def _is_negated(found: list[str], at: int) -> bool:
    """« ne manque », « pas de manque », « sans trop de difficulté »."""
    before = at - 1
    while before >= 0 and found[before] in _BETWEEN:
        before -= 1
    return before >= 0 and found[before] in _NEGATIONS
