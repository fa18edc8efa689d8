"""A text as identifiers are looked for in it: one digit, one space, one dash, no entity; offsets kept."""

from __future__ import annotations

import html
import re
import unicodedata

_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,9});|%(?:40|2e)", re.IGNORECASE)
_PERCENT = {"%40": "@", "%2e": "."}
_WORN = ("<wide>", "<font>", "<narrow>", "<small>", "<compat>")
"""Decompositions of a character into the plain one that it is a garb of; a superscript is another number."""


class _Plain(dict[int, str]):
    """Code point → the plain character that stands for it, worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _plain(chr(code))
        return found


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    if character.isascii():
        return character
    if kind in ("Zs", "Pd", "Nd"):
        return {"Zs": " ", "Pd": "-"}.get(kind) or str(unicodedata.decimal(character))
    if character in "\u2018\u2019\u02bc\u2032\u00b4\u2212\u2022\u2219\u22c5\u30fb\u2027":
        return "-" if character == "\u2212" else "'" if character in "\u2018\u2019\u02bc\u2032\u00b4" else "\u00b7"
    worn = unicodedata.normalize("NFKC", character)
    return worn if len(worn) == 1 and unicodedata.decomposition(character).startswith(_WORN) else character


_PLAIN = _Plain()


class View:
    """The folded form of a text, and where its characters stand in the text."""

    def __init__(self, text: str) -> None:
        self._places: list[int] | None = None
        if "&" in text or "%" in text:
            text = self._unescaped(text)
        self.text = text if text.isascii() else text.translate(_PLAIN)

    def _unescaped(self, text: str) -> str:
        parts: list[str] = []
        places: list[int] = []
        at = 0
        for found in _ENTITY.finditer(text):
            meant = _PERCENT.get(found.group().lower()) or html.unescape(found.group())
            if len(meant) == 1:
                parts += (text[at : found.start()], meant)
                places += (*range(at, found.start()), found.start())
                at = found.end()
        if not at:
            return text
        self._places = [*places, *range(at, len(text) + 1)]
        return "".join(parts) + text[at:]

    def place(self, at: int) -> int:
        """Where in the text a character of the view stands, or its end."""
        return self._places[at] if self._places is not None else at


def bare(text: str) -> str:
    """The letters and digits of a text, whatever they wear and whatever stands between: how leaks are looked for."""
    return "".join(c for c in unicodedata.normalize("NFKC", View(text).text).casefold() if c.isalnum())
