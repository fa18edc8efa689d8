"""Reports already written: sentences that tell what others said (`Il a été évoqué que…`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.text.lists import read_lines, read_words

_VERBS = "|".join(sorted(read_words(__name__, "reporting_verbs")))
_SUBJECTS = "|".join(map(re.escape, read_lines(__name__, "reporting_subjects")))
_REPORTED = re.compile(
    rf"\b(?:a|ont) (?:également |aussi |ensuite |notamment )?été (?:\w+ment )?(?:{_VERBS})(?:e|s|es)?\b"
    rf"|\b(?:{_SUBJECTS})\b[^.!?\n]{{0,60}}\b(?:a|ont) (?:\w+ment |également |aussi )?(?:{_VERBS})\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORDS_MIN = 4
REPORT_SHARE_MIN = 0.3
"""Share of the sentences of a document above which it is a report: notes have one here and there."""


def is_reported(sentence: str) -> bool:
    """Whether a sentence tells what others said, in the third person."""
    return bool(_REPORTED.search(sentence))


def reported_share(texts: Iterable[str]) -> float:
    """Share of the sentences of some texts that tell what others said; 0.0 without sentence."""
    sentences = [one for text in texts for one in _SENTENCE.findall(text) if len(one.split()) >= _WORDS_MIN]
    return sum(map(is_reported, sentences)) / len(sentences) if sentences else 0.0
