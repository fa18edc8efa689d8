"""One file → readings: recognised, read apart, with every failure turned into a refusal in words."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.errors import NothingSaidError, RefusedFileError
from pipeline.ingest.formats.apart import read_apart
from pipeline.ingest.formats.columns import Sheet
from pipeline.ingest.formats.detection import KINDS, detect
from pipeline.ingest.formats.documents import read_docx, read_note, read_pad, read_pdf, read_with_pandoc
from pipeline.ingest.formats.records import NO_ANSWER, Entry, Reading
from pipeline.ingest.formats.sheets import read_delimited, read_grid, read_record_table, read_workbook
from pipeline.ingest.formats.transcripts import read_timed_text, read_whisper
from pipeline.ingest.formats.typed import read_typed
from pipeline.ingest.frames import FRAME_NAMES
from pipeline.ingest.headers import DECIDED
from pipeline.ingest.workshop import FileOverride
from pipeline.tables.columns import header_key
from pipeline.tables.grids import sniff_delimiter
from pipeline.tables.reading import SAMPLE_SIZE, guarded, loads_sound, read_text

_STREAMED = "csv"
"""The kind that is read here, row after row in bounded memory, by a reader that is not native."""
_GROWING = "saisie"
"""The kind to which words are appended meanwhile: it is read at one instant, whole records or none."""
_TABLES: dict[str, Callable[[Path, str, FileOverride | None], list[Reading]]] = {
    "csv": read_delimited,
    "classeur": read_workbook,
    "jsonl": read_record_table,
    "parquet": read_record_table,
}
_DOCUMENTS: dict[str, Callable[[Path, str, FileOverride | None], Reading]] = {
    "timed": lambda path, source, _: read_timed_text(path, source),
    "saisie": lambda path, *_: read_typed(path),
    "docx": read_docx,
    "pdf": read_pdf,
    "odt": partial(read_with_pandoc, form="odt"),
    "html": partial(read_with_pandoc, form="html"),
    "md": partial(read_note, is_markdown=True),
}
"""What reads each kind of `detection.KINDS`, but for json and texts, of which the content decides."""
_PROVENANCES = {"note": "note", "transcript": "transcription"}
"""Provenance of what `atelier.toml` says the channel of; "ecrit" for the others."""
DOCUMENT = "document"
"""What people say that a file is of which nothing was said when they met, and why its passages are set aside."""
_NAMES_MAX = 2_000
"""Columns of a table of objects: more are keys that are themselves data."""


def format_label(kind: str) -> str:
    """The name of a kind of file, in French."""
    return KINDS[kind].label if kind in KINDS else kind


def read_file(
    path: Path, source: str, override: FileOverride | None, size_max: int, beside: Sequence[Path] = ()
) -> list[Reading]:
    """Read one file.

    Parameters
    ----------
    source : its name for people.
    size_max : bytes above which it is refused.
    beside : tables of the same workshop that have the same titles.

    Raises RefusedFileError: it cannot be read, with what is wrong and what to do.
    """
    before = guarded(source, path.stat)
    if before.st_size > size_max:
        raise RefusedFileError(
            source,
            f"le fichier fait {before.st_size >> 20} Mio (au plus {size_max >> 20})",
            "Coupez-le en plusieurs fichiers, ou relevez ingest.taille_max_mio dans la configuration.",
        )
    kind = detect(path, source)
    if kind == _STREAMED:
        readings = guarded(source, lambda: read_delimited(path, source, override, beside), format_label(kind))
    else:
        readings = read_apart(path, source, kind, override, format_label(kind))
    for reading in readings:
        if override is not None and (override.canal or override.provenance):
            channel = reading.channel if override.canal in (None, DOCUMENT) else override.canal
            reading.provenance = override.provenance or _PROVENANCES.get(channel, "ecrit")
            reading.channel = channel
        if override is not None and override.jour:
            reading.told |= {"date": override.jour, DECIDED: override.jour}
        stat = None if kind == _GROWING else before
        reading.entries = _watched(reading, reading.entries, path, source, stat, override, format_label(kind))
    return readings


def _watched(
    reading: Reading,
    entries: Iterable[Entry],
    path: Path,
    source: str,
    before: os.stat_result | None,
    override: FileOverride | None,
    expected: str,
) -> Iterator[Entry]:
    """Entries one at a time, what `atelier.toml` says of them applied; refused when the file changed meanwhile."""
    iterator = iter(entries)
    told = (override.pas_une_parole, override.paroles) if override is not None else ((), ())
    not_words, words = (frozenset(map(header_key, one)) for one in told)
    is_document = override is not None and override.canal == DOCUMENT
    while True:
        entry = guarded(source, lambda: next(iterator, None), expected)
        if entry is None:
            break
        if override is not None:
            entry.context = override.contexte if override.contexte is not None else entry.context
            entry.table = override.table or entry.table
        place, is_said = header_key(entry.locator), entry.text and entry.aside is None
        why = "pas_une_parole" if place in not_words else DOCUMENT if is_document and place not in words else ""
        if why and is_said:
            entry.aside = why, FRAME_NAMES[why]
            reading.aside[entry.locator] = entry.text
        if why == DOCUMENT:
            entry.positions = ()
        if entry.aside == NO_ANSWER and place in words:
            entry.aside = None
        yield entry
    after = guarded(source, path.stat)
    if before is not None and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise RefusedFileError(
            source, "le fichier a changé pendant la lecture", "Fermez le logiciel qui l'écrit, puis relancez."
        )


def read_kind(path: Path, source: str, kind: str, override: FileOverride | None) -> list[Reading]:
    """The readings of a file of a kind that `detect` tells; a broken one may fail in any way.

    Raises RefusedFileError: it cannot be read, with what is wrong and what to do.
    """
    if kind in _TABLES:
        return _TABLES[kind](path, source, override)
    if kind in _DOCUMENTS:
        return [_DOCUMENTS[kind](path, source, override)]
    if kind == "json":
        return [_read_json(path, source, override)]
    return _read_plain(path, source, override)


def _read_plain(path: Path, source: str, override: FileOverride | None) -> list[Reading]:
    """A file of text without a telling name: a table when its lines are cut alike, else a note."""
    sample = read_text(path, source)[: SAMPLE_SIZE // 4]
    if not sample.strip():
        raise RefusedFileError(source, "le fichier ne contient que des blancs", "Vérifiez que c'est le bon fichier.")
    header, delimiter = sample.split("\n", 1)[0], sniff_delimiter(sample)
    if delimiter in (";", "\t", "|") and sample.count("\n") > 1 and delimiter in header and len(header) < 400:
        try:
            readings = read_delimited(path, source, override)
            for reading in readings:
                reading.entries = list(reading.entries)
            return readings
        except NothingSaidError:
            raise
        except RefusedFileError:
            pass  # cut alike by chance: it is a note
    return [read_note(path, source, override, is_markdown=False)]


def _read_json(path: Path, source: str, override: FileOverride | None) -> Reading:
    """A json file, bounded in depth by the parser itself: a transcript, a pad, or a list of objects."""
    try:
        content = loads_sound(read_text(path, source))
    except (ValueError, RecursionError) as error:
        raise RefusedFileError(source, "ce n'est pas du JSON lisible", "Exportez le fichier à nouveau.") from error
    if isinstance(content, dict):
        if isinstance(content.get("segments"), list):
            return read_whisper(content, source)
        if any(str(key).startswith("pad:") for key in content):
            return read_pad(content, source, override)
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
    flat = [_flat(row) for row in records]
    names = list(dict.fromkeys(name for row in flat for name in row))[:_NAMES_MAX]
    cells = ([row.get(name, "") for name in names] for row in flat)
    return read_grid(iter([names, *cells]), override, "table JSON", Sheet(source))


def _flat(record: dict[str, Any], above: str = "") -> dict[str, str]:
    """An object as one row: what it holds in another one is called `author/name`, what it lists is joined."""
    found: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{above}{key}/")
        elif isinstance(value, list):
            found[f"{above}{key}"] = ", ".join(str(one) for one in value if not isinstance(one, dict | list | None))
        else:
            found[f"{above}{key}"] = "" if value is None else str(value)
    return found
