"""The judged pairs of `corpus/benchmarks/links.jsonl`, and what a score is worth on them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.cluster.linking.answer_score import Reading, answer_score, read_text
from pipeline.cluster.rows import Matrix, centred
from pipeline.language.models.encoders import Encoder
from pipeline.resources import corpus, in_repository

BENCHMARK = corpus() / "benchmarks" / "links.jsonl"

ROUNDED = 4
"""Decimals of a likeness: the last digits of a processor decide nothing."""


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
    """The benchmark, in its order."""
    lines = in_repository(BENCHMARK).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line]
    return [JudgedPair(row["obstacle"], row["answer"], bool(row["answers"]), row["half"]) for row in rows]


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


def precision_recall(found: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Share of what was found that is true, and of what is true that was found."""
    right = int((found & true).sum())
    return {
        "precision": round(right / max(1, int(found.sum())), 3),
        "recall": round(right / max(1, int(true.sum())), 3),
    }
