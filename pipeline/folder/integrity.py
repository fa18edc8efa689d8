"""What a run wrote, told apart from what was damaged since: a sealed manifest, the sha256 of each file."""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import BROKEN_ARCHIVE, ArtifactError
from pipeline.folder.files import file_sha256, write_inside

MANIFEST = "manifest.json"
PREVIOUS = "precedent"
TIMES = "times"
"""Key of the times at which files were written."""
_SEAL = "seal"
_ENDS = {".pdf": (b"%pdf", b"%%eof"), ".html": (b"<!doctype", b"</html>"), ".svg": (b"<svg", b"</svg>")}
"""What opens a document of a kind, and what closes it."""
_AROUND = 1_024
"""Where both are looked for: programs leave lines before and after; a pdf that was added to closes several times."""
_PACKED = {".docx", ".odt", ".xlsx", ".zip"}
LOST = bytes(8)
"""What a disk leaves in a file that it lost a part of."""
_LOCKED = b"\xd0\xcf\x11\xe0"
"""How a document of an office suite begins under a password: it is no zip any more."""
_KEYS = {"stages", "files", "inputs", "corpus", "config", "versions", PREVIOUS, TIMES}


class Manifest:
    """The manifest of the run in `folder`, and whether the files that it names are still what was written.

    Each file is read in full once, as long as nothing touches it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / MANIFEST
        self._digests: dict[Path, tuple[tuple[int, ...], str]] = {}
        self._written: tuple[tuple[int, ...], dict[str, str]] = ((), {})

    def load(self) -> dict[str, Any]:
        """What it says; nothing before the first run. Raises ArtifactError: it is damaged."""
        if not self._path.is_file():
            return {"stages": {}, "files": {}}
        try:
            said: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
            if not _is_whole(said):
                raise ValueError(_SEAL)
        except (OSError, ValueError, TypeError, RecursionError) as error:
            raise ArtifactError(
                f"{self._path} est abîmé. Relancez « rosace synthesize » pour le refaire : vos décisions sont gardées."
            ) from error
        return said

    def state(self) -> tuple[int, ...]:
        """What changes whenever the run does."""
        return state_of(self._path) if self._path.is_file() else ()

    def save(self, said: dict[str, Any]) -> None:
        """Write it, with its seal; what of a file name is no text is kept as json escapes it."""
        text = json.dumps(_sealed(said), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
        write_inside(self._path, lambda file: file.write(f"{text}\n".encode(errors="backslashreplace")))

    def mend(self) -> tuple[str, ...]:
        """Put aside what is damaged and can serve no more; one line each for people.

        An empty manifest takes the place of one that is damaged; a damaged table of the state before is removed, and so
        is the half of a file that a killed run was writing.
        """
        told: list[str] = []
        for leftover in self._folder.rglob(".*.tmp"):
            leftover.unlink(missing_ok=True)
        try:
            self.load()
        except ArtifactError:
            self.save({"stages": {}, "files": {}})
            self.note_previous()
            told += made_again([MANIFEST])
        said = self.load()
        times = said.get(TIMES, {})
        damaged = self.damaged(said.get(PREVIOUS, {}))
        before = [name for name in damaged if name in times or (self._folder / name).is_file()]  # told once
        for name in before:
            (self._folder / name).unlink(missing_ok=True)
        if before:
            self.save(said | {TIMES: {name: time for name, time in times.items() if name not in before}})
            told.append(f"L'état précédent était abîmé\u00a0: ce qui s'y compare est oublié ({', '.join(before)}).")
        return tuple(told)

    def note_previous(self) -> None:
        """Note the state that the next run is compared with, as it stands."""
        paths = sorted((self._folder / PREVIOUS).glob("*.parquet"))
        said, names = self.load(), {f"{PREVIOUS}/{path.name}": path for path in paths}
        times = said.get(TIMES, {}) | {name: path.stat().st_mtime_ns for name, path in names.items()}
        self.save(said | {PREVIOUS: {name: self.digest(path) for name, path in names.items()}, TIMES: times})

    def damaged(self, written: Mapping[str, str]) -> list[str]:
        """Those of these files, name → sha256, that are no longer what was written."""
        return [name for name, sha in written.items() if self.digest(self._folder / name) != sha]

    def check(self, path: Path) -> None:
        """Nothing when a file is what the manifest says, or the manifest says nothing of it; else `ValueError`."""
        state = self.state()
        if state != self._written[0]:
            said = self.load()
            records = [record["artefacts"] for record in said["stages"].values()]
            named = {name: sha for record in (*records, said.get(PREVIOUS, {})) for name, sha in record.items()}
            self._written = (state, named)
        if self._written[1].get(path.relative_to(self._folder).as_posix()) not in (None, self.digest(path)):
            raise ValueError(f"{path} is not what was written")

    def names_as_is(self, path: Path) -> bool:
        """Whether a file is what the manifest says, or the manifest says nothing of it."""
        try:
            self.check(path)
        except ValueError:
            return False
        return True

    def digest(self, path: Path) -> str | None:
        """The sha256 of a file; None when it is not there or cannot be read."""
        try:
            state = state_of(path)
            if path not in self._digests or self._digests[path][0] != state:
                self._digests[path] = (state, file_sha256(path))
        except OSError:
            return None
        return self._digests[path][1]

    def note(self, path: Path, sha: str) -> None:
        """This file has just been written, with this content."""
        self._digests[path] = (state_of(path), sha)


def state_of(path: Path) -> tuple[int, ...]:
    """What changes when a file is written again."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def opens(name: str, content: bytes) -> bool:
    """Whether a document is whole, as far as its kind tells: by the sums of a zip or a png, the end of a page."""
    kind = Path(name).suffix
    if LOST in content and not (kind in _PACKED or kind in (".png", ".pdf")):
        return False
    if kind in _ENDS:
        first, last = _ENDS[kind]
        return last in content[-_AROUND:].lower() or first not in content[:_AROUND].lower()
    try:
        if kind in _PACKED and not content.startswith(_LOCKED):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return archive.testzip() is None
        return kind != ".png" or _are_pieces_whole(content)
    except BROKEN_ARCHIVE:
        return False


def _are_pieces_whole(png: bytes) -> bool:
    at, kind = 8, b""
    while kind != b"IEND":
        end = at + 8 + int.from_bytes(png[at : at + 4])
        kind = png[at + 4 : at + 8]
        if zlib.crc32(png[at + 4 : end]) != int.from_bytes(png[end : end + 4]) or not kind:
            return False
        at = end + 4
    return True


def _is_whole(said: Any) -> bool:
    """Whether a json value is a manifest under its seal; that of an earlier version bears none, but has our keys alone,
    the records of stages and of files among them."""
    if not isinstance(said, dict) or _SEAL in said:
        return isinstance(said, dict) and _sealed(said) == said
    stages, files = said.get("stages"), said.get("files")
    return (
        said.keys() <= _KEYS
        and isinstance(files, dict)
        and isinstance(stages, dict)
        and all(isinstance(one, dict) and isinstance(one.get("artefacts"), dict) for one in stages.values())
    )


def _sealed(said: dict[str, Any]) -> dict[str, Any]:
    bare = {key: value for key, value in said.items() if key != _SEAL}
    return bare | {_SEAL: hashlib.sha256(json.dumps(bare, sort_keys=True).encode()).hexdigest()}


def made_again(names: Iterable[str]) -> tuple[str, ...]:
    """One line for people on what was damaged; none when nothing was."""
    told = sorted(set(names))
    if len(told) == 1:
        return (f"{told[0]} n'était plus tel que Rosace l'avait écrit (abîmé, effacé ou modifié)\u00a0: refait.",)
    start = "Fichiers qui n'étaient plus tels que Rosace les avait écrits (abîmés, effacés ou modifiés), refaits"
    return (f"{start}\u00a0: {', '.join(told)}.",) if told else ()


EXPORTS_CHANGED = (
    "Exports qui ne sont plus tels que Rosace les a écrits (abîmés ou modifiés), gardés tels quels\u00a0: {names}. "
    "Si personne ne les a modifiés, effacez-les et refaites-les (rosace export)."
)
DAMAGED = (
    "Fichiers qui ne sont plus tels que Rosace les a écrits (abîmés, effacés ou modifiés)\u00a0: {names}. Relancez "
    "« rosace synthesize » pour les refaire\u00a0: vos décisions sont gardées."
)
EXPORTS_LOST = (
    "La liste des exports ne peut plus être lue ({names})\u00a0: un retrait n'effacera plus ceux qui sont hors de ce "
    "dossier. Effacez-la, et refaites ceux qui servent encore (rosace export)."
)
DRAFTS_LOST = "Anciens brouillons abîmés, oubliés\u00a0: {names}."
DOCUMENTS_CHANGED = (
    "Documents modifiés depuis que Rosace les a écrits, gardés tels quels\u00a0: {names}. Si personne ne les a "
    "modifiés, effacez-les et relancez\u00a0: ils seront refaits."
)


def left_as_is(told: str, names: Iterable[str]) -> tuple[str, ...]:
    """One line for people on files that are no longer as we wrote them, and are left so; none when there are none."""
    listed = ", ".join(sorted(names))
    return (told.format(names=listed),) if listed else ()
