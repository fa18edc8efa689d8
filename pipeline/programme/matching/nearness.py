"""How near the columns of several workshops are, by the model that makes groups inside one: as if their walls stood
side by side, and a person looked for columns of one that she would have put with a column of the other.

Two columns are as near as the mean chance of their pairs of ideas, and clear of their rivals by so much: a column that
might as well go with another one, of its own workshop or of the other, is no match. How often matches are right is
measured on walls cut in two that the model never saw, and on written ones (`tests/bench/programme.py`); what was found
is in `models/pairs/across.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.grouping.representation import blend, represent
from pipeline.cluster.pairs.features import Ideas, pairs_of
from pipeline.cluster.pairs.model import PAIRS, PairModel

SAID = 0.45, 0.20
"""Chance, and how clear of rivals, from which two groups are said to be one without anyone: few are, four in five of
them right where people vouch for both (`models/pairs/across.json`). Of groups that a machine made alone, hardly any is
right: they hold together by the very errors that would bring them together."""
ASKED = ((0.30, 0.05), (0.50, 0.20), (0.60, 0.25))
"""The same from which a person is asked of two groups, of a group and an idea alone, of two ideas alone."""
SEED = 20
ACROSS = PAIRS.path / "across.json"
Vectors = npt.NDArray[np.float16]


class Near(NamedTuple):
    """Two columns of different workshops, each the nearest of the other in its workshop."""

    one: str
    other: str
    chance: float
    clear: float


@dataclass(frozen=True)
class Pool:
    """The ideas of an axis, over all workshops.

    Attributes
    ----------
    texts : shape (n,). columns, workshops : of each idea.
    topics, meanings : shapes (n, d) and (n, k), see `pipeline.cluster.pairs.features.Ideas`.
    """

    axis: str
    texts: Sequence[str]
    columns: Sequence[str]
    workshops: Sequence[str]
    topics: Vectors
    meanings: Vectors


def near_columns(pool: Pool, model: PairModel) -> list[Near]:
    """The pairs of columns that are each other's nearest, the nearest first; where nobody knows headings nor order, for
    those of two workshops say nothing of one another."""
    if len(set(pool.workshops)) < 2:
        return []
    points = blend(represent(pool.texts, pool.meanings, SEED)[0])
    bare, none = [""] * len(pool.texts), np.zeros_like(pool.topics)
    pairs = pairs_of(Ideas(pool.texts, bare, pool.topics, none, pool.meanings, points, axis=pool.axis))
    codes, names = pd.factorize(np.asarray(pool.columns, dtype=object))
    where = dict(zip(pool.columns, pool.workshops, strict=True))
    table = _means(codes, pairs.one, pairs.other, model.read(pairs).together)
    table["there"] = [where[names[code]] for code in table["other"]]
    table["is_own"] = [where[names[code]] == there for code, there in zip(table["one"], table["there"], strict=True)]
    found = [Near(names[a], names[b], round(chance, 4), round(clear, 4)) for a, b, chance, clear in _mutual(table)]
    return sorted(found, key=in_order)


def in_order(near: Near) -> tuple[float, str, str]:
    """The likeliest first."""
    return -round(near.chance + near.clear, 4), near.one, near.other


def _means(
    codes: npt.NDArray[np.int64], one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], chances: npt.NDArray[Any]
) -> pd.DataFrame:
    """Mean chance of each two columns that share a candidate pair, told from both: a pair that is no candidate has
    none."""
    ends = np.vstack([np.column_stack([codes[one], codes[other]]), np.column_stack([codes[other], codes[one]])])
    told = pd.DataFrame({"one": ends[:, 0], "other": ends[:, 1], "chance": np.tile(chances, 2)})
    sums = told[told["one"] != told["other"]].groupby(["one", "other"], sort=True)["chance"].sum().reset_index()
    sizes = np.bincount(codes)
    sums["mean"] = np.round(sums["chance"] / (sizes[sums["one"]] * sizes[sums["other"]]), 6)
    return sums.drop(columns="chance")


def _mutual(table: pd.DataFrame) -> list[tuple[int, int, float, float]]:
    """Columns that are each other's nearest, their chance, and how clear of their rivals it is."""
    ranked = table.sort_values(["one", "there", "mean", "other"], ascending=[True, True, False, True])
    ranked["place"] = ranked.groupby(["one", "there"]).cumcount()
    own = ranked[ranked["is_own"] & (ranked["place"] == 0)].set_index("one")["mean"].to_dict()
    abroad = ranked[~ranked["is_own"]]
    second = abroad[abroad["place"] == 1].set_index(["one", "there"])["mean"].to_dict()
    first = abroad[abroad["place"] == 0]
    best = set(zip(first["one"], first["other"], strict=True))
    home = dict(zip(abroad["other"], abroad["there"], strict=True))
    found = []
    for one, other, mean in first[["one", "other", "mean"]].itertuples(index=False):
        if one < other and (other, one) in best:
            rivals = (own.get(one), own.get(other), second.get((one, home[other])), second.get((other, home[one])))
            found.append((int(one), int(other), float(mean), float(mean) - max(rival or 0.0 for rival in rivals)))
    return found


def is_asked(near: Near, alone: Mapping[str, bool]) -> bool:
    """Whether a person is asked about a pair that is no match."""
    chance, clear = ASKED[alone[near.one] + alone[near.other]]
    return near.chance >= chance and near.clear >= clear


def is_match(near: Near, vouched: Mapping[str, bool]) -> bool:
    """Whether two columns are said to be one: only what people vouch for is, and never an idea alone, which may sound
    alike."""
    return near.chance >= SAID[0] and near.clear >= SAID[1] and vouched[near.one] and vouched[near.other]


@cache
def measured() -> dict[str, Any]:
    """What was measured of the matches that are said: see `tests/bench/programme.py`."""
    found: dict[str, Any] = json.loads(ACROSS.read_bytes())
    return found
