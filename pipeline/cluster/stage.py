"""The cluster stage: recurring ideas inside each axis, what they are about, and what answers what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES, EST, NORD, SUD
from pipeline.cluster.describe import describe_groups, group_id
from pipeline.cluster.grouping import Partition, partition
from pipeline.cluster.likeness import Likeness
from pipeline.cluster.links import find_links
from pipeline.cluster.representation import centred
from pipeline.cluster.stance import CON, PRO, UNKNOWN, stance_of
from pipeline.cluster.ties import find_ties
from pipeline.config import Config
from pipeline.execution import Executor, LocalExecutor
from pipeline.language.encoders import Embeddings
from pipeline.schemas import empty, validate
from pipeline.vectors import ChosenRows

N_OBSTACLES_READ, N_ANSWERS_DRAWN = 20_000, 100_000
"""Items that are linked at most: those of the smallest ids, which are hashes, hence drawn evenly from the corpus."""
N_FOR_PROCESSES = 10_000, 250_000
"""Below, a process takes longer to start than the axes to be grouped; above, two axes at once take too much memory."""


@dataclass(frozen=True)
class ClusterResult:
    """Frames of the schemas `groups`, `memberships`, `themes`, `links`, and sentences for the person who ran it."""

    groups: pd.DataFrame
    memberships: pd.DataFrame
    themes: pd.DataFrame
    links: pd.DataFrame
    warnings: tuple[str, ...]


def cluster(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    tags: pd.DataFrame,
    embeddings: Embeddings,
    workshop_tables: pd.DataFrame,
    config: Config,
    likeness: Likeness,
    ideas: npt.NDArray[np.float16] | None = None,
    executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
) -> ClusterResult:
    """Group every nord, est, sud and ouest item inside its axis; every one has a row in `memberships`.

    Parameters
    ----------
    likeness : what makes two texts say the same thing, above their vectors.
    ideas : vectors of what each item says, in the order of `items`, shape (n, d); none when d is 0.
    executor : where the axes of a large corpus are grouped; it moves no digit.
    """
    sources, vectors = _compass_items(items, contributions, tags, embeddings)
    if sources.empty:
        return ClusterResult(empty("groups"), empty("memberships"), empty("themes"), empty("links"), ())
    sources["tied_to"] = sources["item_id"].map(find_ties(sources, vectors)).astype("string[pyarrow]")
    sources["stance"] = [
        stance_of(text, axis == SUD) for text, axis in zip(sources["text"], sources["axis"], strict=True)
    ]
    declared, subjects = _subjects(workshop_tables, config)
    told = _told(sources, declared, subjects)
    said = _ideas_of(sources, items, ideas)
    meanings = likeness(vectors, said)
    partitions = _partitions(sources, meanings, told, config.graine, executor)
    sources = _labelled(sources, partitions)
    sources["stance"] = _with_proposals(sources)
    with _where(executor, len(sources)).beside(link, _linked(sources, vectors, config.graine)) as links:
        groups, themes = describe_groups(sources, vectors, declared, subjects)
        found = links()
    memberships = sources[["item_id", "group_id", "strength", "stance", "tied_to"]]
    return ClusterResult(
        validate("groups", groups),
        validate("memberships", memberships),
        validate("themes", themes),
        validate("links", found),
        (),
    )


@dataclass(frozen=True)
class AxisTexts:
    """The texts of one axis on their way to a process: see `partition`."""

    texts: list[str]
    vectors: npt.NDArray[np.float16]
    seed: int
    leads: npt.NDArray[np.int64]
    subjects: npt.NDArray[np.int64]


def group_axis(batch: AxisTexts) -> Partition:
    """The groups of one axis."""
    return partition(batch.texts, batch.vectors, batch.seed, batch.leads, batch.subjects)


def _partitions(
    sources: pd.DataFrame,
    meanings: npt.NDArray[np.float16],
    told: npt.NDArray[np.int64],
    seed: int,
    executor: Executor,
) -> dict[str, Partition]:
    """The groups of each axis that has items."""
    parts = {axis: part for axis in COMPASS_CODES if len(part := sources[sources["axis"] == axis])}
    batches = (
        AxisTexts(part["text"].tolist(), meanings[part.index], seed, _leads(part), told[part.index])
        for part in parts.values()
    )
    found = _where(executor, len(sources)).map(group_axis, batches)
    return dict(zip(parts, found, strict=True))


def _where(executor: Executor, n_items: int) -> LocalExecutor:
    """Processes of this machine when they are worth it, else this one."""
    if isinstance(executor, LocalExecutor) and N_FOR_PROCESSES[0] <= n_items <= N_FOR_PROCESSES[1]:
        return executor
    return LocalExecutor()


def _compass_items(
    items: pd.DataFrame, contributions: pd.DataFrame, tags: pd.DataFrame, embeddings: Embeddings
) -> tuple[pd.DataFrame, np.ndarray]:
    """The items of the four axes with their sources, sorted by id, and their vectors in that order, left on disk."""
    where = ["contribution_id", "source", "channel", "voice", "table", "workshop", "attributes"]
    sources = (
        items[["item_id", "contribution_id", "text"]]
        .merge(tags[["item_id", "axis", "facet", "status"]], on="item_id")
        .merge(contributions[where], on="contribution_id")
    )
    sources = sources[sources["axis"].isin(COMPASS_CODES)].sort_values("item_id").reset_index(drop=True)
    rows = pd.Series(np.arange(len(embeddings.item_ids)), index=embeddings.item_ids)
    of_items = embeddings.text_rows[rows.loc[sources["item_id"]].to_numpy(dtype=np.int64)]
    return sources, _rows_of(embeddings.vectors, of_items)


def _rows_of(matrix: Any, rows: Any) -> np.ndarray:
    """Rows of a matrix, copied only as far as they are asked for; a million ideas have a gigabyte of vectors."""
    return cast(np.ndarray, ChosenRows(matrix, np.asarray(rows)))


def _ideas_of(
    sources: pd.DataFrame, items: pd.DataFrame, ideas: npt.NDArray[np.float16] | None
) -> npt.NDArray[np.float16] | None:
    if ideas is None or ideas.shape[1] == 0:
        return None
    rows = pd.Series(np.arange(len(items)), index=items["item_id"])
    return np.asarray(ideas[rows.loc[sources["item_id"]].to_numpy(dtype=np.int64)])


def _subjects(workshop_tables: pd.DataFrame, config: Config) -> tuple[list[str], dict[tuple[str, str], str]]:
    """The themes asked for: those of the configuration, else the subjects that the tables declared, in their order."""
    if config.cluster.themes:
        return list(config.cluster.themes), {}
    named = workshop_tables.dropna(subset=["sujet"])
    subjects = {
        (str(row.workshop), str(row.table)): str(row.sujet) for row in named.itertuples() if str(row.sujet).strip()
    }
    return list(dict.fromkeys(subjects.values())), subjects


def _told(sources: pd.DataFrame, declared: list[str], subjects: dict[tuple[str, str], str]) -> npt.NDArray[np.int64]:
    """The number of the subject that each item's table declared, −1 for none."""
    if not subjects:
        return np.full(len(sources), -1, dtype=np.int64)
    number = {title: place for place, title in enumerate(declared)}
    titles = (
        None if pd.isna(table) else subjects.get((workshop, table))
        for workshop, table in zip(sources["workshop"], sources["table"], strict=True)
    )
    return np.array([-1 if title is None else number[title] for title in titles], dtype=np.int64)


def _leads(part: pd.DataFrame) -> npt.NDArray[np.int64]:
    places = {item: place for place, item in enumerate(part["item_id"])}
    return np.array(
        [
            places[item] if pd.isna(lead) else places[lead]
            for item, lead in zip(part["item_id"], part["tied_to"], strict=True)
        ],
        dtype=np.int64,
    )


def _labelled(sources: pd.DataFrame, partitions: dict[str, Partition]) -> pd.DataFrame:
    labelled = sources.assign(group_id=pd.Series(pd.NA, index=sources.index, dtype="string[pyarrow]"), strength=0.0)
    for axis, found in partitions.items():
        rows = labelled.index[labelled["axis"] == axis]
        ids = [group_id(axis, str(labelled.at[rows[medoid], "item_id"])) for medoid in found.medoids]
        labelled.loc[rows, "strength"] = found.strengths
        labelled.loc[rows, "group_id"] = [ids[label] if label >= 0 else pd.NA for label in found.labels]
    return labelled


def _with_proposals(sources: pd.DataFrame) -> pd.Series:
    """In a group of sud where someone is against, whoever makes the proposal is for it."""
    disputed = sources.loc[sources["stance"].eq(CON), "group_id"].dropna()
    proposes = sources["axis"].eq(SUD) & sources["group_id"].isin(disputed) & sources["stance"].eq(UNKNOWN)
    return sources["stance"].where(~proposes, PRO)


@dataclass(frozen=True)
class LinkTexts:
    """The obstacles and answers of a corpus on their way to a process; `row` is into `vectors` and `texts`."""

    obstacles: pd.DataFrame
    answers: pd.DataFrame
    vectors: ChosenRows
    texts: list[str]
    seed: int


def link(batch: LinkTexts) -> pd.DataFrame:
    """The table `links`."""
    if batch.obstacles.empty or batch.answers.empty:
        return empty("links")
    points = centred(batch.vectors[:].astype(np.float32))
    return find_links(batch.obstacles, batch.answers, points, batch.texts, batch.seed)


def _linked(sources: pd.DataFrame, vectors: np.ndarray, seed: int) -> LinkTexts:
    """What is linked: items whose axis is sure, disagreements aside, which are told by stances."""
    rows = sources[["item_id", "axis"]].assign(row=np.arange(len(sources)))
    is_told = sources["facet"].ne("tension").fillna(True) | rows["axis"].ne(EST)
    rows = rows[is_told & sources["status"].eq("sur")]
    obstacles = rows[rows["axis"] == EST].head(N_OBSTACLES_READ)
    answers = rows[rows["axis"].isin((SUD, NORD))].head(N_ANSWERS_DRAWN)
    kept = np.arange(len(sources))
    if len(sources) > N_OBSTACLES_READ + N_ANSWERS_DRAWN:
        kept = np.sort(np.concatenate([obstacles["row"], answers["row"]]))
    obstacles, answers = (part.assign(row=np.searchsorted(kept, part["row"])) for part in (obstacles, answers))
    return LinkTexts(obstacles, answers, ChosenRows(vectors, kept), sources["text"].iloc[kept].tolist(), seed)
