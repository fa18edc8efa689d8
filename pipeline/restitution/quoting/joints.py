"""How words of others join ours: elided conjunctions, quotation marks, and where a title stands in what was said."""

from __future__ import annotations

import re

from pipeline.language.syntax.sentence_forms import Phrase
from pipeline.language.text.typography import with_de, with_que


def joint_que(text: str) -> str:
    """`que ` or `qu’`, as `text` asks."""
    return with_que(text)[: -len(text)]


def joint_de(text: str) -> str:
    """`de ` or `d’`, as `text` asks."""
    return "d’" if with_de(text).startswith("d’") else "de "


def plain_quotes(text: str) -> str:
    """« » turned into “ ”: only exact spans stand between « »."""
    return re.sub(r"[ \u00a0\u202f]*»", "”", re.sub(r"«[ \u00a0\u202f]*", "“", text))


_SAME = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "É": "E", "é": "e", "Ê": "E", "ê": "e"})


def find_words(text: str, wanted: str) -> tuple[int, int] | None:
    """Where `wanted` stands in `text`, but for its first capital, accents on e (`_SAME`), last punctuation, spaces."""
    bare = wanted.translate(_SAME).strip().rstrip(" .;:,…!")
    where = text.translate(_SAME)
    for form in dict.fromkeys((bare, bare[:1].lower() + bare[1:])):
        at = where.find(form) if form else -1
        end = at + len(form)
        if at >= 0 and not where[:at][-1:].isalnum() and not where[end:][:1].isalnum():
            end += len(where[end:]) - len(where[end:].lstrip(" ")) + 1 if where[end:].lstrip(" ")[:1] == "?" else 0
            return at, end
    return None


def indefinite(phrase: Phrase) -> str:
    """The indefinite article that a noun phrase lacks: `un `, `une `, `des `, or "" when it has a determiner."""
    if not phrase.noun:
        return ""
    if phrase.number == "p":
        return "des "
    return {"f": "une ", "m": "un "}.get(phrase.gender, "")
