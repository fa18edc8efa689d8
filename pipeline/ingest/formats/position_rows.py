"""Positions of the rows of a sheet: those of its columns, those at the head of its answers, and what is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from pipeline.ingest.formats.columns import Roles, is_question
from pipeline.ingest.formats.positions import (
    ABSTAINS,
    AGAINST,
    CELL,
    CONDITION,
    FOR,
    NEITHER,
    SCALE,
    Side,
    asks_opinion,
    head_of,
    is_figure,
    side_of,
)
from pipeline.ingest.formats.records import Entry, Position, Reading
from pipeline.ingest.structure import bare_heading
from pipeline.tables.grids import Merged, Row

_PLACES_TOLD = 3
_WORDS_MIN = 2
_NAMES = {
    FOR: "pour",
    AGAINST: "contre",
    CONDITION: "à condition",
    ABSTAINS: "abstention",
    NEITHER: "sans parti pris",
}
"""What a side is called where readers of files are told of it."""


@dataclass(frozen=True)
class Words:
    """A cell of a column of positions that says something else: it is read as the words of its row."""

    at: int
    locator: str
    positions: tuple[Position, ...] = ()


@dataclass
class Taken:
    """What the columns of positions of one row say.

    `of_text` : column of text → the sides of its words. `alone` : column → a side of no words. `words` : see `Words`.
    """

    of_text: defaultdict[int, list[Position]] = field(default_factory=lambda: defaultdict(list))
    alone: dict[int, Position] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)


class PositionReader:
    """Reads the positions of one sheet; `told` says at its end how each column was read, and where it could not be."""

    def __init__(self, names: list[str], roles: Roles, reading: Reading) -> None:
        self._names, self._roles, self._reading = names, roles, reading
        self._asks = {at: asks_opinion(names[at]) for at, _ in roles.text}
        self._questions = {at for at, _ in roles.text if is_question(names[at])}
        self._about = {column.at: bare_heading(column.about) or column.about for column in roles.positions}
        self._counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._answers: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._n_blank: Counter[int] = Counter()
        self._unread: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        self._clashes: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)

    def of_row(self, number: int, cells: Row, voted_on: str) -> Taken:
        """What the columns of positions of a row say; what is no position is told.

        Parameters
        ----------
        voted_on : what they are about where their heading asks nothing.
        """
        taken = Taken()
        for column in self._roles.positions:
            at, cell = column.at, cells[column.at].strip()
            if not cell or isinstance(cells[at], Merged):
                self._n_blank[at] += not cell
                continue
            locator = f"{self._reading.place}ligne {number}, colonne « {_short(self._names[at])} »"
            side = column.read(cell)
            if side is None:
                self._unknown(number, at, cell, locator, taken)
                continue
            self._counts[at][side.side] += 1
            position = Position(side.side, column.evidence, self._about[at] or voted_on, answer=cell, locator=locator)
            words = column.reasons
            if words is not None and cells[words].strip() and not self._is_bare(cells[words], words):
                taken.of_text[words].append(position)
            else:
                taken.alone[at] = position
        return taken

    def _unknown(self, number: int, at: int, cell: str, locator: str, taken: Taken) -> None:
        """A cell that takes no side: words are those of a row, anything else is set aside, and told."""
        if len(cell.split()) >= _WORDS_MIN and any(c.isalpha() for c in cell):
            head = head_of(cell)
            if head is not None:
                self._counts[at][head.side.side] += 1
            taken.words.append(Words(at, locator, (Position(head.side.side, CELL),) if head else ()))
            return
        self._unread[at].append((number, cell))
        self._reading.rejects.append((locator, "illisible", "position qui n'a pas pu être lue"))

    def _is_bare(self, cell: str, at: int) -> bool:
        return self._bare(cell.strip(), at) is not None

    def _bare(self, cell: str, at: int) -> Side | None:
        """The side of a cell of words that says nothing else: a figure answers a question, and takes no side."""
        side = side_of(cell)
        if side is None:
            return Side(NEITHER) if at in self._questions and is_figure(cell) else None
        return Side(NEITHER) if side.is_yes_or_no and not self._asks.get(at, True) else side

    def give(self, entry: Entry, at: int, taken: Taken) -> None:
        """Give an entry the sides of its words; one that only takes a side keeps no word of its own."""
        cell, known = entry.text.strip(), taken.of_text.pop(at, [])
        bare = self._bare(cell, at)
        if bare is not None:
            self._counts[at][bare.side] += 1
            self._answers[at][cell] += 1
            entry.text, entry.positions = "", (Position(bare.side, CELL, answer=cell),)
            return
        entry.positions = (*known, *self._of_head(entry, at, known)) or entry.positions

    def _of_head(self, entry: Entry, at: int, known: list[Position]) -> list[Position]:
        head = head_of(entry.text)
        if head is None or (head.side.is_yes_or_no and not self._asks.get(at, False)):
            return []
        if known:  # the column says it too, or the reverse
            if {known[0].side, head.side.side} == {FOR, AGAINST}:
                self._clashes[at].append((_line(entry.locator), entry.text.strip()[:40]))
            return []
        self._counts[at][head.side.side] += 1
        return [Position(head.side.side, CELL)]

    def told(self) -> list[str]:
        """How each column was read, and which cells could not be, in French."""
        place = self._reading.place
        told = []
        for at, counts in sorted(self._counts.items()):
            n = counts.total()
            sides = ", ".join(f"{_NAMES[side]} {counts[side]}" for side in _NAMES if counts[side])
            blank = f", {_cells(self._n_blank[at])} vide{'s' * (self._n_blank[at] > 1)}" if self._n_blank[at] else ""
            told.append(
                f"{place}«\u00a0{_short(self._names[at])}\u00a0»\u00a0: {n} position{'s' * (n > 1)} ({sides}{blank})"
            )
        for at, lines in sorted(self._unread.items()):
            column = next(one for one in self._roles.positions if one.at == at)
            expected = (
                column.told if column.evidence == SCALE and column.bounds else "un avis (pour, contre, d'accord…)"
            )
            told.append(
                f"{place}colonne de positions «\u00a0{_short(self._names[at])}\u00a0»\u00a0: {expected} attendu"
                f"{_listed(lines)}, sans position. Corrigez la cellule si un avis manque"
            )
        told += [
            f"{place}la colonne et les mots se contredisent{_listed(lines)}\u00a0: la colonne est suivie"
            for lines in self._clashes.values()
        ]
        return told


def _cells(n: int) -> str:
    return f"{n} cellule{'s' * (n > 1)}"


def _listed(lines: list[tuple[int, str]]) -> str:
    places = [f" à la ligne {number} («\u00a0{_short(cell)}\u00a0»)" for number, cell in lines[:_PLACES_TOLD]]
    more = len(lines) - len(places)
    return ",".join(places) + (f" et {more} autre{'s' * (more > 1)} ligne{'s' * (more > 1)}" if more else "")


def _line(locator: str) -> int:
    digits = locator.rpartition("ligne ")[2].split(",")[0]
    return int(digits) if digits.isdigit() else 0


def _short(name: str) -> str:
    return name if len(name) <= 80 else name[:79] + "…"
