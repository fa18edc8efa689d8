"""What a run keeps beside its tables: the log of decisions, the list of exports, the drafts that documents were written
from, the answers of a language model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ArtifactError, os_reason
from pipeline.folder.files import append_whole, remove, write_inside

if TYPE_CHECKING:
    from pipeline.folder.artifacts import RunFolder


@dataclass(frozen=True)
class DecisionFile:
    """The decision log at `path`; there is none before the first decision."""

    path: Path

    def lines(self) -> list[str]:
        """The lines of the log, without their newline, a torn last line included.

        Lines end at a newline and nowhere else: participants' words hold other line separators. A torn last line may
        stop inside a character.
        """
        if not self.path.is_file():
            return []
        try:
            text = self.path.read_bytes().decode("utf-8", errors="replace")
        except OSError as error:
            raise ArtifactError(
                f"Les décisions ne peuvent pas être lues dans {self.path} ({os_reason(error)}). Vérifiez vos droits "
                "sur ce fichier : rien n'est perdu."
            ) from error
        return text.removesuffix("\n").split("\n") if text else []

    def append(self, lines: Iterable[str]) -> None:
        """Append lines, one writer at a time, and wait until they are on the disk.

        Raises ArtifactError: the disk refused them; the log is as it was.
        """
        try:
            append_whole(self.path, "".join(line + "\n" for line in lines).encode())
        except OSError as error:
            raise ArtifactError(
                f"Cette décision n'a pas pu être écrite dans {self.path} ({os_reason(error)}). Rien de ce qui précède "
                "n'est perdu. Faites de la place sur le disque ou vérifiez vos droits, puis refaites-la."
            ) from error

    def replace(self, lines: Iterable[str]) -> None:
        """Write the whole log again: only `rosace retirer` does, to erase what a contribution said."""
        content = "".join(f"{line}\n" for line in lines).encode()
        write_inside(self.path, lambda file: file.write(content))


EXPORTS = "exports.json"
EXPORTED = "exports"
"""Where those that are given no place are written, in the run folder."""


@dataclass(frozen=True)
class Export:
    """One of them: where it was written (its name alone when a browser saved it), its sha256, when."""

    place: str
    sha256: str
    when: str
    is_download: bool = False

    @property
    def told(self) -> str:
        """It, for people."""
        how = "téléchargé depuis la page de relecture" if self.is_download else "exporté"
        return f"{self.place}, {how} le {self.when}"


@dataclass(frozen=True)
class Exports:
    """Those of the run in `folder`; what stands inside is noted from there, so that it follows a run that moves."""

    folder: Path

    def all(self) -> list[Export]:
        """In the order in which they were made; none when the list was altered."""
        return self._read() or []

    def are_known(self) -> bool:
        """Whether their list can be read, or there is none."""
        return not (self.folder / EXPORTS).exists() or self._read() is not None

    def _read(self) -> list[Export] | None:
        try:
            noted = [Export(**one) for one in json.loads((self.folder / EXPORTS).read_text(encoding="utf-8"))]
            root = self.folder.resolve()
            return [one if one.is_download else replace(one, place=str(root / one.place)) for one in noted]
        except (OSError, ValueError, TypeError, RecursionError):
            return None

    def note(self, *exports: Export) -> None:
        """Some more; each takes the place of an earlier one of that name."""
        places = {export.place for export in exports}
        self.write([one for one in self.all() if one.place not in places] + list(exports))

    def forget(self, gone: Iterable[Path]) -> None:
        """These are no longer there."""
        places = set(map(str, gone))
        if (self.folder / EXPORTS).is_file():
            self.write([one for one in self.all() if one.place not in places])

    def forget_lost(self) -> None:
        """Keep those that are still where they were written, or that a browser saved; the list goes with the last."""
        found = [one for one in self.all() if one.is_download or Path(one.place).is_file()]
        if found:
            self.write(found)
        else:
            (self.folder / EXPORTS).unlink(missing_ok=True)

    def write(self, exports: list[Export]) -> None:
        """These, and no other."""
        root = self.folder.resolve()
        inside = {one: Path(one.place).relative_to(root) for one in exports if Path(one.place).is_relative_to(root)}
        noted = [asdict(one) | ({"place": inside[one].as_posix()} if one in inside else {}) for one in exports]
        text = json.dumps(noted, ensure_ascii=False, indent=1)
        write_inside(self.folder / EXPORTS, lambda file: file.write(f"{text}\n".encode()))


DELIVERED = "remis"
KEPT_MAX = 12
"""Drafts that are kept: a week of corrections, a few megabytes."""
DRAFT = "draft.json"
"""The draft of a run, which is kept when another one replaces it."""


def _name_of(content: bytes) -> str:
    return f"{hashlib.sha256(content).hexdigest()[:16]}.json"


def keep_delivered(run: RunFolder) -> None:
    """Keep the draft of the run, which another one is about to replace, unless it was damaged; the oldest kept make
    room."""
    content = run.read_file(DRAFT)
    try:
        run.manifest.check(run.path / DRAFT)
    except ValueError:
        content = None
    if content is None:
        return
    name = _name_of(content)
    if not (run.path / DELIVERED / name).is_file():
        write_inside(run.path / DELIVERED / name, lambda file: file.write(content))
    kept = sorted((run.path / DELIVERED).glob("*.json"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    for path in kept[:-KEPT_MAX]:
        remove(path)


def delivered(run: RunFolder) -> Iterator[Any]:
    """The drafts that are kept, as json; one that is not what its name says is passed over."""
    for path in sorted((run.path / DELIVERED).glob("*.json")):
        content = path.read_bytes()
        with suppress(ValueError, RecursionError):
            if _name_of(content) == path.name:
                yield json.loads(content)


def forget_delivered(run: RunFolder) -> None:
    """Remove them: what was withdrawn stands in them."""
    for path in (run.path / DELIVERED).glob("*.json"):
        remove(path)
    if (run.path / DELIVERED).is_dir() and not any((run.path / DELIVERED).iterdir()):
        (run.path / DELIVERED).rmdir()


ANSWERED = "modele"


@dataclass(frozen=True)
class AnswerFiles:
    """The answers of a run."""

    path: Path

    def get(self, key: str) -> Mapping[str, Any] | None:
        """What was kept; None when nothing was, or when the file was altered."""
        try:
            found = json.loads(self._file(key).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        """Keep an answer, and what was asked, for people to read again."""
        text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_inside(self._file(key), lambda file: file.write(text.encode("utf-8", "replace")))

    def all(self) -> Iterator[Mapping[str, Any]]:
        """Those that can be read, by their keys."""
        return (kept for path in self._paths() if (kept := self.get(path.stem)) is not None)

    def remove(self, is_gone: Callable[[Mapping[str, Any]], bool]) -> None:
        """Remove the answers of which this holds, and those that cannot be read."""
        for path in self._paths():
            kept = self.get(path.stem)
            if kept is None or is_gone(kept):
                remove(path)

    def _paths(self) -> list[Path]:
        return sorted((self.path / ANSWERED).glob("*.json"))

    def _file(self, key: str) -> Path:
        return self.path / ANSWERED / f"{key}.json"
