"""What an obstacle calls for, and what would bring it: French data for the links between obstacles and answers."""

import re
from functools import cache, lru_cache

from pipeline.language.text.lists import read_lines
from pipeline.language.text.words import words
from pipeline.language.vocabulary.concepts import WordLists


@cache
def _lines() -> tuple[str, ...]:
    return read_lines(__name__, "needs")


@cache
def needs_of_many() -> int:
    """The needs that are told of many things, one bit each."""
    return sum(1 << place for place, line in enumerate(_lines()) if _name(line)[-1] in "+±")


@cache
def _single_cues() -> tuple[WordLists, WordLists]:
    single = [[[cue for cue in cues if not _LONG.search(cue)] for cues in _sides(line)] for line in _lines()]
    return WordLists(told for told, _ in single), WordLists(met for _, met in single)


def _sides(line: str) -> tuple[list[str], list[str]]:
    told, _, met = line.partition(" : ")[2].partition(" > ")
    return told.split(), met.split()


_LONG = re.compile(r"[_'\d]")


@cache
def _long_cues() -> tuple[dict[str, list[tuple[tuple[str, ...], int]]], ...]:
    """For each side, the cues of several words by the first of them, with the bits of their needs."""
    found: tuple[dict[str, list[tuple[tuple[str, ...], int]]], ...] = ({}, {})
    for place, line in enumerate(_lines()):
        for side, cues in zip(found, _sides(line), strict=True):
            for cue in filter(_LONG.search, cues):
                parts = tuple(words(cue.rstrip("*").replace("_", " ")))
                side.setdefault(parts[0], []).append((parts, 1 << place))
    return found


@lru_cache(maxsize=200_000)
def _bits(word: str) -> tuple[int, int]:
    told, met = (sum(1 << place for place in cues.holding(word)) for cues in _single_cues())
    return told, met


@lru_cache(maxsize=200_000)
def is_cue_of_many(word: str) -> bool:
    """Whether a folded word tells or meets a need that is told of many things: it is no sign that two texts meet."""
    told, met = _bits(word)
    return any((told | met) >> place & 1 for place, line in enumerate(_lines()) if _name(line).endswith("+"))


def _name(line: str) -> str:
    return line.split(" : ")[0]


def needs_told(folded: str) -> int:
    """The needs that an obstacle tells, one bit each."""
    return _needs(folded, 0)


def needs_met(folded: str) -> int:
    """The needs that an action or a resource would meet, one bit each."""
    return _needs(folded.replace("au lieu d", ""), 1)


def _needs(folded: str, side: int) -> int:
    found = 0
    said, long_cues = words(folded), _long_cues()[side]
    for place, word in enumerate(said):
        found |= _bits(word)[side]
        for part in word.split("-") if "-" in word else ():
            found |= _bits(part)[side]
        for parts, bit in long_cues.get(word, ()):
            following = said[place : place + len(parts)]
            if len(following) == len(parts) and following[:-1] == [*parts[:-1]] and following[-1].startswith(parts[-1]):
                found |= bit
    return found
