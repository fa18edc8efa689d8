"""Many patterns looked for in one text, most of them ruled out by the beginnings of its words.

A pattern that starts at the edge of a word starts with one of a few strings: a text without a word that starts so
cannot match, and the pattern is not tried. The answers are those of the patterns tried one by one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]  # private, and checked by tests against the patterns themselves
N_HEAD = 4
"""Characters of a word that are looked at."""
_WORD_START = re.compile(r"\b\w{1,4}")


class Sieve:
    """Patterns compiled together."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(re.compile(pattern) for pattern in patterns)
        self._always: list[int] = []
        self._by_start: dict[str, list[int]] = {}
        for place, pattern in enumerate(patterns):
            starts = word_starts(pattern)
            if starts is None:
                self._always.append(place)
            for start in starts or ():
                self._by_start.setdefault(start, []).append(place)

        self._tried_for = lru_cache(50_000)(self._patterns_of)

    def _patterns_of(self, start: str) -> frozenset[int]:
        """The patterns that may match at a word of this start."""
        return frozenset(
            place for length in range(1, len(start) + 1) for place in self._by_start.get(start[:length], ())
        )

    def found_in(self, text: str) -> list[bool]:
        """Whether each pattern is somewhere in the text, in order."""
        places = set(self._always)
        for start in set(_WORD_START.findall(text)):
            places.update(self._tried_for(start))
        found = [False] * len(self._patterns)
        for place in places:
            found[place] = self._patterns[place].search(text) is not None
        return found


def word_starts(pattern: str) -> set[str] | None:
    """Up to `N_HEAD` first characters of the words that any match of `pattern` starts with, None when unknown."""
    pieces = list(_parser.parse(pattern))
    options = [list(option) for option in pieces[0][1][1]] if str(pieces[0][0]) == "BRANCH" else [pieces]
    heads = [_after_edge(option) for option in options]
    return None if None in heads else set().union(*(head for head in heads if head is not None))


def _after_edge(pieces: list[Any]) -> set[str] | None:
    if not pieces or str(pieces[0][0]) != "AT" or str(pieces[0][1]) != "AT_BOUNDARY":
        return None
    words = {re.match(r"\w*", head) for head in _heads(pieces[1:]) or ("",)}
    starts = {found.group() for found in words if found is not None}
    return None if "" in starts else starts


def _heads(pieces: list[Any]) -> set[str] | None:
    """Up to `N_HEAD` first characters of what the pieces match, None when they may be anything."""
    if not pieces:
        return {""}
    kind, value = str(pieces[0][0]), pieces[0][1]
    if kind == "LITERAL":
        firsts: set[str] | None = {chr(value)}
    elif kind == "IN":
        firsts = {chr(code) for name, code in value if str(name) == "LITERAL"}
        firsts = firsts if len(firsts) == len(value) else None
    elif kind == "SUBPATTERN":
        firsts = _heads(list(value[-1]))
    elif kind == "BRANCH":
        options = [_heads(list(option)) for option in value[1]]
        firsts = None if None in options else set().union(*(option for option in options if option is not None))
    else:
        firsts = None
    if firsts is None:
        return None
    done = {first for first in firsts if len(first) >= N_HEAD}
    short = firsts - done
    rest = _heads(pieces[1:]) if short else None
    return done | (short if rest is None else {(first + other)[:N_HEAD] for first in short for other in rest})
