"""How words of others join ours: elided conjunctions, quotation marks, articles."""

from __future__ import annotations

import re

from pipeline.language.syntax.phrases import Phrase
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


def indefinite(phrase: Phrase) -> str:
    """The indefinite article that a noun phrase lacks: `un `, `une `, `des `, or "" when it has a determiner."""
    if not phrase.noun:
        return ""
    if phrase.number == "p":
        return "des "
    return {"f": "une ", "m": "un "}.get(phrase.gender, "")
