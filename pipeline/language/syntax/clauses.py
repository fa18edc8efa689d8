"""A clause and its parts: who, the verb, whether it is denied, and what follows.

The verb is found by its form, never guessed: a clause whose verb or subject is in doubt gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.lexicon.verbs import VerbForm, is_also_noun, third_person
from pipeline.language.syntax.noun_phrases import DETERMINER

_TOKEN = re.compile(r"[^\s']+'|\S+")
_PLURAL = re.compile(
    r"^(?:les|des|nos|vos|leurs|ces|plusieurs|certaine?s|quelques|(?:beaucoup|trop) d(?:e|')"
    r"|\d{1,3}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b",
    re.IGNORECASE,
)
_NOT_BEFORE_VERBS = frozenset(
    "le la les l' un une des de d' du à au aux en par sur sous dans sans pour avec chez vers et ou ni ce cet cette ces "
    "nos notre leur leurs son sa ses chaque très trop plus moins qui que qu' dont où quand si comme il elle on ils "
    "elles je j' nous tu vous entre depuis".split()
)
_RELATIVES = frozenset(("qui", "que", "qu'", "dont", "où", "quand", "si", "il", "elle", "on", "ils", "elles", "je"))
_CLITICS = frozenset(("ne", "n'", "se", "s'", "y", "en", "lui", "leur"))
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
    if start == 2 and not DETERMINER.match(text) and not _PLURAL.match(text):
        return None
    place = _verb_place(lowered, start, not is_on and _PLURAL.match(text) is not None)
    if place is None:
        return None
    first = place
    while first > start - 1 and lowered[first - 1] in _CLITICS and first - 1 >= start:
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
        verb = third_person(words[place])
        before = place - 1
        while before >= start and words[before] in _CLITICS:
            before -= 1
        if verb is None or (words[before] in _RELATIVES and before > 0):
            continue
        if verb.is_plural != is_plural and not (verb.is_plural and "et" in words[:place]):
            continue
        if words[place - 1] in _CLITICS:
            found = [place] if words[place - 1] in ("ne", "n'") or not found else found
            if words[place - 1] in ("ne", "n'") or "ne" in words[before:place] or "n'" in words[before:place]:
                return place
        if words[place - 1] not in _NOT_BEFORE_VERBS or (start == 1 and place == 1):
            found.append(place)
    sure = [place for place in found if not is_also_noun(words[place])]
    return sure[0] if sure else (found[0] if len(set(found)) == 1 else None)


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


def has_verb(text: str) -> bool:
    """Whether a phrase that should have none holds a verb before any relative clause."""
    words = [token.lower() for token in _TOKEN.findall(text)]
    if words[:1] in (["on"], ["il"], ["elle"], ["ça"], ["c'"], ["je"], ["j'"]):
        return True
    ends = [place for place, word in enumerate(words) if word in ("qui", "que", "qu'", "dont", "où")]
    return any(
        third_person(words[place]) is not None
        and (not is_also_noun(words[place]) or words[place + 1 : place + 2] in (["le"], ["la"], ["l'"], ["les"]))
        and words[place - 1] not in _NOT_BEFORE_VERBS
        for place in range(1, min(ends, default=len(words)))
    )
