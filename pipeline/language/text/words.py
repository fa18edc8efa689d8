"""Words of a text, stop words, and light stems: what two French texts share, whatever their inflections and accents.

The stemmer strips plural, gender, verb endings and the commonest suffixes, after J. Savoy's light French stemmer
(Light stemming approaches for French, 2006), with a shorter list. It needs no model: 200,000 short texts per minute.
"""

import re
from functools import lru_cache

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_words

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")
"""A word of a text, hyphens kept, or a whole number."""
ENDINGS = tuple(" ".join(read_lines(__name__, "stem_endings")).split())
_SHORTEST_STEM = 4


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The light stem of a folded word: `organisation`, `organiser`, `organisent` → `organis`."""
    if word.endswith("aux") and len(word) > 5:
        word = word[:-1] if word.endswith("eaux") else word[:-2] + "l"
    elif len(word) > 3 and word[-1] in "sx" and word[-2] != "s":
        word = word[:-1]
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word if ending == "ent" and word.endswith("ment") else word[: -len(ending)]
    return word


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(fold(text))


STOP_WORDS: frozenset[str] = read_words(__name__, "stop_words")
"""Folded words left out of keywords and of the lexical likeness of items."""


@lru_cache(maxsize=50_000)
def _content_words(text: str) -> tuple[str, ...]:
    """Kept for as many texts as are grouped together: they are asked for several times, one pass after another."""
    return tuple(word for word in words(text) if word not in STOP_WORDS and len(word) > 1 and not word.isdigit())


def content_words(text: str) -> list[str]:
    """The folded words of a text that carry a subject, in order."""
    return list(_content_words(text))


def content_stems(text: str) -> list[str]:
    """The light stems of `content_words`, in order."""
    return [stem(word) for word in _content_words(text)]
