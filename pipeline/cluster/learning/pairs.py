"""Learning the pair model from walls: csv files of ideas that a person sorted into columns, axis by axis.

    rosace train --profile groupes --murs DOSSIER

reads every `wall_*.csv` of a folder (columns `context`, `text`, `axis`, `issue`: the column of the wall). Each wall is
read twice, with its headings and without, as post-its have none, and also drawn into small walls of `N_FEW` ideas: a
model that learnt from whole walls alone puts everything together where there is little. What is measured leaves each
wall out in turn, beside the consensus of hierarchies on the same ideas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.grouping.meaning import Meaning
from pipeline.cluster.grouping.partition import partition, singletons
from pipeline.cluster.grouping.representation import blend, represent
from pipeline.cluster.pairs.features import Pairs, pairs_of
from pipeline.cluster.pairs.model import CONTEXT_NAMES, Logistic, PairModel, context_features
from pipeline.cluster.pairs.tree import cut_tree
from pipeline.cluster.pairs.views import Ideas
from pipeline.errors import UsageError

SEED = 20
N_FEW = 7
STRENGTH = 0.03
"""Inverse of the penalty of both regressions (scikit-learn's C): 0.01 to 0.1 agree with people as well."""
CUT, CUT_BARE = 0.25, 0.15
"""With headings, and without. With them, 0.25 is better than the consensus in all that is measured on whole walls; at
0.2 agreement is 0.01 better, but groups of an axis of a hundred ideas grow broad, and a doubtful pair should stay
apart. On walls of seven ideas more of them stay alone. Without headings, more than 0.15 leaves too many ideas alone."""
CUT_SAME = 0.6
"""Where stacks are cut."""
CUTS = (0.1, CUT_BARE, 0.2, CUT, 0.3)
CONSENSUS = "consensus"
PROFILES = ("precis", "rapide")
"""Whose meanings `read_walls` takes, in this order."""
COLUMNS = ("context", "text", "axis", "issue")
Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Sorted:
    """The ideas of one axis of a wall: candidate pairs, the column that a person put each idea in, and its group by
    consensus."""

    wall: str
    axis: str
    has_headings: bool
    is_small: bool
    profile: str
    pairs: Pairs
    columns: Labels
    consensus: Labels

    @property
    def together(self) -> npt.NDArray[np.bool_]:
        """Which candidate pairs are in one column."""
        return np.asarray(self.columns[self.pairs.one] == self.columns[self.pairs.other])


def load_walls(folder: Path) -> dict[str, pd.DataFrame]:
    """The walls of a folder by name.

    Raises
    ------
    UsageError : there is none, or one lacks a column.
    """
    paths = sorted(folder.glob("wall_*.csv"))
    if len(paths) < 3:
        raise UsageError(
            f"{folder} : {len(paths)} mur. Attendu : trois fichiers wall_*.csv au moins, chacun étant mis de côté à "
            f"son tour, avec les colonnes {', '.join(COLUMNS)}."
        )
    walls = {path.stem.removeprefix("wall_"): pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths}
    for name, wall in walls.items():
        missing = sorted(set(COLUMNS) - set(wall.columns))
        if missing:
            raise UsageError(f"wall_{name}.csv n'a pas les colonnes {', '.join(missing)}.")
    return walls


def read_walls(walls: dict[str, pd.DataFrame], meanings: Sequence[Meaning]) -> list[Sorted]:
    """Each axis of each wall, whole and drawn into small ones, with its headings and without, as each profile reads."""
    found = []
    for name, wall in walls.items():
        given = wall[wall["axis"].isin(COMPASS_CODES)].sort_values(["text", "context"], kind="stable")
        for has_headings in (True, False):
            told = given if has_headings else given.assign(context="")
            for profile, meaning in zip(PROFILES, meanings, strict=True):
                sides = _sides(told, meaning)
                for axis, rows in _drawn(told):
                    is_small = len(rows) < int((told["axis"] == axis).sum())
                    read = _read(told.iloc[rows], [side[rows] for side in sides])
                    found.append(Sorted(name, axis, has_headings, is_small, profile, *read))
    return found


def _sides(wall: pd.DataFrame, meaning: Meaning) -> list[npt.NDArray[np.float16]]:
    """Topics of texts and of headings, zeros for none, and what texts mean."""
    texts, headings = wall["text"].tolist(), wall["context"].tolist()
    topics = meaning.vectors(texts)
    return [topics, meaning.vectors(headings), meaning.alike(texts, topics, headings)]


def _drawn(wall: pd.DataFrame) -> Iterator[tuple[str, Labels]]:
    """The rows of each axis, then those of its small walls: a table alone has no more."""
    for axis in COMPASS_CODES:
        rows = np.flatnonzero(wall["axis"] == axis)
        if len(rows) > 1:
            yield axis, rows
        n_parts = len(rows) // N_FEW
        if n_parts > 1:
            drawn = np.random.default_rng(SEED).permutation(len(rows)) % n_parts
            for part in range(n_parts):
                yield axis, rows[drawn == part]


def _read(part: pd.DataFrame, sides: Sequence[npt.NDArray[np.float16]]) -> tuple[Pairs, Labels, Labels]:
    texts, (topics, headings, meanings) = part["text"].tolist(), sides
    points = blend(represent(texts, meanings, SEED)[0])
    ideas = Ideas(texts, part["context"].tolist(), topics, headings, meanings, points)
    consensus = singletons(partition(texts, meanings, SEED).labels)
    return pairs_of(ideas), pd.factorize(part["issue"])[0], consensus


def learn(examples: Sequence[Sorted]) -> PairModel:
    """Both regressions; the second learns from chances that the first gave to walls it had not seen."""
    walls = sorted({one.wall for one in examples})
    chances: dict[int, npt.NDArray[np.float64]] = {}
    for wall in walls:
        rest = [one for one in examples if one.wall != wall]
        model = _fitted(rest, [one.pairs.features for one in rest])
        chances |= {id(one): model(one.pairs.features) for one in examples if one.wall == wall}
    beside = [np.hstack([one.pairs.features, context_features(one.pairs, chances[id(one)])]) for one in examples]
    alone = _fitted(examples, [one.pairs.features for one in examples])
    return PairModel(alone, _fitted(examples, beside), CUT, CUT_BARE, CUT_SAME)


def _fitted(examples: Sequence[Sorted], features: Sequence[npt.NDArray[np.float32]]) -> Logistic:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    rows = np.vstack(features).astype(np.float64)
    scaler = StandardScaler().fit(rows)
    fitted = LogisticRegression(C=STRENGTH, max_iter=2_000).fit(
        scaler.transform(rows), np.concatenate([one.together for one in examples])
    )
    weights = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - weights @ scaler.mean_)
    names = examples[0].pairs.names
    return Logistic((*names, *CONTEXT_NAMES)[: len(weights)], np.round(weights, 6), round(bias, 6))


def measure(examples: Sequence[Sorted]) -> dict[str, Any]:
    """Agreement of each wall, whole or small, with headings or without, as each profile reads it, with a model that
    never saw it, at each cut, and with the consensus."""
    walls = sorted({one.wall for one in examples})
    rows: list[dict[str, Any]] = []
    for wall in walls:
        model = learn([one for one in examples if one.wall != wall])
        for profile, has_headings, is_small in product(PROFILES, (True, False), (False, True)):
            asked = (wall, profile, has_headings, is_small)
            mine = [one for one in examples if (one.wall, one.profile, one.has_headings, one.is_small) == asked]
            told = {"wall": wall, "profile": profile, "headings": has_headings, "small": is_small}
            rows.append({**told, "method": CONSENSUS, **agreement(mine, [one.consensus for one in mine])})
            chances = [model.chances(one.pairs) for one in mine]
            for cut in CUTS:
                labels = [cut_tree(one.pairs, found, (cut,))[0] for one, found in zip(mine, chances, strict=True)]
                rows.append({**told, "method": f"{cut:.2f}", **agreement(mine, labels)})
    kinds = ["profile", "headings", "small", "method"]
    means = pd.DataFrame(rows).groupby(kinds)[list(SCORES)].mean().round(3).reset_index()
    n_ideas = {wall: sum(one.pairs.n for one in _once(examples) if one.wall == wall) for wall in walls}
    return {"walls": n_ideas, "cuts": {"headings": CUT, "bare": CUT_BARE}, "means": means.to_dict("records")}


def _once(examples: Sequence[Sorted]) -> list[Sorted]:
    """Each idea of each wall once."""
    return [one for one in examples if one.has_headings and not one.is_small and one.profile == PROFILES[0]]


SCORES = ("ami", "precision", "recall", "alone")


def agreement(walls: Sequence[Sorted], labels: Sequence[npt.NDArray[np.int64]]) -> dict[str, float]:
    """`ami`, `precision` and `recall` of pairs over all axes of a wall, and the share of ideas left `alone`."""
    from sklearn.metrics import adjusted_mutual_info_score

    true, found = [], []
    for place, (one, label) in enumerate(zip(walls, labels, strict=True)):
        true.append(one.columns + 100_000 * place)
        found.append(label + 100_000 * place)
    people, ours = np.concatenate(true), np.concatenate(found)
    rows, others = np.triu_indices(len(people), 1)
    both, kept = people[rows] == people[others], ours[rows] == ours[others]
    sizes = pd.Series(ours).map(pd.Series(ours).value_counts())
    return {
        "ami": float(adjusted_mutual_info_score(people, ours)),
        "precision": float((both & kept).sum() / max(1, kept.sum())),
        "recall": float((both & kept).sum() / max(1, both.sum())),
        "alone": float((sizes == 1).mean()),
    }
