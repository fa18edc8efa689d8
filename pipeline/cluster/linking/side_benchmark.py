"""The judged objections and supports of `corpus/benchmarks/objections.jsonl`, and what links are worth on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.cluster.linking.sides import Side, SidePairs, best_sides, side_pairs
from pipeline.cluster.linking.weights import SIDES, KindWeights
from pipeline.cluster.rows import Matrix, centred
from pipeline.language.models.encoders import Encoder
from pipeline.resources import corpus, in_repository

BENCHMARK = corpus() / "benchmarks" / "objections.jsonl"
PROPOSAL, LEFT_OUT = "proposal", "test"
ReadAxes = Callable[[Sequence[str], Sequence[str]], pd.DataFrame]
"""Texts and their headings → the probability of each axis (`p_nord`…) and the facet, rows in order."""


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
    lines = in_repository(BENCHMARK).read_text(encoding="utf-8").splitlines()
    table = pd.DataFrame([json.loads(line) for line in lines if line])
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
