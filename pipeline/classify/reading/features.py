"""What the `rapide` model sees of an idea: the vectors of its text and of its context, and French cues of the act.

Cues are what a person does in saying it. A sieve looks for many patterns in one text: a pattern that starts at the edge
of a word starts with one of a few strings, and is not tried on a text without a word that starts so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.language.text.lists import read_lines

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


def _cues(name: str) -> tuple[tuple[str, str], ...]:
    """Name and pattern of each cue of a list, in its order."""
    return tuple((cue, pattern) for cue, _, pattern in (line.partition(" ") for line in read_lines(__name__, name)))


TEXT_CUES = _cues("text_cues")
"""Names and regular expressions over the folded text of an idea (see `features.fold`)."""
CONTEXT_CUES = _cues("context_cues")
"""The same over the heading or question above it."""


MAX_CHARACTERS = 600
"""Cues are looked for in the first characters only: an idea is a sentence or two, and a page must cost no more."""

_TEXT_CUES = Sieve([pattern for _, pattern in TEXT_CUES])
_CONTEXT_PATTERNS = tuple(re.compile(pattern) for _, pattern in CONTEXT_CUES)
_WORD_BOUNDS = (3, 6, 10, 20, 35)
N_CUES = len(TEXT_CUES) + len(CONTEXT_CUES) + len(_WORD_BOUNDS) + 4


CUE_WEIGHT = 0.25
"""Cues are 0 or 1 where the coordinates of a unit vector are near 0.04: this keeps both in sight of one penalty."""


def rapide_matrix(
    texts: Sequence[str],
    contexts: Sequence[str],
    text_vectors: npt.NDArray[np.float16],
    context_vectors: npt.NDArray[np.float16],
) -> npt.NDArray[np.float32]:
    """Features of each idea, shape (len(texts), 2 d + N_CUES): text vector, context vector, weighted cues."""
    return np.hstack(
        [text_vectors.astype(np.float32), context_vectors.astype(np.float32), CUE_WEIGHT * cue_matrix(texts, contexts)]
    )


def without_headings(features: npt.NDArray[np.float32], n_dimensions: int) -> npt.NDArray[np.float32]:
    """The same ideas as if nothing stood above them; vectors have `n_dimensions`."""
    bare = features.copy()
    bare[:, n_dimensions : 2 * n_dimensions] = 0
    nothing = _context_cues("")
    bare[:, -len(nothing) :] = CUE_WEIGHT * np.array(nothing, dtype=np.float32)
    return bare


class _Kept(dict[int, str]):
    """Each character, or a space instead of a control character or a separator (see `str.translate`)."""

    def __missing__(self, code: int) -> str:
        self[code] = " " if unicodedata.category(chr(code))[0] in "CZ" else chr(code)
        return self[code]


_KEPT = _Kept()


def fold(text: str) -> str:
    """Lower case, NFC, straight apostrophes, single spaces, no control characters."""
    kept = unicodedata.normalize("NFC", text[:MAX_CHARACTERS]).translate(_KEPT)
    return " ".join(kept.lower().replace("’", "'").split())


def cue_matrix(texts: Sequence[str], contexts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Cues of each idea, shape (len(texts), N_CUES), values 0 or 1."""
    matrix = np.zeros((len(texts), N_CUES), dtype=np.float32)
    of_contexts = {context: _context_cues(context) for context in set(contexts)}
    for row, (text, context) in enumerate(zip(texts, contexts, strict=True)):
        cues = _text_cues(text)
        matrix[row, : len(cues)] = cues
        matrix[row, len(cues) :] = of_contexts[context]
    return matrix


@lru_cache(maxsize=4096)
def _text_cues(text: str) -> tuple[bool, ...]:
    """Kept, since what is read beside the axis reads the same texts again."""
    folded = fold(text)
    n_words = folded.count(" ") + 1 if folded else 0
    letters = [character for character in text[:MAX_CHARACTERS] if character.isalpha()]
    return (
        *_TEXT_CUES.found_in(folded),
        *(n_words > bound for bound in _WORD_BOUNDS),
        bool(letters) and sum(map(str.isupper, letters)) > 0.7 * len(letters),
        not letters,
        folded.endswith((".", "!", "?", "…")),
    )


def _context_cues(context: str) -> list[float]:
    last = fold(context.rsplit(">", 1)[-1])
    return [*(float(pattern.search(last) is not None) for pattern in _CONTEXT_PATTERNS), float(not last)]
