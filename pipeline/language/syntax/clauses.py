"""A clause and its parts: who, the verb, whether it is denied, and what follows.

The verb is found by its form, never guessed: a clause whose verb or subject is in doubt gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.lexicon.verbs import VerbForm, is_also_noun, third_person
from pipeline.language.syntax.function_words import CLITICS, DETERMINER, PLURAL_DETERMINER, RELATIVES, of

_TOKEN = re.compile(r"[^\s']+'|\S+")
_NOT_BEFORE_VERBS = of(
    *("articles", "demonstratives", "possessives", "possessives_of_speakers", "prepositions", "joins"),
    *("adverbs_of_degree", "relatives", "subordinators", "persons", "third_persons"),
) | {"chaque"}
_BEFORE_OTHER_VERBS = RELATIVES | of("third_persons", "persons", "subordinators")
_ANNOUNCING = of("negations")
NEGATIONS = ("pas", "plus", "jamais", "guère")


@dataclass(frozen=True)
class Clause:
    """A subject and its verb in the present.

    Attributes
    ----------
    who : the subject, with its article. clitics : what stands before the verb, negation left out (`se `, `y `).
    negation : `pas`, `plus`, `jamais`, `que`, or an empty text. rest : what follows the verb and the negation.
    """

    who: str
    verb: VerbForm
    clitics: str
    negation: str
    rest: str


def split_clause(text: str) -> Clause | None:
    """The subject and the verb of a clause; None when they are in doubt."""
    tokens = _TOKEN.findall(text)
    lowered = [token.lower() for token in tokens]
    is_on = lowered[:1] == ["on"]
    start = 1 if is_on or lowered[:1] in (["tout"], ["chacun"]) else 2
    if start == 2 and not DETERMINER.match(text) and not PLURAL_DETERMINER.match(text):
        return None
    place = _verb_place(lowered, start, not is_on and PLURAL_DETERMINER.match(text) is not None)
    if place is None:
        return None
    first = place
    while first > start - 1 and lowered[first - 1] in CLITICS and first - 1 >= start:
        first -= 1
    verb = third_person(lowered[place])
    if verb is None or first < start:
        return None
    clitics = [token for token in lowered[first:place] if token not in ("ne", "n'")]
    negation, rest = _negation(_joined(tokens[place + 1 :]), len(clitics) < place - first)
    if negation is None:
        return None
    return Clause(_joined(tokens[:first]), verb, _spaced(clitics), negation, rest)


def _joined(tokens: list[str]) -> str:
    return re.sub(r"' ", "'", " ".join(tokens))


def _spaced(clitics: list[str]) -> str:
    return "".join(token if token.endswith("'") else f"{token} " for token in clitics)


def _verb_place(words: list[str], start: int, is_plural: bool) -> int | None:
    """The place of the verb: the first that `ne` announces, else the first that is nothing but a verb."""
    found: list[int] = []
    for place in range(start, len(words)):
        before = _before_clitics(words, place, start)
        if not _agrees(words, place, is_plural) or (before > 0 and words[before] in _BEFORE_OTHER_VERBS):
            continue
        if any(word in _ANNOUNCING for word in words[before:place]):
            return place
        follows_a_clitic = words[place - 1] in CLITICS and not found
        if follows_a_clitic or words[place - 1] not in _NOT_BEFORE_VERBS or (start == 1 and place == 1):
            found.append(place)
    return _surest(words, found)


def _before_clitics(words: list[str], place: int, start: int) -> int:
    """The place of the word before a verb, its clitics aside."""
    before = place - 1
    while before >= start and words[before] in CLITICS:
        before -= 1
    return before


def _agrees(words: list[str], place: int, is_plural: bool) -> bool:
    """Whether a third person of the subject's number stands at a place; « et » makes a plural of two singulars."""
    verb = third_person(words[place])
    return verb is not None and (verb.is_plural == is_plural or (verb.is_plural and "et" in words[:place]))


def _surest(words: list[str], found: list[int]) -> int | None:
    """The first of the places found whose form is no noun, or the only one."""
    sure = [place for place in found if not is_also_noun(words[place])]
    return sure[0] if sure else (found[0] if len(found) == 1 else None)


def _negation(rest: str, is_denied: bool) -> tuple[str | None, str]:
    word, _, after = rest.partition(" ")
    if word in NEGATIONS and (is_denied or not after.startswith(("de ", "d'", "que ", "grand", "petit"))):
        return word, after
    if not is_denied:
        return "", rest
    if word in ("aucun", "aucune"):
        return "pas", f"{'une' if word == 'aucune' else 'un'} {after}"
    if rest.startswith(("que ", "qu'")):
        return "que", rest
    return None, rest
