"""Learning what answers an obstacle: `rosace train --profile liens`.

A logistic regression on the judged pairs of `corpus/benchmarks/links.jsonl`, its part `test` left out, and on twice as
many random pairs: an obstacle of those parts and a text that answers another one. Those are taken to be no answers, so
that a score tells how rare answers are among all the texts of a workshop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.cluster.linking.signs import (
    SIGNS,
    Reading,
    answer_score,
    is_no_answer,
    read_text,
    signs,
    weights_of,
)
from pipeline.cluster.rows import Matrix, centred
from pipeline.language.models.encoders import Encoder
from pipeline.workbench.examples import BENCHMARKS, read_jsonl
from pipeline.workbench.learning import Learnt, fit_logistic, precision_recall
from pipeline.workbench.reports import Card

STRENGTH = 1.0
"""Inverse of the penalty (scikit-learn's C): nine signs and some hundreds of pairs call for no other."""
N_RANDOM = 2
"""Random pairs for a judged one: most of what an obstacle is compared with answers nothing."""
SEED = 20
"""Of what is drawn."""
DECIMALS = 2
"""Of the weights: a hundredth moves no answer."""
ANSWERED, LEFT_OUT = BENCHMARKS / "links.jsonl", "test"
ROUNDED = 4
"""Decimals of a likeness: the last digits of a processor decide nothing."""
_ANSWER_SIGNS = {
    "meaning": "cosinus des phrases",
    "subjects": "sujets communs",
    "concepts": "notions communes, les rares d’abord",
    "covered": "part des notions de l’obstacle que la réponse reprend",
    "meets": "la réponse apporte ce que l’obstacle demande",
    "meets_share": "part de ce qu’il demande",
    "brings": "la réponse dit des mots que l’obstacle n’a pas",
    "takes_away": "elle interdit, supprime, limite",
    "celebrates": "elle fête ou décore",
}


@dataclass(frozen=True)
class JudgedPair:
    """An obstacle, a possible answer, whether it is one, and the part of the benchmark (`reglage`, `dev`, `test`)."""

    obstacle: str
    answer: str
    answers: bool
    half: str


@dataclass(frozen=True)
class PairTexts:
    """The texts of pairs, read once: `row` of each text, their centred vectors, their readings in order."""

    row: Mapping[str, int]
    points: Matrix
    readings: Sequence[Reading]

    def __call__(self, obstacle: str, answer: str) -> tuple[Reading, Reading, float]:
        """The readings of both, and the cosine of their vectors."""
        one, other = self.row[obstacle], self.row[answer]
        likeness = round(float(self.points[one] @ self.points[other]), ROUNDED)
        return self.readings[one], self.readings[other], likeness


def judged_pairs() -> list[JudgedPair]:
    """The pairs of the benchmark."""
    return [
        JudgedPair(row["obstacle"], row["answer"], bool(row["answers"]), row["half"]) for row in read_jsonl(ANSWERED)
    ]


def read_pairs(pairs: Sequence[JudgedPair], encoder: Encoder) -> PairTexts:
    """The texts of some pairs, centred together."""
    texts = sorted({text for pair in pairs for text in (pair.obstacle, pair.answer)})
    row = {text: place for place, text in enumerate(texts)}
    return PairTexts(row, centred(encoder.encode(texts)), [read_text(text) for text in texts])


def measure_links(
    pairs: Sequence[JudgedPair], texts: PairTexts, weights: Mapping[str, float], threshold: float
) -> dict[str, float]:
    """n_pairs, precision_at_1, average_precision, and precision and recall at the threshold."""
    from sklearn.metrics import average_precision_score

    scores = np.array([answer_score(*texts(pair.obstacle, pair.answer), weights) for pair in pairs])
    true = np.array([pair.answers for pair in pairs])
    obstacles = np.array([pair.obstacle for pair in pairs], dtype=object)
    first = [true[obstacles == name][scores[obstacles == name].argmax()] for name in sorted(set(obstacles))]
    return {
        "n_pairs": float(len(pairs)),
        "precision_at_1": round(float(np.mean(first)), 3),
        "average_precision": round(float(average_precision_score(true, scores)), 3),
        **precision_recall(scores >= threshold, true),
    }


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


def learn_links(encoder: Encoder, threshold: float) -> Learnt:
    """Learn from the pairs that are not left out, and measure each part.

    `threshold` : probability from which an answer is one (`[cluster.liens] seuil`).
    """
    pairs = judged_pairs()
    texts = read_pairs(pairs, encoder)
    learnt = [pair for pair in pairs if pair.half != LEFT_OUT]
    rows, labels = [], []
    for pair in (*learnt, *random_pairs(learnt)):
        obstacle, answer, likeness = texts(pair.obstacle, pair.answer)
        if not is_no_answer(obstacle, answer):
            rows.append(signs(obstacle, answer, likeness))
            labels.append(pair.answers)
    head = fit_logistic(np.array(rows), np.array(labels, dtype=bool), STRENGTH, SIGNS, decimals=DECIMALS)
    weights = weights_of(head)
    parts = {half: [pair for pair in pairs if pair.half == half] for half in sorted({pair.half for pair in pairs})}
    answers = {half: measure_links(part, texts, weights, threshold) for half, part in parts.items()}
    return Learnt(head, {"answers": answers, "weights": weights})


LINKS_CARD = Card("links.md.j2", {"signs": _ANSWER_SIGNS})
