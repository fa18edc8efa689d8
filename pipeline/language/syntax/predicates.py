"""Where a clause can be cut in two: its subject, told in our sentence, and its predicate, left between « »."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.language.lexicon.verbs import is_also_noun, third_person
from pipeline.language.models.parsing import load_parser
from pipeline.language.syntax.function_words import RELATIVES, alternatives, of
from pipeline.language.text.lists import read_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECT_WORDS_MAX = 9
PREDICATE_WORDS_MIN = 3
_PRONOUN = re.compile(r"(?:on|ils?|elles?)\s(?=\S)", re.IGNORECASE)
_NEGATION = re.compile(r"(?<=\s)(?:ne\s(?!(?:pas|plus|jamais|rien|point)\s)|n['’])", re.IGNORECASE)
_SUBORDINATORS = of("subordinators") - of("reflexives")
_NOT_IN_A_SUBJECT = re.compile(
    rf"[,;:()–—\"“”]|\s-\s|\b(?:{alternatives(RELATIVES | _SUBORDINATORS)})(?!\w)|"
    r"\bet (?:personne|rien|on|ils?|elles?)\b|\b(?:[cdjlmnst]|ce|ça)\s*$",
    re.IGNORECASE,
)
_BEFORE_THE_VERB = of("reflexives", "adverbial_pronouns")
_AFTER_A_VERB = ("ADP", "DET", "PRON", "SCONJ", "NUM", "ADV")


def tagged(text: str) -> Doc:
    """A text with tags and morphology alone: three times as fast as a whole parse."""
    return next(load_parser().pipe([text.replace("’", "'")], disable=["parser", "attribute_ruler"]))


@lru_cache(maxsize=20_000)
def predicate(text: str) -> int | None:
    """Where the predicate of a clause begins (clitics and negation included), or None when that is not certain.

    `Les pêcheurs ne relèvent plus leurs filets` → at `ne`; `On change d’école` → at `change`.
    """
    start = _start(text)
    if start is None:
        return None
    subject, rest = text[:start], text[start:]
    if not subject.strip() or not subject[-1].isspace() or len(subject.split()) > SUBJECT_WORDS_MAX:
        return None
    return None if _NOT_IN_A_SUBJECT.search(subject) or len(rest.split()) < PREDICATE_WORDS_MIN else start


def _start(text: str) -> int | None:
    pronoun, negation = _PRONOUN.match(text), _NEGATION.search(text)
    if pronoun is not None:
        return pronoun.end()
    doc = tagged(text[:1].lower() + text[1:])
    verb = _first_verb(doc) or hidden_verb(doc)
    if negation is not None and (verb is None or negation.start() < verb.idx):
        return negation.start()
    return None if verb is None else _with_clitics(doc, verb.i)


def _first_verb(doc: Doc) -> Token | None:
    """The first finite verb that stands in no relative clause."""
    return next((t for t in doc if t.i and "Fin" in t.morph.get("VerbForm", []) and t.pos_ in ("VERB", "AUX")), None)


def _with_clitics(doc: Doc, at: int) -> int:
    while at > 0 and doc[at - 1].lower_ in _BEFORE_THE_VERB:
        at -= 1
    return int(doc[at].idx)


def hidden_verb(doc: Doc) -> Token | None:
    """The main verb that the small parser took for an adjective or a noun: `la cale du port glisse à chaque…`."""
    is_plural = doc[0].lower_ in of("plurals")
    for token in doc[2:-1]:
        before, form = doc[token.i - 1], token.lower_
        if before.lower_ in RELATIVES:
            return None
        if before.pos_ in ("ADP", "DET", "NUM") or doc[token.i + 1].pos_ not in _AFTER_A_VERB:
            continue
        verb = third_person(form)
        is_other = form in read_words(__name__, "adjectives_like_verbs") or is_also_noun(form)
        surely = not is_other or (is_also_noun(form) and _at_a_number(token))
        if verb is not None and surely and verb.is_plural == is_plural:
            return token
    return None


def _at_a_number(token: Token) -> bool:
    """Whether `à` and a figure follow: `ferme à 5 h`, `passe à 2 classes`; a noun or an adjective seldom goes so."""
    following = token.doc[token.i + 1 : token.i + 3].text
    return re.match(r"à \d", following) is not None
