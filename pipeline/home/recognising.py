"""What tesseract reads on a photo of a wall, where it is installed with French: cards for a person to correct."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.home.bounded import run_bounded

_SECONDS, _SECONDS_ASKED = 60.0, 10.0
_SURE = 50
"""Of a hundred: below, what tesseract takes for a word is more often the edge of a post-it or a fold."""
_OPTIONS = ["-l", "fra", "--dpi", "300", "--psm", "11", "-c", "thresholding_method=2"]
"""Text anywhere on the picture, on papers of several colours."""
_N_LINES_MAX = 5000


@dataclass
class _Block:
    """A line of text, or lines one under the other."""

    left: int
    top: int
    right: int
    bottom: int
    line_height: int
    text: str

    def goes_on_in(self, line: _Block) -> bool:
        """Whether a line is the next one of the same card: under it, nearer than a line is high."""
        shared = min(self.right, line.right) - max(self.left, line.left)
        is_under = -self.line_height / 2 < line.top - self.bottom < max(self.line_height, line.line_height)
        return is_under and 2 * shared > min(self.right - self.left, line.right - line.left)

    def take(self, line: _Block) -> None:
        """Go on with a line; a word cut at the end of the line before is left as it was written."""
        self.left, self.right, self.bottom = min(self.left, line.left), max(self.right, line.right), line.bottom
        self.line_height = line.line_height
        self.text += line.text if self.text.endswith("-") else f" {line.text}"


def reader() -> str | None:
    """Where tesseract is, when it is there and knows French."""
    found = shutil.which("tesseract")
    told = run_bounded([found, "--list-langs"], b"", _SECONDS_ASKED) if found else None
    return found if told is not None and b"fra" in told.split() else None


def recognised(photo: bytes) -> list[str] | None:
    """The cards that are read on a photo, column by column; None when it could not be read."""
    found = reader()
    told = run_bounded([found, "stdin", "stdout", *_OPTIONS, "tsv"], photo, _SECONDS) if found else None
    if told is None:
        return None
    table = told.decode(errors="replace").splitlines()[: 40 * _N_LINES_MAX]
    rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [block.text for column in _columns(_cards(_lines(rows))) for block in column]


def _lines(rows: Iterable[dict[str, str]]) -> list[_Block]:
    """The lines of words that are sure enough; what is no word of tesseract's is passed over."""
    lines: dict[tuple[str, ...], _Block] = {}
    for row in rows:
        try:
            key = (row["block_num"], row["par_num"], row["line_num"])
            left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
            word, is_sure = row["text"].strip(), float(row["conf"]) >= _SURE
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        if not (word and is_sure and word.isprintable()):
            continue
        line = lines.setdefault(key, _Block(left, top, left + width, top + height, height, ""))
        line.left, line.right = min(line.left, left), max(line.right, left + width)
        line.top, line.bottom = min(line.top, top), max(line.bottom, top + height)
        line.line_height = line.bottom - line.top
        line.text = f"{line.text} {word}".strip()
    found = [line for line in lines.values() if sum(sign.isalpha() for sign in line.text) > 1]
    return sorted(found, key=lambda line: (line.top, line.left))[:_N_LINES_MAX]


def _cards(lines: list[_Block]) -> list[_Block]:
    cards: list[_Block] = []
    for line in lines:
        card = next((card for card in reversed(cards) if card.goes_on_in(line)), None)
        if card is None:
            cards.append(line)
        else:
            card.take(line)
    return cards


def _columns(cards: list[_Block]) -> list[list[_Block]]:
    """Cards one above the other, from left to right: a column ends where nothing stands."""
    columns: list[list[_Block]] = []
    edge = -1
    for card in sorted(cards, key=lambda card: card.left):
        if card.left >= edge:
            columns.append([])
        columns[-1].append(card)
        edge = max(edge, card.right)
    return [sorted(column, key=lambda card: card.top) for column in columns]
