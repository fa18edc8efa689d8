"""What a claim of a language model rests on: the words of ideas, what stands around them, and which words are alike."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from pipeline.language.lexicon.verbs import infinitive_of, is_finite
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_words
from pipeline.language.text.words import WORD, content_stems, stem, words
from pipeline.language.vocabulary.concepts import concepts_in

KIN_LETTERS, OPENING_LETTERS, ENDING_LETTERS = 4, 6, 4
_END = re.compile(r"[.!?…](?=\s|$)")

_PAIRS = [tuple(map(stem, pair.split(":"))) for pair in sorted(read_words(__name__, "nouns_of_verbs"))]
_OF_ONE_ACT = {one: {other for pair in _PAIRS if one in pair for other in pair} for one in {*chain(*_PAIRS)}}
"""The stem of a verb or of its noun → both."""


def stems_of(text: str) -> frozenset[str]:
    """The light stems of all its words, grammar included, of the infinitives of its verbs and of their nouns."""
    found = WORD.findall(text.lower())
    verbs = (infinitive_of(word) for word in found if is_finite(word))
    stems = {stem(fold(part)) for word in (*found, *verbs) for part in {word, *word.split("-")}}
    return frozenset(stems.union(*(_OF_ONE_ACT.get(one, ()) for one in stems)))


def by_kind(name: str, form: Callable[[str], str] = stem) -> dict[str, frozenset[str]]:
    """The stems of the words of each line `kind: words` of a data file, or another form of them."""
    lines = (line.partition(":") for line in read_lines(__name__, name))
    return {kind: frozenset(form(fold(word)) for word in listed.split()) for kind, _, listed in lines}


GENERAL, _SAYING = (frozenset(map(stem, map(fold, read_words(__name__, name)))) for name in ("general_words", "saying"))
ORDERS = by_kind("orders")
VOICE = _SAYING.union(*by_kind("acts").values(), *by_kind("attitudes").values())
"""Stems of a reporter's voice: verbs of saying, what is reported (a proposal, a question…), and how it is taken."""


@dataclass(frozen=True)
class Support:
    """What a claim rests on.

    Attributes
    ----------
    texts : what is said, one text a contribution, or an idea.
    about : what stands around them: title, headings, questions.
    sides : of each text, where they are known.
    n_voices : how many distinct voices say them.
    heard : all that was said, where names may stand.
    """

    texts: tuple[str, ...]
    about: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    n_voices: int = 0
    heard: tuple[str, ...] = ()

    @cached_property
    def _stems(self) -> tuple[frozenset[str], ...]:
        return tuple(stems_of(text) for text in self.texts)

    @cached_property
    def _around(self) -> frozenset[str]:
        return stems_of(" ".join(self.about))

    def holds(self, stem: str) -> bool:
        """Whether one of them says a word, in one of its forms, or what stands around them does."""
        return any(are_kin(stem, other) for said in (*self._stems, self._around) for other in said)

    @cached_property
    def concepts(self) -> frozenset[int]:
        """The concepts of what is said, and of what stands around it."""
        return frozenset().union(*(concepts_in(words(text)) for text in (*self.texts, *self.about)))


@lru_cache(maxsize=100_000)
def are_kin(one: str, other: str) -> bool:
    """Whether two stems are of one word: they open alike and little follows, or one letter tells them apart."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < KIN_LETTERS:
        return False
    alike = [pair[0] == pair[1] for pair in zip(short, long, strict=False)]
    n = alike.index(False) if False in alike else len(short)
    is_spelt_otherwise = len(long) - len(short) < 2 and long[n + 1 :] in (short[n:], short[n + 1 :])
    if len(short) >= OPENING_LETTERS:
        return is_spelt_otherwise or (n >= OPENING_LETTERS and len(long) - n <= ENDING_LETTERS)
    return n == len(short) and len(long) - n < KIN_LETTERS


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text, the last one whole or not."""
    last = 0
    for match in _END.finditer(text):
        yield text[last : match.end()]
        last = match.end()
    if text[last:].strip():
        yield text[last:]


def content(text: str) -> frozenset[str]:
    """The stems of a sentence that are neither grammar nor the reporter's voice: what it says."""
    return frozenset(content_stems(text)) - VOICE
