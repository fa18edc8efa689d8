"""Lock on a sentence that a model wrote: whether it stands in what people said.

A claim about several contributions may use the words that two of them share at least, grammar, a reporter's voice and
a few nouns so general that they add nothing. Names and words that decide are held to the same; numbers are facts, and
never written in a claim. It must not deny what they affirm, affirm what they deny, nor take another side. With vectors,
it must be as near to them as what they are near to is.

What people said is untrusted too: words that one contribution alone holds, an instruction among them, never pass.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_words
from pipeline.language.text.words import STOP_WORDS, content_stems, content_words, stem, words
from pipeline.language.vocabulary.concepts import concepts_in, concepts_of
from pipeline.language.vocabulary.cues import CON, MIXED, PRO, stance_of

SAID_BY = 2
"""Contributions that must share a word before a claim about all of them may use it."""
FRENCH_SHARE_MIN = 0.25
HALF = 0.5
KIN_LETTERS = 4
NEAR_MIN = 0.35
"""Cosine of a claim with the mean of what it rests on: nine titles in ten pass with their group, and one
in fifty with another of its axis."""
_ODD = re.compile(r"[«»“”\"<>{}\[\]*_#`|\\@~^=]|https?:|www\.")
_END = re.compile(r"[.!?…](?=\s|$)")
_WORD = re.compile(r"\w+")
_BETWEEN = frozenset("de d un une si tres trop plus".split())
_CLAUSE = re.compile(r"[,;:.!?…()\n]|\b(?:et|ou|mais|car|donc|parce|puisque|alors|plutôt)\b", re.IGNORECASE)
Vectors = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts → vectors of unit length, shape (n, d)."""


def stems_of(text: str) -> frozenset[str]:
    """The light stems of all its words, grammar included."""
    return frozenset(stem(word) for word in words(text))


_GENERAL, _DECIDING = (stems_of(" ".join(read_words(__name__, name))) for name in ("general_nouns", "deciding"))
_VOICE = stems_of(" ".join(read_words(__name__, "saying"))).union(
    *(stems_of(line.partition(":")[2]) for line in read_lines(__name__, "acts"))
)
"""Stems of a reporter's voice: neutral verbs of saying, and what is reported (a proposal, a demand, a question…)."""
_LACKS, _NEGATIONS, _WEIGHTY, _NUMBERS = (
    read_words(__name__, name) for name in ("lacks", "negations", "weighty", "numbers")
)


@dataclass(frozen=True)
class Support:
    """What a claim rests on.

    `texts` : what is said, one text a contribution.
    """

    texts: tuple[str, ...]

    @cached_property
    def _stems(self) -> tuple[frozenset[str], ...]:
        return tuple(stems_of(text) for text in self.texts)

    @property
    def least(self) -> int:
        """Contributions that must say something before a claim may."""
        return min(SAID_BY, len(self.texts))

    def holds(self, stem: str) -> bool:
        """Whether enough of them say a word, in one of its forms."""
        n = sum(any(_are_kin(stem, other) for other in said) for said in self._stems)
        return n >= self.least

    @cached_property
    def concepts(self) -> frozenset[int]:
        """Concepts that are shared."""
        counts = Counter(concept for text in self.texts for concept in concepts_in(content_words(text)))
        return frozenset(concept for concept, n in counts.items() if n >= self.least)

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with a capital that are shared."""
        counts = Counter(name for text in self.texts for name in frozenset(_capitals(text)))
        return frozenset(name for name, n in counts.items() if n >= self.least)


def _are_kin(one: str, other: str) -> bool:
    """Whether two stems are of one word: the shorter opens the longer, and little follows."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= KIN_LETTERS and len(long) - len(short) <= KIN_LETTERS - 1 and long.startswith(short)


@dataclass(frozen=True)
class Size:
    """How many words a claim may have; a title needs no grammar."""

    fewest: int
    most: int
    is_title: bool = False


def refusal(claim: str, support: Support, size: Size, vectors: Vectors | None = None) -> str:
    """Why a claim cannot stand, in French; "" when it can."""
    for reason, holds in _CHECKS:
        if not holds(claim, support, size):
            return reason
    return "" if vectors is None or is_near(claim, support, vectors) else "trop loin des paroles"


def is_near(claim: str, support: Support, vectors: Vectors) -> bool:
    """Whether a claim is near what it rests on, by our own sentence vectors."""
    found = vectors([claim, *support.texts])
    centre = found[1:].mean(axis=0)
    length = float(np.linalg.norm(centre))
    return length > 0 and round(float(found[0] @ centre) / length, 4) >= NEAR_MIN


def is_plain(text: str) -> bool:
    """One line of letters and punctuation, without quotation marks, markup or addresses."""
    kinds = {unicodedata.category(character) for character in text}
    is_one_line = not any(kind[0] == "C" or kind in ("Zl", "Zp") for kind in kinds)
    return is_one_line and not _ODD.search(text) and unicodedata.is_normalized("NFC", text)


def is_french(text: str) -> bool:
    """Whether enough of its words are French grammar."""
    found = words(text)
    return bool(found) and sum(word in STOP_WORDS for word in found) >= FRENCH_SHARE_MIN * len(found)


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text, the last one whole or not."""
    last = 0
    for match in _END.finditer(text):
        yield text[last : match.end()]
        last = match.end()
    if text[last:].strip():
        yield text[last:]


def _capitals(text: str) -> Iterator[str]:
    """Words with a capital that do not open a sentence, and those in capitals wherever they stand."""
    for sentence in sentences_of(text):
        found = _WORD.findall(sentence)
        yield from (fold(word) for word in found[1:] if word[0].isupper())
        yield from (fold(word) for word in found[:1] if len(word) > 1 and word.isupper())


def _has_size(claim: str, _: Support, size: Size) -> bool:
    return size.fewest <= len(claim.split()) <= size.most and len(list(sentences_of(claim))) <= 1 + (not size.is_title)


def _has_no_number(claim: str, support: Support, size: Size) -> bool:
    """Figures are facts; the name of a thing may hold one, in a title, where people say it."""
    return all(size.is_title and support.holds(number) for number in numbers(claim))


def _has_known_words(claim: str, support: Support, _: Size) -> bool:
    told = content(claim) - _GENERAL
    loose = (
        word
        for word in content_words(claim)
        if word not in _LACKS and (own := stems_of(word) & told) and not any(map(support.holds, own))
    )
    return all(set(concepts_of(word)) & support.concepts for word in loose)


def _weighs_no_more(claim: str, support: Support, _: Size) -> bool:
    """« ne … plus » denies: it is no quantity."""
    denied = {"plus"} if {"ne", "n"} & set(words(claim)) else set()
    return all(map(support.holds, (stem for word in weighty(claim) - denied for stem in stems_of(word))))


def _keeps_polarity(claim: str, support: Support, _: Size) -> bool:
    """Most of what it is about denies when it denies, and affirms when it affirms."""
    about = content(claim)
    near = [text for text in support.texts if content(text) & about] or list(support.texts)
    share = sum(denies(text) for text in near) / max(1, len(near))
    return share >= HALF if denies(claim) else share <= HALF


def _keeps_side(claim: str, support: Support, _: Size) -> bool:
    sides = Counter(stance_of(text) for text in support.texts)
    side = stance_of(claim)
    if side in (PRO, CON):
        return sides[side] > 0 and not sides[CON if side == PRO else PRO]
    return side != MIXED or sides[MIXED] > 0


def content(text: str) -> frozenset[str]:
    """The stems of a sentence that are neither grammar nor the reporter's voice: what it says."""
    return frozenset(content_stems(text)) - _VOICE


def weighty(text: str) -> frozenset[str]:
    """Its words of quantity, degree and certainty."""
    return frozenset(words(text)) & _WEIGHTY


def numbers(text: str) -> frozenset[str]:
    """Its numbers, in figures or in words, shares and ranks included."""
    return frozenset(re.findall(r"[\d%‰€½⅓¼]+", text)) | (frozenset(words(text)) & _NUMBERS)


def denies(text: str) -> bool:
    """Whether a clause of it denies; a negation of a lack does not: « on ne manque pas de », « sans difficulté »."""
    return any(_denies(clause) for clause in _CLAUSE.split(text))


def _denies(clause: str) -> bool:
    """A negation just before a lack undoes it, and says nothing more."""
    found = words(clause)
    lacks = [at for at, word in enumerate(found) if word in _LACKS]
    undone = [at for at in lacks if _is_negated(found, at)]
    return len(undone) < len(lacks) or (not undone and any(word in _NEGATIONS for word in found))


def _is_negated(found: list[str], at: int) -> bool:
    """« ne manque », « pas de manque », « sans trop de difficulté »."""
    before = at - 1
    while before >= 0 and found[before] in _BETWEEN:
        before -= 1
    return before >= 0 and found[before] in _NEGATIONS


_CHECKS: tuple[tuple[str, Callable[[str, Support, Size], bool]], ...] = (
    ("réponse vide", lambda claim, _, __: bool(claim.strip())),
    ("mise en forme ou caractère étranger", lambda claim, _, __: is_plain(claim)),
    ("longueur", _has_size),
    ("pas en français", lambda claim, _, size: size.is_title or is_french(claim)),
    ("nombre ajouté", _has_no_number),
    ("nom ajouté", lambda claim, support, _: frozenset(_capitals(claim)) <= support.names),
    ("négation retournée", _keeps_polarity),
    ("position changée", _keeps_side),
    ("mot de quantité ou de certitude ajouté", _weighs_no_more),
    ("décision que personne n’a dite", lambda claim, support, _: all(map(support.holds, stems_of(claim) & _DECIDING))),
    ("mot qui n’est pas dans les paroles", _has_known_words),
)
