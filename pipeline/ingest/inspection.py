"""What would be read of one file, and why, for `rosace inspect`."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import IngestConfig
from pipeline.errors import NothingSaidError, RefusedFileError, os_reason
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.corpus_files import (
    BLANK_ENTRY_SHEET,
    LINK_OUT,
    is_blank_entry_sheet,
    leads_out,
    list_files,
    why_ignored,
)
from pipeline.ingest.formats.archives import display_name, unpack
from pipeline.ingest.formats.detection import detect
from pipeline.ingest.formats.readers import ZIP, format_label, read_file
from pipeline.ingest.formats.records import ColumnChoice, Reading
from pipeline.ingest.frames import FRAME_NAMES
from pipeline.ingest.workshop import WORKSHOP_FILE, ToldOfFile, find_workshops, table_in_name

_ROWS_SHOWN = 5
_PLACES_SHOWN = 3
_ROWS_LOOKED_AT = 2_000


@dataclass(frozen=True)
class Inspection:
    """One file as it would be read.

    Attributes
    ----------
    problem : why it is refused, None when it is read.
    ignored : why it is not meant to be read, "" when it is.
    kinds : what people made it for, sheet by sheet where they differ, and what tells so.
    channel, provenance : guessed from the format, or said in `atelier.toml`.
    choices : columns and what they are taken for.
    rows : first contributions (locator, context, voice, text, ideas), private data already marked.
    frames : (frame, paragraphs, why, where the first stands) of a document, in French.
    rejects : (reason, n, first locators).
    marks : private data replaced, by kind.
    """

    source: str
    format: str
    problem: str | None
    ignored: str = ""
    kinds: tuple[tuple[str, str], ...] = ()
    channel: str = ""
    provenance: str = ""
    choices: tuple[ColumnChoice, ...] = ()
    notes: tuple[str, ...] = ()
    n_kept: int = 0
    n_positions: int = 0
    n_items: int = 0
    rows: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = ()
    frames: tuple[tuple[str, int, str, str], ...] = ()
    rejects: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    marks: tuple[tuple[str, int], ...] = ()


def inspect_folder(folder: Path, config: IngestConfig) -> list[Inspection]:
    """Every file of a folder, as it would be read with the others."""
    refused: list[Inspection] = []
    files = list_files(folder, lambda name, _, reason: refused.append(Inspection(name, "", reason)))
    return [*refused, *(found for source, path in files for found in inspect_file(path, config, source))]


def inspect_file(path: Path, config: IngestConfig, source: str = "") -> list[Inspection]:
    """One inspection per file; several for an archive. The nearest `atelier.toml` above it is taken into account."""
    if not source and leads_out(path, os.path.realpath(_corpus_of(path) or path.parent)):
        return [Inspection(display_name(path.name), "", LINK_OUT)]
    source = source or display_name(path.name)
    override = _override(path)
    if ignored := why_ignored(source, override, path):
        return [Inspection(source, "", None, ignored[1])]
    try:
        if detect(path, source) == ZIP:
            with tempfile.TemporaryDirectory(prefix="rosace-") as folder:
                links: list[Inspection] = []
                refuse = lambda name, _, reason: links.append(Inspection(name, "", reason))  # noqa: E731
                members = unpack(path, source, Path(folder), refuse)
                return [*links, *(_inspect(member, place, None, config) for member, place in members)]
    except RefusedFileError as error:
        return [Inspection(source, format_label(path.suffix.lstrip(".")), f"{error.problem}. {error.advice}")]
    except OSError as error:
        return [Inspection(source, "", f"lecture impossible ({os_reason(error)}).")]
    return [_inspect(source, path, override, config)]


def _override(path: Path) -> ToldOfFile | None:
    folder = _corpus_of(path)
    if folder is None or leads_out(folder / WORKSHOP_FILE, os.path.realpath(folder)):
        return None
    (workshop,) = find_workshops(folder, [WORKSHOP_FILE])
    return workshop.override_of(_absolute(path).relative_to(folder).as_posix())


def _corpus_of(path: Path) -> Path | None:
    """The nearest folder above a file that holds an `atelier.toml`."""
    return next((folder for folder in _absolute(path).parents if (folder / WORKSHOP_FILE).is_file()), None)


def _absolute(path: Path) -> Path:
    """The place of a file as it was named: a link stands where it is, not where it leads."""
    return Path(os.path.normpath(path.absolute()))


def _inspect(source: str, path: Path, override: ToldOfFile | None, config: IngestConfig) -> Inspection:
    try:
        readings = read_file(path, source, override, config.taille_max_mio << 20)
        assembly = Assembly(config, keep=_ROWS_LOOKED_AT)
        assembly.add(source, readings, "atelier", (override.table if override else None) or table_in_name(source))
    except NothingSaidError as error:
        return Inspection(source, "", None, error.problem)
    except RefusedFileError as error:
        if is_blank_entry_sheet(source, error):
            return Inspection(source, "", None, BLANK_ENTRY_SHEET[1])
        return Inspection(source, "", f"{error.problem}. {error.advice}")
    state, detail = str(assembly.ledger[0][2]), str(assembly.ledger[0][3])
    return Inspection(
        source=source,
        format=" + ".join(dict.fromkeys(reading.format for reading in readings)),
        problem=detail if state == "refuse" else None,
        kinds=_kinds(readings),
        channel=", ".join(dict.fromkeys(reading.channel for reading in readings)),
        provenance=", ".join(dict.fromkeys(reading.provenance for reading in readings)),
        choices=tuple(dict.fromkeys(choice for reading in readings for choice in reading.choices)),
        notes=tuple(dict.fromkeys(note for reading in readings for note in reading.notes)),
        n_kept=len(assembly.contributions),
        n_positions=sum(line[7] for line in assembly.ledger),
        n_items=len(assembly.items),
        rows=_rows(assembly),
        frames=tuple((FRAME_NAMES[frame], n, why, place) for one in readings for frame, n, why, place in one.frames),
        rejects=_rejects(assembly),
        marks=tuple(sorted((mark, n) for (_, mark), n in assembly.privacy.items())),
    )


def _kinds(readings: list[Reading]) -> tuple[tuple[str, str], ...]:
    """(kind, reason) of each reading, the sheet told where a workbook has several."""
    told = []
    for reading in readings:
        sheet = reading.place.rstrip(", ") if len(readings) > 1 else ""
        told.append((f"{reading.kind} ({sheet})" if sheet else reading.kind, reading.why))
    return tuple(pair for pair in dict.fromkeys(told) if pair[0])


def _rows(assembly: Assembly) -> tuple[tuple[str, str, str, str, tuple[str, ...]], ...]:
    rows = []
    items = assembly.items.table().select(["contribution_id", "text"]).to_pylist()
    for told in assembly.contributions.table().slice(0, _ROWS_SHOWN).to_pylist():
        ideas = tuple(item["text"] for item in items if item["contribution_id"] == told["contribution_id"])
        place, context, voice, text = (told[name] or "" for name in ("locator", "context", "voice", "text"))
        rows.append((place, context, voice, text, ideas))
    return tuple(rows)


def _rejects(assembly: Assembly) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    places: dict[str, list[str]] = {}
    for reject in assembly.rejects.table().to_pylist():
        places.setdefault(reject["detail"], []).append(reject["locator"])
    ordered = sorted(assembly.details.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((detail, n, tuple(places.get(detail, [])[:_PLACES_SHOWN])) for detail, n in ordered)
