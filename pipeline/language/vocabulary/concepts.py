"""What words are about: concepts (`car`, `bus` and `navette`) and the usual subjects of a territory. French data.

A word may tell several of them. Two short texts without a word in common are alike when they share a concept. Lists are
looked up word by word: matching a pattern for each takes ten times longer.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_words

OTHERS = "Autres sujets"
"""The theme of what is about none of the usual subjects."""
_ENDING = re.compile(r"\w*")


class WordLists:
    """Numbers of the lists that hold a word; in a list, a final `*` stands for any ending of one word."""

    def __init__(self, lists: Iterable[Iterable[str]]) -> None:
        self._whole: dict[str, set[int]] = {}
        self._beginnings: dict[str, set[int]] = {}
        for number, listed in enumerate(lists):
            for word in listed:
                held = self._beginnings if word.endswith("*") else self._whole
                held.setdefault(word.rstrip("*"), set()).add(number)
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    def holding(self, word: str) -> list[int]:
        """In increasing order."""
        found = set(self._whole.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            held = self._beginnings.get(word[:length])
            if held is not None and _ENDING.fullmatch(word, length):
                found |= held
        return sorted(found)


@cache
def _lists() -> tuple[list[str], ...]:
    return tuple(line.split() for line in read_lines(__name__, "concepts"))


@cache
def _lookup() -> WordLists:
    return WordLists(_lists())


def n_concepts() -> int:
    """How many concepts there are."""
    return len(_lists())


@lru_cache(maxsize=200_000)
def concepts_of(word: str) -> tuple[int, ...]:
    """The concepts that a folded word tells, by number."""
    return tuple(_lookup().holding(word))


def concept_pattern(number: int) -> str:
    """The pattern of the folded words that tell a concept."""
    words = _lists()[number]
    return "|".join(re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words)


def concepts_in(folded_words: Iterable[str]) -> frozenset[int]:
    """The concepts that some folded words tell."""
    return frozenset(number for word in folded_words for number in concepts_of(word))


GENERIC = read_words(__name__, "generic_title_words")
"""Words of titles that do not tell what a subject is about."""

ONLY_PLURAL = frozenset(("droits",))
"""« les droits » are a subject, « avoir le droit » is none."""


@dataclass(frozen=True)
class Subject:
    """A theme's title and the pattern that finds its words in a folded text."""

    title: str
    pattern: re.Pattern[str]


def subject_of(title: str, words: list[str]) -> Subject:
    """A subject from its title and folded words, a final `*` standing for any ending."""
    parts = [
        re.escape(word.rstrip("*")).replace(r"\-", "[ -]") + (r"\w*" if word.endswith("*") else "s?") for word in words
    ]
    return Subject(title, re.compile(rf"\b(?:{'|'.join(sorted(parts))})\b" if parts else r"(?!)"))


@cache
def _usual() -> tuple[tuple[str, list[str]], ...]:
    pairs = (line.split(" : ") for line in read_lines(__name__, "subjects"))
    return tuple((title.strip(), fold(words).split()) for title, words in pairs)


@cache
def usual_subjects() -> tuple[Subject, ...]:
    """The subjects of `data/subjects.txt`, in order."""
    return tuple(subject_of(title, words) for title, words in _usual())


@cache
def _usual_words() -> WordLists:
    """The words of `usual_subjects`, those that are whole in the singular and in the plural."""
    return WordLists(
        [form for word in words for form in ((word,) if word.endswith("*") else (word, f"{word}s"))]
        for _, words in _usual()
    )


def usual_subjects_of(word: str) -> list[int]:
    """The places in `usual_subjects` of those that a folded word tells."""
    return _usual_words().holding(word)
