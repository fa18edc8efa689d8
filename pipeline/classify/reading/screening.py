"""Texts that no model of French ideas can read: that answer nothing, in another language, a page instead of an idea."""

from __future__ import annotations

import re

from pipeline.classify.reading.features import fold

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
_NO_ANSWER = re.compile(
    r"\W*(?:r\.?\s?a\.?\s?s|n\.?\s?s\.?\s?p|n\s?/\s?a|idem(?: que (?:ci-dessus|plus haut))?|néant|"
    r"rien(?: (?:de (?:plus|particulier|spécial)|à (?:dire|signaler|ajouter|déclarer)))?|"
    r"(?:je )?(?:ne |n')?sai[st] pas|sans (?:avis|opinion|réponse|objet)|(?:pas|aucun|aucune) (?:d'|de )?"
    r"(?:avis|opinion|réponse|idée|remarque|commentaire|observation)s?|non concernée?s?)\W*"
)
"""What a form or a table holds where nobody had anything to say: it is off the axes, whatever stands above it."""


def unreadable_reason(text: str) -> str:
    """Empty when the text can be read; "vide" without a letter or an answer; "autre_langue"; "trop_long"."""
    head = fold(text)
    words = re.findall(r"[^\W\d_]+", head)
    if not words or _NO_ANSWER.fullmatch(head):
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
