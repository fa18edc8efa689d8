"""The last drafts that documents were written from: a document comes back corrected days later, by e-mail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import remove, write_inside

FOLDER = "remis"
KEPT_MAX = 12
"""Drafts that are kept: a week of corrections, a few megabytes."""
DRAFT = "draft.json"
"""The draft of a run, which is kept when another one replaces it."""


def keep_delivered(run: RunFolder) -> None:
    """Keep the draft of the run, which another one is about to replace, unless it was damaged; the oldest kept make
    room."""
    content = run.read_file(DRAFT)
    if content is None or not _is_json(content) or not run.manifest.names_as_is(run.path / DRAFT):
        return
    name = f"{hashlib.sha256(content).hexdigest()[:16]}.json"
    if not (run.path / FOLDER / name).is_file():
        write_inside(run.path / FOLDER / name, lambda file: file.write(content))
    kept = sorted((run.path / FOLDER).glob("*.json"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    for path in kept[:-KEPT_MAX]:
        remove(path)


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def delivered(run: RunFolder) -> Iterator[Any]:
    """The drafts that are kept, as json; one that cannot be read is passed over."""
    for path in sorted((run.path / FOLDER).glob("*.json")):
        try:
            yield json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue


def forget_delivered(run: RunFolder) -> None:
    """Remove them: what was withdrawn stands in them."""
    for path in (run.path / FOLDER).glob("*.json"):
        remove(path)
    if (run.path / FOLDER).is_dir() and not any((run.path / FOLDER).iterdir()):
        (run.path / FOLDER).rmdir()
