"""One table in, one table out, as a frame of text."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.errors import RefusedFileError, UsageError
from pipeline.tables.grids import (
    MARKED,
    N_COLUMNS_MAX,
    Dialect,
    Row,
    cell_text,
    iter_delimited,
    iter_sheets,
    unique_names,
)
from pipeline.tables.reading import guarded, loads_sound, read_text

READ_SUFFIXES = (".csv", ".tsv", ".xlsx", ".ods", ".jsonl", ".parquet")
WRITE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".jsonl", ".parquet")
_CELLS_MAX = 5_000_000
"""Cells of a table whose objects have few fields in common, more for each byte of it: most of them are blank."""
_ROWS_MAX = 100_000
"""Rows of a packed table, one more for each byte of it: words take more."""
XLSX_CELL_MAX, XLSX_ROWS_MAX = 32_767, 1_048_576


def read_records(path: Path, source: str) -> pd.DataFrame:
    """A jsonl (one object per line) or parquet table, cells as text."""
    if path.suffix.lower() == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            n_rows, n_bytes = pq.read_metadata(path).num_rows, path.stat().st_size
            if n_rows > _ROWS_MAX + n_bytes:
                raise RefusedFileError(
                    source,
                    f"ses {n_rows} lignes tiennent en {n_bytes} octets\u00a0: presque toutes disent la même chose",
                    "Si le fichier vient d'une source sûre, exportez-le en CSV.",
                )
            frame = pd.read_parquet(path)
        except (OSError, ValueError, pa.ArrowInvalid) as error:
            raise RefusedFileError(
                source, "ce n'est pas un fichier parquet lisible", "Exportez-le à nouveau."
            ) from error
        columns = {str(name): list(map(_value_text, frame[name].tolist())) for name in frame.columns}
        return pd.DataFrame(columns, dtype=object)
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(read_text(path, source).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = loads_sound(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise RefusedFileError(
                source, f"la ligne {number} n'est pas un objet JSON", 'Attendu : un objet par ligne, {"texte": "…"}.'
            )
        rows.append(row)
    names = list(dict.fromkeys(key for row in rows for key in row))
    if len(names) > N_COLUMNS_MAX or len(rows) * len(names) > _CELLS_MAX + path.stat().st_size:
        raise RefusedFileError(
            source,
            f"ses objets ont {len(names)} noms de champ différents",
            "Attendu : les mêmes champs d'une ligne à l'autre. Exportez le fichier à nouveau, en CSV par exemple.",
        )
    return pd.DataFrame({name: [_value_text(row.get(name)) for row in rows] for name in names}, dtype=object)


def _value_text(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if value is None or (not isinstance(value, str) and pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    return cell_text(value) if not isinstance(value, timedelta) else str(value)


def read_table(path: Path) -> pd.DataFrame:
    """The table of a file: columns of text (empty cells are ""), rows and columns in order, blank last rows left out.

    The first row names the columns; of a workbook, the first sheet that holds something is read.

    Raises
    ------
    UsageError : the file is missing, or of a kind that is no table.
    RefusedFileError : the file cannot be read as what its name says.
    """
    source, suffix = path.name, path.suffix.lower()
    if not path.is_file():
        raise UsageError(f"Fichier introuvable : {path}. Vérifiez le chemin.")
    if suffix not in (*READ_SUFFIXES, ".xls", ".txt"):
        raise UsageError(f"{path} : type de fichier inattendu. Attendu : {', '.join(READ_SUFFIXES)}.")
    if path.stat().st_size == 0:
        raise RefusedFileError(source, "le fichier est vide (0 octet)", "Exportez-le à nouveau.")
    return guarded(source, lambda: _frame(path, source, suffix), f"table {suffix}")


def _frame(path: Path, source: str, suffix: str) -> pd.DataFrame:
    if suffix in (".jsonl", ".parquet"):
        return read_records(path, source)
    if suffix in (".csv", ".tsv", ".txt"):
        return frame_of(iter_delimited(path, source), source)
    for _, rows in iter_sheets(path, source):
        kept = list(rows)
        if any(any(row) for row in kept):
            return frame_of(iter(kept), source)
    raise RefusedFileError(source, "toutes les feuilles sont vides", "Vérifiez que c'est le bon fichier.")


def frame_of(rows: Iterator[Row], source: str) -> pd.DataFrame:
    """A frame out of rows; leading blank rows are passed over, short rows completed, extra cells given a column."""
    header = next((row for row in rows if any(cell.strip() for cell in row)), None)
    if header is None:
        raise RefusedFileError(source, "le tableau est vide", "Attendu : une ligne de titres, puis des lignes.")
    body = list(rows)
    while body and not any(cell.strip() for cell in body[-1]):
        body.pop()
    width = max(map(len, [header, *body]))
    names = unique_names(header + [""] * (width - len(header)))
    return pd.DataFrame((row + [""] * (width - len(row)) for row in body), columns=names, dtype=object)


def with_added(rows: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """`rows` with the columns of `added` after its own, row by row; one of that name becomes `<name>_source`."""
    kept = rows.rename(columns={name: f"{name}_source" for name in added.columns if name in rows.columns})
    return kept.assign(**{str(name): added[name].to_numpy() for name in added.columns})


def table_bytes(frame: pd.DataFrame, path: Path, dialect: Dialect | None = None) -> bytes:
    """The content of `path`, which is not written: `frame` in the format that its name asks for.

    A csv is in `dialect`, UTF-8 under its mark and commas without one, and UTF-8 when its encoding lacks a character;
    xlsx holds texts as texts, numbers as numbers.

    Raises UsageError: unknown suffix, or a table too large for a spreadsheet.
    """
    suffix, dialect = path.suffix.lower(), dialect or Dialect()
    if suffix not in WRITE_SUFFIXES:
        raise UsageError(f"{path} : impossible d'écrire ce type de fichier. Attendu : {', '.join(WRITE_SUFFIXES)}.")
    if suffix == ".xlsx":
        return _xlsx_bytes(frame, path)
    if suffix == ".parquet":
        packed: bytes = frame.to_parquet(index=False)
        return packed
    if suffix == ".jsonl":
        return str(frame.to_json(orient="records", lines=True, force_ascii=False)).encode()
    separator = "\t" if suffix == ".tsv" else dialect.separator
    text = frame.to_csv(index=False, sep=separator, lineterminator=dialect.newline, quoting=csv.QUOTE_MINIMAL)
    try:
        return text.encode(dialect.encoding)
    except UnicodeEncodeError:
        return text.encode(MARKED)


def _xlsx_bytes(frame: pd.DataFrame, path: Path) -> bytes:
    import xlsxwriter

    longest = max((int(frame[name].astype(str).str.len().max()) for name in frame if len(frame)), default=0)
    if len(frame) >= XLSX_ROWS_MAX or longest > XLSX_CELL_MAX:
        raise UsageError(
            f"{path} : le tableau dépasse ce qu'un classeur peut contenir ({XLSX_ROWS_MAX} lignes, "
            f"{XLSX_CELL_MAX} caractères par cellule). Demandez plutôt un fichier .csv ou .parquet."
        )
    packed = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(packed, options) as book:
        sheet = book.add_worksheet("Tableau")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [str(name) for name in frame.columns], book.add_format({"bold": True}))
        for number, row in enumerate(frame.itertuples(index=False, name=None), start=1):
            for at, value in enumerate(row):
                if value is None or value is pd.NA or value != value or value == "":
                    continue
                if isinstance(value, int | float) and not isinstance(value, bool):
                    sheet.write_number(number, at, value)
                else:
                    sheet.write_string(number, at, str(value))
    return packed.getvalue()
