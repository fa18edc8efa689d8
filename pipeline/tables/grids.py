"""Rows of text out of delimited files and workbooks, one at a time for the former; how a csv is written."""

import csv
import html
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import RefusedFileError
from pipeline.tables.reading import BLOCK_SIZE, SAMPLE_SIZE, SAVE_AGAIN, text_encoding

Row = list[str]
DELIMITED = (".csv", ".tsv", ".txt")
MARKED = "utf-8-sig"
"""UTF-8 under a byte order mark, without which Excel reads é as `Ã©`."""
N_COLUMNS_MAX = 16_384  # the width of a spreadsheet
CELL_MAX = 1_000_000
_ODS_CONTENT = "content.xml"
_REPEATED = re.compile(rb"number-(columns|rows)-repeated=[\"'](\d+)")
_ROOM = {b"columns": N_COLUMNS_MAX, b"rows": 1_048_576}
"""Columns and rows of a sheet."""


class Dialect(NamedTuple):
    """What separates cells, the encoding, and what ends lines."""

    separator: str = ","
    encoding: str = MARKED
    newline: str = "\n"


def sniff_delimiter(sample: str) -> str | None:
    """The delimiter of a table given as text: the one met equally often in every row outside quotes; None without.

    Sniffers of the trade fail on one-column files, which are common here.
    """
    best: tuple[float, int, str] | None = None
    for delimiter in (";", "\t", ",", "|"):
        widths = _widths(sample, delimiter)
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=lambda width: (wide.count(width), width))
        steadiness = widths.count(usual) / len(widths)
        if steadiness >= (0.95 if delimiter == "," else 0.6) and (best is None or steadiness > best[0] + 0.1):
            best = (steadiness, usual, delimiter)
    return best[2] if best else None


def _widths(sample: str, delimiter: str) -> list[int]:
    lines = iter(sample.splitlines(keepends=True)[:500])
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(cell.strip() for cell in row)]
    except csv.Error:
        return []
    return widths[:-1] if len(sample) >= SAMPLE_SIZE // 4 and len(widths) > 1 else widths


def find_delimiter(sample: str) -> tuple[str | None, bool]:
    """The delimiter of a table given as text, None without; and whether a first line of its own tells it (`sep=;`)."""
    first = sample.split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], True
    return ("\t" if first.lower() == "sep=" else sniff_delimiter(sample)), False


def iter_delimited(path: Path, source: str) -> Iterator[Row]:
    """Rows of a csv or tsv, one at a time, whatever its size; a first line `sep=;` decides and is not given."""
    csv.field_size_limit(CELL_MAX)
    with path.open(encoding=text_encoding(path, source), errors="replace", newline="") as file:
        delimiter, is_told = find_delimiter(file.read(SAMPLE_SIZE // 4))
        file.seek(0)
        if is_told:
            file.readline()
        try:
            for row in _unnested(csv.reader(file, delimiter=delimiter or "\x1f"), delimiter or "\x1f"):
                _check_width(len(row), source)
                yield row
        except csv.Error as error:
            raise RefusedFileError(
                source,
                f"le tableau ne peut pas être découpé en cellules ({error})",
                "Cherchez un guillemet ouvert et jamais fermé, ou enregistrez le fichier à nouveau depuis le tableur.",
            ) from error


def _unnested(rows: Iterator[Row], delimiter: str) -> Iterator[Row]:
    """Rows where a spreadsheet took a csv for one column, which it saved in one cell or, at its own separator, in
    several: the cells of that csv in its place; other rows as they are."""
    header = next(rows, None)
    if header is None:
        return
    at = next((at for at, cell in enumerate(header) if cell.count('","') > 1), None)
    if at is None:
        yield header
        yield from rows
        return
    for row in chain([header], rows):
        whole = delimiter.join(row[at:]).rstrip(delimiter)
        yield [*row[:at], *map(html.unescape, next(csv.reader([whole.replace("\n", " ")]), []))]


def dialect_of(path: Path) -> Dialect:
    """That of a csv or tsv, UTF-8 under its mark; the default for any other table, and for one that is still to come.

    Raises RefusedFileError: it is no text.
    """
    if path.suffix.lower() not in DELIMITED or not path.is_file():
        return Dialect()
    encoding = text_encoding(path, path.name)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(SAMPLE_SIZE // 4)
    delimiter, _ = find_delimiter(sample)
    newline = "\r\n" if "\r\n" in sample else "\n"
    return Dialect(delimiter or ",", MARKED if encoding == "utf-8" else encoding, newline)


def iter_sheets(path: Path, source: str) -> Iterator[tuple[str, Iterator[Row]]]:
    """Visible sheets of an xlsx, xls or ods, in order, as (name, rows of text). Formulas come as their last result."""
    import python_calamine as calamine

    _check_repeats(path, source)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except (calamine.CalamineError, OSError, ValueError) as error:
        head = path.read_bytes()[:BLOCK_SIZE]
        is_locked = head.startswith(b"\xd0\xcf\x11\xe0") and b"E\0n\0c\0r\0y\0p" in head
        if is_locked or isinstance(error, calamine.PasswordError):
            advice = "Ouvrez-le, retirez le mot de passe (Fichier, Informations, Protéger) et enregistrez-le."
            raise RefusedFileError(source, "le classeur est protégé par un mot de passe", advice) from error
        raise RefusedFileError(source, "le classeur est incomplet ou abîmé", SAVE_AGAIN) from error
    for meta in book.sheets_metadata:
        if "Visible" not in str(meta.visible) or "WorkSheet" not in str(meta.typ):
            continue
        try:
            sheet = book.get_sheet_by_name(meta.name)
        except (calamine.CalamineError, ValueError) as error:
            raise RefusedFileError(source, f"la feuille « {meta.name} » est abîmée", SAVE_AGAIN) from error
        _check_width(sheet.width, source)
        yield meta.name, _merged(([cell_text(cell) for cell in row] for row in sheet.iter_rows()), _spans(sheet))


def _check_width(n_columns: int, source: str) -> None:
    if n_columns > N_COLUMNS_MAX:
        raise RefusedFileError(
            source,
            f"une ligne a {n_columns} colonnes (au plus {N_COLUMNS_MAX})",
            "Vérifiez le séparateur, ou transposez le tableau : une contribution par ligne.",
        )


def _check_repeats(path: Path, source: str) -> None:
    """Refuse an ods that says a cell or a row again more than a sheet has room for: its reader would make them all."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        if _ODS_CONTENT not in archive.namelist():
            return
        with archive.open(_ODS_CONTENT) as content:
            seen = b""
            while block := content.read(BLOCK_SIZE):
                for found in _REPEATED.finditer(seen + block):
                    if int(found[2][:20]) > _ROOM[found[1]]:
                        raise RefusedFileError(source, "une de ses cellules est répétée sans fin", SAVE_AGAIN)
                seen = block[-100:]


class Merged(str):
    """The text of a cell merged over several rows, in the rows under its first: it stands beside each of them."""

    __slots__ = ()


class MergedFirst(str):
    """The text of a cell merged over several rows, in its first row: what it says may be of them all."""

    __slots__ = ()


def _spans(sheet: Any) -> dict[tuple[int, int], int]:
    """(row, column) of the cells merged over several rows of one column → their last row, in the rows that are read."""
    left = sheet.start[1] if sheet.start else 0
    ranges = getattr(sheet, "merged_cell_ranges", None) or []
    return {
        (top, column - left): bottom
        for (top, column), (bottom, right) in ranges
        if column == right and top < bottom and column >= left
    }


def _merged(rows: Iterator[Row], spans: dict[tuple[int, int], int]) -> Iterator[Row]:
    if not spans:
        yield from rows
        return
    open_cells: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows):
        for column, (bottom, text) in open_cells.items():
            if number <= bottom and column < len(row):
                row[column] = Merged(text)
        for column in [column for column in range(len(row)) if (number, column) in spans]:
            open_cells[column] = spans[number, column], row[column]
            row[column] = MergedFirst(row[column])
        yield row


def cell_text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def unique_names(header: Row) -> list[str]:
    """Column names: trimmed, an empty one called `colonne n`, the second of two equal ones called `x (2)`."""
    names: list[str] = []
    seen: set[str] = set()
    for number, cell in enumerate(header, start=1):
        base = " ".join(cell.replace("\ufeff", "").split()) or f"colonne {number}"
        name, rank = base, 1
        while name in seen:
            rank += 1
            name = f"{base} ({rank})"
        seen.add(name)
        names.append(name)
    return names
