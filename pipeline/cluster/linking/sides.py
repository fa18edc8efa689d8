"""Which proposal each idea objects to or supports: the likeliest among the nearest; and what that says of stances and
of groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import EST, SUD
from pipeline.cluster.linking.answers import values_of
from pipeline.cluster.linking.signs import (
    SIDES,
    KindWeights,
    Order,
    Proposals,
    Said,
    are_named,
    load_weights,
    pair_signs,
    read_said,
    text_signs,
    words_take,
)
from pipeline.cluster.rows import Matrix, unit_rows
from pipeline.contracts.checks import conform, empty

STANCE_OF = {"objects": "contre", "supports": "pour"}
"""The stance, on the object of a group, of one who objects to a member of it or supports it."""


def find_sides(sources: pd.DataFrame, vectors: np.ndarray, shared: Matrix) -> pd.DataFrame:
    """The links of the kinds `objects` and `supports` of a corpus.

    Parameters
    ----------
    sources : one row per item, sorted by item_id, in the order of `vectors`: see `choose_sides`.
    shared : what the vectors of the corpus share, shape (d,).
    """
    proposals = np.flatnonzero(sources["axis"].eq(SUD).to_numpy(dtype=bool))[:N_PROPOSALS_READ]
    if not len(proposals):
        return empty("links")
    kept = np.union1d(np.arange(min(len(sources), N_IDEAS_READ)), proposals)
    points = unit_rows(unit_rows(vectors[kept].astype(np.float32)) - shared)
    return choose_sides(sources.iloc[kept].reset_index(drop=True), points)


def all_links(answers: pd.DataFrame, sides: pd.DataFrame) -> pd.DataFrame:
    """The table `links`: an idea that objects to a proposal asks for no answer."""
    against = set(sides.loc[sides["kind"].eq("objects") & sides["is_told"].astype(bool), "from_item"])
    parts = [part for part in (answers[~answers["to_item"].isin(against)], sides) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else empty("links")


def with_sides(sources: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """The stances (group_id, stance), where one who objects to a proposal of her own group, or supports it, says so."""
    told = links[links["is_told"].astype(bool) & links["kind"].isin(SIDES)]
    group = values_of(sources, "group_id", told)
    said = {
        one: STANCE_OF[kind]
        for one, two, kind in zip(told["from_item"], told["to_item"], told["kind"], strict=True)
        if one in group and group[one] == group.get(two)
    }
    if not said:
        return sources["stance"]
    found = sources["item_id"].map(said)
    return (
        sources["stance"].where(found.isna() | sources["stance"].ne("inconnu"), found).astype(sources["stance"].dtype)
    )


def objections_elsewhere(links: pd.DataFrame, sources: pd.DataFrame) -> Mapping[str, int]:
    """Group of proposals → how many obstacles object to one of them."""
    told = links[links["is_told"].astype(bool) & links["kind"].eq("objects")]
    if told.empty:
        return {}
    known = sources.set_index("item_id")
    groups = known["group_id"].reindex(told["to_item"])[
        known["axis"].reindex(told["from_item"]).eq(EST).to_numpy(dtype=bool)
    ]
    return Counter(groups.dropna())


N_CANDIDATES = 12
"""Proposals looked at for an idea, the nearest ones, besides the last one before it."""
N_IDEAS_READ, N_PROPOSALS_READ = 30_000, 10_000
"""Those of the smallest ids, which are hashes, hence drawn evenly from the corpus."""
N_SIDED = 5_000
"""Ideas whose proposals are looked for, those that most say by themselves that they take a side."""
IN_ORDER = ("transcript",)
"""Channels where an idea may answer the one before it."""
_BATCH = 1_024


@dataclass(frozen=True)
class SidePairs:
    """Ideas beside proposals: rows into the frame that was read, and what tells of each pair, shape (n, k)."""

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    signs: npt.NDArray[np.float64]


def choose_sides(rows: pd.DataFrame, points: Matrix) -> pd.DataFrame:
    """The links of kind `objects` and `supports` of a corpus, in the schema of `links`; one at most from each idea.

    Parameters
    ----------
    rows : one row per item, sorted by item_id: item_id, contribution_id, text, axis, facet, `p_nord`…, channel, source,
        start, voice, and position when it is known.
    points : centred sentence vectors, shape (n, d), unit rows.
    """
    weights = {kind: load_weights()[kind] for kind in SIDES}
    pairs = side_pairs(rows, points, rows["axis"].eq(SUD).to_numpy(dtype=bool), weights)
    found = [link for link in best_sides(pairs, weights) if link.is_worded and link.score >= weights[link.kind].kept]
    ids = rows["item_id"].to_numpy(dtype=object)
    return conform(
        "links",
        pd.DataFrame(
            [
                (ids[link.one], ids[link.other], link.kind, link.score, link.is_told(weights[link.kind].told))
                for link in found
            ],
            columns=["from_item", "to_item", "kind", "score", "is_told"],
        ),
    )


class Side(NamedTuple):
    """Which proposal an idea is about, on which side, how probable it is, whether its words take that side, and whether
    they name the proposal."""

    one: int
    other: int
    kind: str
    score: float
    is_worded: bool
    is_named: bool

    def is_told(self, bound: float) -> bool:
        """Whether it is sure enough: what no word says is left to people, however probable."""
        return self.is_worded and self.is_named and self.score >= bound


def best_sides(pairs: SidePairs, weights: Mapping[str, KindWeights]) -> Iterator[Side]:
    """The likeliest proposal and side of each idea, in the order of the ideas."""
    if not len(pairs.one):
        return
    scores = np.column_stack([weights[kind].probabilities(pairs.signs) for kind in SIDES])
    worded = np.column_stack([words_take(kind, pairs.signs) for kind in SIDES])
    named = are_named(pairs.signs)
    starts = np.flatnonzero(np.r_[True, pairs.one[1:] != pairs.one[:-1]])
    for start, end in zip(starts, [*starts[1:], len(pairs.one)], strict=True):
        pair, kind = divmod(int(scores[start:end].argmax()), len(SIDES))
        row = start + pair
        told = bool(worded[row, kind]), bool(named[row])
        yield Side(int(pairs.one[row]), int(pairs.other[row]), SIDES[kind], float(scores[row, kind]), *told)


def side_pairs(
    rows: pd.DataFrame,
    points: Matrix,
    is_proposal: npt.NDArray[np.bool_],
    weights: Mapping[str, KindWeights] | None = None,
) -> SidePairs:
    """Each idea beside the proposals nearest to it and the last one before it, others' alone; sorted by idea.

    A proposal says nothing of another one, unless its words take a side: said again, it is no support.

    With `weights`, only the `N_SIDED` ideas that most take a side by themselves.
    """
    proposals = np.flatnonzero(is_proposal)[:N_PROPOSALS_READ]
    ideas = np.arange(min(len(rows), N_IDEAS_READ))
    if not len(proposals) or not len(ideas):
        return SidePairs(ideas[:0], ideas[:0], np.zeros((0, 0)))
    of_texts = text_signs(rows.iloc[ideas])
    sided = ~is_proposal[ideas] | words_take("objects", of_texts) | words_take("supports", of_texts)
    ideas, of_texts = ideas[sided], of_texts[sided]
    if weights is not None and len(ideas) > N_SIDED:
        sides = [of_texts @ one.head.weights[0, : of_texts.shape[1]] + one.head.bias[0] for one in weights.values()]
        lean = np.round(np.max(sides, axis=0), 6)  # how much each text takes a side by itself, on the likelier side
        taken = np.sort(np.argsort(-lean, kind="stable")[:N_SIDED])
        ideas, of_texts = ideas[taken], of_texts[taken]
    pairs = _Nearby(rows, proposals)
    found: list[tuple[int, int, tuple[float, ...]]] = []
    for start in range(0, len(ideas), _BATCH):
        part = ideas[start : start + _BATCH]
        likeness = np.round(points[part] @ points[proposals].T, 4)
        for line, idea in enumerate(part.tolist()):
            found += [(start + line, *pair) for pair in pairs(idea, likeness[line])]
    if not found:
        return SidePairs(ideas[:0], ideas[:0], np.zeros((0, 0)))
    places = np.array([place for place, _, _ in found])
    others = np.array([other for _, other, _ in found])
    signs = np.array([told for _, _, told in found], dtype=np.float64)
    return SidePairs(ideas[places], others, np.hstack([of_texts[places], signs]))


class _Nearby:
    """The proposals that an idea may be about, and what tells that it is."""

    def __init__(self, rows: pd.DataFrame, proposals: npt.NDArray[np.int64]) -> None:
        self._texts = rows["text"].tolist()
        self._said: dict[int, Said] = {}
        self._proposals = proposals
        self._among = Proposals.of([self._read(row) for row in proposals.tolist()])
        self._order = order_of(rows)
        self._last = self._order.last_before(proposals)
        self._of = pd.factorize(rows["contribution_id"])[0]
        self._voices = pd.factorize(rows["voice"].replace("", pd.NA))[0]  # −1 for none
        self._p_sud = rows[f"p_{SUD}"].to_numpy(dtype=np.float64)

    def __call__(self, idea: int, likeness: Matrix) -> Iterator[tuple[int, tuple[float, ...]]]:
        """Rows of proposals and the signs of each, nearest first, then the last one before; others' alone.

        `likeness` to every proposal, shape (n_proposals,).
        """
        own = (self._of[self._proposals] == self._of[idea]) | (
            (self._voices[self._proposals] == self._voices[idea]) & (self._voices[idea] >= 0)
        )
        nearest = _smallest(np.where(own, np.inf, -likeness), min(N_CANDIDATES, int((~own).sum())))
        for rank, column in enumerate(nearest.tolist()):
            yield self._pair(idea, column, float(likeness[column]), rank)
        last = np.searchsorted(self._proposals, self._last[idea])
        if self._last[idea] >= 0 and not own[last] and last not in nearest:
            yield self._pair(idea, int(last), float(likeness[last]), N_CANDIDATES)

    def _pair(self, idea: int, column: int, likeness: float, rank: int) -> tuple[int, tuple[float, ...]]:
        other = int(self._proposals[column])
        told = pair_signs(
            self._read(idea),
            self._read(other),
            likeness,
            rank,
            bool(self._last[idea] == other),
            float(self._p_sud[other]),
            self._among,
        )
        return other, told

    def _read(self, row: int) -> Said:
        if row not in self._said:
            self._said[row] = read_said(self._texts[row])
        return self._said[row]


def _smallest(values: Matrix, n: int) -> npt.NDArray[np.int64]:
    """The places of the `n` smallest values, in order; of equal ones, the first."""
    if not n:
        return np.zeros(0, dtype=np.int64)
    places = np.flatnonzero(values <= np.partition(values, n - 1)[n - 1])
    return np.asarray(places[np.argsort(values[places], kind="stable")][:n], dtype=np.int64)


def order_of(rows: pd.DataFrame) -> Order:
    """Where each row stands among those of its source, where what is said follows what was said."""
    sources, places = np.full(len(rows), -1, dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    told = np.flatnonzero(rows["channel"].isin(IN_ORDER).to_numpy(dtype=bool))
    if len(told) and "position" in rows:
        sources[told] = pd.factorize(rows["source"].iloc[told], sort=True)[0]
        part = rows[["position", "start"]].iloc[told].to_numpy(dtype=np.int64)
        ordered = told[np.lexsort((told, part[:, 1], part[:, 0], sources[told]))]
        places[ordered] = np.arange(len(ordered))
    return Order(sources, places)
