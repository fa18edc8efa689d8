"""Walls that people sorted, as the pair model reads them: with headings and order or not, whole or small; and reviews,
of which people decided a part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.given import under_headings
from pipeline.cluster.grouping.likeness import Meaning
from pipeline.cluster.grouping.space import blend, represent
from pipeline.cluster.pairs import Ideas, Pairs, pairs_of
from pipeline.errors import UsageError

SEED = 20
FEW = (7, 3)
"""Ideas of small walls: without the smallest ones, three ideas that say the same thing stay apart where nobody else
speaks."""
PROFILES = ("precis", "rapide")
"""Whose meanings `read_walls` takes, in this order."""
COLUMNS = ("context", "text", "axis", "issue", "same")
Labels = npt.NDArray[np.int64]


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
    """The ideas of one axis of a wall: candidate pairs, the column and the stack that a person put each idea in.

    Attributes
    ----------
    texts, topics : of the ideas, for the field's methods.
    rows : of the ideas in their wall.
    told : which candidate pairs a person told about; None: all.
    """

    wall: str
    axis: str
    way: Way
    pairs: Pairs
    columns: Labels
    stacks: Labels
    headings: tuple[str, ...]
    texts: tuple[str, ...]
    topics: npt.NDArray[np.float16]
    rows: Labels
    told: npt.NDArray[np.bool_] | None = None

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

    Raises
    ------
    UsageError : there are fewer than three, or one lacks a column.
    """
    paths = sorted(folder.glob("wall_*.csv"))
    if len(paths) < 3:
        raise UsageError(
            f"{folder} : {len(paths)} mur. Attendu : trois fichiers wall_*.csv au moins, avec les colonnes "
            f"{', '.join(COLUMNS)}, et repo s'il y a plusieurs murs d'une même source."
        )
    walls = {path.stem.removeprefix("wall_"): pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths}
    for name, wall in walls.items():
        missing = sorted(set(COLUMNS) - set(wall.columns))
        if missing:
            raise UsageError(f"wall_{name}.csv n'a pas les colonnes {', '.join(missing)}.")
    return walls


def sources_of(walls: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Where each wall comes from (its column `repo`, else itself): those of one source are set aside together.

    Raises
    ------
    UsageError : all come from one.
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
    alike = meaning.alike(texts, topics, headings)
    return [topics, meaning.vectors(headings), alike, meaning.vectors(under_headings(texts, headings))]


def _drawn(wall: pd.DataFrame) -> Iterator[tuple[str, Labels]]:
    """The rows of each axis, then those of its small walls: a table alone has no more."""
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
    points = blend(represent(texts, meanings, SEED)[0])
    rows = part["place"].to_numpy(dtype=np.int64)
    places = rows if way.order else None
    pairs = pairs_of(Ideas(texts, headings, topics, of_headings, meanings, points, places, under, axis))
    columns, stacks = (pd.factorize(part[level])[0] for level in ("issue", "same"))
    return Sorted(name, axis, way, pairs, columns, stacks, tuple(headings), tuple(texts), topics, rows)


def read_decided(
    name: str, items: pd.DataFrame, answers: Sequence[tuple[int, int, bool]], meanings: Sequence[Meaning]
) -> list[Sorted]:
    """Each axis of a review in every way but its order, of which no decision tells.

    Parameters
    ----------
    items : columns of a wall, `issue` being the reviewed group (the item itself when it is in none), `is_settled`,
        whether a person decided about that group, and `is_placed`, whether she put the item there herself.
    answers : rows of two items, and whether they go together.
    """
    found = (one for one in read_walls({name: items}, meanings) if not one.way.order)
    with_told = (replace(one, told=_told(one, items, answers)) for one in found)
    return [one for one in with_told if one.told is not None and one.told.any()]


def _told(one: Sorted, items: pd.DataFrame, answers: Sequence[tuple[int, int, bool]]) -> npt.NDArray[np.bool_]:
    """Which candidate pairs a person told about.

    Both ideas are in groups that she settled, or one that she placed stands beside the other; an answer tells only when
    the groups follow it.
    """
    settled, placed = (items[name].to_numpy(dtype=bool)[one.rows] for name in ("is_settled", "is_placed"))
    first, second = one.pairs.one, one.pairs.other
    told = (settled[first] & settled[second]) | ((placed[first] | placed[second]) & one.together)
    said = {tuple(sorted((a, b))): value for a, b, value in answers}
    ends = zip(one.rows[first].tolist(), one.rows[second].tolist(), strict=True)
    values = [said.get((min(a, b), max(a, b))) for a, b in ends]
    followed = [value is not None and value == known for value, known in zip(values, one.together, strict=True)]
    return np.asarray(told | np.array(followed, dtype=bool), dtype=np.bool_)
