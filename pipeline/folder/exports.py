"""The exports of a run: files written beside it or saved by a browser, of which a run keeps the list."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.folder.files import write_inside

EXPORTS = "exports.json"
FOLDER = "exports"
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
    """Those of the run in `folder`."""

    folder: Path

    def all(self) -> list[Export]:
        """In the order in which they were made; none when the list was altered."""
        try:
            return [Export(**one) for one in json.loads((self.folder / EXPORTS).read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError, RecursionError):
            return []

    def note(self, *exports: Export) -> None:
        """Some more; each takes the place of an earlier one of that name."""
        places = {export.place for export in exports}
        self._write([one for one in self.all() if one.place not in places] + list(exports))

    def forget(self, gone: Iterable[Path]) -> None:
        """These are no longer there."""
        places = set(map(str, gone))
        kept = [one for one in self.all() if one.place not in places]
        if (self.folder / EXPORTS).is_file():
            self._write(kept)

    def forget_lost(self) -> None:
        """Keep those that are still where they were written, or that a browser saved; the list goes with the last."""
        found = [one for one in self.all() if one.is_download or Path(one.place).is_file()]
        if found:
            self._write(found)
        else:
            (self.folder / EXPORTS).unlink(missing_ok=True)

    def put_back(self, known: list[Export]) -> None:
        """The list as it was: what had been noted could not be written."""
        self._write(known)

    def _write(self, exports: list[Export]) -> None:
        text = json.dumps([asdict(one) for one in exports], ensure_ascii=False, indent=1)
        write_inside(self.folder / EXPORTS, lambda file: file.write(f"{text}\n".encode()))
