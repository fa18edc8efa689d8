"""Etherpad exports: the lines of a pad, and who wrote each where the people who were there wrote it together."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from pipeline.ingest.formats.documents.blocks import Block, blocks_of_text

_OPERATION = re.compile(r"((?:\*[0-9a-z]+)*)(?:\|[0-9a-z]+)?\+([0-9a-z]+)")
"""`*0*3|1+k`: twenty characters, one line, with the attributes 0 and 3; numbers are in base 36."""
_BASE = 36
_AUTHORS_MIN, _SHARE_MAX = 3, 0.5
"""A pad is everybody's when three people write in it and nobody writes more than half; else somebody takes notes."""


def pad_blocks(content: dict[str, Any]) -> tuple[list[Block], bool]:
    """The blocks of a pad's text, and whether they are in the hand of those who were there, who are then their voices.

    The chat and earlier versions stay out; names become `Voix n` like any other.
    """
    lines: list[str] = []
    authors: list[str] = []
    for key, pad in sorted(content.items()):
        atext = pad.get("atext") if key.startswith("pad:") and key.count(":") == 1 and isinstance(pad, dict) else None
        if isinstance(atext, dict) and isinstance(atext.get("text"), str):
            pool = pad.get("pool")
            lines += atext["text"].split("\n")
            authors += _authors(
                atext["text"], atext.get("attribs"), pool.get("numToAttrib") if isinstance(pool, dict) else None
            )
    blocks = blocks_of_text("\n".join(lines).replace("\n*", "\n* "), False)
    by_place = {f"ligne {number}": author for number, author in enumerate(authors, start=1)}
    written = Counter(by_place.get(block.place, "") for block in blocks)
    is_by_all = len(written) - ("" in written) >= _AUTHORS_MIN and max(written.values()) <= _SHARE_MAX * len(blocks)
    names = _names(content, sorted(written))
    for block in blocks if is_by_all else ():
        block.voice = names[by_place.get(block.place, "")]
    return blocks, is_by_all


def _authors(text: str, attribs: Any, pool: Any) -> list[str]:
    """Who wrote most of each line, "" for nobody known."""
    counts: list[Counter[str]] = [Counter()]
    at = 0
    if isinstance(attribs, str) and isinstance(pool, dict):
        units = text.encode("utf-16-le")  # the tool counts as its browser does
        for attributes, length in _OPERATION.findall(attribs):
            end = at + 2 * int(length, _BASE)
            author = _author_among(attributes, pool)
            for rank, part in enumerate(units[at:end].decode("utf-16-le", "replace").split("\n")):
                if rank:
                    counts.append(Counter())
                counts[-1][author] += len(part)
            at = end
    found = [max(sorted(count), key=count.__getitem__, default="") for count in counts]
    return (found + [""] * text.count("\n"))[: text.count("\n") + 1]


def _author_among(attributes: str, pool: dict[str, Any]) -> str:
    known = (pool.get(str(int(number, _BASE))) for number in attributes.split("*")[1:])
    return next((str(one[1]) for one in known if isinstance(one, list) and len(one) == 2 and one[0] == "author"), "")


def _names(content: dict[str, Any], authors: list[str]) -> dict[str, str | None]:
    """Author → the name that she gave, else a number that is looked for in no text."""
    names: dict[str, str | None] = {"": None}
    for rank, author in enumerate(authors, start=1):
        told = content.get(f"globalAuthor:{author}")
        name = told.get("name") if isinstance(told, dict) else None
        if author:
            names[author] = name.strip() if isinstance(name, str) and name.strip() else f"#auteur {rank}"
    return names
