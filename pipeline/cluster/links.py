"""Obstacles and what would answer them: an action about the same object, or a resource that exists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.representation import unit_rows
from pipeline.language.words import content_stems

THRESHOLD = 0.5
N_ANSWERS_MAX = 5
_BATCH = 1_024


def find_links(
    obstacles: pd.DataFrame, answers: pd.DataFrame, points: npt.NDArray[np.float32], texts: Sequence[str]
) -> pd.DataFrame:
    """The table `links`: for each obstacle, at most `N_ANSWERS_MAX` answers above `THRESHOLD`, best first.

    Parameters
    ----------
    obstacles, answers : item_id and row (into `points` and `texts`) of the est items, and of the sud and nord items.
    """
    rows: list[tuple[str, str, float]] = []
    stems = {row: frozenset(content_stems(texts[row])) for row in [*obstacles["row"], *answers["row"]]}
    answer_rows = answers["row"].to_numpy()
    answer_points = unit_rows(points[answer_rows])
    answer_ids = answers["item_id"].tolist()
    for start in range(0, len(obstacles), _BATCH):
        part = obstacles.iloc[start : start + _BATCH]
        likeness = unit_rows(points[part["row"].to_numpy()]) @ answer_points.T
        best = np.argsort(-np.round(likeness, 5), axis=1, kind="stable")[:, : 4 * N_ANSWERS_MAX]
        for line, (item, row) in enumerate(zip(part["item_id"], part["row"], strict=True)):
            found = [
                (score, answer_ids[column])
                for column in best[line]
                if (score := _score(float(likeness[line, column]), stems[row], stems[answer_rows[column]])) >= THRESHOLD
            ]
            rows += [
                (item, answer, score) for score, answer in sorted(found, key=lambda x: (-x[0], x[1]))[:N_ANSWERS_MAX]
            ]
    return pd.DataFrame(rows, columns=["obstacle_item_id", "answer_item_id", "score"])


def _score(likeness: float, one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other) / max(1, min(len(one), len(other)))
    return round(min(1.0, max(0.0, 0.9 * likeness + 0.4 * shared)), 4)
