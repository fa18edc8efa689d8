"""Tell a clause by its subject and its verb, by forms alone; `finite_verbs` tells whether a text holds any verb."""

import re

from pipeline.language.lexicon.verbs import is_also_noun, third_person
from pipeline.language.syntax.function_words import CLITICS, DETERMINER, PLURAL_DETERMINER, RELATIVES, of

_TOKEN = re.compile(r"[^\s']+'|\S+")
_NOT_BEFORE_VERBS = of(
    *("articles", "demonstratives", "possessives", "possessives_of_speakers", "prepositions", "joins"),
    *("adverbs_of_degree", "relatives", "subordinators", "persons", "third_persons"),
) | {"chaque"}
_BEFORE_OTHER_VERBS = RELATIVES | of("third_persons", "persons", "subordinators")
_ANNOUNCING = of("negations")
NEGATIONS = ("pas", "plus", "jamais", "guère", "aucun", "aucune")


def is_clause(text: str) -> bool:
    """Whether a text is a subject and its verb in the present, neither of them in doubt."""
    lowered = [token.lower() for token in _TOKEN.findall(text)]
    is_on, is_plural = lowered[:1] == ["on"], PLURAL_DETERMINER.match(text) is not None
    start = 1 if is_on or lowered[:1] in (["tout"], ["chacun"]) else 2
    if start == 2 and not DETERMINER.match(text) and not is_plural:
        return False
    place = _verb_place(lowered, start, not is_on and is_plural)
    if place is None:
        return False
    clitics = lowered[_before_clitics(lowered, place, start) + 1 : place]
    rest = re.sub(r"' ", "'", " ".join(lowered[place + 1 :]))
    is_denied = not {"ne", "n'"}.isdisjoint(clitics)
    return not is_denied or rest.split(" ")[0] in NEGATIONS or rest.startswith(("que ", "qu'"))


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
    return verb is not None and (verb == is_plural or (verb and "et" in words[:place]))


def _surest(words: list[str], found: list[int]) -> int | None:
    sure = [place for place in found if not is_also_noun(words[place])]
    return sure[0] if sure else (found[0] if len(found) == 1 else None)
