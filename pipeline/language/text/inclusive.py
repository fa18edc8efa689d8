"""Inclusive forms folded to one key for matching; participants' words are never changed where they are shown.

`habitant·e·s`, `habitant.e.s`, `habitant(e)s`, `habitant-e-s` and `habitants` meet in `habitants`.
"""

from __future__ import annotations

import re

_MARK = r"[·•⋅‧.\-]"
_ENDINGS = r"(?:(?:[nltsvf]?e|ère|t?rice|euse)s?)"
_DOTTED = re.compile(rf"(?<=\w\w){_MARK}{_ENDINGS}(?:{_MARK}?(s))?(?!\w)", re.IGNORECASE)
_BRACKETED = re.compile(rf"(?<=\w\w)\({_ENDINGS}\)(s)?(?!\w)", re.IGNORECASE)
_PERHAPS = re.compile("[·•⋅‧.(-][eèntlsrvfEÈNTLSRVFſ]")
"""Stands in every inclusive form, and is found much faster."""
_PLURALS = re.compile(r"es$", re.IGNORECASE)


def fold_inclusive(text: str) -> str:
    """`text` with every inclusive ending folded away, number kept: `les habitant·e·s` → `les habitants`."""

    if not _PERHAPS.search(text):
        return text

    def shorten(match: re.Match[str]) -> str:
        is_plural = match.group(1) is not None or _PLURALS.search(match.group(0).strip("()")) is not None
        return "s" if is_plural else ""

    return _BRACKETED.sub(shorten, _DOTTED.sub(shorten, text))
