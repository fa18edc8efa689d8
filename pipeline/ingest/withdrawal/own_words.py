"""The words that a contribution alone says: looked for in what quotes it, whatever their case, accents and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.text.folding import strip_accents

ERASED = "[retiré]"
IN_A_TITLE, IN_A_FILE = 4, 6
"""Words in a row that quote a contribution: in what a person wrote about it, in a page of everybody's words."""
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text, whatever their case, accents and marks."""
    return _WORD.findall(strip_accents(text).casefold())


class OwnWords:
    """Runs of `least` words of a text (of all its words when it has fewer) that none of the others says.

    A text of one word is found only where nothing else is said.
    """

    def __init__(self, text: str, others: Iterable[str], least: int) -> None:
        self._whole = words(text)
        self._n = min(least, len(self._whole))
        runs = {tuple(self._whole[at : at + self._n]) for at in range(len(self._whole) - self._n + 1)}
        said = "".join(f" {' '.join(words(other))} \n" for other in others)
        self._runs = {run for run in runs if f" {' '.join(run)} " not in said}

    def are_in(self, text: str) -> bool:
        """Whether a text says some of them."""
        return bool(self._runs) and bool(self._spans(text))

    def scrubbed(self, text: str) -> str:
        """A text without them."""
        for start, end in reversed(self._spans(text) if self._runs else []):
            text = text[:start] + ERASED + text[end:]
        return text

    def _spans(self, text: str) -> list[tuple[int, int]]:
        met = list(_WORD.finditer(text))
        said = [strip_accents(found.group()).casefold() for found in met]
        if self._n < 2:
            return [(met[0].start(), met[-1].end())] if said and said == self._whole else []
        spans: list[tuple[int, int]] = []
        for at in range(len(said) - self._n + 1):
            if tuple(said[at : at + self._n]) in self._runs:
                start, end = met[at].start(), met[at + self._n - 1].end()
                if spans and start <= spans[-1][1]:
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((start, end))
        return spans
