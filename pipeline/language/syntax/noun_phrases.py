"""Noun phrases with the article that they need: `médecin` → `un médecin`, `accès` → `l'accès`."""

from __future__ import annotations

import re

from pipeline.language.lexicon.nouns import gender_of, has_either_number, is_mass, is_person, is_plural
from pipeline.language.syntax.function_words import DETERMINER, of
from pipeline.language.text.typography import elides

_TIES = of("prepositions") | {"du", "des"}


def first_noun(text: str) -> str:
    """The first word of a phrase without article."""
    return re.split(r"[\s',]", text)[0]


def definite(phrase: str, head: str) -> str | None:
    """A phrase with its definite article; None when its gender or number is not known."""
    gender, number = gender_of(head), _number(phrase, head)
    if number == "p":
        return f"les {phrase}"
    if not gender or not number:
        return None
    return f"l'{phrase}" if elides(phrase) else f"{'la' if gender == 'f' else 'le'} {phrase}"


def indefinite(phrase: str, head: str) -> str | None:
    """A phrase with its indefinite article, or its partitive one; None when its gender or number is not known."""
    gender, number = gender_of(head), _number(phrase, head)
    if number == "p" and not phrase.lower().startswith(head):  # an adjective before its noun
        return f"d'{phrase}" if elides(phrase) else f"de {phrase}"
    if number == "p":
        return f"des {phrase}"
    if not gender or not number:
        return None
    if is_mass(head):
        return f"de l'{phrase}" if elides(phrase) else f"{'de la' if gender == 'f' else 'du'} {phrase}"
    return f"{'une' if gender == 'f' else 'un'} {phrase}"


def _number(phrase: str, head: str) -> str:
    """`s` or `p`; "" for a noun that is said in both and written the same, with nothing after it that tells."""
    if not has_either_number(head):
        return "p" if is_plural(head) else "s"
    following = phrase.lower().partition(head)[2].split()[:1]
    if not following or following[0] in _TIES:
        return "s" if elides(head) else ""
    return "p" if following[0].endswith(("s", "x")) else "s"


def is_people(who: str) -> bool:
    """Whether a noun phrase with its article names people."""
    match = DETERMINER.match(who)
    return is_person(first_noun(who[match.end() :] if match else who))
