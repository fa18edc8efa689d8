"""The files of a corpus folder: which there are, and which are not meant to be read."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import RefusedFileError, UsageError
from pipeline.ingest.formats.archives import display_name
from pipeline.ingest.formats.sheets import ONLY_TITLES
from pipeline.ingest.workshop import ENTRY_SHEET_NAME, WORKSHOP_FILE, FileOverride

_IGNORED = (
    ("lisez-moi*", "mode d'emploi"),
    ("lisezmoi*", "mode d'emploi"),
    ("readme*", "mode d'emploi"),
    (".*", "fichier caché"),
    ("~$*", "fichier temporaire d'Office"),
    ("*.tmp", "fichier temporaire"),
    (".~lock.*", "verrou de LibreOffice"),
    ("thumbs.db", "fichier du système"),
    ("desktop.ini", "fichier du système"),
)
_HEARD = (".mp3", ".ogg", ".wav", ".m4a")
_TRANSCRIPTS = (".vtt", ".srt", ".json", ".docx", ".txt")
"""Ends of names of what a browser plays, and of what it says."""
PHOTOS = (".jpg", ".jpeg", ".png", ".heic", ".heif")
"""Ends of names of the photos that are typed on the home page."""
_N_FILES_MAX = 20_000
"""A workshop has some dozens: more is a whole disk that was given by mistake, and sorting it out would take minutes."""
BLANK_ENTRY_SHEET = ("feuille de saisie", "rien n'y est saisi")
"""Kind and reason of the sheet that `rosace nouveau` gives, left as it was given."""


def list_files(corpus: Path, refuse_folder: Callable[[str], None]) -> list[tuple[str, Path]]:
    """Files by name, as (source, place); links to folders are not followed, so that a cycle leads nowhere.

    `refuse_folder` is told the name of each folder that may not be read.
    """
    files: list[tuple[str, Path]] = []

    def refuse(error: OSError) -> None:
        refuse_folder(display_name(os.path.relpath(str(error.filename), corpus).replace(os.sep, "/")))

    for folder, subfolders, names in os.walk(corpus, onerror=refuse):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and name != "__MACOSX")
        for name in sorted(names):
            path = Path(folder) / name
            files.append((display_name(path.relative_to(corpus).as_posix()), path))
        if len(files) > _N_FILES_MAX:
            raise UsageError(f"{corpus} contient plus de {_N_FILES_MAX} fichiers. Donnez le dossier de l'atelier seul.")
    files.sort()
    return with_distinct_names(files)


def with_distinct_names(files: list[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """The same files, those of one name told apart by a rank."""
    seen: dict[str, int] = {}
    distinct: list[tuple[str, Path]] = []
    for source, path in files:
        seen[source] = seen.get(source, 0) + 1
        distinct.append((source if seen[source] == 1 else f"{source} ({seen[source]})", path))
    return distinct


def why_ignored(source: str, override: FileOverride | None, path: Path | None = None) -> tuple[str, str] | None:
    """(kind, reason) of a file that is not meant to be read, None for the others; `path` is where it stands."""
    name = source.rsplit("/", 1)[-1].lower()
    if name == WORKSHOP_FILE:
        return "fiche de l'atelier", "en-tête, tables et fichiers déclarés"
    for pattern, reason in _IGNORED:
        if fnmatch.fnmatchcase(name, pattern):
            return "fichier", reason
    if path is not None and path.suffix in _HEARD and any(path.with_suffix(end).is_file() for end in _TRANSCRIPTS):
        return "enregistrement", "sa transcription est lue ; il s'écoute sur la page de relecture"
    if path is not None and path.suffix.lower() in PHOTOS and path.with_suffix(".csv").is_file():
        return "photo", f"ce qu'elle montre est saisi dans {path.with_suffix('.csv').name}"
    return ("fichier", "ignoré d'après atelier.toml") if override is not None and override.ignorer else None


def is_blank_entry_sheet(source: str, error: RefusedFileError) -> bool:
    """Whether a file was refused for being the entry sheet of `rosace nouveau`, where nothing was typed."""
    return source.rsplit("/", 1)[-1].lower() == ENTRY_SHEET_NAME and error.problem == ONLY_TITLES
