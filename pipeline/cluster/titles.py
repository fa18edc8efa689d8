"""A title per group, in the participants' own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

_END = re.compile(r"[\s.;:,…!]+$")
_BULLET = re.compile(r"^[\s\-–—•*>·]+")
LENGTH_MAX = 80


def tidy(text: str) -> str:
    """A participant's words as a title: one line, first letter capital, no final stop."""
    line = _END.sub("", _BULLET.sub("", " ".join(text.split())))
    return line[:1].upper() + line[1:]


def title_of(texts: Sequence[str]) -> str:
    """The first text short enough to be a title, else the first one cut at its first sentence."""
    for text in texts:
        if len(text.split()) >= 2 and len(tidy(text)) <= LENGTH_MAX:
            return tidy(text)
    return tidy(re.split(r"(?<=[.!?])\s|\s\(|,\s", texts[0])[0])
