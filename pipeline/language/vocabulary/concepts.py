"""Words that speak of one thing: `car`, `bus` and `navette`, `docteur` and `médecin`. French data for likeness.

A word may tell several concepts. Two short texts without a word in common are alike when they share a concept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline.language.lexicon.wordlists import WordLists
from pipeline.language.text.lists import read_lines


@cache
def _lists() -> tuple[list[str], ...]:
    return tuple(line.split() for line in read_lines(__name__, "concepts"))


@cache
def _lookup() -> WordLists:
    return WordLists(_lists())


def _pattern(word: str) -> str:
    return re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")


def n_concepts() -> int:
    """How many concepts there are."""
    return len(_lists())


@lru_cache(maxsize=200_000)
def concepts_of(word: str) -> tuple[int, ...]:
    """The concepts that a folded word tells, by number."""
    return tuple(_lookup().holding(word))


def concept_pattern(number: int) -> str:
    """The pattern of the folded words that tell a concept."""
    return "|".join(map(_pattern, _lists()[number]))


def concepts_in(folded_words: Iterable[str]) -> frozenset[int]:
    """The concepts that some folded words tell."""
    return frozenset(number for word in folded_words for number in concepts_of(word))
