"""Where "mais", "par contre"… set a clause against the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.segmentation.openings import PROBLEM_START, PROPOSE_START, THANK_START, alternatives, tokens
from pipeline.ingest.segmentation.standalone import brings_subject, is_dependent, n_words
from pipeline.language.syntax.finite_verbs import has_verb, subject_of, words
from pipeline.language.text.lists import read_lines

_WORDS, _LISTED = alternatives("contrasts"), read_lines(__name__, "contrasts")
_CONTRAST = re.compile(rf"(?:\s*,)?\s+(?=(?:{_WORDS})\s)", re.IGNORECASE)
_CONTRAST_WORD = re.compile(
    rf"(?:{_WORDS})[\s,]+(?:(?:par contre|en même temps|du coup|bon|euh|alors|là|après)[\s,]+)?", re.IGNORECASE
)
_GOES_ON = tokens("after_no_contrast")
_BACK_REFERENCE = re.compile(
    r"(?:maintenant )?(?:elles?|ils?(?! (?:faut|faudrait|y a|manque))|c['’]est|c['’]était|ça)\b", re.IGNORECASE
)
_NOT_ONLY = re.compile(r"non seulement|pas seulement|pas que\b|pas uniquement|non pas", re.IGNORECASE)
_ALL_FIRST_WORDS = 8


def contrasts(sentence: str, is_speech: bool) -> Iterator[int]:
    """Positions where a clause that stands alone is set against a clause that stands alone."""
    low = sentence.lower()
    if not any(word in low for word in _LISTED):
        return
    for found in _CONTRAST.finditer(sentence):
        left, right = sentence[: found.start()], sentence[found.end() :]
        word = _CONTRAST_WORD.match(right)
        after = right[word.end() :] if word else right
        if n_words(left) < 3 or n_words(after) < 3 or _NOT_ONLY.search(left) or _prolongs(after):
            continue
        if is_speech and not _turns(after):
            continue
        if _is_act(after) and _is_stated(left):
            yield found.end()


def _prolongs(after: str) -> bool:
    return not _GOES_ON.isdisjoint(words(after[:30])[:1])


def _turns(after: str) -> bool:
    """In speech, whether what follows speaks of something else."""
    return not _BACK_REFERENCE.match(after) and bool(brings_subject(after) or PROPOSE_START.match(after))


def _is_act(after: str) -> bool:
    first = " ".join(after.split()[:_ALL_FIRST_WORDS])
    return bool((has_verb(first) and subject_of(after)) or PROBLEM_START.match(after) or PROPOSE_START.match(after))


def _is_stated(left: str) -> bool:
    stands = has_verb(left) or PROBLEM_START.match(left) or THANK_START.match(left) or n_words(left) > 3
    return bool(stands) and not (is_dependent(left) and "," not in left and n_words(left) < 5)
