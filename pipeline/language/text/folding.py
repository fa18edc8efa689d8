"""The key of a text for matching: what two writings of the same words share."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pipeline.language.text.inclusive import fold_inclusive


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
