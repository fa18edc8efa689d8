"""Which of many lists hold a word: looked up, where matching a pattern for each list takes ten times longer."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
