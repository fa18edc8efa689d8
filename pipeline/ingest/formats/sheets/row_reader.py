"""Rows of a table → entries: one per cell of text, with what the other cells of its row say of it."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.formats.sheets.cells import is_question, votes_in
from pipeline.ingest.formats.sheets.mapping import Mapping
from pipeline.ingest.structure import CONTEXT_JOINT, bare_heading, named_table
from pipeline.ingest.workshop import table_label
from pipeline.tables.columns import is_usual_title, sources
from pipeline.tables.grids import Merged, Row

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_NAMELESS_SHEET = re.compile(r"^(?:feuil(?:le)?|sheet|tableau|onglet|page)\s*\d*$", re.IGNORECASE)
_ATTRIBUTE_MAX = 200
_NOT_SENT = "des réponses n'ont pas été envoyées : gardées"
_LINES_TOLD = 3


class RowReader:
    """Reads the rows of one sheet.

    Parameters
    ----------
    names : headings of the columns.
    reading : where rejects and notes go, as rows are read.
    sheet : name of the sheet; it may name a table, or stand as a heading.
    """

    def __init__(self, names: list[str], mapping: Mapping, reading: Reading, sheet: str) -> None:
        self._names, self._mapping, self._reading = names, mapping, reading
        title = bare_heading(sheet)
        self._table, rest = named_table(title)
        title = bare_heading(rest) if self._table else title
        self._title = "" if _NAMELESS_SHEET.match(title) else title
        self._is_title_told = bool(title) and (is_usual_title(title) or is_question(title))
        self._headings = {at: bare_heading(name) or name for at, name in mapping.text if name}
        values = mapping.told.values if mapping.told is not None else {}
        self._labels = [values[at][0] if at in values else name for at, name in enumerate(names)]
        self._last: tuple[str, ...] = ()
        self._ranks: Counter[str] = Counter()
        self._no_votes: dict[str, list[tuple[int, str]]] = {}

    def entries(self, rows: Iterator[tuple[int, Row]]) -> Iterator[Entry]:
        """One entry per text cell, row after row; blank cells and rows go to the rejects."""
        blank: list[int] = []
        reading, finished = self._reading, self._mapping.finished_at
        for number, row in rows:
            if not any(row) or not any(cell.strip() for cell in row):
                blank.append(number)
                continue
            reading.rejects += [(f"{reading.place}ligne {n}", "vide", "ligne vide") for n in blank]
            blank.clear()  # trailing ones are none
            cells = row if len(row) >= len(self._names) else row + [""] * (len(self._names) - len(row))
            told = self._mapping.told
            if told is not None and (aside := told.why_aside(cells)):
                reading.rejects.append((f"{reading.place}ligne {number}", *aside))
                continue
            if finished is not None and not cells[finished].strip() and _NOT_SENT not in reading.notes:
                reading.notes.append(_NOT_SENT)
            yield from self._of_row(number, cells)
        reading.notes += [self._told_without_votes(name, lines) for name, lines in self._no_votes.items()]

    def _of_row(self, number: int, cells: Row) -> Iterator[Entry]:
        mapping, place = self._mapping, f"{self._reading.place}ligne {number}"
        cells = mapping.told.row(cells) if mapping.told is not None else cells
        for at, _ in mapping.text:
            locator = place if len(mapping.text) == 1 else f"{place}, colonne « {short(self._names[at])} »"
            if isinstance(cells[at], Merged):
                continue  # a text merged over several rows is one contribution
            text = _clean_cell(cells[at], bool(mapping.tool))
            if text.strip():
                entry = Entry(locator, text)
                self._stand(entry, at, cells)
                self._tell(entry, number, cells)
                yield entry
            else:
                self._reading.rejects.append((locator, "vide", "cellule vide"))

    def _stand(self, entry: Entry, at: int, cells: Row) -> None:
        """Give an entry what it stands under: the heading of its column, contexts, the sheet, its list."""
        told = [self._headings[at]] if at in self._headings else []
        told += [part for column in self._mapping.context if (part := bare_heading(cells[column]))]
        if not told and self._is_title_told:
            told = [self._title]
        entry.context = CONTEXT_JOINT.join(told)
        entry.headings = self._same(tuple(dict.fromkeys([self._title, *told] if self._title else told)))
        if not self._mapping.is_survey:
            self._rank(entry, at)

    def _tell(self, entry: Entry, number: int, cells: Row) -> None:
        """Give an entry what the other cells of its row say: who, where, how many votes."""
        voice, told = _name_in(self._cell("voix", cells)), self._mapping.told
        entry.voice = voice or (f"#{number}" if self._mapping.is_survey else None)
        if told is not None:
            entry.voice = f"#n°{voice}" if voice.isdigit() else entry.voice  # a number is looked for in no text
            entry.own_name, entry.answers = told.own_name(cells), told.answered(cells)
        entry.table = table_label(self._cell("table", cells)) or self._table
        entry.given_group = bare_heading(self._cell("groupe", cells)) or None
        entry.date = self._cell("date", cells).strip() or None
        entry.votes = self._votes("votes", number, cells)
        entry.votes_against = self._votes("votes_contre", number, cells)
        entry.attributes = {
            self._labels[at]: cells[at].strip()[:_ATTRIBUTE_MAX] for at in self._mapping.attributes if cells[at].strip()
        }

    def _cell(self, role: str, cells: Row) -> str:
        at = self._mapping.single.get(role)
        return "" if at is None else cells[at]

    def _same(self, headings: tuple[str, ...]) -> tuple[str, ...]:
        """The headings of the row before when they are the same: rows of millions share them."""
        if headings != self._last:
            self._last = headings
        return self._last

    def _rank(self, entry: Entry, at: int) -> None:
        """The place of an entry among those of its column that stand under the same headings."""
        entry.list_key = f"{self._reading.place}{at}\x1f{entry.context}"
        self._ranks[entry.list_key] += 1
        entry.rank = self._ranks[entry.list_key]

    def _votes(self, role: str, number: int, cells: Row) -> int | None:
        at = self._mapping.single.get(role)
        if at is None or not cells[at].strip():
            return None
        found = votes_in(cells[at])
        if found is None:
            lines = self._no_votes.setdefault(self._names[at], [])
            lines.append((number, short(cells[at].strip())))
        return found

    def _told_without_votes(self, name: str, found: list[tuple[int, str]]) -> str:
        where = f"{self._reading.place}colonne de votes «\u00a0{short(name)}\u00a0»"
        places = [f"à la ligne {number} («\u00a0{cell}\u00a0»)" for number, cell in found[:_LINES_TOLD]]
        more = len(found) - len(places)
        told = ", ".join(places) + (f" et {more} autre{'s' * (more > 1)} ligne{'s' * (more > 1)}" if more else "")
        read = "parole lue sans vote" if len(found) == 1 else "paroles lues sans vote"
        return f"{where}\u00a0: un nombre était attendu {told}, {read}. Corrigez la cellule si des voix manquent"


def _name_in(cell: str) -> str:
    """Who signed; "" for nobody, however nobody is written: two unsigned rows are not one person's."""
    name = " ".join(cell.split())
    return "" if _unsigned().match(name) else name


@cache
def _unsigned() -> re.Pattern[str]:
    return re.compile(sources()["voix"]["sans_nom"], re.IGNORECASE)


def short(name: str) -> str:
    """A heading that fits in a sentence."""
    return name if len(name) <= 80 else name[:79] + "…"


def _clean_cell(cell: str, has_markup: bool) -> str:
    if not has_markup:
        return cell
    if cell.startswith(("'=", "'-", "'+")):
        cell = cell[1:]  # the survey tool protects cells that a spreadsheet would take for a formula
    if "<" in cell and _TAG.search(cell):
        cell = _TAG.sub("", re.sub(r"(?i)<br\s*/?>|</p>|</li>", "\n", cell))
    return html.unescape(cell) if "&" in cell else cell
