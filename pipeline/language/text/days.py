"""The days that a text, or the name of a file, tells: `16 juin 2021`, `16/06/21`, `2021-06-16`, `29sept2020`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_lines, read_words

MONTHS = read_lines(__name__, "months")[0].split()
"""In order."""
MONTH_WORDS = tuple(read_words(__name__, "months"))
"""The same, and how they are cut short."""
MONTH = either({*MONTH_WORDS, *map(fold, MONTH_WORDS)})
_ENGLISH = read_lines(__name__, "months_in_english")[0].split()
_YEAR, _FROM, _TO = r"(?:19|20)\d\d", r"(?<![^\W_])", r"(?![^\W_])"


def _patterns(joint: str, in_words: str, digits: str) -> list[re.Pattern[str]]:
    """How days are written. `joint` : what may stand between figures, joined alike: `2008_2012` is two years, and no 20
    August 2012. `in_words` : what stands around a month. `digits` : those of a day in figures."""
    told = (
        rf"{_FROM}(?P<y>{_YEAR})(?P<j>{joint})(?P<m>\d\d)(?P=j)(?P<d>\d\d)(?!\d)",
        rf"{_FROM}(?P<d>{digits})(?P<j>{joint})(?P<m>{digits})(?P=j)(?P<y>{_YEAR}){_TO}",
        rf"{_FROM}(?P<d>\d{{1,2}})(?:er)?{in_words}(?P<m>{MONTH})\.?(?:{in_words}(?P<y>{_YEAR}))?{_TO}",
        rf"{_FROM}(?<!\d[./-])(?:(?P<d>\d\d)(?P<j>[._-])(?P<m>\d\d)(?P=j)(?P<y>\d\d)){_TO}(?![./-]\d)",
    )
    return [re.compile(one, re.IGNORECASE) for one in told]


_TOLD = [
    *_patterns("[-./]", r"\s+", r"\d{1,2}"),
    re.compile(rf"{_FROM}(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>\d\d){_TO}"),
    re.compile(rf"{_FROM}(?P<d>\d\d) (?P<m>\d\d) (?P<y>{_YEAR}){_TO}"),
    re.compile(rf"\b(?P<m>{'|'.join(_ENGLISH)})[a-z]*\.? (?P<d>\d{{1,2}}), (?P<y>{_YEAR})\b", re.IGNORECASE),
]
"""The last, as `Jan 27, 2016`."""
_NAMED = _patterns("[-_. ]?", "[-_. ]?", r"\d\d")
DAY_AND_MONTH = re.compile(rf"\b(\d{{1,2}})(?:er)?\s+({MONTH})\b", re.IGNORECASE)
"""`15 janvier`, `1er mai`."""
_SEVERAL = re.compile(
    rf"\b\d{{1,2}}(?:er)?(?:\s+(?:{MONTH})(?:\s+{_YEAR})?\s+au\s+|\s*(?:[,;/&–-]|et|au|ou)\s*)"
    rf"\d{{1,2}}(?:er)?\s+(?:{MONTH})\b",
    re.IGNORECASE,
)
"""`11, 12 et 13 juin`, `du 28 février au 2 mars`: the last one is not the day."""
_YEARS_APART = 10
"""Years from which one reading of `06-12-22` is the right one: meetings have files of late, not of long ago."""


@dataclass(frozen=True)
class Day:
    """A day as it is told, where it stands; `year` : 0 where it is not said."""

    start: int
    end: int
    day: int
    month: int
    year: int

    @property
    def iso(self) -> str:
        """In ISO form; "" without a year."""
        return f"{self.year:04}-{self.month:02}-{self.day:02}" if self.year else ""

    @property
    def words(self) -> str:
        """In words: `1er mai 2021`, `12 mars`."""
        rank = "1er" if self.day == 1 else str(self.day)
        return " ".join([rank, MONTHS[self.month - 1], *([str(self.year)] if self.year else [])])


def one_day(text: str) -> str:
    """The one day that a text tells, in ISO form; "" for none or several."""
    said = fold(text)
    days = set() if _SEVERAL.search(said) else {day.iso for day in _days(said, _TOLD)} - {""}
    return days.pop() if len(days) == 1 else ""


def day_without_year(text: str) -> str:
    """The one day and month that a text tells, without accents; "" for none or several. A year that the text names may
    be another one's."""
    said = fold(text)
    found = set() if _SEVERAL.search(said) else set(DAY_AND_MONTH.findall(said))
    return " ".join(found.pop()) if len(found) == 1 else ""


def days_of_name(name: str) -> list[Day]:
    """The days that the name of a file tells, in the order of its letters."""
    return sorted(_days(name, _NAMED), key=lambda day: day.start)


def _days(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[Day]:
    for found in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        day, month, told = int(found["d"]), _rank(found["m"]), found["y"] or ""
        read = [(2000 * (len(told) == 2) + int(told or 0), month, day)]
        if len(told) == 2 and patterns is _NAMED:  # « 22-12-06 » sorts files by their day
            read.append((2000 + day, month, int(told)))
        days = sorted({one for one in read if _is_day(*one)}, reverse=True)
        if len(days) == 1 or (days and days[0][0] - days[1][0] >= _YEARS_APART):
            year, month, day = days[0]
            yield Day(found.start(), found.end(), day, month, year)


def _rank(month: str) -> int:
    if month.isdigit():
        return int(month)
    whole = (rank for rank, name in enumerate(MONTHS, 1) if fold(name).startswith(fold(month)))
    return next(whole, None) or _ENGLISH.index(month) + 1


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year or 2000, month, day)  # of a year that has a 29 February
    except ValueError:
        return False
    return True
