"""What a language model answered, one file an answer under `modele/`, by the sha256 of what was asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.folder.files import remove, write_inside

FOLDER = "modele"


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

    def forget(self, items: Iterable[str], words: str) -> None:
        """Erase the answers to what was asked about some ideas, those that hold their words, and those that no longer
        say what they were about."""
        gone, said = frozenset(items), _bare(words)
        for path in sorted((self.path / FOLDER).glob("*.json")):
            kept = self.get(path.stem)
            ideas = None if kept is None else kept.get("idees")
            is_known = isinstance(ideas, list) and gone.isdisjoint(ideas)
            if not is_known or said in _bare(path.read_text(encoding="utf-8")):
                remove(path)

    def _file(self, key: str) -> Path:
        return self.path / FOLDER / f"{key}.json"


def _bare(text: str) -> str:
    """The letters and figures of a text, however it was escaped on its way into a file."""
    return re.sub(r"(?:\\\\)*\\[nrt]|[\W_]", "", text)
