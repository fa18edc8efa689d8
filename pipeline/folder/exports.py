"""The exports of a run: files written beside it or saved by a browser, of which a run keeps the list."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.folder.files import write_inside

EXPORTS = "exports.json"


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

    def note(self, export: Export) -> None:
        """One more; it takes the place of an earlier one of that name."""
        self._write([one for one in self.all() if one.place != export.place] + [export])

    def forget(self, gone: Iterable[Path]) -> None:
        """These are no longer there."""
        places = set(map(str, gone))
        kept = [one for one in self.all() if one.place not in places]
        if (self.folder / EXPORTS).is_file():
            self._write(kept)

    def _write(self, exports: list[Export]) -> None:
        text = json.dumps([asdict(one) for one in exports], ensure_ascii=False, indent=1)
        write_inside(self.folder / EXPORTS, lambda file: file.write(f"{text}\n".encode()))
