"""Tables → entries: headings found, columns mapped, one entry per text cell."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.columns import Mapping, channel_by_headings, map_columns, recognise_tool
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.workshop import FileOverride, table_label
from pipeline.tables.columns import matches_alias, sources
from pipeline.tables.frames import read_records, unique_names
from pipeline.tables.grids import Row, iter_delimited, iter_sheets

_SAMPLE_ROWS = 400
_HEAD_ROWS = 5
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_ATTRIBUTE_MAX = 200
_NOT_SENT = "des réponses n'ont pas été envoyées : gardées"
ONLY_TITLES = "le tableau n'a que sa ligne de titres"


def read_delimited(path: Path, source: str, override: FileOverride | None) -> list[Reading]:
    """A csv or tsv file."""
    return [read_grid(iter_delimited(path, source), source, override, "tableau CSV")]


def read_workbook(path: Path, source: str, override: FileOverride | None) -> list[Reading]:
    """Every visible sheet that holds a table of words; the others are told in the notes."""
    readings: list[Reading] = []
    passed: list[str] = []
    refusal: RefusedFileError | None = None
    for name, rows in iter_sheets(path, source):
        try:
            reading = read_grid(rows, source, override, "classeur")
        except RefusedFileError as error:
            refusal = refusal or error
            passed.append(f"feuille « {name} » passée : {error.problem}")
            continue
        reading.place = f"feuille « {name} », "
        readings.append(reading)
    if not readings:
        raise refusal or RefusedFileError(source, "le classeur est vide", "Vérifiez que c'est le bon fichier.")
    if len(readings) == 1 and not passed:
        readings[0].place = ""
    if len(readings) > 1:
        for reading in readings:
            reading.notes = [f"{reading.place}{note}" for note in reading.notes]
    readings[0].notes += passed
    return readings


def read_record_table(path: Path, source: str, override: FileOverride | None) -> list[Reading]:
    """A jsonl or parquet table."""
    frame = read_records(path, source)
    rows = chain([list(frame.columns)], (list(row) for row in frame.itertuples(index=False, name=None)))
    return [read_grid(rows, source, override, f"table {path.suffix[1:].lower()}")]


def read_grid(rows: Iterator[Row], source: str, override: FileOverride | None, kind: str) -> Reading:
    """Entries out of rows of text.

    Raises
    ------
    RefusedFileError : nothing but blank rows, or no column of text.
    """
    grid = _grid(rows, source)
    mapping = map_columns(grid.names, grid.sample, override, source)
    tool, _ = recognise_tool(grid.names)
    reading = Reading(f"{kind} ({tool})" if tool else kind, channel_by_headings(grid.names, mapping), "ecrit")
    reading.provenance = "note" if reading.channel == "note" else "ecrit"
    reading.choices = mapping.choices
    if mapping.assumed and not tool:
        columns = ", ".join(f"«\u00a0{_short(name)}\u00a0»" for name in mapping.assumed[:5])
        reading.notes.append(f"parole cherchée d'après le contenu des cellules\u00a0: {columns}, à vérifier")
    if grid.titled_late:
        reading.notes.append(f"titres lus à la ligne {grid.titled_late}")
    reading.entries = _entries(grid.body, grid.names, mapping, reading, has_markup=bool(tool))
    return reading


@dataclass(frozen=True)
class _Grid:
    """A table whose titles were found: their names, its first rows, all its rows with their number.

    `titled_late` : the line of the titles when lines stand above them, else 0.
    """

    names: list[str]
    sample: list[Row]
    body: Iterator[tuple[int, Row]]
    titled_late: int


def _grid(rows: Iterator[Row], source: str) -> _Grid:
    numbered = enumerate(rows, start=1)
    first = _first_rows(numbered)
    head = [(number, row) for number, row in first if _is_filled(row)]
    if not head:
        raise _blank(source)
    at, header = _find_header(head)
    following = list(islice(numbered, _SAMPLE_ROWS))
    sample = [row for _, row in head[at + 1 :]] + [row for _, row in following if _is_filled(row)]
    if sample and not any(c.isalnum() for row in sample for cell in row for c in cell):
        raise _blank(source)
    names = unique_names(header)
    if _looks_like_text(header) and len(names) == 1:
        at, names = at - 1, ["texte"]
        sample.insert(0, header)
    if not sample:
        raise RefusedFileError(source, ONLY_TITLES, "Vérifiez que les réponses y sont bien.")
    start = head[at][0] if at >= 0 else 0
    body = chain((pair for pair in first if pair[0] > start), following, numbered)
    return _Grid(names, sample, body, head[at][0] if at > 0 else 0)


def _first_rows(numbered: Iterator[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """Rows up to the fifth that holds something, blank ones included."""
    first: list[tuple[int, Row]] = []
    n_filled = 0
    for number, row in numbered:
        first.append((number, row))
        n_filled += _is_filled(row)
        if n_filled == _HEAD_ROWS:
            break
    return first


def _is_filled(row: Row) -> bool:
    return any(cell.strip() for cell in row)


def _blank(source: str) -> RefusedFileError:
    advice = "Vérifiez que c'est le bon fichier, et la bonne feuille."
    return RefusedFileError(source, "le tableau ne contient que des lignes vides", advice)


def _find_header(head: list[tuple[int, Row]]) -> tuple[int, Row]:
    """The row of titles among the first rows: Framaforms puts a title and a caption above it."""
    for at, (_, row) in enumerate(head[:3]):
        if sum(1 for cell in row if matches_alias(cell, "ecartees") or matches_alias(cell, "texte")) >= 2:
            return at, row
    widths = [sum(1 for cell in row if cell.strip()) for _, row in head]
    for at in range(min(3, len(head))):
        if widths[at] >= 0.6 * max(widths):
            return at, head[at][1]
    return 0, head[0][1]


def _looks_like_text(header: Row) -> bool:
    """Whether a lone heading is rather a first contribution."""
    filled = [cell for cell in header if cell.strip()]
    return (
        len(filled) == 1
        and not matches_alias(filled[0], "texte")
        and "?" not in filled[0]
        and len(filled[0].split()) > 6
    )


def _entries(
    rows: Iterator[tuple[int, Row]], names: list[str], mapping: Mapping, reading: Reading, has_markup: bool
) -> Iterator[Entry]:
    """One entry per text cell, row after row; blank cells and rows go to the rejects of `reading`."""
    blank: list[int] = []
    finished = mapping.finished_at
    for number, row in rows:
        if not any(row) or not any(cell.strip() for cell in row):
            blank.append(number)
            continue
        reading.rejects += [
            (f"{reading.place}ligne {n}", "vide", "ligne vide") for n in blank
        ]  # trailing ones are none
        blank.clear()
        cells = row if len(row) >= len(names) else row + [""] * (len(names) - len(row))
        if finished is not None and not cells[finished].strip() and _NOT_SENT not in reading.notes:
            reading.notes.append(_NOT_SENT)
        yield from _entries_of_row(number, cells, names, mapping, reading, has_markup)


def _entries_of_row(
    number: int, cells: Row, names: list[str], mapping: Mapping, reading: Reading, has_markup: bool
) -> Iterator[Entry]:
    single = mapping.single
    attributes = {names[at]: cells[at].strip()[:_ATTRIBUTE_MAX] for at in mapping.attributes if cells[at].strip()}
    context = " > ".join(cells[at].strip() for at in mapping.context if cells[at].strip())
    voice = _name_in(cells[single["voix"]]) if "voix" in single else ""
    for at, heading in mapping.text:
        place = f"{reading.place}ligne {number}"
        locator = place if len(mapping.text) == 1 else f"{place}, colonne « {_short(names[at])} »"
        text = _clean_cell(cells[at], has_markup)
        if not text.strip():
            reading.rejects.append((locator, "vide", "cellule vide"))
            continue
        yield Entry(
            locator,
            text,
            f"{heading} > {context}" if heading and context else heading or context,
            voice or (f"#{number}" if mapping.is_survey else None),
            table_label(cells[single["table"]]) or None if "table" in single else None,
            _whole(cells[single["votes"]]) if "votes" in single else None,
            attributes,
            cells[single["date"]].strip() or None if "date" in single else None,
        )


def _name_in(cell: str) -> str:
    """Who signed; "" for nobody, however nobody is written: two unsigned rows are not one person's."""
    name = " ".join(cell.split())
    return "" if _unsigned().match(name) else name


@cache
def _unsigned() -> re.Pattern[str]:
    return re.compile(sources()["voix"]["sans_nom"], re.IGNORECASE)


def _short(name: str) -> str:
    return name if len(name) <= 80 else name[:79] + "…"


def _clean_cell(cell: str, has_markup: bool) -> str:
    if not has_markup:
        return cell
    if cell.startswith(("'=", "'-", "'+")):
        cell = cell[1:]  # the survey tool protects cells that a spreadsheet would take for a formula
    if "<" in cell and _TAG.search(cell):
        cell = _TAG.sub("", re.sub(r"(?i)<br\s*/?>|</p>|</li>", "\n", cell))
    return html.unescape(cell) if "&" in cell else cell


def _whole(cell: str) -> int | None:
    found = _NUMBER.search(cell)
    return max(0, int(float(found.group().replace(",", ".")))) if found else None
