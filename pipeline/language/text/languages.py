"""Tell in which other language than French a text is, by its script or by its function words."""

import re

from pipeline.language.text.lists import read_lines, read_words

_FRENCH = read_words(__name__, "french_function_words")
_FOREIGN = {name: frozenset(words) for name, *words in map(str.split, read_lines(__name__, "foreign_function_words"))}
_AMBIGUOUS = read_words(__name__, "ambiguous_function_words")
_SCRIPTS = (
    ("arabe", re.compile(r"[\u0600-\u06ff]")),
    ("cyrillique", re.compile(r"[\u0400-\u04ff]")),
    ("chinois ou japonais", re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")),
    ("coréen", re.compile(r"[\uac00-\ud7af]")),
    ("grec", re.compile(r"[\u0370-\u03ff]")),
    ("hébreu", re.compile(r"[\u0590-\u05ff]")),
)
_WORD = re.compile(r"[^\W\d_]+")
_READ = 600
"""Characters that tell the language of a text."""


def words_of_language(text: str) -> list[str]:
    """The words that tell the language of a text, in small letters."""
    return _WORD.findall(text[:_READ].lower())


def is_surely_french(words: list[str]) -> bool:
    """Whether words hold some of French alone, and not too few of them: they settle most texts at once."""
    if not any(word in _FRENCH and word not in _AMBIGUOUS for word in words[:40]):
        return False
    return len(words) < 12 or sum(word in _FRENCH for word in words) * 8 >= len(words)


def foreign_language(text: str) -> str | None:
    """The name, in French, of the other language that a text is in; None for French, and for what nothing tells.

    Its function words are many, more than the French ones, and two of them at least are its own.
    """
    words = words_of_language(text)
    if is_surely_french(words):
        return None
    n_letters = sum(map(len, words))
    for name, letter in () if text.isascii() else _SCRIPTS:
        if len(letter.findall(text[:_READ])) * 2 > n_letters:
            return name
    if len(words) < 4:
        return None
    n_french = sum(word in _FRENCH for word in words)
    counts = {name: sum(word in own for word in words) for name, own in _FOREIGN.items()}
    name = max(counts, key=lambda key: (counts[key], key))
    own = _FOREIGN[name] - _AMBIGUOUS
    is_told = counts[name] >= max(2, 0.3 * len(words)) and counts[name] > 1.5 * n_french
    return name if is_told and len(own.intersection(words)) >= 2 else None
