"""Long unpunctuated speech: where a stretch goes on to something else."""

from __future__ import annotations

import re

from pipeline.ingest.segmentation.openings import alternatives
from pipeline.ingest.segmentation.standalone import OPEN_LEFT, n_words

_RUN_ON = re.compile(
    rf"(?:\s*,)?\s+(?=(?:(?:{alternatives('goes_on_with')})[\s,]+)+(?:euh[\s,]+)?"
    rf"(?:{alternatives('spoken_subjects')})(?![\w-]))",
    re.IGNORECASE,
)
_LONG, _LEAST_LEFT, _LEAST_RIGHT = 24, 9, 6
_NEAR = 400


def run_on_cuts(text: str, start: int, end: int) -> list[int]:
    """Positions where a long stretch of speech goes on to something else ("et puis on…", "donc il…").

    Stretches of more than 24 words only; at least nine words before a cut and six after.
    """
    sentence = text[start:end]
    left_over = n_words(sentence)
    if left_over <= _LONG:
        return []
    cuts: list[int] = []
    last = 0
    for found in _RUN_ON.finditer(sentence):
        n_left = n_words(sentence[max(last, found.start() - _NEAR) : found.start()])
        if (
            n_left < _LEAST_LEFT
            or n_words(sentence[found.end() : found.end() + _NEAR]) < _LEAST_RIGHT
            or OPEN_LEFT.search(sentence[max(0, found.start() - 40) : found.start()])
        ):
            continue
        cuts.append(start + found.end())
        last = found.end()
    return cuts
