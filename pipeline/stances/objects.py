"""What a side is on: the question, the proposal or the heading that was answered, and when a title is that same one."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_words
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import UNKNOWN

_NUMBER = re.compile(r"^\W*(?:\w+ )?(?:n°|n|#)? ?\d{1,3}\W+(?=\w)|^\W*(?:proposition|question|mesure|projet)\s*:\s*")
_DENIED = re.compile(r"\b(?:ne|n'|pas|plus|jamais|sans|aucune?)\b")


@lru_cache(maxsize=16_384)
def same_object(title: str, about: str) -> bool:
    """Whether a title is what was asked: the same things are named and done, however it was asked, and denied in both
    or in none. « Fermer la rue » is « Faut-il fermer la rue ? », and not « Faut-il garder la rue ouverte ? »."""
    one, other = _named(title), _named(about)
    return bool(one[0]) and one == other


def _named(text: str) -> tuple[frozenset[str], bool]:
    bare = _NUMBER.sub("", fold(text).replace("’", "'").replace("-", " "))
    return frozenset((*content_stems(bare), *re.findall(r"\d+", bare))) - _ASKING, _DENIED.search(bare) is not None


_ASKING = frozenset(content_stems(fold(" ".join(read_words(__name__, "asking")))))
"""Stems of words that only ask."""


def side_under(title: str, stance: str, about: str) -> str:
    """The side that an idea takes on what a title says: its own, where it is on nothing else.

    Parameters
    ----------
    about : what the side is on, in words; "" where it is on the object of the words.
    """
    return stance if not about or same_object(title, about) else UNKNOWN
