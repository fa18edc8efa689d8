"""Columns (groups, and ideas that stand alone) of several workshops: which are near, and what answers what.

Nearness is that of the model that makes groups inside one workshop: as if their walls stood side by side, and a person
looked for columns of one that she would have put with a column of the other. Two columns are as near as the mean chance
of their pairs of ideas, and clear of their rivals by so much: a column that might as well go with another one, of its
own workshop or of the other, is no match. How often matches are right is measured on walls cut in two that the model
never saw, and on written ones (`tests/bench/programme.py`); what was found is in `models/pairs/across.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES, EST, NORD, SUD
from pipeline.cluster.grouping.likeness import Likeness, load_likeness
from pipeline.cluster.grouping.partition import is_thin
from pipeline.cluster.grouping.space import blend, represent
from pipeline.cluster.linking.answers import choose_answers
from pipeline.cluster.pairs import PAIRS, Ideas, PairModel, load_pairs, pairs_of
from pipeline.cluster.rows import centred
from pipeline.config import Config, LinksConfig
from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import IDEAS
from pipeline.programme.workshops import RunRead, Workshop, following
from pipeline.restitution.material.kinship import is_sure
from pipeline.restitution.material.model import Group, Item

N_READ = 8
"""Members of a group that are read, the most central ones."""
N_POOL = 4_000
"""Ideas of an axis that are compared, over all workshops, each having an equal part: time does not grow beyond."""


@dataclass(frozen=True)
class Column:
    """A group of a workshop, or an idea alone: the whole of what is matched.

    Attributes
    ----------
    items : the most central first.
    owner : the group of the run that it is a part of; parts of one group are one.
    is_vouched : whether people made it, accepted it or called it.
    """

    column_id: str
    workshop: str
    axis: str
    items: tuple[Item, ...]
    group: Group | None
    owner: str
    is_vouched: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether it is one idea, that nobody repeated there."""
        return self.group is None


def columns_of(workshop: Workshop) -> list[Column]:
    """The columns of a workshop: groups by recurrence, then sure ideas that stand alone, the surest first."""
    material = workshop.material
    groups = [group for axis in COMPASS_CODES for group in material.groups_of(axis)]
    groups.sort(key=lambda group: (-round(group.recurrence, 3), group.group_id))
    alone = [item for item in material.signals if is_sure(item) and not item.tied_to and not is_thin(item.text)]
    alone.sort(key=lambda item: (-item.votes, -round(item.confidence, 2), item.item_id))
    found = [
        Column(
            g.group_id, workshop.key, g.axis, g.members, g, workshop.owners[g.group_id], g.group_id in workshop.vouched
        )
        for g in groups
    ]
    return found + [
        Column(item.item_id, workshop.key, item.axis, (item,), None, workshop.owners.get(item.item_id, ""))
        for item in alone
    ]


def pool_of(columns: Sequence[Column], axis: str) -> tuple[list[tuple[Column, Item]], int]:
    """The ideas of an axis that are read, each with its column, and how many columns there was no room for."""
    here = [column for column in columns if column.axis == axis]
    n_each = N_POOL // max(1, len({column.workshop for column in here}))
    taken: dict[str, int] = {}
    pool: list[tuple[Column, Item]] = []
    n_left = 0
    for column in here:
        members = column.items[:N_READ]
        if taken.get(column.workshop, 0) + len(members) > n_each:
            n_left += 1
            continue
        taken[column.workshop] = taken.get(column.workshop, 0) + len(members)
        pool += [(column, item) for item in members]
    return pool, n_left


Vectors = npt.NDArray[np.float16]


def check_same_models(runs: Sequence[RunRead], likeness: Likeness) -> None:
    """Nothing when the runs were read by the models of today; else `ArtifactError`: their vectors say other things."""
    axes: dict[Path, dict[str, str]] = {}
    for run in runs:
        path = run.folder.path
        if run.folder.embeddings.load().encoder_sha256 != likeness.topics_sha256:
            raise ArtifactError(
                f"{path} a été lu par une autre version de Rosace : ses idées ne se comparent pas aux autres. "
                "Relancez « rosace synthesize » sur cet atelier : vos décisions sont gardées."
            )
        models: dict[str, str] = run.folder.load_manifest()["stages"].get("classify", {}).get("models", {})
        axes[path] = {name: sha for name, sha in models.items() if name.startswith("axes/")}
    known = {name: sha for models in axes.values() for name, sha in models.items()}
    for path, models in axes.items():
        if any(known[name] != sha for name, sha in models.items()):
            raise ArtifactError(
                f"{path} et les autres n'ont pas été lus par la même version du modèle des axes : leurs idées ne se "
                "comparent pas. Relancez « rosace synthesize » sur chaque atelier : vos décisions sont gardées."
            )


def rows_of(run: RunRead, items: Sequence[str]) -> tuple[Vectors, Vectors | None]:
    """Vectors of topics of some ideas of a run (by their ids there), and of what is said, None in `rapide`."""
    embeddings = run.folder.embeddings.load()
    places = {item: row for row, item in enumerate(embeddings.item_ids.tolist())}
    rows = np.array([places[item] for item in items], dtype=np.int64)
    said = run.folder.load_matrix(IDEAS)
    return embeddings.texts(rows), np.asarray(said[rows]) if said.shape[1] else None


def meanings_of(likeness: Likeness, topics: Vectors, said: Sequence[Vectors | None]) -> Vectors:
    """What the ideas of all runs mean, shape (n, k): by their topics alone as soon as one run has nothing else."""
    sides = [side for side in said if side is not None]
    return likeness(topics, np.vstack(sides) if len(sides) == len(said) else None)


SAID = 0.45, 0.20
"""Chance, and how clear of rivals, from which two groups are said to be one without anyone: few are, four in five of
them right where people vouch for both (`models/pairs/across.json`). Of groups that a machine made alone, hardly any is
right: they hold together by the very errors that would bring them together."""
ASKED = ((0.30, 0.05), (0.50, 0.20), (0.60, 0.25))
"""The same from which a person is asked of two groups, of a group and an idea alone, of two ideas alone."""
SEED = 20
ACROSS = PAIRS.path / "across.json"


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
    topics, meanings : shapes (n, d) and (n, k), see `pipeline.cluster.pairs.Ideas`.
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


class Elsewhere(NamedTuple):
    """An obstacle of a workshop, and an idea of another one that might answer it: columns, then ideas.

    `said` is whether a person found it right, None when nobody said.
    """

    obstacle: str
    answer: str
    obstacle_item: str
    answer_item: str
    score: float
    said: bool | None = None


def answers_elsewhere(
    items: Sequence[Item],
    topics: npt.NDArray[np.float16],
    columns: Mapping[str, str],
    limits: LinksConfig,
    seed: int,
) -> list[Elsewhere]:
    """The answers surely enough told for a run to tell them, the best of each two columns, the surest first.

    Parameters
    ----------
    items : those that are compared, of every axis. topics : their vectors, shape (n, d).
    columns : idea → its column.
    """
    rows = pd.DataFrame(
        {
            "item_id": [item.item_id for item in items],
            "contribution_id": [item.contribution_id for item in items],
            "axis": [item.axis for item in items],
            "facet": [item.facet for item in items],
            "workshop": [item.workshop for item in items],
            "row": np.arange(len(items)),
        }
    )
    texts, found = [item.text for item in items], list[Elsewhere]()
    points = centred(np.asarray(topics, dtype=np.float32))
    obstacles = rows[(rows["axis"] == EST) & (rows["facet"] != "tension")]
    answers = rows[rows["axis"].isin((SUD, NORD))]
    for workshop, own in obstacles.groupby("workshop", sort=True):
        others = answers[answers["workshop"] != workshop]
        if len(others):
            links = choose_answers(own, others, points, texts, limits, seed)
            told = links[links["is_told"]]
            found += [
                Elsewhere(columns[to], columns[of], to, of, round(float(score), 4))
                for of, to, score in told[["from_item", "to_item", "score"]].itertuples(index=False)
            ]
    best: dict[tuple[str, str], Elsewhere] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.obstacle_item, one.answer_item)):
        best.setdefault((one.obstacle, one.answer), one)
    return list(best.values())


Read = Sequence[tuple[Column, Item]]


@dataclass(frozen=True)
class Matched:
    """What the machine found.

    Attributes
    ----------
    columns : of every workshop, by id.
    near : pairs of one axis. became : see `pipeline.programme.reading.Reading`. n_left : columns left out.
    """

    columns: Mapping[str, Column]
    near: tuple[Near, ...]
    became: tuple[Near, ...]
    elsewhere: tuple[Elsewhere, ...]
    n_left: int


def matched(runs: Sequence[RunRead], workshops: Sequence[Workshop], config: Config) -> Matched:
    """The columns of workshops, and which are near."""
    columns = [column for workshop in workshops for column in columns_of(workshop)]
    by_id = {column.column_id: column for column in columns}
    read: list[tuple[Column, Item]] = []
    n_left = 0
    for axis in COMPASS_CODES:
        pool, left = pool_of(columns, axis)
        read += pool
        n_left += left
    if not read:
        return Matched(by_id, (), (), (), n_left)
    side = _Side(read, *_vectors(runs, [item for _, item in read]))
    near = [one for axis in COMPASS_CODES for one in side.near(axis, lambda column, axis=axis: column.axis == axis)]
    became = [one for first, last in following(workshops) for one in _became(side, first, last, by_id)]
    holders = {item.item_id: column.column_id for column, item in read}
    limits, seed = config.cluster.liens, config.graine
    elsewhere = answers_elsewhere([item for _, item in read], side.topics, holders, limits, seed)
    return Matched(by_id, tuple(sorted(near, key=in_order)), tuple(became), tuple(elsewhere), n_left)


@dataclass(frozen=True)
class _Side:
    """The ideas that are read, each with its column, their vectors of topics and their meanings."""

    read: Read
    topics: Any
    meanings: Any

    def near(self, axis: str, is_read: Any) -> list[Near]:
        """Near columns among those that are read, as on an axis."""
        rows = [row for row, (column, _) in enumerate(self.read) if is_read(column)]
        ids, homes = [self.read[row][0].column_id for row in rows], [self.read[row][0].workshop for row in rows]
        texts = [self.read[row][1].text for row in rows]
        return near_columns(Pool(axis, texts, ids, homes, self.topics[rows], self.meanings[rows]), load_pairs())


def _became(side: _Side, first: Workshop, last: Workshop, columns: Mapping[str, Column]) -> list[Near]:
    """Groups of proposals of a workshop, each with the resources of the next that may be what was proposed."""
    wanted = {(first.key, SUD), (last.key, NORD)}
    vouched = {key: column.is_vouched for key, column in columns.items()}
    found = side.near(SUD, lambda column: (column.workshop, column.axis) in wanted)
    told = (one for one in found if is_match(one, vouched))
    return [one if columns[one.one].axis == SUD else one._replace(one=one.other, other=one.one) for one in told]


def _vectors(runs: Sequence[RunRead], items: Sequence[Item]) -> tuple[Any, Any]:
    """Vectors of topics of ideas of several runs, and what they mean beside one another."""
    homes = {workshop.key: run.key for run in runs for workshop in run.workshops}
    topics: Any = None
    said = []
    order: list[int] = []
    for run in runs:
        rows = [row for row, item in enumerate(items) if homes[item.workshop] == run.key]
        if not rows:
            continue
        own, other = rows_of(run, [items[row].item_id.removeprefix(f"{items[row].workshop}/") for row in rows])
        topics = own if topics is None else np.vstack([topics, own])
        said.append(other)
        order += rows
    back = np.argsort(np.array(order))
    likeness = load_likeness()
    return topics[back], meanings_of(likeness, topics, said)[back]
