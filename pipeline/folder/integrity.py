"""What a run wrote, told apart from what was damaged since: a sealed manifest, the sha256 of each file."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import ArtifactError
from pipeline.folder.files import file_sha256, write_inside

MANIFEST = "manifest.json"
_SEAL = "seal"


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
            if not isinstance(said, dict) or _sealed(said) != said:
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
        """Put an empty manifest in the place of a damaged one, and remove the halves of files that a killed run was
        writing; a line for people."""
        for leftover in self._folder.rglob(".*.tmp"):
            leftover.unlink(missing_ok=True)
        try:
            self.load()
        except ArtifactError:
            self.save({"stages": {}, "files": {}})
            return told_of(MADE_AGAIN, [MANIFEST])
        return ()

    def damaged(self, written: Mapping[str, str]) -> list[str]:
        """Those of these files, name → sha256, that are no longer what was written."""
        return [name for name, sha in written.items() if self.digest(self._folder / name) != sha]

    def check(self, path: Path) -> None:
        """Nothing when a file is what the manifest says, or the manifest says nothing of it; else `ValueError`."""
        state = self.state()
        if state != self._written[0]:
            records = [record["artefacts"] for record in self.load()["stages"].values()]
            self._written = (state, {name: sha for record in records for name, sha in record.items()})
        if self._written[1].get(path.relative_to(self._folder).as_posix()) not in (None, self.digest(path)):
            raise ValueError(f"{path} is not what was written")

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


def _sealed(said: dict[str, Any]) -> dict[str, Any]:
    bare = {key: value for key, value in said.items() if key != _SEAL}
    return bare | {_SEAL: hashlib.sha256(json.dumps(bare, sort_keys=True).encode()).hexdigest()}


MADE_AGAIN = "Fichiers qui n'étaient plus tels que Rosace les avait écrits (abîmés, effacés), refaits\u00a0: {names}."
EXPORTS_LOST = (
    "La liste des exports ne peut plus être lue ({names})\u00a0: un retrait n'effacera plus ceux qui sont hors de ce "
    "dossier. Effacez-la, et refaites ceux qui servent encore (rosace export)."
)
DOCUMENTS_CHANGED = (
    "Documents modifiés depuis que Rosace les a écrits, gardés tels quels\u00a0: {names}. Si personne ne les a "
    "modifiés, effacez-les et relancez\u00a0: ils seront refaits."
)


def told_of(told: str, names: Iterable[str]) -> tuple[str, ...]:
    """One line for people on files that are no longer as we wrote them; none when there are none."""
    listed = ", ".join(sorted(set(names)))
    return (told.format(names=listed),) if listed else ()
