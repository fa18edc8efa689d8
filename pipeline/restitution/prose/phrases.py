"""The sentences of a restitution, read from `templates/phrases.toml`, and which of several ways is taken.

Raises
------
ValueError : when it is read, for a slot that nothing fills, an empty list, or the same way of saying twice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Ways = tuple[str, ...]
_SLOT = re.compile(r"\{(\w*)\}")


@cache
def phrases() -> Mapping[str, Any]:
    """The tables of the file, checked."""
    text = files("pipeline.restitution").joinpath("templates", "phrases.toml").read_text(encoding="utf-8")
    return checked(tomllib.loads(text))


def checked(tables: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same tables, when every list has ways of saying, all different, with known slots."""
    for where, found in _lists(tables, ""):
        if not found or len(set(found)) < len(found):
            raise ValueError(f"phrases.toml, {where}: a way of saying is missing or stands twice")
        unknown = {slot for way in found for slot in _SLOT.findall(way)} - set(tables["slots"])
        if unknown:
            raise ValueError(f"phrases.toml, {where}: nothing fills {sorted(unknown)}")
    return tables


def _lists(table: Mapping[str, Any], where: str) -> Iterator[tuple[str, list[str]]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _lists(value, f"{where}{name}.")
        elif isinstance(value, list):
            yield f"{where}{name}", value


def ways(name: str) -> Ways:
    """The ways of saying one thing, by its path in the file: `est.shared`.

    A path that a more special table lacks is read from the same table without its last part but one: `covers.est.quote`
    from `covers.quote`.
    """
    keys = name.split(".")
    found = _at(keys)
    return found if found or len(keys) < 3 else _at([*keys[:-2], keys[-1]]) or _missing(name)


def _at(keys: list[str]) -> Ways:
    found: Any = phrases()
    for key in keys:
        found = found.get(key, {}) if isinstance(found, Mapping) else {}
    return tuple(found) if isinstance(found, list) else ()


def _missing(name: str) -> Ways:
    raise KeyError(name)
