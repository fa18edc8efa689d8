"""French word lists and patterns as data: files of the folder `data/` beside the module that reads them.

A file opens with its provenance, in lines that begin with `#`. Lists of words are `.txt`; patterns, and whatever has a
name, are `.toml`. A table of patterns has `any` (the alternatives, regular expressions), and may have `form` (the whole
expression, where `{any}` stands for them) and `flags` (`i`).
"""

import re
import tomllib
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
N_TOGETHER = 6
"""Patterns that are looked for at once: with more of them, one stands in too many texts."""

FORM = r"\b(?:{any})\b"
"""The expression of a pattern that gives none: whole words."""


@cache
def read_text(module: str, name: str) -> str:
    """The content of `data/<name>` beside a module, named by its `__name__`."""
    package = module.rpartition(".")[0]
    return files(package).joinpath("data", name).read_text(encoding="utf-8")


@cache
def read_lines(module: str, name: str) -> tuple[str, ...]:
    """The entries of `data/<name>.txt`, one a line; comments and empty lines left out, indented lines joined."""
    lines: list[str] = []
    for line in read_text(module, f"{name}.txt").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line[0].isspace() and lines:
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.strip())
    return tuple(lines)


@cache
def read_words(module: str, name: str) -> frozenset[str]:
    """The words of `data/<name>.txt`, separated by white space."""
    return frozenset(word for line in read_lines(module, name) for word in line.split())


def either(words: Iterable[str]) -> str:
    """Words as the alternatives of a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def read_toml(module: str, name: str) -> Mapping[str, Any]:
    """The tables of `data/<name>.toml`."""
    return tomllib.loads(read_text(module, f"{name}.toml"))


def read_patterns(module: str, name: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of `data/<name>.toml` by name, compiled."""
    return {
        key: re.compile(expression(table), re.IGNORECASE if "i" in table.get("flags", "") else re.NOFLAG)
        for key, table in read_toml(module, name).items()
    }


def expression(table: Mapping[str, Any]) -> str:
    """The regular expression of one table of patterns."""
    return str(table.get("form", FORM)).replace("{any}", "|".join(table["any"]))


def standing_in(patterns: Mapping[Key, re.Pattern[str]]) -> Callable[[str], set[Key]]:
    """What tells which of some patterns stand in a text, by their keys.

    A text holds few of them: they are looked for several at once, then one by one where one of these stands. Those that
    begin alike are put together, for their beginning is then looked for once. They refer to no group of theirs.
    """
    keys = sorted(patterns, key=lambda key: patterns[key].pattern[:2] != FORM[:2])
    groups = []
    for at in range(0, len(keys), N_TOGETHER):
        some = {key: patterns[key] for key in keys[at : at + N_TOGETHER]}
        any_of = re.compile("|".join(f"(?:{one.pattern})" for one in some.values()))
        groups.append((any_of.search, [(key, one.search) for key, one in some.items()]))

    def found(text: str) -> set[Key]:
        held = (some for any_of, some in groups if any_of(text))
        return {key for some in held for key, search in some if search(text)}

    return found
