"""Obstacles and what would answer them: an action that would remove them, or a resource that exists.

Closeness is not an answer: « repeindre la salle de la garderie » answers no lack of child care. The score weighs what
the obstacle calls for and what the answer brings (`pipeline.language.vocabulary.needs`), then the meaning, the concepts
and subjects that they share, how much of the obstacle the answer covers, against acts that take away or only celebrate.
Its weights come from a logistic regression on `corpus/benchmarks/links.jsonl`, its part `test` left out, and random
pairs; its precision stands in the card beside it, with what makes it optimistic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.grouping.word_vectors import Matrix, unit_rows
from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems, content_words, stem
from pipeline.language.vocabulary.concepts import concepts_in
from pipeline.language.vocabulary.cues import CONDITION, FESTIVITY, OBJECTION, RESTRICTION, WANT
from pipeline.language.vocabulary.needs import is_cue_of_many, needs_met, needs_of_many, needs_told
from pipeline.language.vocabulary.rarity import concept_weight
from pipeline.language.vocabulary.subjects import subject_mask

THRESHOLD = 0.8
N_ANSWERS_MAX = 3
N_CANDIDATES = 24
N_ANSWERS_READ = 20_000
"""Above so many answers, only the most central ones of each neighbourhood are looked at: time stays linear."""
_BATCH = 1_024
_INTERCEPT, _MEANING, _SUBJECTS, _CONCEPTS, _COVERED = -4.5, 2.1, 0.9, 0.4, 1.0
_MEETS, _MEETS_SHARE = 1.4, 2.7
_BRINGS, _TAKES_AWAY, _CELEBRATES, _OBJECTS = 0.8, -1.4, -1.8, -2.0
N_STEMS_MIN = 2
"""An obstacle told in one word (« Le logement ! ») does not say what would remove it."""
N_REPEATED, REPEATED = 4, 0.6
"""Stems in common, and their share of the shorter text, from which an answer says the obstacle again."""
N_TYPICAL = 200
"""Ideas of a workshop, for the weight of concepts."""
N_WORDS_BROUGHT = 4
"""An answer with so many words that the obstacle has not brings all that it can bring."""


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
    folded = fold(text).strip(" -–—•*>")
    return Reading(
        frozenset(content_stems(text)),
        subject_mask(content_words(text)),
        concepts_in(content_words(text)),
        _own(text),
        needs_told(folded),
        needs_met(folded),
        (RESTRICTION.search(folded) or CONDITION.search(folded)) is not None,
        FESTIVITY.search(folded) is not None,
        OBJECTION.search(folded) is not None,
        WANT.search(folded) is not None,
    )


def _own(text: str) -> frozenset[str | int]:
    """The stems and concepts that tell of what thing a text speaks, cues of common needs left out."""
    telling = [word for word in content_words(text) if not is_cue_of_many(word)]
    return frozenset(map(stem, telling)) | concepts_in(telling)


def answer_score(obstacle: Reading, answer: Reading, likeness: float) -> float:
    """Probability in [0, 1] that `answer` would answer `obstacle`, whose centred vectors have the cosine `likeness`."""
    both = len(obstacle.stems & answer.stems)
    if both >= N_REPEATED and both >= REPEATED * min(len(obstacle.stems), len(answer.stems)):
        return 0.0
    if answer.lacks or len(obstacle.stems) < N_STEMS_MIN or obstacle.stems == answer.stems:  # it states or repeats it
        return 0.0
    common = (obstacle.subjects & answer.subjects).bit_count()
    counts = obstacle.subjects.bit_count() * answer.subjects.bit_count()
    alike, covered = _concepts_shared(obstacle.concepts, answer.concepts)
    met = _met(obstacle, answer)
    evidence = (
        _INTERCEPT
        + _MEANING * max(0.0, likeness)
        + _SUBJECTS * (common / sqrt(counts) if counts else 0.0)
        + _CONCEPTS * alike
        + _COVERED * covered
        + _MEETS * (met > 0)
        + _MEETS_SHARE * met / max(1, obstacle.needs.bit_count())
        + _BRINGS * min(1.0, len(answer.stems - obstacle.stems) / N_WORDS_BROUGHT)
        + _TAKES_AWAY * answer.takes_away
        + _CELEBRATES * answer.celebrates
        + _OBJECTS * obstacle.objects
    )
    return round(1.0 / (1.0 + exp(-evidence)), 4)


def _met(obstacle: Reading, answer: Reading) -> int:
    """How many needs the answer meets; those told of many things only when both speak of the same one."""
    met = obstacle.needs & answer.meets
    if not obstacle.own & answer.own:
        met &= ~needs_of_many()
    return met.bit_count()


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
    return max(0.1, concept_weight(concept, 1, N_TYPICAL))


def find_links(
    obstacles: pd.DataFrame, answers: pd.DataFrame, points: Matrix, texts: Sequence[str], seed: int
) -> pd.DataFrame:
    """The table `links`: for each obstacle, at most `N_ANSWERS_MAX` answers above `THRESHOLD`, best first.

    Parameters
    ----------
    obstacles, answers : item_id and row (into `points` and `texts`) of the est items, and of the sud and nord items.
    points : centred sentence vectors, shape (n, d), unit rows.
    """
    answers = _central_answers(answers, points, seed)
    readings = {row: read_text(texts[row]) for row in sorted({*obstacles["row"], *answers["row"]})}
    answer_rows = answers["row"].to_numpy()
    answer_ids = answers["item_id"].tolist()
    found: list[tuple[str, str, float]] = []
    for start in range(0, len(obstacles), _BATCH):
        part = obstacles.iloc[start : start + _BATCH]
        likeness = np.round(points[part["row"].to_numpy()] @ points[answer_rows].T, 4)
        for line, (item, row) in enumerate(zip(part["item_id"], part["row"], strict=True)):
            scored = [
                (
                    -answer_score(readings[row], readings[answer_rows[column]], float(likeness[line, column])),
                    answer_ids[column],
                )
                for column in _nearest(likeness[line])
            ]
            found += [(item, answer, -score) for score, answer in sorted(scored)[:N_ANSWERS_MAX] if -score >= THRESHOLD]
    return pd.DataFrame(found, columns=["obstacle_item_id", "answer_item_id", "score"])


def _nearest(likeness: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """The columns of the highest values; equal values are all taken or broken by place."""
    if len(likeness) <= N_CANDIDATES:
        return np.arange(len(likeness))
    cut = np.partition(likeness, -N_CANDIDATES)[-N_CANDIDATES]
    return np.flatnonzero(likeness >= cut)[: 2 * N_CANDIDATES]


def _central_answers(answers: pd.DataFrame, points: Matrix, seed: int) -> pd.DataFrame:
    if len(answers) <= N_ANSWERS_READ:
        return answers
    from pipeline.cluster.grouping.representatives import representatives

    rows = answers["row"].to_numpy()
    centres, nearest = representatives(points[rows], N_ANSWERS_READ // 10, seed)
    likeness = np.round(np.einsum("ij,ij->i", points[rows], unit_rows(centres)[nearest]), 4)
    ranked = answers.assign(place=nearest, likeness=likeness).sort_values(
        ["place", "likeness", "item_id"], ascending=[True, False, True]
    )
    return ranked[ranked.groupby("place").cumcount() < 10].drop(columns=["place", "likeness"])
