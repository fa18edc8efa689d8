"""Noun phrases: those that a text may hold, by the lexicon alone, and the article that one needs.

No parser is asked: 5,000 texts a second. Every phrase that may be one is given, shorter and longer; which of them a
reader would choose is learnt (`pipeline.classify.reading.objects`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.lexicon.nouns import gender_of, has_either_number, is_mass, is_noun, is_person, is_plural
from pipeline.language.lexicon.verbs import is_finite, is_infinitive, third_person
from pipeline.language.syntax.function_words import DETERMINER, DETERMINERS, alternatives, of
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import elides
from pipeline.language.text.words import STOP_WORDS

MAX_CHARACTERS = 600
"""Phrases are looked for in the first characters only."""
MAX_EXTENSIONS = 4
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?|\d+|[^\w\s]")
_PREPOSITIONS = of("prepositions") | {"du", "des"}
_CONTRACTED = frozenset({"du", "des", "au", "aux"})
_ADJECTIVE = re.compile(rf"(?:{alternatives(of('adjectives_before_nouns'))})(?:n?e?s?|ses?|aux?|l?le?s?|x)")
_SUBJECTS = of("persons", "negations", "reflexives", "adverbial_pronouns") | {"il", "ils", "elles", "on"}
_NOT_NOUNS = of("denials", "adverbs_of_degree", "quantities", "relatives", "indefinite_subjects", "dangling", "topics")
_DENIALS = of("denials", "adverbs_of_degree", "lacks")


_LACKS = of("lacks")


class Token(NamedTuple):
    """A word or a sign: as written, in lower case with straight apostrophes, and where it stands."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True)
class NounGroup:
    """A noun phrase without its determiner.

    Attributes
    ----------
    text : as written.
    first, head, end : places of its first token, of its noun, and of the token after it.
    prepositions : those that tie it together, in order.
    """

    text: str
    first: int
    head: int
    end: int
    prepositions: tuple[str, ...]


def tokens_of(text: str) -> list[Token]:
    """Words and signs of a text, elided ones apart."""
    return [
        Token(found.group(), found.group().lower().replace("’", "'"), found.start(), found.end())
        for found in _TOKEN.finditer(text[:MAX_CHARACTERS])
    ]


def noun_groups(text: str, tokens: list[Token]) -> list[NounGroup]:
    """Every noun phrase that may be one, by its head, the shortest first."""
    found: list[NounGroup] = []
    for head in range(len(tokens)):
        if not _is_head(tokens, head):
            continue
        first = head - 1 if head and _opens_noun(tokens[head - 1].low) else head
        end = head + 1
        prepositions: tuple[str, ...] = ()
        found.append(_group(text, tokens, first, head, end, prepositions))
        for _ in range(MAX_EXTENSIONS):
            longer = _extended(tokens, end)
            if longer is None:
                break
            end, preposition = longer
            prepositions = (*prepositions, preposition) if preposition else prepositions
            found.append(_group(text, tokens, first, head, end, prepositions))
    return found


def is_lacking(group: NounGroup, tokens: Sequence[Token]) -> bool:
    """Whether the words before a phrase say that it is lacking: « pas assez de », « faute de », « aucun »."""
    before = [token.low for token in tokens[max(0, group.first - 3) : group.first]]
    while before and before[-1] not in _LACKS and (before[-1] in DETERMINERS or before[-1] in ("de", "d'", "du")):
        before.pop()
    return bool(before) and before[-1] in _LACKS


def _group(text: str, tokens: list[Token], first: int, head: int, end: int, prepositions: tuple[str, ...]) -> NounGroup:
    return NounGroup(text[tokens[first].start : tokens[end - 1].end], first, head, end, prepositions)


def _extended(tokens: list[Token], end: int) -> tuple[int, str] | None:
    """The end of the phrase with one adjective or one complement more, and the preposition of that complement."""
    if end >= len(tokens):
        return None
    low = tokens[end].low
    if _is_modifier(low):
        return end + 1, ""
    if low not in _PREPOSITIONS:
        return None
    at = _noun_at(tokens, end + 1, low not in _CONTRACTED)
    if at is not None and low == "entre" and not is_plural(tokens[at].low):  # between one thing and another
        has_other = at + 1 < len(tokens) and tokens[at + 1].low == "et"
        at = _noun_at(tokens, at + 2, True) if has_other else None
    return None if at is None else (at + 1, low)


def _noun_at(tokens: list[Token], at: int, may_be_determined: bool) -> int | None:
    """The place of the noun that a complement opens on, its determiner and the adjective before it aside."""
    if may_be_determined and at < len(tokens) and tokens[at].low in DETERMINERS:
        at += 1
    if at < len(tokens) and _opens_noun(tokens[at].low):
        at += 1
    is_noun_there = at < len(tokens) and (_is_nominal(tokens[at].low) or _is_common_noun(tokens[at].low))
    return at if is_noun_there else None


def _opens_noun(low: str) -> bool:
    """Whether a word is an adjective that stands before its noun."""
    return _ADJECTIVE.fullmatch(low) is not None


@lru_cache(maxsize=50_000)
def _is_nominal(low: str) -> bool:
    """Whether a word may be a noun: one of the lexicon, or one that nothing knows."""
    if len(low) < 2 or not low[0].isalpha() or low.endswith("'") or fold(low) in STOP_WORDS:
        return False
    if is_noun(low):
        return True
    return not is_infinitive(low) and third_person(low) is None and not is_finite(low)


@lru_cache(maxsize=10_000)
def _is_common_noun(low: str) -> bool:
    """Whether a word that says little by itself is a noun after a determiner: « la place », « du temps »."""
    return len(low) > 3 and fold(low) in STOP_WORDS and is_noun(low) and low not in _NOT_NOUNS and not _opens_noun(low)


@lru_cache(maxsize=50_000)
def _is_modifier(low: str) -> bool:
    """Whether a word may be an adjective, a participle or a noun that follows another."""
    if len(low) < 3 or not low[0].isalpha() or low.endswith(("'", "ant")) or fold(low) in STOP_WORDS:
        return False
    return not is_finite(low) and not is_infinitive(low)


def _is_head(tokens: list[Token], at: int) -> bool:
    """Whether a noun stands there that no subject nor clitic makes a verb."""
    low = tokens[at].low
    before = tokens[at - 1].low if at else ""
    if _is_common_noun(low):
        return before in DETERMINERS or before in ("de", "d'", "du")
    if not _is_nominal(low) or (_opens_noun(low) and at + 1 < len(tokens) and _is_nominal(tokens[at + 1].low)):
        return False
    if before in _SUBJECTS:
        return False
    is_announced = not before[:1].isalpha() or before in DETERMINERS or before in _PREPOSITIONS or before in _DENIALS
    return is_announced or _opens_noun(before) or (third_person(low) is None and not is_infinitive(low))


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
