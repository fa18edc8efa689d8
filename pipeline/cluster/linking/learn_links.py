"""Learning the weights of the links: `rosace train --profile liens`.

Answers: a logistic regression on the judged pairs of `corpus/benchmarks/links.jsonl`, its part `test` left out, and on
twice as many random pairs: an obstacle of those parts and a text that answers another one. Those are taken to be no
answers, so that a score tells how rare answers are among all the texts of a workshop. Objections and supports: see
`learn_sides`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.cluster.linking.answer_score import SIGNS, answer_score, is_no_answer, signs
from pipeline.cluster.linking.benchmark import JudgedPair, PairTexts, judged_pairs, measure_links, read_pairs
from pipeline.cluster.linking.learn_sides import N_FOLDS, TOLD_PRECISION, bound, learn_sides, plain_workshops
from pipeline.cluster.linking.links_card import write_report
from pipeline.cluster.linking.side_benchmark import JudgedWorkshop, ReadAxes, judged_sides, measure_sides
from pipeline.cluster.linking.weights import ANSWERS, LINKS, KindWeights, save_weights
from pipeline.language.models.encoders import Encoder
from pipeline.learned import Linear

INVERSE_PENALTY = 1.0
"""scikit-learn's own: nine signs and some hundreds of pairs call for no other."""
N_RANDOM = 2
"""Random pairs for a judged one: most of what an obstacle is compared with answers nothing, and as many links are
proposed in a workshop as by the weights that these replaced."""
SEED = 20
"""Of the random pairs."""
LEFT_OUT = "test"
DECIMALS = 2
"""Of the weights: a hundredth moves no link, and the file reads well."""


def learn_answers(pairs: Sequence[JudgedPair], texts: PairTexts, kept: float) -> KindWeights:
    """The weights of answers, learnt from the pairs that are not `LEFT_OUT`.

    An answer is told from the lowest probability at which, for obstacles that taught nothing, so many are right.

    Parameters
    ----------
    kept : probability from which an answer is proposed.
    """
    learnt = [pair for pair in pairs if pair.half != LEFT_OUT]
    learnt += random_pairs(learnt)
    obstacles = sorted({pair.obstacle for pair in learnt})
    fold = {obstacle: place % N_FOLDS for place, obstacle in enumerate(obstacles)}
    found: list[tuple[float, bool]] = []
    for left in range(N_FOLDS):
        taught = KindWeights(_fitted([pair for pair in learnt if fold[pair.obstacle] != left], texts), 0.0, 0.0)
        found += [
            (answer_score(*texts(pair.obstacle, pair.answer), taught.weights), pair.answers)
            for pair in learnt
            if fold[pair.obstacle] == left
        ]
    return KindWeights(_fitted(learnt, texts), kept, max(kept, bound(found, TOLD_PRECISION)))


def _fitted(pairs: Sequence[JudgedPair], texts: PairTexts) -> Linear:
    from sklearn.linear_model import LogisticRegression

    rows, labels = [], []
    for pair in pairs:
        obstacle, answer, likeness = texts(pair.obstacle, pair.answer)
        if not is_no_answer(obstacle, answer):
            rows.append(signs(obstacle, answer, likeness))
            labels.append(pair.answers)
    fitted = LogisticRegression(C=INVERSE_PENALTY, max_iter=1_000).fit(np.array(rows), np.array(labels))
    return Linear(np.round(fitted.coef_, DECIMALS), np.round(fitted.intercept_, DECIMALS), SIGNS)


def random_pairs(pairs: Sequence[JudgedPair]) -> list[JudgedPair]:
    """For each obstacle, `N_RANDOM` answers of other obstacles for each judged pair that it has on average."""
    random = np.random.default_rng(SEED)
    known = {(pair.obstacle, pair.answer) for pair in pairs}
    answers = sorted({pair.answer for pair in pairs if pair.answers})
    obstacles = sorted({pair.obstacle for pair in pairs})
    found = []
    for obstacle in obstacles:
        others = [answer for answer in answers if (obstacle, answer) not in known]
        drawn = random.choice(len(others), min(len(others), N_RANDOM * (len(pairs) // len(obstacles))), replace=False)
        found += [JudgedPair(obstacle, others[place], False, "hasard") for place in sorted(drawn.tolist())]
    return found


def link_metrics(
    pairs: Sequence[JudgedPair],
    texts: PairTexts,
    workshops: Sequence[JudgedWorkshop],
    weights: Mapping[str, KindWeights],
) -> dict[str, Any]:
    """What the weights are worth on each part of the benchmarks."""
    answers = weights[ANSWERS]
    of_sides = {
        half: {
            name: measure_sides(workshops, weights, half, whole) for name, whole in (("each", False), ("whole", True))
        }
        for half in ("dev", LEFT_OUT)
    }
    return {
        ANSWERS: {
            half: measure_links([pair for pair in pairs if pair.half == half], texts, answers.weights, answers.told)
            for half in sorted({pair.half for pair in pairs})
        },
        "sides": of_sides,
    }


def learn_links(read_axes: ReadAxes, encoder: Encoder, kept: float, folder: Path = LINKS.path) -> dict[str, Any]:
    """Learn from the benchmarks, write weights, metrics and card into `folder`, and give the metrics.

    Parameters
    ----------
    kept : probability from which an answer is proposed (`[cluster.liens] seuil`).
    """
    pairs = judged_pairs()
    texts, workshops = read_pairs(pairs, encoder), judged_sides(read_axes, encoder)
    sides = learn_sides([*workshops, *plain_workshops(read_axes, encoder)])
    weights = {ANSWERS: learn_answers(pairs, texts, kept), **sides}
    metrics = link_metrics(pairs, texts, workshops, weights)
    save_weights(folder, weights)
    write_report(folder, weights, metrics, TOLD_PRECISION)
    return metrics
