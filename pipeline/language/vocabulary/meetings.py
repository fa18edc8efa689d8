"""Patterns of how a meeting goes, and of somebody who comes, goes or takes the floor: nothing of what it is about."""

import re

from pipeline.language.text.lists import either, read_lines, read_words

_COURSE, _OF_SOMEBODY = (
    re.compile(rf"\b(?:{'|'.join(read_lines(__name__, name))})\b".replace("'", "['’]"), re.IGNORECASE)
    for name in ("how_meetings_go", "who_comes_and_goes")
)
_IS_JUDGED = re.compile(rf"\b(?:{either(read_words(__name__, 'judging_words'))})\b", re.IGNORECASE)
_HEARD = re.compile(
    rf"\W*[(\[]\W*(?:{either(read_words(__name__, 'heard_in_the_room'))})\b[^()\[\]]*[)\]]\W*\Z", re.IGNORECASE
)
_SETTLED = re.compile(
    r"\W*\((?:(?:l['’]|l[ea]s? |ces? |cette )[^()]{1,150}"
    r"\b(?:adopté|rejeté|retiré|repoussé|repris|suspendu|levé)[es]{0,2}\b[^()]*)\)\W*\Z",
    re.IGNORECASE,
)


def tells_course(sentence: str) -> bool:
    """Whether a sentence tells how a meeting goes, and does not judge it: « La réunion commence trop tard »."""
    return _COURSE.search(sentence.strip(" ()[]")) is not None and not _IS_JUDGED.search(sentence)


def tells_of_somebody(sentence: str) -> bool:
    """Whether a sentence tells that somebody comes, goes or takes the floor, and does not judge it."""
    return _OF_SOMEBODY.search(sentence) is not None and not _IS_JUDGED.search(sentence)


def is_noted_aside(sentence: str) -> bool:
    """Whether who transcribes notes in brackets what was heard or settled: « (Rires.) », « (La séance est levée.) »."""
    return (_HEARD.match(sentence) or _SETTLED.match(sentence)) is not None
