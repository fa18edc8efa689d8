"""What one workshop lacks and another one has or proposes: links between workshops, by the model of links in a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import EST, NORD, SUD
from pipeline.cluster.linking.answers import choose_answers
from pipeline.cluster.rows import centred
from pipeline.config import LinksConfig
from pipeline.restitution.material.model import Item


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
    return _best(found)


def _best(found: Sequence[Elsewhere]) -> list[Elsewhere]:
    """The surest link of each two columns."""
    best: dict[tuple[str, str], Elsewhere] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.obstacle_item, one.answer_item)):
        best.setdefault((one.obstacle, one.answer), one)
    return list(best.values())
