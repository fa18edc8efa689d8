"""The object of an idea: which noun phrase of its text would stand in a title.

Each phrase that `pipeline.language.syntax.noun_phrases` finds is given how much of the object it is likely to be (the
F1 of their stems), by a linear regression learnt from objects that a reader wrote
(`pipeline.workbench.natures`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon.nouns import is_noun, is_person, is_plural
from pipeline.language.lexicon.verbs import is_infinitive, third_person
from pipeline.language.syntax.function_words import DETERMINERS, of
from pipeline.language.syntax.noun_phrases import NounGroup, Token, noun_groups, tokens_of
from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems, stem
from pipeline.language.vocabulary.rarity import background
from pipeline.learned import Linear

_DEFINITE = of("articles", "demonstratives") - {"un", "une", "des"}
_INDEFINITE = frozenset({"un", "une", "des"})
_POSSESSIVE = of("possessives", "possessives_of_speakers")
_PREPOSITIONS = of("prepositions") | {"du", "des"}
_LACKING = of("denials", "adverbs_of_degree", "lacks")
_OF, _TO = frozenset({"de", "d'", "du", "des"}), frozenset({"à", "au", "aux"})
_FOR, _TIMES, _SPEAKERS, _RELATIVES = frozenset({"pour", "entre", "avec"}), of("times"), of("speakers"), of("relatives")
N_SHORT, N_LONG = 8, 40
"""Words of a text that is one phrase, characters of a phrase that is long for a title."""
DECIMALS = 6


class _Before(NamedTuple):
    """What stands before a phrase: its determiner, a verb, a word that tells a lack."""

    opens: bool
    after_sign: bool
    definite: bool
    indefinite: bool
    possessive: bool
    of: bool
    preposition: bool
    lacking: bool
    object_of_infinitive: bool
    object_of_verb: bool


class _Place(NamedTuple):
    """Where a phrase stands in its text, and what follows it."""

    first: bool
    rank: float
    rank_share: float
    place: float
    before_verb: bool
    after_infinitive: bool
    furthest: bool
    then_tied: bool
    then_sign: bool
    then_relative: bool
    short_text: bool


class _Tied(NamedTuple):
    """What ties a phrase together."""

    once: bool
    twice: bool
    more: bool
    by_of: bool
    by_to: bool
    by_for: bool
    by_where: bool


class _Form(NamedTuple):
    """How much a phrase says."""

    one_stem: bool
    two_stems: bool
    three_stems: bool
    more_stems: bool
    long: bool
    ends_on_verb: bool
    determiners: float
    speaker: bool


class _Head(NamedTuple):
    """The noun of a phrase."""

    rarity: float
    unknown: bool
    time: bool
    person: bool
    plural: bool
    named: bool
    no_noun: bool
    verb_too: bool


FEATURES = (*_Before._fields, *_Place._fields, *_Tied._fields, *_Form._fields, *_Head._fields)
"""What the ranker sees of a phrase, in order."""


@dataclass(frozen=True)
class ObjectRanker:
    """How much of the object of its text a phrase is likely to be; below `least` no object is told."""

    head: Linear
    least: float

    def choose(self, text: str) -> str | None:
        """The object of a text, as written there; None when it is doubtful."""
        groups, features = candidates(text)
        if not groups:
            return None
        scores = self.scores(features)
        best = int(scores.argmax())
        return plain(groups[best].text) if scores[best] >= self.least else None

    def scores(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Of each phrase, shape (n,)."""
        return np.asarray(np.round(self.head.scores(features)[:, 0], DECIMALS))


def plain(phrase: str) -> str:
    """A phrase with straight apostrophes and single spaces, without the capital of a sentence."""
    bare = " ".join(phrase.replace("’", "'").split())
    is_capital = bare[:1].isupper() and bare[1:2].islower()
    return bare[0].lower() + bare[1:] if is_capital and is_noun(bare.split()[0].split("'")[-1].lower()) else bare


def candidates(text: str) -> tuple[list[NounGroup], npt.NDArray[np.float64]]:
    """The phrases of a text and their features, shape (n, len(FEATURES))."""
    tokens = tokens_of(text)
    groups = noun_groups(text, tokens)
    whole = _Whole.of(tokens, groups)
    rows = [[float(value) for value in _features(group, tokens, whole)] for group in groups]
    return groups, np.array(rows, dtype=np.float64).reshape(len(groups), len(FEATURES))


@dataclass(frozen=True)
class _Whole:
    """What all the phrases of a text share: places of its heads, of their furthest ends, of its first verbs."""

    heads: Sequence[int]
    ends: Mapping[int, int]
    verb: int
    infinitive: int

    @classmethod
    def of(cls, tokens: Sequence[Token], groups: Sequence[NounGroup]) -> _Whole:
        n = len(tokens)
        lows = [token.low for token in tokens]
        return cls(
            sorted({group.head for group in groups}),
            {group.head: group.end for group in groups},
            next((at for at in range(n) if third_person(lows[at]) is not None and not is_noun(lows[at])), n),
            next((at for at in range(n) if is_infinitive(lows[at])), n),
        )


def _features(group: NounGroup, tokens: Sequence[Token], whole: _Whole) -> tuple[float, ...]:
    """Values of `FEATURES`."""
    return (
        *_before(group, tokens),
        *_place(group, tokens, whole),
        *_tied(group),
        *_form(group, tokens),
        *_head(group, tokens),
    )


def _before(group: NounGroup, tokens: Sequence[Token]) -> _Before:
    nearest = [token.low for token in tokens[max(0, group.first - 3) : group.first]]
    before = [*reversed(nearest), "", "", ""]
    beyond = before[1:] if before[0] in DETERMINERS else before
    return _Before(
        opens=group.first == 0,
        after_sign=group.first > 0 and not before[0][:1].isalpha(),
        definite=before[0] in _DEFINITE,
        indefinite=before[0] in _INDEFINITE,
        possessive=before[0] in _POSSESSIVE,
        of=before[0] in _OF,
        preposition=before[0] in _PREPOSITIONS,
        lacking=beyond[0] in _LACKING or (beyond[0] in _OF and beyond[1] in _LACKING),
        object_of_infinitive=is_infinitive(beyond[0]),
        object_of_verb=third_person(beyond[0]) is not None,
    )


def _place(group: NounGroup, tokens: Sequence[Token], whole: _Whole) -> _Place:
    rank = whole.heads.index(group.head)
    after = tokens[group.end].low if group.end < len(tokens) else "."
    return _Place(
        first=rank == 0,
        rank=min(rank, 4),
        rank_share=rank / len(whole.heads),
        place=group.first / len(tokens),
        before_verb=group.head < whole.verb,
        after_infinitive=group.head > whole.infinitive,
        furthest=group.end == whole.ends[group.head],
        then_tied=after in _PREPOSITIONS,
        then_sign=not after[:1].isalpha(),
        then_relative=after in _RELATIVES,
        short_text=len(tokens) < N_SHORT,
    )


def _tied(group: NounGroup) -> _Tied:
    by = set(group.prepositions)
    n = len(group.prepositions)
    return _Tied(n == 1, n == 2, n > 2, bool(by & _OF), bool(by & _TO), bool(by & _FOR), bool(by - _OF - _TO - _FOR))


def _form(group: NounGroup, tokens: Sequence[Token]) -> _Form:
    n = len(content_stems(group.text))
    inside = [token.low for token in tokens[group.first : group.end]]
    return _Form(
        *(n == 1, n == 2, n == 3, n > 3),
        long=len(group.text) > N_LONG,
        ends_on_verb=group.end - 1 > group.head and third_person(inside[-1]) is not None,
        determiners=sum(low in DETERMINERS for low in inside[1:]),
        speaker=any(low in _SPEAKERS for low in inside),
    )


def _head(group: NounGroup, tokens: Sequence[Token]) -> _Head:
    head = tokens[group.head]
    return _Head(
        *_rarity(head.low),
        time=head.low in _TIMES,
        person=is_person(head.low),
        plural=is_plural(head.low),
        named=head.text[:1].isupper() and group.first > 0,
        no_noun=not is_noun(head.low),
        verb_too=third_person(head.low) is not None,
    )


def _rarity(word: str) -> tuple[float, bool]:
    """How rare a word is in what people say in workshops, near 1 for one in some thousand texts, and whether nobody
    said it in the annotated corpus."""
    total, counts = background()
    count = counts.get(stem(fold(word)), 0)
    return log(total / (1 + count)) / log(total), count == 0
