"""One file → readings, by what it was recognised as, with every failure turned into a refusal in words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import RefusedFileError, os_reason
from pipeline.ingest.formats.detection import detect
from pipeline.ingest.formats.documents.files import read_docx, read_note, read_pad, read_pdf, read_with_pandoc
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.formats.sheets.mapping import Sheet
from pipeline.ingest.formats.sheets.table_reader import read_delimited, read_grid, read_record_table
from pipeline.ingest.formats.sheets.workbook import read_workbook
from pipeline.ingest.formats.speech.transcripts import read_json, read_timed_text, read_whisper
from pipeline.ingest.workshop import FileOverride, ToldOfFile
from pipeline.tables.decoding import SAMPLE_SIZE, read_text
from pipeline.tables.grids import sniff_delimiter

_T = TypeVar("_T")
ZIP = "zip"
_LABELS = {
    "csv": "tableau CSV",
    "classeur": "classeur",
    "docx": "document Word",
    "odt": "document OpenDocument",
    "zip": "archive zip",
    "pdf": "PDF",
    "html": "page HTML",
    "md": "note Markdown",
    "txt": "texte",
    "timed": "transcription",
    "json": "JSON",
    "jsonl": "table jsonl",
    "parquet": "table parquet",
}


def format_label(kind: str) -> str:
    """The name of a kind of file, in French."""
    return _LABELS.get(kind, kind)


def read_file(path: Path, source: str, override: ToldOfFile | None, size_max: int) -> list[Reading]:
    """Read one file that is no archive.

    Parameters
    ----------
    source : its name for people.
    size_max : bytes above which it is refused.

    Raises
    ------
    RefusedFileError : it cannot be read, with what is wrong and what to do.
    """
    before = _guarded(source, path.stat)
    if before.st_size > size_max:
        raise RefusedFileError(
            source,
            f"le fichier fait {before.st_size >> 20} Mio (au plus {size_max >> 20})",
            "Coupez-le en plusieurs fichiers, ou relevez ingest.taille_max_mio dans la configuration.",
        )
    kind = _guarded(source, lambda: detect(path, source))
    if override is not None and override.sheets and kind != "classeur":
        raise RefusedFileError(
            source,
            f"atelier.toml y annonce une feuille « {override.sheets[0]} », mais ce n'est pas un classeur",
            'Retirez feuille = "…" de ce [[fichiers]].',
        )
    readings = _guarded(source, lambda: _read(path, source, kind, override))
    _override_kinds(readings, override)
    for reading in readings:
        reading.entries = _watched(reading.entries, path, source, before, reading.override or override)
    return readings


def _guarded(source: str, step: Callable[[], _T]) -> _T:
    """The result of a step of reading, a failure of the system or of memory told as a refusal."""
    try:
        return step()
    except PermissionError as error:
        raise RefusedFileError(
            source, "vous n'avez pas le droit de le lire", "Changez ses droits, ou copiez-le."
        ) from error
    except (OSError, MemoryError, RecursionError, UnicodeError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else type(error).__name__
        raise RefusedFileError(source, f"la lecture a échoué ({reason})", "Copiez le fichier ici à nouveau.") from error


def _watched(
    entries: Iterable[Entry], path: Path, source: str, before: os.stat_result, override: FileOverride | None
) -> Iterator[Entry]:
    """Entries one at a time, what `atelier.toml` says of them applied; refused when the file changed meanwhile."""
    iterator = iter(entries)
    while True:
        entry = _guarded(source, lambda: next(iterator, None))
        if entry is None:
            break
        if override is not None:
            entry.context = override.contexte if override.contexte is not None else entry.context
            entry.table = override.table or entry.table
        yield entry
    after = _guarded(source, path.stat)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise RefusedFileError(
            source, "le fichier a changé pendant la lecture", "Fermez le logiciel qui l'écrit, puis relancez."
        )


def _read(path: Path, source: str, kind: str, override: ToldOfFile | None) -> list[Reading]:
    tables: dict[str, Callable[[Path, str, ToldOfFile | None], list[Reading]]] = {
        "csv": read_delimited,
        "classeur": read_workbook,
        "jsonl": read_record_table,
        "parquet": read_record_table,
    }
    documents: dict[str, Callable[[Path, str], Reading]] = {
        "timed": read_timed_text,
        "docx": read_docx,
        "pdf": read_pdf,
        "odt": lambda p, s: read_with_pandoc(p, s, "odt"),
        "html": lambda p, s: read_with_pandoc(p, s, "html"),
        "md": lambda p, s: read_note(p, s, True),
    }
    if kind in tables:
        return tables[kind](path, source, override)
    if kind in documents:
        return [documents[kind](path, source)]
    if kind == "json":
        return [_read_json(read_json(path, source), source, override)]
    return _read_plain(path, source, override)


def _read_plain(path: Path, source: str, override: ToldOfFile | None) -> list[Reading]:
    """A file of text without a telling name: a table when its lines are cut alike, else a note."""
    sample = read_text(path, source)[: SAMPLE_SIZE // 4]
    if not sample.strip():
        raise RefusedFileError(source, "le fichier ne contient que des blancs", "Vérifiez que c'est le bon fichier.")
    delimiter = sniff_delimiter(sample)
    if delimiter in (";", "\t", "|") and sample.count("\n") > 1 and path.suffix.lower() not in (".md", ".markdown"):
        header = sample.split("\n", 1)[0]
        if header.count(delimiter) >= 1 and len(header) < 400:
            try:
                readings = read_delimited(path, source, override)
                for reading in readings:
                    reading.entries = list(reading.entries)
                return readings
            except RefusedFileError:
                pass  # cut alike by chance: it is a note
    return [read_note(path, source, False)]


def _read_json(content: Any, source: str, override: ToldOfFile | None) -> Reading:
    if isinstance(content, dict):
        if isinstance(content.get("segments"), list):
            return read_whisper(content, source)
        if any(str(key).startswith("pad:") for key in content):
            return read_pad(content, source)
        listed = [
            value for value in content.values() if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        rows = max(listed, key=len) if listed else list(content.values())
    else:
        rows = content
    records = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if not records:
        raise RefusedFileError(
            source,
            "ce JSON n'est d'aucun outil connu",
            "Exportez plutôt en CSV, ou donnez une liste d'objets avec « texte ».",
        )
    names = list(dict.fromkeys(str(key) for row in records for key in row))[:2000]
    cells = ([_text(row.get(name)) for name in names] for row in records)
    return read_grid(iter([names, *cells]), override, "table JSON", Sheet(source))


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value)


def _override_kinds(readings: list[Reading], override: ToldOfFile | None) -> None:
    """What `atelier.toml` says of the channel and provenance wins."""
    for reading in readings:
        told = reading.override or override
        if told is None:
            continue
        reading.channel = told.canal or reading.channel
        reading.provenance = told.provenance or reading.provenance
        if told.canal and not told.provenance:
            reading.provenance = {"note": "note", "transcript": "transcription"}.get(told.canal, "ecrit")
