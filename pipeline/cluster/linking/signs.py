"""Signs of answers, and their weights: what tells that an action would remove an obstacle.

Closeness is not an answer: « repeindre la salle de la garderie » answers no lack of child care. What the obstacle calls
for and what the answer brings (`pipeline.language.vocabulary.needs`) is weighed, then the meaning, the concepts and
subjects that they share, how much of the obstacle the answer covers, against acts that take away or only celebrate.

The weights are learnt; how well they do stands in `models/links/card.md`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, isfinite, log, sqrt
from pathlib import Path

from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems, content_words, stem
from pipeline.language.vocabulary.concepts import concepts_in, subject_mask
from pipeline.language.vocabulary.cues import CONDITION, FESTIVITY, OBJECTION, RESTRICTION, WANT
from pipeline.language.vocabulary.needs import is_cue_of_many, needs_met, needs_of_many, needs_told
from pipeline.language.vocabulary.rarity import concept_weight
from pipeline.learned import Linear, ModelFolder

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
MARGIN = 0.01
"""Of a cosine, more than what rounding a score moves it."""
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

    `weights` : of `INTERCEPT` and of each of `SIGNS`, see `load_weights`.
    """
    if is_no_answer(obstacle, answer):
        return 0.0
    told = zip(SIGNS, signs(obstacle, answer, likeness), strict=True)
    evidence = weights[INTERCEPT] + sum(weights[name] * value for name, value in told)
    return round(1.0 / (1.0 + exp(-evidence)), 4)


def least_likeness(is_met: bool, threshold: float, weights: Mapping[str, float]) -> float:
    """The cosine below which `answer_score` does not reach `threshold`, whether or not a need of the obstacle is met:
    each other sign would have to tell all that it can."""
    told = [weights[name] for name in SIGNS if name != "meaning" and (is_met or not name.startswith("meets"))]
    lacking = log(threshold / (1.0 - threshold)) - weights[INTERCEPT] - sum(one for one in told if one > 0)
    return lacking / max(weights["meaning"], MARGIN) - MARGIN if lacking > 0 else -1.0


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


LINKS = ModelFolder("links", "des liens", "rosace train --profile liens")
ANSWERS = "answers"


@lru_cache(maxsize=1)
def load_weights(folder: Path = LINKS.path) -> Mapping[str, float]:
    """The weights of `INTERCEPT` and of each of `SIGNS`, by name: a logistic regression.

    Raises ModelError: a file is missing or altered, or holds something else.
    """
    with LINKS.reading(folder) as learned:
        weights = weights_of(learned.head(ANSWERS, SIGNS))
        if not all(map(isfinite, weights.values())):
            raise ValueError("poids infinis")
        return weights


def weights_of(head: Linear) -> Mapping[str, float]:
    """The weights of a regression by the names of what it reads, `INTERCEPT` first."""
    return dict(zip((INTERCEPT, *head.inputs), map(float, (head.bias[0], *head.weights[0])), strict=True))
