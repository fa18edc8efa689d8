"""The cluster stage: recurring ideas inside each axis, what they are about, and what answers what."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES, EST, NORD, SUD
from pipeline.cluster.grouping import Partition, partition
from pipeline.cluster.links import find_links
from pipeline.cluster.recurrence import measure_spread
from pipeline.cluster.representation import centred
from pipeline.cluster.stance import holds_both, stance_of
from pipeline.cluster.themes import Themes, find_themes, theme_id
from pipeline.cluster.ties import find_ties
from pipeline.cluster.titles import GroupTexts, Title, title_groups
from pipeline.cluster.topics import describe
from pipeline.config import Config
from pipeline.language.encoders import Embeddings
from pipeline.schemas import empty, validate

N_EXEMPLARS = 5


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
) -> ClusterResult:
    """Group every nord, est, sud and ouest item inside its axis; every one has a row in `memberships`."""
    sources, vectors = _compass_items(items, contributions, tags, embeddings)
    if sources.empty:
        return ClusterResult(empty("groups"), empty("memberships"), empty("themes"), empty("links"), ())
    sources["tied_to"] = sources["item_id"].map(find_ties(sources, vectors)).astype("string[pyarrow]")
    sources["stance"] = [stance_of(text) for text in sources["text"]]
    partitions = {
        axis: partition(part["text"].tolist(), vectors[part.index], config.graine, _leads(part))
        for axis in COMPASS_CODES
        if len(part := sources[sources["axis"] == axis])
    }
    sources = _labelled(sources, partitions)
    groups, themes = _describe_groups(sources, vectors)
    links = _link(sources, vectors)
    memberships = sources[["item_id", "group_id", "strength", "stance", "tied_to"]]
    return ClusterResult(
        validate("groups", groups),
        validate("memberships", memberships),
        validate("themes", themes),
        validate("links", links),
        (),
    )


def _compass_items(
    items: pd.DataFrame, contributions: pd.DataFrame, tags: pd.DataFrame, embeddings: Embeddings
) -> tuple[pd.DataFrame, np.ndarray]:
    """The items of the four axes with their sources, sorted by id, and their vectors in that order."""
    where = ["contribution_id", "source", "channel", "voice", "table", "workshop", "attributes"]
    sources = (
        items[["item_id", "contribution_id", "text"]]
        .merge(tags[["item_id", "axis", "facet", "status"]], on="item_id")
        .merge(contributions[where], on="contribution_id")
    )
    sources = sources[sources["axis"].isin(COMPASS_CODES)].sort_values("item_id").reset_index(drop=True)
    rows = pd.Series(np.arange(len(embeddings.item_ids)), index=embeddings.item_ids)
    return sources, embeddings.text_vectors[rows.loc[sources["item_id"]].to_numpy(dtype=np.int64)]


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
        ids = [_group_id(axis, str(labelled.at[rows[medoid], "item_id"])) for medoid in found.medoids]
        labelled.loc[rows, "strength"] = found.strengths
        labelled.loc[rows, "group_id"] = [ids[label] if label >= 0 else pd.NA for label in found.labels]
    return labelled


def _group_id(axis: str, medoid: str) -> str:
    return "g-" + hashlib.sha256(f"{axis}\t{medoid}".encode()).hexdigest()[:12]


def _describe_groups(sources: pd.DataFrame, vectors: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    grouped = sources.dropna(subset=["group_id"])
    ids = list(dict.fromkeys(grouped["group_id"]))
    if not ids:
        return empty("groups"), empty("themes")
    number = {group: index for index, group in enumerate(ids)}
    labels = grouped["group_id"].map(number).to_numpy(dtype=np.int64)
    points = centred(np.asarray(vectors, dtype=np.float32))[grouped.index]
    centres = np.zeros((len(ids), points.shape[1]), dtype=np.float32)
    np.add.at(centres, labels, points)
    keywords = describe(grouped["text"].tolist(), labels, centres)
    sizes = np.bincount(labels).tolist()
    themes = find_themes(centres, keywords, sizes)
    central = grouped.sort_values(["strength", "item_id"], ascending=[False, True])
    members = {str(group): part for group, part in central.groupby("group_id", sort=False)}
    titles = title_groups([_texts(members[group]) for group in ids])
    rows = [
        _group_row(group, members[group], keywords[index], titles[index], themes, index)
        for index, group in enumerate(ids)
    ]
    return pd.DataFrame(rows), _theme_rows(themes)


def _texts(members: pd.DataFrame) -> GroupTexts:
    return GroupTexts(
        str(members["axis"].iloc[0]),
        members["text"].tolist(),
        (members["channel"] == "transcript").tolist(),
        holds_both(members["stance"].tolist()),
    )


def _group_row(
    group: str, members: pd.DataFrame, keywords: list[str], title: Title, themes: Themes, index: int
) -> dict[str, object]:
    spread = measure_spread(members)
    return {
        "group_id": group,
        "axis": members["axis"].iloc[0],
        "theme_id": theme_id(themes.titles[themes.of_groups[index]]),
        "title": title.text,
        "question": title.question if title.question is not None else pd.NA,
        "keywords": keywords,
        "n_items": spread.n_items,
        "n_ideas": spread.n_ideas,
        "n_voices": spread.n_voices if spread.n_voices is not None else pd.NA,
        "n_tables": spread.n_tables,
        "n_workshops": spread.n_workshops,
        "n_channels": spread.n_channels,
        "recurrence": spread.recurrence,
        "cohesion": round(float(members["strength"].mean()), 4),
        "reason": f"Mots partagés : {', '.join(keywords[:3])}.",
        "exemplars": members["item_id"].head(N_EXEMPLARS).tolist(),
    }


def _theme_rows(themes: Themes) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "theme_id": [theme_id(title) for title in themes.titles],
            "title": themes.titles,
            "position": range(len(themes.titles)),
            "keywords": themes.keywords,
        }
    )


def _link(sources: pd.DataFrame, vectors: np.ndarray) -> pd.DataFrame:
    rows = sources[["item_id", "axis"]].assign(row=np.arange(len(sources)))
    obstacles, answers = rows[rows["axis"] == EST], rows[rows["axis"].isin((SUD, NORD))]
    if obstacles.empty or answers.empty:
        return empty("links")
    return find_links(obstacles, answers, centred(np.asarray(vectors, dtype=np.float32)), sources["text"].tolist())
