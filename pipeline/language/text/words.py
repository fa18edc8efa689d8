"""Words that carry a subject, and their stems: what two French texts share."""

from __future__ import annotations

from functools import lru_cache

from pipeline.language.text.folding import fold_word
from pipeline.language.text.inclusive import fold_inclusive
from pipeline.language.text.stems import WORD, stem, words
from pipeline.language.text.stopwords import STOP_WORDS


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


@lru_cache(maxsize=20_000)
def content_surfaces(text: str) -> tuple[str, ...]:
    """The words of a text that carry a subject, accents kept and inclusive forms folded, in order.

    Kept for as many texts as are read twice in a row, for the keywords of groups, then for what their items share.
    """
    return tuple(
        word
        for word in WORD.findall(fold_inclusive(text).replace("’", "'"))
        if len(word) > 1 and not word.isdigit() and fold_word(word) not in STOP_WORDS
    )
