"""What the cells of a column look like, and whether a heading asks a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.ingest.structure import bare_heading
from pipeline.language.text.lists import read_lines, read_words
from pipeline.tables.columns import header_key

_WORD = re.compile(r"[^\W\d_]{2,}")
_PERSONAL = re.compile(r"^\s*(?:[\w.+-]+@[\w-]+\.[\w.]+|(?:\d{1,3}\.){3}\d{1,3}|(?:\+33|0)[1-9](?:[ .-]?\d{2}){4})\s*$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)  # no words of anybody's
_HEX_COLOUR = re.compile(r"^\s*#?[0-9a-fA-F]{6}\s*$")
_COLOURS = read_words(__name__, "colours")
_QUESTION_WORDS_MIN = 4
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_VOTES_MAX = 10**12
"""More is an identifier, or a cell that a spreadsheet broke; so many may be added up."""
_MARKS = re.compile(r"^\s*([xX+|●•★⭐✓✔✅👍🔴🟢])(?:\ufe0f?\s*\1)*\ufe0f?\s*$")
_VOTE_WORDS_MAX = 2


@dataclass(frozen=True)
class Content:
    """What the cells of a column look like over the sample: counts and means over the cells that are not blank."""

    n: int
    mean_words: float
    distinct: float
    personal: float
    colours: float
    counted: float = 0.0
    """Share of the cells that hold a number of votes."""

    def is_free_text(self, name: str, least_words: float) -> bool:
        """Whether people wrote freely in it, `name` being its heading."""
        if self.n == 0:
            return "?" in name and least_words < 5
        if is_question(name):
            return self.mean_words >= 2.5 and (self.distinct >= 0.4 or self.n < 5)
        return self.mean_words >= least_words and (self.distinct >= 0.6 or self.n < 5)


def content_of(sample: list[list[str]], at: int) -> Content:
    """The content of the column `at` of some rows."""
    cells = [row[at] for row in sample if at < len(row) and row[at].strip()]
    if not cells:
        return Content(0, 0.0, 0.0, 0.0, 0.0)
    n_words = sum(len(_WORD.findall(_ADDRESS.sub("", cell[:500]))) for cell in cells)
    n_personal = sum(1 for cell in cells if _PERSONAL.match(cell))
    n_colours = sum(1 for cell in cells if _is_colour(cell))
    n_counted = sum(1 for cell in cells if votes_in(cell) is not None)
    distinct, n = len(set(cells)) / len(cells), len(cells)
    return Content(n, n_words / n, distinct, n_personal / n, n_colours / n, n_counted / n)


def votes_in(cell: str) -> int | None:
    """The votes that a cell tells: a number (`3`, `3 votes`), or so many marks (`+++`, `● ●`); None for words."""
    marks = _MARKS.match(cell)
    if marks:
        return cell.count(marks[1])
    found = _NUMBER.search(cell)
    if found is None or len(_WORD.findall(cell)) > _VOTE_WORDS_MAX:
        return None
    told = float(found.group().replace(",", "."))
    return max(0, int(told)) if abs(told) <= _VOTES_MAX else None


def _is_colour(cell: str) -> bool:
    words = cell.lower().replace("-", " ").split()
    return bool(_HEX_COLOUR.match(cell)) or (0 < len(words) <= 3 and all(word in _COLOURS for word in words))


def is_question(heading: str) -> bool:
    """Whether a heading asks something."""
    if "?" in heading:
        return True
    return len(heading.split()) >= _QUESTION_WORDS_MIN and bool(_openings().match(header_key(bare_heading(heading))))


@cache
def _openings() -> re.Pattern[str]:
    lines = read_lines(__name__, "question_openings")
    told = (re.escape(header_key(line.rstrip("*"))) + ("" if line.endswith("*") else r"\b") for line in lines)
    return re.compile(rf"\W*(?:\d+\W+)?(?:{'|'.join(told)})")
