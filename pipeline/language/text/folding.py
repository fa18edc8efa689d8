"""Fold a text to its key for matching: what two writings of the same words share.

Inclusive forms are folded to one key (`habitant·e·s`, `habitant.e.s`, `habitant(e)s`, `habitant-e-s` and `habitants`
meet in `habitants`); participants' words are never changed where they are shown.
"""

import re
import unicodedata
from functools import lru_cache

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


class _Bare(dict[int, str]):
    """Each character without its diacritics, worked out when first met (see `str.translate`)."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        self[code] = "".join(part for part in parts if not unicodedata.combining(part))
        return self[code]


_BARE = _Bare({ord("œ"): "oe", ord("æ"): "ae", ord("Œ"): "OE", ord("Æ"): "AE"})


def strip_accents(text: str) -> str:
    """`text` without diacritics; `œ` and `æ` are spelt out."""
    return text if text.isascii() else text.translate(_BARE)


def fold(text: str) -> str:
    """The key of a text for matching: inclusive forms folded, lower case, no accents, straight apostrophes."""
    return strip_accents(fold_inclusive(text).lower()).replace("’", "'")


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """`fold` of one word, which comes back in many texts."""
    return fold(word)
