"""Learning the pair model, and measuring it on walls that it never saw.

Walls are csv files of ideas that a person sorted into columns and stacks.

    rosace train --profile groupes --murs DOSSIER

reads every `wall_*.csv` of a folder (columns `context`, `text`, `axis`, `issue`: the column of the wall, `same`: the
stack), in the order in which ideas were said. Each wall is read in several ways (see `Way`): post-its have no headings,
a survey has no order, and a model that learnt from whole walls alone puts everything together where there is little.

A second regression that also read the chances of neighbouring pairs, and a third that read where ideas meet in the tree
of the second, were no purer for as many pairs found: one is enough. What else was tried is told in the card.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.given import under_headings
from pipeline.cluster.grouping.likeness import Meaning
from pipeline.cluster.grouping.space import points_of
from pipeline.cluster.pairs import PAIRS as MODEL
from pipeline.cluster.pairs import (
    SITUATIONS,
    Beside,
    Ideas,
    PairModel,
    Pairs,
    average_tree,
    cut_tree,
    inside,
    pairs_of,
    situations,
)
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.learned import Linear
from pipeline.workbench.examples import need_columns, read_csv
from pipeline.workbench.learning import fit_logistic, in_turn
from pipeline.workbench.reports import Card, Line, number

STRENGTH = 0.03
"""Inverse of the penalty of the regressions (scikit-learn's C): 0.01 to 0.1 agree with people as well."""
CUT, CUT_SAME = 0.5, 0.3
"""Mean chances from which two groups are one column: at 0.5 most pairs are right, lower ones find more pairs, of which
fewer are; and one stack: a lower cut finds more on walls (at 0.2 one pair in seven, here one in ten, of which as many
are right as at 0.4), but in a survey of a thousand answers it puts together what only speaks of the same."""
DECIMALS = 6
Labels = npt.NDArray[np.int64]
GROUPS, STACKS = "issue", "same"
N_FOLDS = 5
"""Parts in which the sources of walls are set aside, one after the other."""
LARGE = 90
"""Ideas from which a wall is measured: the others teach, and chance weighs too much there."""
SCORES = {"pure": "purs", "ami": "AMI", "precision": "paires justes", "recall": "retrouvées"}
"""What is told of groups."""


def learn(examples: Sequence[Sorted]) -> PairModel:
    """What walls teach: for each situation of a pair, how likely it is to be in one column, and on one stack."""
    features = np.vstack([one.pairs.features for one in examples])
    here = np.concatenate([situations(one.pairs) for one in examples])

    def fitted(answers: Sequence[npt.NDArray[np.bool_]]) -> tuple[Linear, ...]:
        every = np.concatenate(answers)
        return tuple(
            fit_logistic(
                features[here == place],
                every[here == place],
                STRENGTH,
                examples[0].pairs.names,
                is_scaled=True,
                decimals=DECIMALS,
                solver="newton-cholesky",
            )
            for place in range(len(SITUATIONS))
        )

    together, same = fitted([one.together for one in examples]), fitted([one.same for one in examples])
    return PairModel(together, same, CUT, CUT_SAME)


def measure(examples: Sequence[Sorted], sources: Mapping[str, str]) -> dict[str, Any]:
    """Mean scores over large walls (all, without any), each read whole by a model that never saw its source.

    Parameters
    ----------
    sources : wall → where it comes from; one that is not there is a source of its own.

    Returns
    -------
    walls : name → ideas. measured : names of those that are. cuts : where groups and stacks are cut. means : one row
    per way of reading (`Way`) and level, with `SCORES`.
    """
    rows: list[dict[str, Any]] = []
    measured = []
    for wall, model in unseen(examples, sources):
        measured.append(wall)
        rows += _of_wall(model, [one for one in examples if one.wall == wall and not one.way.small])
    means = pd.DataFrame(rows).groupby([*Way._fields, "level"])[list(SCORES)].mean().round(3).reset_index()
    return {
        "walls": dict(sorted(_sizes(examples).items())),
        "measured": sorted(measured),
        "cuts": {GROUPS: CUT, STACKS: CUT_SAME},
        "means": means.to_dict("records"),
    }


def unseen(examples: Sequence[Sorted], sources: Mapping[str, str]) -> Iterator[tuple[str, PairModel]]:
    """Each wall that is measured, with a model that learnt from other sources, a fifth of them set aside at a time."""
    n_ideas = _sizes(examples)
    measured = {wall for wall, n in n_ideas.items() if n >= LARGE} or set(n_ideas)
    source = {wall: sources.get(wall, wall) for wall in n_ideas}
    for aside in in_turn(source.values(), N_FOLDS):
        if here := sorted(wall for wall in measured if source[wall] in aside):
            model = learn([one for one in examples if source[one.wall] not in aside])
            yield from ((wall, model) for wall in here)


def _sizes(examples: Sequence[Sorted]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in examples:
        found[one.wall] += one.pairs.n * (one.way == Way(True, True, False, PROFILES[0]))
    return found


def _of_wall(model: PairModel, examples: Sequence[Sorted]) -> Iterator[dict[str, Any]]:
    for way in dict.fromkeys(one.way for one in examples):
        parts = [one for one in examples if one.way == way]
        groups, stacks = [], []
        for one in parts:
            read = model.read(one.pairs)
            groups.append(cut_tree(average_tree(one.pairs, read.together), CUT))
            stacks.append(inside(groups[-1], cut_tree(average_tree(one.pairs, read.same), CUT_SAME)))
        told = (GROUPS, [one.columns for one in parts], groups), (STACKS, [one.stacks for one in parts], stacks)
        for level, people, ours in told:
            yield {**way._asdict(), "level": level, **agreement(people, ours)}


def agreement(people: Sequence[Labels], ours: Sequence[Labels]) -> dict[str, float]:
    """`SCORES` of the groups of a wall, those of each of its axes, shape (n,); an idea alone is a group of its own.

    Returns
    -------
    pure : of our groups of two or more, those of one group of people. ami : adjusted mutual information. precision,
    recall : of pairs.
    """
    from sklearn.metrics import adjusted_mutual_info_score
    from sklearn.metrics.cluster import pair_confusion_matrix

    theirs, found = ([f"{axis} {label}" for axis, side in enumerate(of) for label in side] for of in (people, ours))
    (_, wrong), (missed, right) = pair_confusion_matrix(theirs, found)
    table = pd.crosstab(np.array(found), np.array(theirs)).to_numpy()
    several = table[table.sum(axis=1) > 1]
    return {
        "pure": float((several.max(axis=1) == several.sum(axis=1)).sum() / max(1, len(several))),
        "ami": float(adjusted_mutual_info_score(theirs, found)),
        "precision": float(right / max(1, right + wrong)),
        "recall": float(right / max(1, right + missed)),
    }


def way_told(row: Mapping[str, Any]) -> str:
    """How the walls of a row of measures were read."""
    headings, order = bool(row["headings"]), bool(row["order"])
    if headings:
        return "avec rubriques et ordre" if order else "avec rubriques"
    return "avec ordre seul" if order else "sans rubriques ni ordre"


PAIRS_CARD = Card("pairs.md.j2", {"large": LARGE, "scores": SCORES, "way_told": way_told})


def wall_lines(settings: Config) -> list[Line]:
    """What the pair model was measured at, when it was learnt, on walls that it did not see."""
    floors, lines = settings.evaluation["groups"], []
    for row in MODEL.metrics()["means"]:
        floor = floors["purs" if row["headings"] or row["order"] else "purs_seuls"] if row["level"] == GROUPS else None
        level = "piles pures" if row["level"] == STACKS else "groupes purs"
        told = ", ".join(f"{name} {number(row[key])}" for key, name in SCORES.items() if key != "pure")
        lines.append(Line(f"Murs {way_told(row)}, {row['profile']}, {level}", row["pure"], floor, detail=told))
    return lines


SEED = 20
FEW = (7, 3)
"""Ideas of small walls: without the smallest ones, three ideas that say the same thing stay apart where nobody else
speaks."""
PROFILES = ("precis", "rapide")
"""Whose meanings `read_walls` takes, in this order."""
COLUMNS = ("context", "text", "axis", "issue", "same")


class Way(NamedTuple):
    """How a wall is read. `small`: drawn into walls of about so many ideas (`FEW`), each read by itself."""

    headings: bool
    order: bool
    small: bool
    profile: str


_LEFT_OUT = {
    Way(headings, order, True, profile) for headings, order, profile in product((True, False), (True, False), PROFILES)
} - {Way(headings, False, True, PROFILES[0]) for headings in (True, False)}
"""Small walls teach the same in any order, and in both profiles."""


@dataclass(frozen=True)
class Sorted:
    """The ideas of one axis of a wall: candidate pairs, the column and the stack that a person put each idea in."""

    wall: str
    axis: str
    way: Way
    pairs: Pairs
    columns: Labels
    stacks: Labels

    @property
    def together(self) -> npt.NDArray[np.bool_]:
        """Which candidate pairs are in one column."""
        return np.asarray(self.columns[self.pairs.one] == self.columns[self.pairs.other])

    @property
    def same(self) -> npt.NDArray[np.bool_]:
        """Which candidate pairs are on one stack."""
        return np.asarray(self.stacks[self.pairs.one] == self.stacks[self.pairs.other])


def load_walls(folder: Path) -> dict[str, pd.DataFrame]:
    """The walls of a folder by name, ideas in the order in which they were said.

    Raises UsageError: there are fewer than three, or one lacks a column.
    """
    paths = sorted(folder.glob("wall_*.csv"))
    if len(paths) < 3:
        raise UsageError(
            f"{folder} : {len(paths)} mur. Attendu : trois fichiers wall_*.csv au moins, avec les colonnes "
            f"{', '.join(COLUMNS)}, et repo s'il y a plusieurs murs d'une même source."
        )
    walls = {path.stem.removeprefix("wall_"): read_csv(path) for path in paths}
    for path, wall in zip(paths, walls.values(), strict=True):
        need_columns(wall, COLUMNS, path)
    return walls


def sources_of(walls: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Where each wall comes from (its column `repo`, else itself): those of one source are set aside together.

    Raises UsageError: all come from one.
    """
    found = {
        name: (str(wall["repo"].iloc[0]) if "repo" in wall and len(wall) else "") or name
        for name, wall in walls.items()
    }
    if len(set(found.values())) < 2:
        raise UsageError(
            "Tous les murs ont la même source (colonne repo) : il en faut deux, pour mesurer sur l'une ce "
            "que l'autre apprend."
        )
    return found


def read_walls(walls: dict[str, pd.DataFrame], meanings: Sequence[Meaning]) -> list[Sorted]:
    """Each axis of each wall in every way, as each profile reads."""
    found = []
    for name, wall in walls.items():
        given = wall[wall["axis"].isin(COMPASS_CODES)]
        given = given.assign(place=np.arange(len(given))).sort_values(["text", "context"], kind="stable")
        for headings in (True, False):
            told = given if headings else given.assign(context="")
            for profile, meaning in zip(PROFILES, meanings, strict=True):
                sides = _sides(told, meaning)
                for axis, rows in _drawn(told):
                    is_small = len(rows) < int((told["axis"] == axis).sum())
                    here = told.iloc[rows], [side[rows] for side in sides]
                    ways = [Way(headings, order, is_small, profile) for order in (False, True)]
                    found += [_read(name, axis, way, *here) for way in ways if way not in _LEFT_OUT]
    return found


def _sides(wall: pd.DataFrame, meaning: Meaning) -> list[npt.NDArray[np.float16]]:
    """Topics of texts and of headings, zeros for none, what texts mean, and topics of both together."""
    texts, headings = wall["text"].tolist(), wall["context"].tolist()
    topics = meaning.vectors(texts)
    alike = meaning.likeness(topics, meaning.said(texts, headings))
    return [topics, meaning.vectors(headings), alike, meaning.vectors(under_headings(texts, headings))]


def _drawn(wall: pd.DataFrame) -> Iterator[tuple[str, Labels]]:
    for axis in COMPASS_CODES:
        rows = np.flatnonzero(wall["axis"] == axis)
        if len(rows) > 1:
            yield axis, rows
        for n_parts in (len(rows) // few for few in FEW):
            drawn = np.random.default_rng(SEED).permutation(len(rows)) % max(1, n_parts)
            for part in range(n_parts if n_parts > 1 else 0):
                yield axis, rows[drawn == part]


def _read(name: str, axis: str, way: Way, part: pd.DataFrame, sides: Sequence[npt.NDArray[np.float16]]) -> Sorted:
    texts, headings = part["text"].tolist(), part["context"].tolist()
    topics, of_headings, meanings, under = sides
    points = points_of(texts, meanings, SEED)
    places = part["place"].to_numpy(dtype=np.int64) if way.order else np.full(len(part), -1, dtype=np.int64)
    beside = Beside(headings, topics, of_headings, places, under, axis)
    pairs = pairs_of(Ideas(texts, meanings, points, beside))
    columns, stacks = (pd.factorize(part[level])[0] for level in ("issue", "same"))
    return Sorted(name, axis, way, pairs, columns, stacks)
