"""Tables → entries: headings found, columns mapped, one entry per text cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.records import Reading
from pipeline.ingest.formats.sheets.columns import channel_by_headings, map_columns
from pipeline.ingest.formats.sheets.dialects import Dialect, columns_called, recognised
from pipeline.ingest.formats.sheets.kinds import kind_of_sheet
from pipeline.ingest.formats.sheets.mapping import Sheet
from pipeline.ingest.formats.sheets.row_reader import RowReader, short
from pipeline.ingest.workshop import FileOverride
from pipeline.tables.columns import matches_alias
from pipeline.tables.frames import read_records, unique_names
from pipeline.tables.grids import Row, iter_delimited

_CODE = re.compile(r"[A-Za-z]\w{0,20}(?:\[\w+\])*")
_SAMPLE_ROWS = 400
_HEAD_ROWS = 5
ONLY_TITLES = "le tableau n'a que sa ligne de titres"


def read_delimited(path: Path, source: str, override: FileOverride | None) -> list[Reading]:
    """A csv or tsv file."""
    return [read_grid(iter_delimited(path, source), override, "tableau CSV", Sheet(source))]


def read_record_table(path: Path, source: str, override: FileOverride | None) -> list[Reading]:
    """A jsonl or parquet table."""
    frame = read_records(path, source)
    rows = chain([list(frame.columns)], (list(row) for row in frame.itertuples(index=False, name=None)))
    return [read_grid(rows, override, f"table {path.suffix[1:].lower()}", Sheet(source))]


def read_grid(rows: Iterator[Row], override: FileOverride | None, kind: str, sheet: Sheet) -> Reading:
    """Entries out of rows of text.

    Raises
    ------
    RefusedFileError : nothing but blank rows, or no column of text.
    """
    grid = _grid(rows, sheet.source)
    mapping = map_columns(grid.names, grid.sample, override, sheet)
    tool, channel = mapping.tool, channel_by_headings(grid.names, mapping)
    reading = Reading(f"{kind} ({tool})" if tool else kind, channel, "note" if channel == "note" else "ecrit")
    reading.kind, reading.why = kind_of_sheet(grid.names, mapping, channel)
    reading.choices, reading.missing, reading.notes = mapping.choices, mapping.missing, list(mapping.notes)
    if mapping.assumed and not tool:
        columns = ", ".join(f"«\u00a0{short(name)}\u00a0»" for name in mapping.assumed[:5])
        reading.notes.append(f"parole cherchée d'après le contenu des cellules\u00a0: {columns}, à vérifier")
    if (
        mapping.dialect is not None
        and mapping.dialect.titres_au_dessus
        and all(_is_code(name) for _, name in mapping.text)
    ):
        reading.notes.append(
            "les questions ne sont que des codes\u00a0: exportez-les en entier, elles aident à comprendre"
        )
    if mapping.told is not None:
        reading.is_answered, reading.answers = mapping.told.number is not None, bool(mapping.told.answers)
    if grid.titled_late:
        reading.notes.append(f"titres lus à la ligne {grid.titled_late}")
    reading.entries = RowReader(grid.names, mapping, reading, sheet.name).entries(grid.body)
    return reading


def _is_code(heading: str) -> bool:
    """Whether a heading is the code of a question (`Q1`, `Q2[SQ001]`)."""
    return bool(_CODE.fullmatch(heading))


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
    body: Iterator[tuple[int, Row]] = chain((pair for pair in first if pair[0] > start), following, numbered)
    return _told_by_its_tool(
        _Grid(names, sample, body, head[at][0] if at > 0 else 0), head[at - 1][1] if at > 0 else []
    )


def _told_by_its_tool(grid: _Grid, above: Row) -> _Grid:
    """A table of a known tool without its signs, its columns under the questions that stand `above` their codes."""
    dialect = recognised(grid.names, grid.sample)
    if dialect is None:
        return grid
    names = _titled_by(above, grid.names, dialect) if dialect.titres_au_dessus and grid.titled_late else grid.names
    body = ((number, dialect.decoded(row)) for number, row in grid.body)
    return _Grid(names, [dialect.decoded(row) for row in grid.sample], body, grid.titled_late)


def _titled_by(above: Row, names: list[str], dialect: Dialect) -> list[str]:
    """The questions that stand above the codes of their columns; technical columns keep their names."""
    told = {at for one in dialect.colonnes for at in columns_called(names, one)}
    asked = above + [""] * (len(names) - len(above))
    return unique_names(
        [
            name if at in told or matches_alias(name, "ecartees") else question.strip() or name
            for at, (name, question) in enumerate(zip(names, asked, strict=False))
        ]
    )


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
    """The row of titles among the first rows: tools put a title, captions, or questions above the names of columns."""
    for at, (_, row) in reversed(list(enumerate(head[:3]))):
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
