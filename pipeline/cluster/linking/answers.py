"""Which answers each obstacle gets: the best of the nearest ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import EST, NORD, SUD
from pipeline.cluster.linking.signs import ANSWERS, answer_score, load_weights, read_text
from pipeline.cluster.rows import Matrix, centred
from pipeline.config import LinksConfig
from pipeline.contracts.checks import empty, is_among
from pipeline.folder.vectors import ChosenRows

N_READ = 20_000
"""Obstacles, and answers, that are linked at most: those of the smallest ids, which are hashes, hence drawn evenly."""


@dataclass(frozen=True)
class LinkTexts:
    """The obstacles and answers of a corpus on their way to a process; `row` is into `vectors` and `texts`."""

    obstacles: pd.DataFrame
    answers: pd.DataFrame
    vectors: ChosenRows
    texts: list[str]
    limits: LinksConfig


def link(batch: LinkTexts) -> pd.DataFrame:
    """The table `links`."""
    if batch.obstacles.empty or batch.answers.empty:
        return empty("links")
    points = centred(batch.vectors[:].astype(np.float32))
    return choose_answers(batch.obstacles, batch.answers, points, batch.texts, batch.limits)


def told_rows(sources: pd.DataFrame) -> pd.DataFrame:
    """item_id, contribution_id, axis and row of the items that may be linked: their axis is sure, and who objects to a
    proposal asks for no answer."""
    rows = sources[["item_id", "contribution_id", "axis"]].assign(row=np.arange(len(sources)))
    is_told = sources["facet"].ne("tension").fillna(True) | rows["axis"].ne(EST)
    return rows[is_told & sources["status"].eq("sur")]


def to_link(sources: pd.DataFrame, vectors: np.ndarray, limits: LinksConfig) -> LinkTexts:
    """What is linked in a whole corpus."""
    rows = told_rows(sources)
    obstacles = rows[rows["axis"] == EST].head(N_READ)
    answers = rows[rows["axis"].isin((SUD, NORD))].head(N_READ)
    kept = np.arange(len(sources))
    if len(sources) > 2 * N_READ:
        kept = np.sort(np.concatenate([obstacles["row"], answers["row"]]))
    obstacles, answers = (part.assign(row=np.searchsorted(kept, part["row"])) for part in (obstacles, answers))
    return LinkTexts(obstacles, answers, ChosenRows(vectors, kept), sources["text"].iloc[kept].tolist(), limits)


def values_of(sources: pd.DataFrame, column: str, links: pd.DataFrame) -> dict[str, str]:
    """What a column says of the items at the ends of links."""
    ends = pd.concat([links["from_item"], links["to_item"]])
    rows = sources[is_among(sources["item_id"], ends)].dropna(subset=[column])
    return dict(zip(rows["item_id"], rows[column], strict=True))


N_CANDIDATES = 24
"""Answers looked at for an obstacle, the nearest ones: an answer shares words or meaning with what it answers."""
_BATCH = 1_024
"""Obstacles whose likeness to all answers is held at once."""


def choose_answers(
    obstacles: pd.DataFrame,
    answers: pd.DataFrame,
    points: Matrix,
    texts: Sequence[str],
    limits: LinksConfig,
) -> pd.DataFrame:
    """The table `links`: for each obstacle, at most `limits.reponses_max` answers from `limits.seuil` on, best first.

    Parameters
    ----------
    obstacles, answers : item_id, contribution_id and row (into `points` and `texts`) of the est items, and of the sud
        and nord items; nobody answers herself, in one contribution.
    points : centred sentence vectors, shape (n, d), unit rows.
    """
    kind = load_weights()[ANSWERS]
    readings = {row: read_text(texts[row]) for row in sorted({*obstacles["row"], *answers["row"]})}
    answer_rows = answers["row"].to_numpy()
    answer_ids, of = answers["item_id"].tolist(), answers["contribution_id"].tolist()
    found: list[tuple[str, str, float]] = []
    for start in range(0, len(obstacles), _BATCH):
        part = obstacles.iloc[start : start + _BATCH]
        likeness = np.round(points[part["row"].to_numpy()] @ points[answer_rows].T, 4)
        for line, (item, own, row) in enumerate(part[["item_id", "contribution_id", "row"]].itertuples(index=False)):
            scored = []
            for column in _nearest(likeness[line]):
                if of[column] == own:
                    continue
                answer = readings[answer_rows[column]]
                score = answer_score(readings[row], answer, float(likeness[line, column]), kind.weights)
                scored.append((-score, answer_ids[column]))
            best = sorted(scored)[: limits.reponses_max]
            found += [(item, answer, -score) for score, answer in best if -score >= limits.seuil]
    links = pd.DataFrame(found, columns=["to_item", "from_item", "score"])
    return links[["from_item", "to_item"]].assign(
        kind=ANSWERS, score=links["score"], is_told=links["score"] >= kind.told
    )


def _nearest(likeness: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """The columns of the highest values; equal values are all taken or broken by place."""
    if len(likeness) <= N_CANDIDATES:
        return np.arange(len(likeness))
    cut = np.partition(likeness, -N_CANDIDATES)[-N_CANDIDATES]
    return np.flatnonzero(likeness >= cut)[: 2 * N_CANDIDATES]
