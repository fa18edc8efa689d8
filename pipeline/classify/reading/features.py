"""What the `rapide` model sees of an idea: the vectors of its text and of its context, and French cues of the act,
which are what a person does in saying it."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.language.text.lists import read_lines, standing_in


def _cues(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((cue, pattern) for cue, _, pattern in (line.partition(" ") for line in read_lines(__name__, name)))


TEXT_CUES, CONTEXT_CUES = _cues("text_cues"), _cues("context_cues")
"""Names and regular expressions over the folded text of an idea (see `fold`), and over the heading above it."""
MAX_CHARACTERS = 600
"""Cues are looked for in the first characters only: an idea is a sentence or two, and a page must cost no more."""

_standing, _standing_above = (
    standing_in({place: re.compile(pattern) for place, (_, pattern) in enumerate(cues)})
    for cues in (TEXT_CUES, CONTEXT_CUES)
)
_WORD_BOUNDS = (3, 6, 10, 20, 35)
N_CUES = len(TEXT_CUES) + len(CONTEXT_CUES) + len(_WORD_BOUNDS) + 4
CUE_WEIGHT = 0.25
"""Cues are 0 or 1 where the coordinates of a unit vector are near 0.04: this keeps both in sight of one penalty."""


class Headed(NamedTuple):
    """Ideas under their headings, "" for none, and the vectors of both, shape (n, d)."""

    texts: Sequence[str]
    headings: Sequence[str]
    vectors: npt.NDArray[np.float16]
    heading_vectors: npt.NDArray[np.float16]


def rapide_matrix(given: Headed) -> npt.NDArray[np.float32]:
    """Features of each idea, shape (n, 2 d + N_CUES): text vector, heading vector, weighted cues."""
    sides = [side.astype(np.float32) for side in (given.vectors, given.heading_vectors)]
    return np.hstack([*sides, CUE_WEIGHT * cue_matrix(given.texts, given.headings)])


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
    folded = fold(text)
    n_words = folded.count(" ") + 1 if folded else 0
    letters = [character for character in text[:MAX_CHARACTERS] if character.isalpha()]
    return (
        *map(_standing(folded).__contains__, range(len(TEXT_CUES))),
        *(n_words > bound for bound in _WORD_BOUNDS),
        bool(letters) and sum(map(str.isupper, letters)) > 0.7 * len(letters),
        not letters,
        folded.endswith((".", "!", "?", "…")),
    )


def _context_cues(context: str) -> list[float]:
    last = fold(context.rsplit(">", 1)[-1])
    found = _standing_above(last)
    return [*(float(place in found) for place in range(len(CONTEXT_CUES))), float(not last)]
