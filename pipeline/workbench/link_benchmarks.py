"""Links that were judged, in `corpus/benchmarks`, and what a score is worth on them: answers to obstacles
(`links.jsonl`), objections to proposals and supports of them (`objections.jsonl`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.cluster.linking.sides import Side, SidePairs, best_sides, side_pairs
from pipeline.cluster.linking.signs import SIDES, KindWeights, Reading, answer_score, read_text
from pipeline.cluster.rows import Matrix, centred
from pipeline.language.models.encoders import Encoder
from pipeline.resources import corpus, in_repository
from pipeline.workbench.learning import precision_recall

BENCHMARKS = corpus() / "benchmarks"
LINKS, SIDED = BENCHMARKS / "links.jsonl", BENCHMARKS / "objections.jsonl"
PROPOSAL, LEFT_OUT = "proposal", "test"
ROUNDED = 4
"""Decimals of a likeness: the last digits of a processor decide nothing."""
ReadAxes = Callable[[Sequence[str], Sequence[str]], pd.DataFrame]
"""Texts and their headings → the probability of each axis (`p_nord`…) and the facet, rows in order."""


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of the repository, in their order."""
    return [json.loads(line) for line in in_repository(path).read_text(encoding="utf-8").splitlines() if line.strip()]


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
    return [JudgedPair(row["obstacle"], row["answer"], bool(row["answers"]), row["half"]) for row in read_jsonl(LINKS)]


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


@dataclass(frozen=True)
class JudgedWorkshop:
    """What was said in a workshop.

    Attributes
    ----------
    rows : one row per text, as `choose_sides` reads them, and half, role (`proposal`, `objects`, `supports`, `other`),
        about, the text of the proposal or "", and is_measured: what it is about is known.
    points : centred sentence vectors, shape (n, d).
    """

    rows: pd.DataFrame
    points: Matrix

    @property
    def is_whole(self) -> bool:
        """Whether it holds all the workshops of a half."""
        return bool(self.rows["theme"].nunique() > 1)

    @cached_property
    def pairs(self) -> SidePairs:
        """Each text beside the proposals that it may be about."""
        return side_pairs(self.rows, self.points, self.rows["role"].eq(PROPOSAL).to_numpy(dtype=bool))

    def are_true(self, kind: str) -> npt.NDArray[np.bool_]:
        """Which pairs are links of a kind, shape (n_pairs,)."""
        text, about = self.rows["text"].to_numpy(dtype=object), self.rows["about"].to_numpy(dtype=object)
        is_kind = self.rows["role"].eq(kind).to_numpy(dtype=bool)
        return np.asarray(is_kind[self.pairs.one] & (about[self.pairs.one] == text[self.pairs.other]), dtype=bool)


def judged_sides(read_axes: ReadAxes, encoder: Encoder) -> list[JudgedWorkshop]:
    """Each workshop of the benchmark, then all those of a half as one: a real one speaks of more than one thing."""
    table = pd.DataFrame(read_jsonl(SIDED))
    named = table.rename(columns={"heading": "context", "place": "position"}).fillna({"about": ""})
    rows = as_rows(named.assign(source=table["theme"], is_measured=True), read_axes)
    vectors = encoder.encode(rows["text"].tolist())
    parts = [*rows.groupby("theme", sort=False).groups.values(), *rows.groupby("half", sort=False).groups.values()]
    return [JudgedWorkshop(rows.loc[part].reset_index(drop=True), centred(vectors[part])) for part in parts]


def as_rows(table: pd.DataFrame, read_axes: ReadAxes) -> pd.DataFrame:
    """Texts (text, context, channel, source, position) as `choose_sides` reads them, each of its own contribution."""
    ids = [f"{row:06d}" for row in range(len(table))]
    read = read_axes(table["text"].tolist(), table["context"].tolist()).reset_index(drop=True)
    rows = table.reset_index(drop=True).assign(item_id=ids, contribution_id=ids, start=0, voice=None)
    names = [*(f"p_{code}" for code in AXIS_CODES), "facet"]
    return rows.assign(**{name: read[name].to_numpy() for name in names})


def measure_sides(
    workshops: Iterable[JudgedWorkshop], weights: Mapping[str, KindWeights], half: str, whole: bool
) -> dict[str, dict[str, float]]:
    """By kind: how many links of it there are, precision and recall of those kept and of those told.

    `whole` : all the workshops of the half as one, else each by itself.
    """
    found: list[tuple[Side, bool]] = []
    n_true = dict.fromkeys(SIDES, 0)
    for workshop in workshops:
        rows = workshop.rows
        if set(rows["half"]) != {half} or workshop.is_whole != whole:
            continue
        found += judged_links(workshop, weights)
        for kind in SIDES:
            n_true[kind] += int((rows["role"].eq(kind) & rows["about"].ne("")).sum())
    return {
        kind: _measures([link for link in found if link[0].kind == kind], n_true[kind], weights[kind]) for kind in SIDES
    }


def judged_links(workshop: JudgedWorkshop, weights: Mapping[str, KindWeights]) -> list[tuple[Side, bool]]:
    """The likeliest side of each text, and whether it is right."""
    rows = workshop.rows
    about, text, role = (rows[name].to_numpy(dtype=object) for name in ("about", "text", "role"))
    return [
        (side, bool(role[side.one] == side.kind and about[side.one] == text[side.other]))
        for side in best_sides(workshop.pairs, weights)
    ]


def _measures(found: Sequence[tuple[Side, bool]], n_true: int, weights: KindWeights) -> dict[str, float]:
    told: dict[str, float] = {"n": float(n_true)}
    chosen = {
        "kept": [is_right for side, is_right in found if side.is_worded and side.score >= weights.kept],
        "told": [is_right for side, is_right in found if side.is_told(weights.told)],
    }
    for name, right in chosen.items():
        told[f"n_{name}"] = float(len(right))
        told[f"precision_{name}"] = round(sum(right) / max(1, len(right)), 3)
        told[f"recall_{name}"] = round(sum(right) / max(1, n_true), 3)
    return told
