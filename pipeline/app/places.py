"""Where workshops stand: a folder each, with the files given and the results; names that are safe anywhere."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline.errors import ArtifactError, RosaceError, UsageError, os_reason
from pipeline.folder.integrity import MANIFEST, Manifest
from pipeline.folder.kept import DecisionFile
from pipeline.ingest.corpus_files import leads_out, list_files
from pipeline.ingest.workshop import WORKSHOP_FILE, Header, Sheet, read_sheet
from pipeline.tables.reading import read_text

if TYPE_CHECKING:
    from pipeline.programme.workshops import About

FILES, RESULTS, ASIDE = "fichiers", "resultats", "retires"
AWAY = ".range"
"""The mark of a workshop that is put away: its files stay where they are."""
WALL = "mur"
"""The file of results that says where ideas were shown on the wall, and how many were to be placed."""
TITLES_FILE = "themes.txt"
"""The titles that are typed on the page."""
WORKSHOP, RUN, PROGRAMME = "atelier", "resultat", "programme"
"""Kinds of places, as addresses name them: made here, a run made in a terminal, several that were compared there."""
_NAME_BYTES_MAX = 120
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""Names that Windows keeps for itself, whatever their end."""


@dataclass(frozen=True)
class Place:
    """A workshop made here, or a run made in a terminal, whose files stand elsewhere.

    Attributes
    ----------
    kind : `WORKSHOP`, `RUN` or `PROGRAMME`.
    folder : of the workshop, or of the run itself.
    """

    kind: str
    folder: Path

    @classmethod
    def of_run(cls, run: Path) -> Place:
        """The place of a folder of results, wherever it stands."""
        return cls(RUN, run.resolve())

    @property
    def address(self) -> str:
        """Of its screen."""
        return f"/{self.kind}/{quote(self.folder.name)}"

    @property
    def files(self) -> Path:
        """The folder that Rosace reads."""
        return self.folder / FILES

    @property
    def run(self) -> Path:
        """The folder of results."""
        return self.folder / RESULTS if self.kind == WORKSHOP else self.folder

    @property
    def is_done(self) -> bool:
        """Whether there is something to review."""
        return (self.run / MANIFEST).is_file() and (self.run / "index.html").is_file()

    @property
    def is_away(self) -> bool:
        """Whether its person put it away."""
        return (self.folder / AWAY).exists()

    @property
    def title(self) -> str:
        """As its sheet says, or the file of the programme, else the name of its folder."""
        return self._said.titre.strip() or self.folder.name

    @cached_property
    def _said(self) -> Header | About:
        try:
            if self.kind != PROGRAMME:
                return self.sheet().atelier
            from pipeline.programme.workshops import read_programme

            return read_programme(self.folder).programme
        except RosaceError:
            return Header()

    @property
    def n_ideas(self) -> int | None:
        """Ideas that were read; None before."""
        try:
            said = Manifest(self.run).load()["stages"] if self.is_done else {}
        except ArtifactError:
            return None
        n: int | None = said.get("ingest", {}).get("rows", {}).get("items")
        return n

    @property
    def n_left(self) -> int:
        """Ideas to be placed, as the wall said last; 0 where acts were done since, or it was never read."""
        try:
            kept = json.loads((self.run / f"{WALL}.json").read_bytes())
            is_now = kept["acts"] == len(DecisionFile(self.run / "decisions.jsonl").lines())
            return int(kept["left"]) if is_now else 0
        except (OSError, RosaceError, ValueError, TypeError, KeyError):
            return 0

    @property
    def when_where(self) -> list[str]:
        """What tells it from another of the same title: its date and place, its folder where that says something."""
        told = [self._said.date, self._said.lieu] if isinstance(self._said, Header) else []
        told += [str(self.run)] if self.kind != WORKSHOP else [self.folder.name] * (self.folder.name != self.title)
        return [one for one in told if one]

    def sheet(self) -> Sheet:
        """What `atelier.toml` says; its title alone when there is none.

        Raises
        ------
        UsageError : it cannot be read.
        """
        path = self.files / WORKSHOP_FILE
        is_ours = path.is_file() and not leads_out(path, os.path.realpath(self.files))
        return read_sheet(path) if is_ours else Sheet(atelier=Header(titre=self.folder.name))

    def titles(self) -> str:
        """The titles typed on the page, one a line."""
        path = self.files / TITLES_FILE
        return read_text(path, TITLES_FILE) if path.is_file() and not path.is_symlink() else ""

    def sources(self) -> list[tuple[str, Path, int]]:
        """The files that were given, but those that the page has a field for: name, place, size."""
        if not self.files.is_dir():
            return []
        files = list_files(self.files, lambda *_: None)  # « Ce qui sera lu » tells what is refused
        there = ((name, path) for name, path in files if name not in (WORKSHOP_FILE, TITLES_FILE))
        return [(name, path, path.stat().st_size if path.is_file() else 0) for name, path in there]

    def aside(self) -> dict[str, Path]:
        """The files that were put aside, by name."""
        return {path.name: path for path in sorted((self.folder / ASIDE).glob("*")) if path.is_file()}

    @property
    def changed(self) -> float:
        """When something last came into it."""
        return max((path.stat().st_mtime for path in (self.files, self.run) if path.exists()), default=0.0)


class Places:
    """The workshops of a person.

    Parameters
    ----------
    root : the folder of the workshops made here.
    runs : the folder where the command line puts its results.
    own : the run that the page was opened on.
    """

    def __init__(self, root: Path, runs: Path, own: Place | None = None) -> None:
        self.root, self.runs, self.own = root, runs, own

    def all(self) -> list[Place]:
        """Every place, the last changed first."""
        return sorted(self._found(), key=lambda place: -place.changed)

    def lenders(self, place: Place) -> list[Place]:
        """Other workshops, and programmes, whose titles may be taken, the last changed first."""
        from pipeline.programme.workshops import is_programme

        compared = (Place(PROGRAMME, folder.resolve()) for folder in _folders(self.runs) if is_programme(folder))
        others = (one for one in self._found() if one.is_done or (one.kind == WORKSHOP and one.titles().strip()))
        found = (one for one in (*compared, *others) if one != place and not one.is_away)
        return sorted(found, key=lambda one: -one.changed)

    def find(self, kind: str, name: str) -> Place | None:
        """The place of an address, among those that are there: a name leads nowhere else."""
        return next((place for place in self._found() if (place.kind, place.folder.name) == (kind, name)), None)

    def _found(self) -> Iterator[Place]:
        if self.own is not None:
            yield self.own
        made = [Place(WORKSHOP, folder) for folder in _folders(self.root) if (folder / FILES).is_dir()]
        yield from made
        done = (Place.of_run(folder) for folder in _folders(self.runs))
        yield from (run for run in done if run.is_done and run != self.own)

    def create(self, title: str) -> Place:
        """An empty workshop of this title, in a folder of its own.

        Raises
        ------
        UsageError : no title, or the disk refuses.
        """
        if not title:
            raise UsageError("Donnez d’abord un titre à l’atelier.")
        named, rank = safe_name(re.sub(r"[/\\]", " ", title)), 1
        name = named
        while (self.root / name).exists():
            rank += 1
            name = f"{named} {rank}"
        place = Place(WORKSHOP, self.root / name)
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.files.mkdir(parents=True)
        except OSError as error:
            raise UsageError(
                f"Impossible de créer {place.files} ({os_reason(error)}). Choisissez un autre dossier : "
                "« rosace --dossier CHEMIN »."
            ) from error
        return place


def safe_name(given: str) -> str:
    """A name that is only a name on every system: no folder, no sign that one of them refuses, not hidden, not long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given).rstrip("/\\ "))[-1]
    kept = "".join(sign for sign in _FORBIDDEN.sub(" ", last) if unicodedata.category(sign) not in ("Cf", "Cs", "Co"))
    name = " ".join(kept.split()).strip(". ") or "sans nom"
    name = f"_{name}" if _RESERVED.match(name) else name
    stem, dot, end = name.rpartition(".")
    end = f"{dot}{end}" if stem and len(end) < 10 else ""
    stem = name.removesuffix(end) if end else name
    room = _NAME_BYTES_MAX - len(end.encode())
    return stem.encode()[:room].decode(errors="ignore").strip(". ") + end


def _folders(root: Path) -> list[Path]:
    try:
        return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:
        return []


def document_options(run: Path) -> dict[str, Any]:
    """How the documents of a run were last asked for, where they were: with their marks and sources, how long."""
    try:
        options = Manifest(run).load().get("config", {}).get("restitution", {})
    except ArtifactError:  # it is about to be made again
        return {}
    return {name: options[name] for name in ("reperes", "longueur") if name in options}


def documents(run: Path) -> dict[str, tuple[str, float]]:
    """The documents of a run that are there, by name: what each is, and when it was written."""
    from pipeline.restitution.stage import LABELS

    first = {"restitution.docx": "Le document pour Word", "restitution.html": "Le document pour le web"}
    there = ((name, label, run / name) for name, label in (first | LABELS).items())
    return {name: (label, path.stat().st_mtime) for name, label, path in there if path.is_file()}
