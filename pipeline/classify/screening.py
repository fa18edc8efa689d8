"""Texts that no model of French ideas can read: without a letter, in another language, a page instead of an idea."""

from __future__ import annotations

import re

from pipeline.classify.features import fold

MAX_WORDS = 250
MIN_WORDS_FOR_LANGUAGE = 5

_FRENCH = frozenset(
    "le la les l un une des du de d et est sont en dans pour par sur avec pas ne n que qu qui on nous il elle ils ce "
    "c cette ces au aux plus ou où mais a ont être se s y sans son sa ses leur leurs notre nos je j tout tous faire "
    "il faut très bien trop chez entre comme si comment quand même aussi".split()
)
_OTHERS = frozenset(
    "the of and to is are in for that with this it be was we you they have not on from should more our their "
    "und der die das ist nicht mit für wir ein eine zu auf "
    "el los las y es para con por no una del se más como pero muy "
    "il gli che è di per non con una sono della anche "
    "os uma não com mais para em do da".split()
)


def unreadable_reason(text: str) -> str:
    """Empty when the text can be read; "vide" without a letter; "autre_langue"; "trop_long"."""
    head = fold(text)
    words = re.findall(r"[^\W\d_]+", head)
    if not words:
        return "vide"
    if len(text) > 20 * MAX_WORDS or text.count(" ") > MAX_WORDS:
        return "trop_long"
    if len(words) >= MIN_WORDS_FOR_LANGUAGE:
        n_french = sum(word in _FRENCH for word in words)
        n_other = sum(word in _OTHERS and word not in _FRENCH for word in words)
        if n_other >= 2 and n_other > 2 * n_french:
            return "autre_langue"
        if sum(character.isalpha() and ord(character) > 0x24F for character in head) > len(head) / 2:
            return "autre_langue"
    return ""
