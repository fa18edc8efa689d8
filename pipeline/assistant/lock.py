"""Lock on what a model wrote: whether it stands in what people said.

A title may use the words that two contributions share at least; a sentence, those of the ideas that it cites, with what
stands around them (title, heading, question). Beside them: grammar, a reporter's voice, and words so general that they
add nothing. Names, figures and words that decide are held to the same. It must not deny what they affirm, affirm what
they deny, take another side, nor tell of several what one says. A title, with vectors, must be as near to them as what
they are near to is.

What people said is untrusted too: words that order something of a machine are shown to none, and support nothing.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline.assistant.support import (
    ATTITUDES,
    BREAK,
    CLAUSE,
    DECIDING,
    GENERAL,
    KIN_LETTERS,
    ORDERS,
    VOICE,
    WEIGHTS,
    Support,
    are_kin,
    by_kind,
    content,
    sentences_of,
    stems_of,
)
from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.language.lexicon.verbs import infinitive_of, is_finite
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_words
from pipeline.language.text.words import STOP_WORDS, WORD, stem, words
from pipeline.language.vocabulary.concepts import concepts_of
from pipeline.language.vocabulary.cues import CON, MIXED, PRO, stance_of

FRENCH_SHARE_MIN = 0.25
KNOWN_MIN, NEW_MIN = 0.5, 0.8
"""Shares of the words of a sentence, grammar and a reporter's voice aside, that must be said, and below which somebody
should look."""
DENIED_MAX = 2
"""Words of what people only deny from which a clause says the contrary."""
NEAR_MIN = 0.35
"""Cosine of a claim with the mean of what it rests on: nine titles in ten pass with their group, and one
in fifty with another of its axis."""
_ODD = re.compile(r"[«»“”\"<>{}\[\]*_#`|\\@~^=]|https?:|www\.")
_BETWEEN = frozenset("de d un une si tres trop plus".split())
_PART = re.compile(BREAK, re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W_]+")
_LACKING = re.compile(r"\b(?:faute|manque|absence) (?:de |d[’'])(?:\w+[’'])?([\w-]+)", re.IGNORECASE)
Vectors = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts → vectors of unit length, shape (n, d)."""


_NEGATIONS, _NUMBERS = read_words(__name__, "negations"), read_words(__name__, "numbers")
_IN_FIGURES = dict(map(str.split, read_lines(__name__, "small_numbers")))
_ABSENT, _HARD, _CLOSED = by_kind("lacks", str).values()
_HINDERS, _LACKS, _WHOLLY = _ABSENT | _HARD, _ABSENT | _HARD | _CLOSED, (_NEGATIONS | _ABSENT) - {"sans", "ni"}
"""What may be said of whatever hinders, all that says so, and what leaves nothing of what it denies."""


@dataclass(frozen=True)
class Size:
    """How many words a claim may have; a title needs no grammar."""

    fewest: int
    most: int
    is_title: bool = False


def refusal(claim: str, support: Support, size: Size, vectors: Vectors | None = None) -> str:
    """Why a claim cannot stand, in French; "" when it can. What a sentence says with its words, when they are known,
    is for `doubt`."""
    for reason, holds in (*_CHECKS, *(_MEANING if size.is_title else ())):
        if not holds(claim, support, size):
            return reason
    return "" if vectors is None or is_near(claim, support, vectors) else "trop loin des paroles"


def doubt(claim: str, support: Support, size: Size) -> str:
    """What a sentence may say otherwise than what it rests on, in French; "" when nothing shows it. Of sentences that
    an author wrote anew, most of those that are doubted are true: somebody should look."""
    return next((reason for reason, holds in _MEANING if not holds(claim, support, size)), "")


def is_near(claim: str, support: Support, vectors: Vectors) -> bool:
    """Whether a claim is near the mean of what it rests on, by our own sentence vectors."""
    found = vectors([text.capitalize() if text.isupper() else text for text in (claim, *support.texts)])
    mean = found[1:].mean(axis=0)
    length = float(np.linalg.norm(mean))
    return length > 0 and round(float(mean @ found[0]) / length, 4) >= NEAR_MIN


def is_order(text: str) -> bool:
    """Whether words order something of a machine, or hold its marks: they are shown to no model."""
    found = stems_of(text)
    return (
        "{" in text or "<|" in text or "<<<" in text or ">>>" in text or all(found & some for some in ORDERS.values())
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


def _capitals(text: str) -> Iterator[str]:
    """Words with a capital that do not open a sentence, and those in capitals wherever they stand."""
    for sentence in sentences_of(text):
        found = _NAME_WORD.findall(sentence)
        yield from (word for word in found[1:] if word[0].isupper())
        yield from (word for word in found[:1] if len(word) > 1 and word.isupper())


def _has_size(claim: str, _: Support, size: Size) -> bool:
    return size.fewest <= len(claim.split()) <= size.most and len(list(sentences_of(claim))) == 1


def _has_no_number(claim: str, support: Support, _: Size) -> bool:
    """Figures are facts: one may be told again where people say it, or stands around what they say."""
    said, about = [numbers(text) for text in support.texts], numbers(" ".join(support.about))
    return all(n in about or sum(n in some for some in said) >= support.least for n in numbers(claim))


def _has_no_new_name(claim: str, support: Support, heard: Sequence[str] = ()) -> bool:
    """Names are held as they are written: Montreuil is not Montrevel. `heard` : where else they may stand."""
    said, about = ([_folded(text) for text in texts] for texts in (support.texts, (*support.about, *heard)))
    names = map(fold, _capitals(claim))
    return all(any(name in one for one in about) or sum(name in one for one in said) >= support.least for name in names)


def _folded(text: str) -> frozenset[str]:
    return frozenset(map(fold, _NAME_WORD.findall(text)))


def _decides_no_more(claim: str, support: Support) -> bool:
    said = stems_of(" ".join((*support.texts, *support.about)))
    told = (stems_of(word) & DECIDING for word in WORD.findall(claim))
    return all(own & said for own in told if own)


def _has_known_words(claim: str, support: Support, size: Size) -> bool:
    """Whether a title is made of words that are said, and a sentence mostly so: an author writes spoken words anew."""
    return _known_share(claim, support) >= (1 if size.is_title else KNOWN_MIN)


def _known_share(claim: str, support: Support) -> float:
    """Share of the words of a claim, those that say nothing aside, that are said; 1 of none."""
    told = [word for word in WORD.findall(claim) if not _is_grammar(word)]
    return sum(_is_known(word, support) for word in told) / len(told) if told else 1.0


def _is_grammar(word: str) -> bool:
    """Whether a word is of grammar, a reporter's, or so general that it says nothing."""
    return fold(word) in STOP_WORDS or len(word) < 2 or bool(stems_of(word) & (VOICE | GENERAL))


def _is_known(word: str, support: Support) -> bool:
    """Whether a word is grammar, a reporter's or general, or is said, in one of its forms or by its concept."""
    folded = fold(word)
    if folded in STOP_WORDS or folded in _HINDERS or folded.isdigit() or len(folded) < 2:
        return True
    own = stems_of(word)
    if is_finite(word.lower()) and fold(infinitive_of(word)) in STOP_WORDS:
        return True
    if own & (VOICE | GENERAL) or any(map(support.holds, own)) or set(concepts_of(folded)) & support.concepts:
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(_is_known(part, support) for part in parts)


def _weighs_no_more(claim: str, support: Support, size: Size) -> bool:
    """Words of how many and how sure are held where they are said, or, of voices, where so many are cited; « ne …
    plus » denies, and « une seule » is one."""
    told = set(words(claim)) - ({"plus"} if {"ne", "n"} & set(words(claim)) else set())
    if size.is_title:
        return all(support.holds(stem(word)) for some in WEIGHTS.values() for word in some & told)
    found = words(" ".join((*support.texts, *support.about)))
    whole = {word for before, word in pairwise(("", *found)) if before not in _NEGATIONS}
    for kind, some in WEIGHTS.items():
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
    clauses = [one for one in CLAUSE.split(claim) if one and content(one) and denies(one)]
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
    return any(are_kin(stem(word), noun) and any(at - n >= -3 for n in no) for at, word in enumerate(found))


def _may_affirm(clause: str, said: Sequence[tuple[frozenset[str], bool]]) -> bool:
    """Whether people affirm it: two of its words, or all, are not told of what they only deny; what is refused or
    missed is told as it is."""
    if stems_of(clause) & (ATTITUDES["refuser"] | ATTITUDES["regretter"]):
        return True
    own = {one for one in stems_of(clause) if len(one) >= KIN_LETTERS} - VOICE
    where = [[is_denied for some, is_denied in said if any(are_kin(one, other) for other in some)] for one in own]
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
    acts = {kind for kind, some in ATTITUDES.items() if stems_of(claim) & some}
    added = {kind for kind in acts if not any(map(support.holds, stems_of(claim) & ATTITUDES[kind]))}
    axes, n = {*support.axes}, len(support.texts)
    is_against, denied = sides[CON] + sides[MIXED] > 0, any(map(denies, support.texts))
    if sides[CON] == n and not (stance_of(claim) == CON or acts & {"refuser", "regretter"} or denies(claim)):
        return False
    may = {
        "refuser": is_against or (EST not in axes and denied),
        "regretter": is_against or (sides[PRO] < n and (denied or {EST, OUEST} & axes)),
        "louer": sides[PRO] > 0 or NORD in axes,
        "proposer": sides[CON] < n,
    }
    return all(may.get(kind, True) for kind in added)


def numbers(text: str) -> frozenset[str]:
    """Its numbers, shares and ranks included; « deux » is 2."""
    told = frozenset(re.split(r"[ -]", " ".join(words(text)))) & (_NUMBERS | _IN_FIGURES.keys())
    return frozenset((*re.findall(r"\d+|[%‰€½⅓¼]", text), *(_IN_FIGURES.get(word, word) for word in told)))


def denies(text: str) -> bool:
    """Whether a clause of it denies; a negation of a lack does not: « on ne manque pas de », « sans difficulté »."""
    return any(_denies(clause) for clause in CLAUSE.split(text))


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


_Check = tuple[str, Callable[[str, Support, Size], bool]]
_CHECKS: tuple[_Check, ...] = (
    ("réponse vide", lambda claim, _, __: bool(claim.strip())),
    ("mise en forme ou caractère étranger", lambda claim, _, __: is_plain(claim)),
    ("longueur, ou plusieurs phrases", _has_size),
    ("pas en français", lambda claim, _, size: size.is_title or is_french(claim)),
    ("nombre ajouté", _has_no_number),
    ("nom ajouté", lambda claim, support, _: _has_no_new_name(claim, replace(support, said_by=1), support.heard)),
    ("trop de mots qui ne sont pas dans les paroles", _has_known_words),
)
_MEANING: tuple[_Check, ...] = (
    ("nom venu d’une autre parole", lambda claim, support, _: _has_no_new_name(claim, support)),
    ("négation retournée", _keeps_polarity),
    ("position changée", _keeps_side),
    ("mot de quantité ou de certitude ajouté", _weighs_no_more),
    ("décision que personne n’a dite", lambda claim, support, _: _decides_no_more(claim, support)),
    ("mots qui ne sont pas dans les paroles", lambda claim, support, _: _known_share(claim, support) >= NEW_MIN),
)
