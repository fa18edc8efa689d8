"""The files of a corpus folder: which there are, and which are not meant to be read."""

import fnmatch
import os
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.ingest.formats.detection import display_name
from pipeline.ingest.workshop import WORKSHOP_FILE, FileOverride
from pipeline.tables.columns import is_titles_file

_IGNORED = (
    (("lisez-moi*", "lisezmoi*", "readme*"), "mode d'emploi"),
    ((".*",), "fichier caché"),
    (("~$*",), "fichier temporaire d'Office"),
    (("*.tmp",), "fichier temporaire"),
    (("thumbs.db", "desktop.ini"), "fichier du système"),
)
_HEARD = (".mp3", ".ogg", ".wav", ".m4a")
_TRANSCRIPTS = (".vtt", ".srt", ".json", ".docx", ".txt")
"""Ends of names of what a browser plays, and of what it says."""
PHOTOS = (".jpg", ".jpeg", ".png", ".heic", ".heif")
"""Ends of names of the photos that are typed on the home page."""
_N_FILES_MAX = 20_000
"""A workshop has some dozens: more is a whole disk that was given by mistake, and sorting it out would take minutes."""
CLOSED_FOLDER = "vous n'avez pas le droit de lire ce dossier. Changez ses droits, ou copiez-le."
LINKED_FOLDER = "c'est un lien vers un dossier, qui n'est pas suivi. Copiez ici le dossier lui-même."
LINK_OUT = "c'est un lien vers un fichier d'un autre dossier, qui n'est pas lu. Copiez ici le fichier lui-même."


def list_files(corpus: Path, refuse: Callable[[str, str, str], None]) -> list[tuple[str, Path]]:
    """Files by name, as (source, place); links are never followed out of the corpus, nor to a folder.

    `refuse` is told the name, the kind and the reason of what is not read: closed and linked folders, links out.
    """
    files: list[tuple[str, Path]] = []
    root = os.path.realpath(corpus)

    def named(place: str) -> str:
        return display_name(os.path.relpath(place, corpus).replace(os.sep, "/"))

    def closed(error: OSError) -> None:
        refuse(named(str(error.filename)), "dossier", CLOSED_FOLDER)

    for folder, subfolders, names in os.walk(corpus, onerror=closed):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and name != "__MACOSX")
        for path in [path for name in subfolders if (path := Path(folder) / name).is_symlink() or _is_junction(path)]:
            subfolders.remove(path.name)
            refuse(named(str(path)), "lien", LINKED_FOLDER)
        for name in sorted(names):
            path = Path(folder) / name
            if leads_out(path, root):
                refuse(named(str(path)), "lien", LINK_OUT)
            else:
                files.append((display_name(path.relative_to(corpus).as_posix()), path))
        if len(files) > _N_FILES_MAX:
            raise UsageError(f"{corpus} contient plus de {_N_FILES_MAX} fichiers. Donnez le dossier de l'atelier seul.")
    files.sort()
    return with_distinct_names(files)


def leads_out(path: Path, root: str) -> bool:
    """Whether a file is a link, and what it leads to stands outside `root`, a folder by its real path."""
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root)


def _is_junction(folder: Path) -> bool:
    return bool(getattr(folder, "is_junction", bool)())  # Windows, from Python 3.12 on


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
    if is_titles_file(name):
        return "titres donnés", "les idées sont rangées dessous ; ce ne sont pas des paroles"
    for patterns, reason in _IGNORED:
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns):
            return "fichier", reason
    if path is not None and path.suffix in _HEARD and any(path.with_suffix(end).is_file() for end in _TRANSCRIPTS):
        return "enregistrement", "sa transcription est lue"
    if path is not None and path.suffix.lower() in PHOTOS and path.with_suffix(".csv").is_file():
        return "photo", f"ce qu'elle montre est saisi dans {path.with_suffix('.csv').name}"
    return ("fichier", "ignoré d'après atelier.toml") if override is not None and override.ignorer else None
