"""Lock on what a model wrote: whether it stands in what people said.

A title may use the words that two contributions share at least; a sentence, those of the ideas that it cites, with what
stands around them (title, heading, question). Beside them: grammar, a reporter's voice, and words so general that they
add nothing. Names, figures and words that decide are held to the same. It must not deny what they affirm, affirm what
they deny, take another side, nor tell of several what one says. With vectors, it must be as near to them as what they
are near to is.

What people said is untrusted too: words that order something of a machine are shown to none, and support nothing.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.language.lexicon.verbs import infinitive_of, is_finite
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_words
from pipeline.language.text.words import STOP_WORDS, WORD, content_stems, stem, words
from pipeline.language.vocabulary.concepts import concepts_in, concepts_of
from pipeline.language.vocabulary.cues import CON, MIXED, PRO, stance_of

SAID_BY = 2
"""Contributions that must share a word before a title of all of them may use it."""
FRENCH_SHARE_MIN = 0.25
DENIED_MAX = 2
"""Words of what people only deny from which a clause says the contrary."""
KIN_LETTERS, OPENING_LETTERS, ENDING_LETTERS = 4, 6, 4
NEAR_MIN = 0.35
"""Cosine of a claim with the mean of what it rests on: nine titles in ten pass with their group, and one
in fifty with another of its axis."""
_ODD = re.compile(r"[«»“”\"<>{}\[\]*_#`|\\@~^=]|https?:|www\.")
_END = re.compile(r"[.!?…](?=\s|$)")
_BETWEEN = frozenset("de d un une si tres trop plus".split())
_BREAK = r"[;:.!?…()\n]|\b(?:mais|car|donc|parce|puisque|alors|plutôt|tandis|pourtant|cependant|toutefois|sinon)\b"
_PART = re.compile(_BREAK, re.IGNORECASE)
_NAME_WORD = re.compile(r"\w+")
_CLAUSE = re.compile(rf"{_BREAK}|,|\b(?:et|ou)\b", re.IGNORECASE)
_LACKING = re.compile(r"\b(?:faute|manque|absence) (?:de |d[’'])(?:\w+[’'])?(\w+)", re.IGNORECASE)
Vectors = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts → vectors of unit length, shape (n, d)."""


_PAIRS = [tuple(map(stem, pair.split(":"))) for pair in sorted(read_words(__name__, "nouns_of_verbs"))]
_OF_ONE_ACT = {one: {other for pair in _PAIRS if one in pair for other in pair} for one in {*chain(*_PAIRS)}}
"""The stem of a verb or of its noun → both."""


def stems_of(text: str) -> frozenset[str]:
    """The light stems of all its words, grammar included, of the infinitives of its verbs and of their nouns."""
    found = WORD.findall(text.lower())
    verbs = (infinitive_of(word) for word in found if is_finite(word))
    stems = {stem(fold(part)) for word in (*found, *verbs) for part in {word, *word.split("-")}}
    return frozenset(stems.union(*(_OF_ONE_ACT.get(one, ()) for one in stems)))


def _by_kind(name: str, form: Callable[[str], str] = stem) -> dict[str, frozenset[str]]:
    """The stems of the words of each line `kind: words` of a data file, or another form of them."""
    lines = (line.partition(":") for line in read_lines(__name__, name))
    return {kind: frozenset(form(fold(word)) for word in listed.split()) for kind, _, listed in lines}


_GENERAL, _DECIDING, _SAYING = (
    frozenset(map(stem, map(fold, read_words(__name__, name)))) for name in ("general_words", "deciding", "saying")
)
_ATTITUDES, _ORDERS, _WEIGHTS = _by_kind("attitudes"), _by_kind("orders"), _by_kind("weighty", str)
_VOICE = _SAYING.union(*_by_kind("acts").values(), *_ATTITUDES.values())
"""Stems of a reporter's voice: verbs of saying, what is reported (a proposal, a question…), and how it is taken."""
_NEGATIONS, _NUMBERS = read_words(__name__, "negations"), read_words(__name__, "numbers")
_ABSENT, _HARD, _CLOSED = _by_kind("lacks", str).values()
_HINDERS, _LACKS, _WHOLLY = _ABSENT | _HARD, _ABSENT | _HARD | _CLOSED, (_NEGATIONS | _ABSENT) - {"sans", "ni"}
"""What may be said of whatever hinders, all that says so, and what leaves nothing of what it denies."""


@dataclass(frozen=True)
class Support:
    """What a claim rests on.

    Attributes
    ----------
    texts : what is said, one text a contribution, or an idea.
    said_by : how many of them must hold a word of the claim.
    about : what stands around them: title, headings, questions.
    sides, axes : of each text, where they are known.
    n_voices, n_heard : how many distinct voices say them, and how many are heard in all.
    """

    texts: tuple[str, ...]
    said_by: int = SAID_BY
    about: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    axes: tuple[str, ...] = ()
    n_voices: int = 0
    n_heard: int = 0

    @cached_property
    def _stems(self) -> tuple[frozenset[str], ...]:
        return tuple(stems_of(text) for text in self.texts)

    @cached_property
    def _around(self) -> frozenset[str]:
        return stems_of(" ".join(self.about))

    @property
    def least(self) -> int:
        """Texts that must say something before a claim may."""
        return min(self.said_by, len(self.texts))

    def holds(self, stem: str) -> bool:
        """Whether enough of them say a word, in one of its forms, or what stands around them does."""
        n = sum(any(_are_kin(stem, other) for other in said) for said in self._stems)
        return n >= self.least or any(_are_kin(stem, other) for other in self._around)

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """What is said, clause by clause."""
        return tuple(clause for text in self.texts for clause in _CLAUSE.split(text) if clause)

    @cached_property
    def concepts(self) -> frozenset[int]:
        """Concepts that are shared."""
        counts = Counter(concept for text in self.texts for concept in concepts_in(words(text)))
        around = concepts_in(words(" ".join(self.about)))
        return around | {concept for concept, n in counts.items() if n >= self.least}

    @cached_property
    def taken(self) -> tuple[str, ...]:
        """The side of each text, as it is known, else as its words tell."""
        known = self.sides or ("",) * len(self.texts)
        return tuple(
            side if side in (PRO, CON, MIXED) else stance_of(text) for side, text in zip(known, self.texts, strict=True)
        )


@lru_cache(maxsize=100_000)
def _are_kin(one: str, other: str) -> bool:
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
    """Whether a claim is near what it rests on, by our own sentence vectors: the mean of all, one for a sentence."""
    found = vectors([text.capitalize() if text.isupper() else text for text in (claim, *support.texts)])
    rest = np.vstack([found[1:].mean(axis=0), *(found[1:] if support.said_by == 1 else ())])
    lengths = np.linalg.norm(rest, axis=1)
    return bool(lengths.all()) and round(float((rest @ found[0] / lengths).max()), 4) >= NEAR_MIN


def is_order(text: str) -> bool:
    """Whether words order something of a machine, or hold its marks: they are shown to no model."""
    found = stems_of(text)
    return (
        "{" in text or "<|" in text or "<<<" in text or ">>>" in text or all(found & some for some in _ORDERS.values())
    )


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
        found = _NAME_WORD.findall(sentence)
        yield from (word for word in found[1:] if word[0].isupper())
        yield from (word for word in found[:1] if len(word) > 1 and word.isupper())


def _has_size(claim: str, _: Support, size: Size) -> bool:
    return size.fewest <= len(claim.split()) <= size.most and len(list(sentences_of(claim))) == 1


def _has_no_number(claim: str, support: Support, _: Size) -> bool:
    """Figures are facts: one may be told again where people say it."""
    said = [numbers(text) for text in support.texts]
    return all(sum(number in some for some in said) >= support.least for number in numbers(claim))


def _has_no_new_name(claim: str, support: Support, _: Size) -> bool:
    """Names are held as they are written: Montreuil is not Montrevel."""
    said, about = ([_folded(text) for text in texts] for texts in (support.texts, support.about))
    names = map(fold, _capitals(claim))
    return all(any(name in one for one in about) or sum(name in one for one in said) >= support.least for name in names)


def _folded(text: str) -> frozenset[str]:
    return frozenset(map(fold, _NAME_WORD.findall(text)))


def _decides_no_more(claim: str, support: Support) -> bool:
    said = stems_of(" ".join((*support.texts, *support.about)))
    told = (stems_of(word) & _DECIDING for word in WORD.findall(claim))
    return all(own & said for own in told if own)


def _has_known_words(claim: str, support: Support, _: Size) -> bool:
    return all(_is_known(word, support) for word in WORD.findall(claim))


def _is_known(word: str, support: Support) -> bool:
    """Whether a word is grammar, a reporter's or general, or is said, in one of its forms or by its concept."""
    folded = fold(word)
    if folded in STOP_WORDS or folded in _HINDERS or folded.isdigit() or len(folded) < 2:
        return True
    own = stems_of(word)
    if is_finite(word.lower()) and fold(infinitive_of(word)) in STOP_WORDS:
        return True
    if own & (_VOICE | _GENERAL) or any(map(support.holds, own)) or set(concepts_of(folded)) & support.concepts:
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(_is_known(part, support) for part in parts)


def _weighs_no_more(claim: str, support: Support, size: Size) -> bool:
    """Words of how many and how sure are held where they are said, or, of voices, where so many are cited; « ne …
    plus » denies, and « une seule » is one."""
    told = set(words(claim)) - ({"plus"} if {"ne", "n"} & set(words(claim)) else set())
    if size.is_title:
        return all(support.holds(stem(word)) for some in _WEIGHTS.values() for word in some & told)
    found = words(" ".join((*support.texts, *support.about)))
    whole = {word for before, word in pairwise(("", *found)) if before not in _NEGATIONS}
    for kind, some in _WEIGHTS.items():
        said = whole if kind == "toutes" else frozenset(found)  # « pas tous » says nothing of all
        is_each = kind in ("dit", "deux", "trois", "toutes")  # « tout l'hiver » says nothing of all people
        added = some & told - said if is_each else some & told and not some & said
        if added and not _is_weighed(kind, support):
            return False
    return True


def _is_weighed(kind: str, support: Support) -> bool:
    n = support.n_voices
    if kind in ("devoir", "une"):
        return n == 1 if kind == "une" else bool({SUD, OUEST} & set(support.axes))
    least = {"libre": 0, "deux": 2, "trois": 3, "toutes": max(support.n_heard, 3)}
    return kind in least and n >= least[kind]


def _keeps_polarity(claim: str, support: Support, _: Size) -> bool:
    """Each clause of it denies where people do, and affirms where they do."""
    clauses = [one for one in _CLAUSE.split(claim) if one and content(one) and denies(one)]
    parts = [one for one in _PART.split(claim) if one and content(one) and not denies(one)]
    said = [(stems_of(one), denies(one) and not _WHOLLY.isdisjoint(words(one))) for one in support.clauses]
    return all(_may_deny(one, support) for one in clauses) and all(_may_affirm(one, said) for one in parts)


def _may_deny(clause: str, support: Support) -> bool:
    """Whether people deny something: what is refused, or hinders, lacks in whatever words; and what lacks is what
    lacked."""
    lacking = _LACKING.search(clause)
    if lacking is not None and not any(_is_lacking(stem(fold(lacking[1])), one) for one in support.clauses):
        return False
    if CON in support.taken or (EST in support.axes and not _NEGATIONS & set(words(clause))):
        return True
    is_said = any(map(Support(support.texts, 1).holds, content(clause)))
    return any(map(denies, (*support.texts, *(() if is_said else support.about))))


def _is_lacking(noun: str, clause: str) -> bool:
    """Whether something lacks in a clause: it follows a word that denies, or is near one, before it."""
    found = words(clause)
    no = [at for at, word in enumerate(found) if word in _NEGATIONS | _LACKS]
    return any(_are_kin(stem(word), noun) and any(at - n >= -3 for n in no) for at, word in enumerate(found))


def _may_affirm(clause: str, said: Sequence[tuple[frozenset[str], bool]]) -> bool:
    """Whether people affirm it: two of its words, or all, are not told of what they only deny; what is refused or
    missed is told as it is."""
    if stems_of(clause) & (_ATTITUDES["refuser"] | _ATTITUDES["regretter"]):
        return True
    own = {one for one in stems_of(clause) if len(one) >= KIN_LETTERS} - _VOICE
    where = [[is_denied for some, is_denied in said if any(_are_kin(one, other) for other in some)] for one in own]
    denied = [all(found) for found in where if found]
    return sum(denied) < DENIED_MAX and (not denied or not all(denied))


def _keeps_side(claim: str, support: Support, size: Size) -> bool:
    """It takes the side of those who say it, and does nothing that none of them does: no proposal of an obstacle, no
    praise of what is refused, no refusal of what nobody refuses."""
    sides, side = Counter(support.taken), stance_of(claim)
    if side in (PRO, CON) and sides[CON if side == PRO else PRO]:
        return False
    if size.is_title or not support.axes:
        return side not in (PRO, CON, MIXED) or sides[side] > 0
    if side == MIXED and len(support.texts) in (sides[PRO], sides[CON]):
        return False
    if (side == CON and not sides[CON]) or (side == PRO and not (sides[PRO] or {NORD, SUD} & set(support.axes))):
        return False
    return _does_no_more(claim, support, sides)


def _does_no_more(claim: str, support: Support, sides: Counter[str]) -> bool:
    """Whether people do what it says that they do: propose, praise, regret, refuse."""
    acts = {kind for kind, some in _ATTITUDES.items() if stems_of(claim) & some}
    added = {kind for kind in acts if not any(map(support.holds, stems_of(claim) & _ATTITUDES[kind]))}
    axes, n = {*support.axes}, len(support.texts)
    is_against, denied = sides[CON] + sides[MIXED] > 0, any(map(denies, support.texts))
    if sides[CON] == n and not (stance_of(claim) == CON or acts & {"refuser", "regretter"} or denies(claim)):
        return False
    must = _WEIGHTS["devoir"] & set(words(" ".join(support.texts)))
    may = {
        "refuser": is_against or (EST not in axes and denied),
        "regretter": is_against or (sides[PRO] < n and (denied or {EST, OUEST} & axes)),
        "louer": sides[PRO] > 0 or NORD in axes,
        "proposer": sides[CON] < n and (must or {SUD, OUEST} & axes),
    }
    return all(may.get(kind, True) for kind in added)


def content(text: str) -> frozenset[str]:
    """The stems of a sentence that are neither grammar nor the reporter's voice: what it says."""
    return frozenset(content_stems(text)) - _VOICE


def numbers(text: str) -> frozenset[str]:
    """Its numbers, in figures or in words, shares and ranks included."""
    return frozenset(re.findall(r"[\d%‰€½⅓¼]+", text)) | (
        frozenset(re.split(r"[ -]", " ".join(words(text)))) & _NUMBERS
    )


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
    ("nom ajouté", _has_no_new_name),
    ("négation retournée", _keeps_polarity),
    ("position changée", _keeps_side),
    ("mot de quantité ou de certitude ajouté", _weighs_no_more),
    ("décision que personne n’a dite", lambda claim, support, _: _decides_no_more(claim, support)),
    ("mot qui n’est pas dans les paroles", _has_known_words),
)
