"""What the groups are about, across axes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.cluster.representation import centred

N_THEMES_MAX = 12


@dataclass(frozen=True)
class Themes:
    """`of_groups`: the theme of each group (row of `titles`); `titles` and `keywords` in the order of `position`."""

    of_groups: npt.NDArray[np.int64]
    titles: list[str]
    keywords: list[list[str]]


def theme_id(title: str) -> str:
    """A stable id from the title."""
    return "t-" + hashlib.sha256(title.encode()).hexdigest()[:12]


def find_themes(centres: npt.NDArray[np.float32], keywords: Sequence[Sequence[str]], sizes: Sequence[int]) -> Themes:
    """Themes as clusters of groups, largest first, titled by the keyword that most of their groups share."""
    if not len(centres):
        return Themes(np.zeros(0, dtype=np.int64), [], [])
    labels = _cut(centres)
    weight = np.bincount(labels, weights=np.asarray(sizes, dtype=float))
    order = np.argsort(-weight, kind="stable")
    titles: list[str] = []
    words: list[list[str]] = []
    rank = np.empty(len(order), dtype=np.int64)
    for position, label in enumerate(order):
        members = np.flatnonzero(labels == label)
        votes: dict[str, float] = {}
        for group in members:
            for place, keyword in enumerate(keywords[group]):
                votes[keyword] = votes.get(keyword, 0.0) + sizes[group] / (1 + place)
        ranked = sorted(votes, key=lambda word: (-votes[word], word))
        taken = {title.lower() for title in titles}
        free = [word for word in ranked if word not in taken]
        titles.append(free[0].capitalize() if free else f"Thème {position + 1}")
        words.append(ranked[:8])
        rank[label] = position
    return Themes(rank[labels], titles, words)


def _cut(centres: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(centres) < 2:
        return np.zeros(len(centres), dtype=np.int64)
    points = centred(centres)
    rows, columns = np.triu_indices(len(points), 1)
    distances = np.round(np.clip(1.0 - (points @ points.T)[rows, columns], 0.0, 2.0), 5)
    n_themes = min(N_THEMES_MAX, max(1, round(np.sqrt(len(centres)) * 1.2)))
    return np.asarray(fcluster(linkage(distances, "average"), n_themes, "maxclust"), dtype=np.int64) - 1
