"""The name of a file as a person writes it, and the months that dates are told by."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_lines, read_words

MONTHS = read_lines(__name__, "months")[0].split()
"""In order."""
MONTH_WORDS = tuple(read_words(__name__, "months"))
"""The same, and how they are cut short."""
_MONTH = either({*MONTH_WORDS, *map(fold, MONTH_WORDS)})
_YEAR, _JOINT = r"(?:19|20)\d\d", r"[-_. ]?"
_DAY = (  # joined alike: `2008_2012` is two years, and no 20 August 2012
    rf"(?P<y>{_YEAR})(?P<joint>{_JOINT})(?P<m>\d\d)(?P=joint)(?P<d>\d\d)",
    rf"(?P<d>\d\d)(?P<joint>{_JOINT})(?P<m>\d\d)(?P=joint)(?P<y>{_YEAR})",
    rf"(?P<d>\d{{1,2}})(?:er)?{_JOINT}(?P<m>{_MONTH})\.?(?:{_JOINT}(?P<y>{_YEAR}))?",
)
_OPENS = tuple(re.compile(rf"^{day}(?=[-_ ]|$)", re.I) for day in _DAY)
_ENDS = tuple(re.compile(rf"(?<![^\W_]){day}$", re.I) for day in _DAY)
"""`2021-06-16`, `16.06.2021`, `29sept2020`."""


def file_name(source: str) -> str:
    """A file as a person names it: `Urbanisme 29 septembre 2020`, of `urbanisme_29sept2020.md`."""
    stem = PurePosixPath(source).stem
    rest, last = _without_day(stem, _ENDS)
    name, first = _without_day(rest, _OPENS)
    if first and last and not first.startswith(last):  # two days: each stays at its end
        name, first = f"{first} {name}", ""
    day = last or first
    words = re.sub(r"[\s_]+" if re.search(r"[\s_]", name) else "-+", " ", name).strip(" -_.,")  # « Sainte-Croix 8 mai »
    told = f"{words} {day}".strip() or stem
    return told[:1].upper() + told[1:]


def _without_day(name: str, patterns: Sequence[re.Pattern[str]]) -> tuple[str, str]:
    """A name without the day at one of its ends, and that day in words; "" where there is none."""
    for found in filter(None, (pattern.search(name) for pattern in patterns)):
        if day := _in_words(found):
            return name[: found.start()] + name[found.end() :], day
    return name, ""


def _in_words(found: re.Match[str]) -> str:
    day, month, year = int(found["d"]), found["m"], found["y"]
    rank = int(month) if month.isdigit() else _rank(month)
    try:
        datetime.date(int(year or 2000), rank, day)  # of a year that has a 29 February
    except ValueError:
        return ""
    return " ".join(filter(None, ("1er" if day == 1 else str(day), MONTHS[rank - 1], year)))


def _rank(month: str) -> int:
    return next(rank for rank, name in enumerate(MONTHS, 1) if fold(name).startswith(fold(month)))
