"""Signs of links, and their weights: what tells that an idea answers an obstacle, objects to a proposal or supports it.

Closeness is not an answer: « repeindre la salle de la garderie » answers no lack of child care. What the obstacle calls
for and what the answer brings (`pipeline.language.vocabulary.needs`) is weighed, then the meaning, the concepts and
subjects that they share, how much of the obstacle the answer covers, against acts that take away or only celebrate.

Of an objection or a support two things are weighed together: whether the idea takes a side at all (its axis and facet
as the model reads them, the turns of phrase of those who are for or against), and whether this proposal is the one that
it speaks of (meaning, rare words, what it names first, what was proposed just before).

The weights are learnt; how well they do stands in `models/links/card.md`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import exp, isfinite, log, log1p, sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, EST, OUEST
from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems, content_words, stem
from pipeline.language.vocabulary.concepts import concepts_in, subject_mask
from pipeline.language.vocabulary.cues import (
    AGAINST,
    CON,
    CONDITION,
    FESTIVITY,
    FOR,
    HEDGES,
    LIKING,
    NO,
    OBJECTION,
    OBSTACLE,
    PRO,
    RESTRICTION,
    WANT,
    YES,
)
from pipeline.language.vocabulary.needs import is_cue_of_many, needs_met, needs_of_many, needs_told
from pipeline.language.vocabulary.rarity import concept_weight, stem_weight
from pipeline.learned import Linear, ModelFolder, save

N_STEMS_MIN = 2
"""An obstacle told in one word (« Le logement ! ») does not say what would remove it."""
N_REPEATED, REPEATED = 4, 0.6
"""Stems in common, and their share of the shorter text, from which an answer says the obstacle again."""
N_TYPICAL = 200
"""Ideas of a workshop, for the weight of concepts."""
CONCEPT_MIN = 0.1
"""Weight of a concept that everybody speaks of: none is worth nothing."""
N_WORDS_BROUGHT = 4
"""An answer with so many words that the obstacle has not brings all that it can bring."""
INTERCEPT = "intercept"
SIGNS = (
    "meaning", "subjects", "concepts", "covered", "meets", "meets_share", "brings", "takes_away", "celebrates",
)  # fmt: skip
"""What the score weighs, in the order of `signs`."""


@dataclass(frozen=True)
class Reading:
    """What the score reads in a text: its words, what they tell, call for or bring, and what it does (take away…)."""

    stems: frozenset[str]
    subjects: int
    concepts: frozenset[int]
    own: frozenset[str | int]
    needs: int
    meets: int
    takes_away: bool
    celebrates: bool
    objects: bool
    lacks: bool


def read_text(text: str) -> Reading:
    """The words of an item, read once."""
    folded, words = fold(text).strip(" -–—•*>"), content_words(text)
    telling = [word for word in words if not is_cue_of_many(word)]
    return Reading(
        frozenset(content_stems(text)),
        subject_mask(words),
        concepts_in(words),
        frozenset(map(stem, telling)) | concepts_in(telling),
        needs_told(folded),
        needs_met(folded),
        (RESTRICTION.search(folded) or CONDITION.search(folded)) is not None,
        FESTIVITY.search(folded) is not None,
        OBJECTION.search(folded) is not None,
        WANT.search(folded) is not None,
    )


def answer_score(obstacle: Reading, answer: Reading, likeness: float, weights: Mapping[str, float]) -> float:
    """Probability in [0, 1] that `answer` would answer `obstacle`, whose centred vectors have the cosine `likeness`.

    Parameters
    ----------
    weights : of `INTERCEPT` and of each of `SIGNS`, see `weights.load_weights`.
    """
    if is_no_answer(obstacle, answer):
        return 0.0
    told = zip(SIGNS, signs(obstacle, answer, likeness), strict=True)
    evidence = weights[INTERCEPT] + sum(weights[name] * value for name, value in told)
    return round(1.0 / (1.0 + exp(-evidence)), 4)


def is_no_answer(obstacle: Reading, answer: Reading) -> bool:
    """Whether nothing is weighed: the answer states a lack or says the obstacle again, which is told in one word, or is
    itself raised against a proposal."""
    both = len(obstacle.stems & answer.stems)
    if both >= N_REPEATED and both >= REPEATED * min(len(obstacle.stems), len(answer.stems)):
        return True
    return answer.lacks or obstacle.objects or len(obstacle.stems) < N_STEMS_MIN or obstacle.stems == answer.stems


def signs(obstacle: Reading, answer: Reading, likeness: float) -> tuple[float, ...]:
    """What the score weighs, in the order of `SIGNS`; each lies in [0, 1]."""
    common = (obstacle.subjects & answer.subjects).bit_count()
    counts = obstacle.subjects.bit_count() * answer.subjects.bit_count()
    alike, covered = _concepts_shared(obstacle.concepts, answer.concepts)
    met = obstacle.needs & answer.meets
    if not obstacle.own & answer.own:
        met &= ~needs_of_many()  # needs told of many things are met where both speak of the same one
    return (
        max(0.0, likeness),
        common / sqrt(counts) if counts else 0.0,
        alike,
        covered,
        float(met > 0),
        met.bit_count() / max(1, obstacle.needs.bit_count()),
        min(1.0, len(answer.stems - obstacle.stems) / N_WORDS_BROUGHT),
        float(answer.takes_away),
        float(answer.celebrates),
    )


def _concepts_shared(obstacle: frozenset[int], answer: frozenset[int]) -> tuple[float, float]:
    """Likeness of two sets of concepts, and how much of the obstacle's the answer has; rare concepts weigh more."""
    both = obstacle & answer
    if not both:
        return 0.0, 0.0
    own, other = (sum(_concept(one) ** 2 for one in side) for side in (obstacle, answer))
    alike = sum(_concept(one) ** 2 for one in both) / sqrt(own * other)
    return alike, sum(map(_concept, both)) / sum(map(_concept, obstacle))


@cache
def _concept(concept: int) -> float:
    return max(CONCEPT_MIN, concept_weight(concept, 1, N_TYPICAL))


_CUES = ("against", "for", "hedges", "objection", "wants")
_FORMS = ("asks", "asks_inside", "exclaims", "length", "short")
_ANSWERS = ("says_yes", "says_no", "likes", "hindered")
TEXT_SIGNS = (*AXIS_CODES, "tension", "asked_of_others", *_CUES, *_FORMS, *_ANSWERS)
"""What an idea says by itself, in the order of `text_signs`."""
WORDS_OF = {"objects": ("against", "hedges", "objection", "says_no"), "supports": ("for", "says_yes")}
"""Side → the signs by which the words themselves take it."""
_WORDS = ("rarest", "covered", "said", "own", "no_word", "concept")
_NAMES = ("names", "aimed", "aimed_elsewhere")
PAIR_SIGNS = ("meaning", "rank", *_WORDS, *_NAMES, "last", "last_and_short", "proposal")
"""What it shares with a proposal, in the order of `pair_signs`."""
N_SHORT = 3
"""Words that carry a subject, from which a text names what it speaks of."""
P_MIN = 1e-3
_N_HEAD = 2
"""Words of a text, or of what follows « je suis contre », that name its object."""


@dataclass(frozen=True)
class Said:
    """The words of an idea, read once: `head` names what it speaks of first, `aim` what it is for or against."""

    stems: frozenset[str]
    concepts: frozenset[int]
    head: tuple[str, ...]
    aim: tuple[str, ...]


def read_said(text: str) -> Said:
    """The words of an idea."""
    stems, folded = content_stems(text), _folded(text)
    found = [match.end() for cue in (AGAINST, FOR) if (match := cue.search(folded)) is not None]
    aim = content_stems(folded[min(found) :])[:_N_HEAD] if found else []
    return Said(frozenset(stems), concepts_in(content_words(text)), tuple(dict.fromkeys(stems))[:_N_HEAD], tuple(aim))


def text_signs(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """What each idea says by itself, shape (n, len(TEXT_SIGNS)).

    Parameters
    ----------
    rows : text, facet, and the probability of each axis (`p_nord`…); `stance`, where it was read, tells that words take
        a side beside the cues of it.
    """
    axes = np.log(np.clip(rows[[f"p_{code}" for code in AXIS_CODES]].to_numpy(dtype=np.float64), P_MIN, 1.0))
    facets = [rows["facet"].eq(name).fillna(False).to_numpy(dtype=np.float64) for name in ("tension", "demande")]
    words = np.array([_cues(text) for text in rows["text"]], dtype=np.float64).reshape(len(rows), -1)
    if "stance" in rows:
        for place, stance in enumerate((CON, PRO)):  # the first two of `_CUES`
            words[:, place] = np.maximum(words[:, place], rows["stance"].eq(stance).to_numpy(dtype=np.float64))
    return np.column_stack([axes, *facets, words])


def words_take(kind: str, signs: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether the words of ideas take a side by themselves, shape (n,); `signs` start as `text_signs` gives them.

    To ask is to object, unless what is asked is a question to think about.
    """
    found = np.asarray(signs[:, [TEXT_SIGNS.index(name) for name in WORDS_OF[kind]]].any(axis=1), dtype=bool)
    if kind == "objects":
        est, ouest, asks = (signs[:, TEXT_SIGNS.index(name)] for name in (EST, OUEST, "asks_inside"))
        return np.asarray(found | ((asks > 0) & (est > ouest)))
    return np.asarray(found & (signs[:, TEXT_SIGNS.index("against")] == 0))


def are_named(signs: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether an idea names the proposal beside it, shape (n_pairs,): a word of it comes first, or is what it is for or
    against."""
    start = len(TEXT_SIGNS)
    columns = [start + PAIR_SIGNS.index(name) for name in ("names", "aimed")]
    return np.asarray(signs[:, columns].any(axis=1), dtype=bool)


def _cues(text: str) -> tuple[float, ...]:
    folded, written = _folded(text), text.rstrip()
    return (
        AGAINST.search(folded) is not None,
        FOR.search(AGAINST.sub(" ", folded)) is not None,
        HEDGES.search(folded) is not None,
        OBJECTION.search(folded) is not None,
        WANT.search(folded) is not None,
        written.endswith("?"),
        "?" in written,
        "!" in written,
        log1p(len(folded.split())),
        len(content_stems(text)) < N_SHORT,
        YES.search(folded) is not None,
        NO.search(folded) is not None,
        LIKING.search(folded) is not None,
        OBSTACLE.search(text) is not None,
    )


def _folded(text: str) -> str:
    return " ".join(fold(text).split()).strip(" -–—•*>")


@dataclass(frozen=True)
class Order:
    """Where ideas stand in what was said one after the other: `source` (−1 where order tells nothing) and `place`."""

    source: npt.NDArray[np.int64]
    place: npt.NDArray[np.int64]

    def last_before(self, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The last of the `chosen` rows that stands before each row in its source, −1 where there is none."""
        found = np.full(len(self.place), -1, dtype=np.int64)
        is_chosen = np.zeros(len(self.place), dtype=bool)
        is_chosen[chosen] = True
        source, last = -1, -1
        for row in np.flatnonzero(self.source >= 0)[np.argsort(self.place[self.source >= 0], kind="stable")].tolist():
            source, last = int(self.source[row]), last if self.source[row] == source else -1
            found[row] = last
            last = row if is_chosen[row] else last
        return found


@dataclass(frozen=True)
class Proposals:
    """What is known of all the proposals of a corpus: how many there are, and how many say each stem."""

    n: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, said: Sequence[Said]) -> Proposals:
        """Counted over the readings of proposals."""
        return cls(len(said), Counter(stem for one in said for stem in one.stems))

    def share(self, stem: str) -> float:
        """How much a stem belongs to few proposals, in [0, 1]."""
        return log((self.n + 1) / self.counts.get(stem, 1)) / log(self.n + 1)

    def weight(self, stem: str) -> float:
        """How much a stem tells."""
        return stem_weight(stem, self.counts.get(stem, 0), self.n)


def pair_signs(
    one: Said, other: Said, likeness: float, rank: int, is_last: bool, p_sud: float, among: Proposals
) -> tuple[float, ...]:
    """What an idea shares with a proposal, in the order of `PAIR_SIGNS`.

    Parameters
    ----------
    likeness, rank : cosine of their centred vectors, and how many proposals are nearer to the idea.
    is_last : whether it is the last proposal before the idea, where order tells something.
    p_sud : how surely the proposal is one.
    """
    both = sorted(one.stems & other.stems)
    weights = [among.weight(stem) for stem in both]
    total = sum(weights)
    aimed = any(stem in other.stems for stem in one.aim)
    return (
        likeness,
        log1p(rank),
        max(weights, default=0.0),
        total / max(1.0, sum(among.weight(stem) for stem in sorted(other.stems))),
        total / max(1.0, sum(among.weight(stem) for stem in sorted(one.stems))),
        max((among.share(stem) for stem in both), default=0.0),
        not both,
        bool(one.concepts & other.concepts),
        any(stem in other.stems for stem in one.head),
        aimed,
        bool(one.aim) and not aimed,
        is_last,
        is_last and len(one.stems) < N_SHORT,
        log(max(P_MIN, p_sud)),
    )


LINKS = ModelFolder("links", "des liens", "rosace train --profile liens")
ANSWERS, SIDES = "answers", ("objects", "supports")
SIGNS_OF = {ANSWERS: SIGNS, **dict.fromkeys(SIDES, (*TEXT_SIGNS, *PAIR_SIGNS))}
"""Kind of link → the signs that it weighs, in order."""


@dataclass(frozen=True)
class KindWeights:
    """How the links of one kind are found.

    Attributes
    ----------
    head : a logistic regression over its signs.
    kept, told : probabilities from which a pair is proposed to people, and told without their word.
    """

    head: Linear
    kept: float
    told: float

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """Of `INTERCEPT` and of each sign, by name."""
        values = (self.head.bias[0], *self.head.weights[0])
        return {name: float(value) for name, value in zip((INTERCEPT, *self.head.inputs), values, strict=True)}

    def probabilities(self, signs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Of pairs whose signs are given, shape (n, k) → (n,), rounded."""
        return np.asarray(np.round(self.head.chances(signs)[:, 0], 4))


@lru_cache(maxsize=1)
def load_weights(folder: Path = LINKS.path) -> Mapping[str, KindWeights]:
    """The weights of each kind of link.

    Raises
    ------
    ModelError : a file is missing or altered, or holds something else.
    """
    with LINKS.reading(folder) as learned:
        found = {
            kind: KindWeights(learned.head(kind, names), *(float(learned.facts[kind][at]) for at in ("kept", "told")))
            for kind, names in SIGNS_OF.items()
        }
        if not all(isfinite(value) for one in found.values() for value in (*one.weights.values(), one.kept, one.told)):
            raise ValueError("poids infinis")
        return found


def save_weights(folder: Path, kinds: Mapping[str, KindWeights]) -> None:
    """Write the weights, as `load_weights` reads them."""
    bounds = {kind: {"kept": one.kept, "told": one.told} for kind, one in kinds.items()}
    save(folder, {kind: one.head for kind, one in kinds.items()}, bounds)
