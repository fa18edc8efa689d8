"""Noun phrases with the article that they need, and what one does to get what is lacking: `médecin` → `un médecin`."""

from __future__ import annotations

import re

from pipeline.language.lexicon.nouns import gender_of, has_either_number, is_mass, is_person, is_plural
from pipeline.language.syntax.function_words import DETERMINER, alternatives, of
from pipeline.language.text.lists import read_words
from pipeline.language.text.typography import elides

_DEFINITE = re.compile(r"^\S+(?: \S+)? (?:des |du |de la |de l'|de nos |de notre |de cette )")
_ADJECTIVE_FIRST = re.compile(rf"^(?:{alternatives(of('adjectives_before_nouns'))})\w* \w", re.IGNORECASE)


def first_noun(text: str) -> str:
    """The first word of a phrase without article."""
    return re.split(r"[\s',]", text)[0]


def determined(text: str, plural: bool | None = None) -> str | None:
    """A noun phrase with its article: `horaires inadaptés` → `des horaires inadaptés`; None when it is not known.

    Parameters
    ----------
    plural : the number that a verb tells; read from the noun when None.
    """
    if DETERMINER.match(text):
        return text
    noun = first_noun(text)
    is_definite = _DEFINITE.match(text) is not None
    if plural is None and has_either_number(noun):
        return None
    if plural or (plural is None and is_plural(noun)):
        return f"{'les' if is_definite else 'des'} {text}"
    gender = gender_of(noun)
    if is_definite and gender:
        return f"l'{text}" if elides(text) else f"{'la' if gender == 'f' else 'le'} {text}"
    article = {"f": "une", "m": "un"}.get(gender)
    return f"{article} {text}" if article else None


def indefinite(text: str) -> str | None:
    """What stood after `pas de`, as an object: `temps payé` → `du temps payé`, `médecins` → `des médecins`."""
    if DETERMINER.match(text):
        return text
    noun = first_noun(text).lower()
    if _ADJECTIVE_FIRST.match(text) or re.search(r"\bni\b", text):
        return None
    gender = gender_of(noun)
    if is_mass(noun) and gender:
        return f"de l'{text}" if elides(text) else f"{'de la' if gender == 'f' else 'du'} {text}"
    if is_plural(noun):
        return f"des {text}"
    if not gender and is_person(noun):
        return f"{'une' if noun.endswith(('ante', 'ente', 'ate')) else 'un'} {text}"
    return None if has_either_number(noun) or not gender else f"{'une' if gender == 'f' else 'un'} {text}"


def how_to_get(text: str) -> str:
    """The verb of the question about what is lacking: one finds a doctor, one has a bus."""
    match = DETERMINER.match(text)
    noun = first_noun(text[match.end() :] if match else text).lower()
    return "trouver" if noun in read_words(__name__, "found_things") or is_person(noun) else "avoir"


def is_people(who: str) -> bool:
    """Whether a noun phrase with its article names people."""
    match = DETERMINER.match(who)
    return is_person(first_noun(who[match.end() :] if match else who))
