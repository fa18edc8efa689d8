"""One file → readings: recognised, read apart, with every failure turned into a refusal in words."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.apart import read_apart
from pipeline.ingest.formats.detection import detect
from pipeline.ingest.formats.kinds_of_files import read_kind
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.workshop import FileOverride, ToldOfFile
from pipeline.tables.guard import guarded

_STREAMED = "csv"
"""The kind that is read here, row after row in bounded memory, by a reader that is not native."""
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
    before = guarded(source, path.stat)
    if before.st_size > size_max:
        raise RefusedFileError(
            source,
            f"le fichier fait {before.st_size >> 20} Mio (au plus {size_max >> 20})",
            "Coupez-le en plusieurs fichiers, ou relevez ingest.taille_max_mio dans la configuration.",
        )
    kind = detect(path, source)
    if override is not None and override.sheets and kind != "classeur":
        raise RefusedFileError(
            source,
            f"atelier.toml y annonce une feuille « {override.sheets[0]} », mais ce n'est pas un classeur",
            'Retirez feuille = "…" de ce [[fichiers]].',
        )
    if kind == _STREAMED:
        readings = guarded(source, lambda: read_kind(path, source, kind, override), format_label(kind))
    else:
        readings = read_apart(path, source, kind, override, format_label(kind))
    _override_kinds(readings, override)
    for reading in readings:
        told = reading.override or override
        reading.entries = _watched(reading.entries, path, source, before, told, format_label(kind))
    return readings


def _watched(
    entries: Iterable[Entry],
    path: Path,
    source: str,
    before: os.stat_result,
    override: FileOverride | None,
    expected: str,
) -> Iterator[Entry]:
    """Entries one at a time, what `atelier.toml` says of them applied; refused when the file changed meanwhile."""
    iterator = iter(entries)
    while True:
        entry = guarded(source, lambda: next(iterator, None), expected)
        if entry is None:
            break
        if override is not None:
            entry.context = override.contexte if override.contexte is not None else entry.context
            entry.table = override.table or entry.table
        yield entry
    after = guarded(source, path.stat)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise RefusedFileError(
            source, "le fichier a changé pendant la lecture", "Fermez le logiciel qui l'écrit, puis relancez."
        )


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
