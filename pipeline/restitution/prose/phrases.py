"""The sentences of a restitution, read from `templates/phrases.toml`: the voice of each axis, and which way is taken.

Of several ways of saying one thing, a stable hash of what is told takes one, never how many came before.

Raises
------
ValueError : when it is read, for a slot that nothing fills, an empty list, or the same way of saying twice.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Ways = tuple[str, ...]
Forms = Mapping[str, Ways]
WHOLE = "whole"
"""A quotation that stands on its own, beside the forms of phrases."""
THANKS = "thanks"
_SLOT = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Voice:
    """The wording of one axis (or facet).

    Attributes
    ----------
    kind : `constat`, `proposal`, `demand`…: sayings of one kind may share a sentence.
    first, again : verbs of saying, third person, for the first words told of a group and for the next.
    shared : around a quotation or a title whose matter several places share.
    forms : by the form of a phrase (see `pipeline.language.syntax.sentence_forms`): around what opens a paragraph.
    again_forms, same_place : the same further on, elsewhere and in the place just named, where this voice has its own.
    detail : around a name ({x}) and what was said of it ({d}); () when the axis has no such sentence.
    testifies : whether someone who says « je » bears witness, rather than thanks or proposes.
    """

    name: str
    kind: str
    first: Ways
    again: Ways
    shared: Ways
    forms: Forms
    again_forms: Forms
    same_place: Forms
    detail: Ways
    testifies: bool


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
    """The ways of saying one thing, by its path in the file: `est.tried`."""
    found: Any = phrases()
    for key in name.split("."):
        found = found[key]
    return tuple(found)


def forms(name: str) -> Forms:
    """Those of a table by the form of a phrase: `again`, `paired.constat`; {} when the file has none."""
    found: Any = phrases()
    for key in name.split("."):
        found = found.get(key, {})
    return {form: tuple(templates) for form, templates in found.items()}


@cache
def voice(name: str) -> Voice:
    """The voice of an axis (`est`, `ouest`), of a facet of Nord, or of a kind of Sud."""
    table = phrases()["voices"][name]
    return Voice(
        name=name,
        kind=table["kind"],
        first=tuple(table["first"]),
        again=tuple(table["again"]),
        shared=tuple(table.get("shared", ())),
        forms=forms(f"voices.{name}.forms"),
        again_forms=forms(f"voices.{name}.again_forms"),
        same_place=forms(f"voices.{name}.same_place"),
        detail=tuple(table.get("detail", ())),
        testifies=table.get("testifies", True),
    )


def rank_of(seed: str, n: int) -> int:
    """A number below `n`, always the same for the same seed."""
    return zlib.crc32(seed.encode()) % n


def in_order(variants: Sequence[str], seed: str) -> list[str]:
    """The variants, from the one that the seed gives on."""
    at = rank_of(f"{seed}|{variants[0]}", len(variants))
    return [*variants[at:], *variants[:at]]
