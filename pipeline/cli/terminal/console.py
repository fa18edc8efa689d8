"""What a terminal shows of a character that its encoding lacks: the nearest one that it has, never an error."""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

_DRAWN = dict(zip("✓✗━→≥≤−–—·’«»œŒ", ("+", "x", "=", "->", ">=", "<=", *"----", "'", *'""', "oe", "OE"), strict=True))
"""What stands for signs that do not decompose."""
NEAREST = "rosace.nearest"


def show_anything() -> None:
    """Let the output and the errors of this process be written in any encoding (cp1252 or 850 in Windows, ASCII)."""
    codecs.register_error(NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=NEAREST)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_shown(character, error.encoding) for character in lacking), error.end


def _shown(character: str, encoding: str) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    for one in (_DRAWN.get(character, ""), plain):
        if one and one != character and one.encode(encoding, "ignore").decode(encoding) == one:
            return one
    return "?"
