"""New texts of one axis: those that join a group, those that make one among themselves, and weak signals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.cluster.grouping.axis_space import WEAK, Ground
from pipeline.cluster.grouping.linkage import average_tree, upper_triangle
from pipeline.cluster.grouping.partition import N_DIRECT, finish, is_thin, partition
from pipeline.cluster.grouping.representation import Points, blend
from pipeline.cluster.grouping.word_vectors import lexical_vectors
from pipeline.cluster.rows import Matrix
from pipeline.language.text.words import content_stems

Labels = npt.NDArray[np.int64]
_BLOCK = 8_192
SAME = 0.99
"""One word that tells no subject joins only those who say it too."""


@dataclass(frozen=True)
class Texts:
    """Texts of one axis in a fixed order, and their meanings, shape (n, k)."""

    texts: list[str]
    meanings: npt.NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Placed:
    """Where texts went.

    Attributes
    ----------
    labels : shape (n_new + n_weak,): the group of each text, those of `medoids` after those of the ground; `WEAK`.
    strengths : shape (n_new + n_weak,), likeness to the centre of its group, or to the nearest one.
    stacks : shape (n_new + n_weak,), not known: −1.
    medoids : shape (n_made,), of each group made, the row of its most central text.
    ground : with the groups that were made.
    """

    labels: Labels
    strengths: npt.NDArray[np.float64]
    stacks: Labels
    medoids: Labels
    ground: Ground


def place(ground: Ground, new: Texts, weak: Texts, seed: int) -> Placed:
    """Let the new texts join the groups of an axis; those that join none make groups, with weak signals if need be.

    Nothing that is in a group moves. A group that is made holds a new text at least, and its texts are as near each
    other as those of most groups of the axis.

    Parameters
    ----------
    weak : the weak signals so far, or none when they are too many to be compared.
    """
    texts, meanings = [*new.texts, *weak.texts], np.vstack([new.meanings, weak.meanings])
    labels, strengths = np.full(len(texts), WEAK, dtype=np.int64), np.zeros(len(texts))
    free, sides, points = [], [], []
    for start in range(0, len(texts), _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, len(texts)))
        here = ground.space.place([texts[row] for row in rows], meanings[rows])
        labels[rows], strengths[rows] = ground.nearest(here, ground.least_coming)
        thin, wordless = (np.array([tell(texts[row]) for row in rows], dtype=bool) for tell in (is_thin, is_wordless))
        labels[rows[wordless | (thin & (strengths[rows] < SAME)) | (rows >= len(new))]] = WEAK
        is_free = (labels[rows] == WEAK) & ~wordless & ~thin
        free.append(rows[is_free])
        sides.append(here.meaning[is_free])
        points.append(blend(here)[is_free])
    alone = _Alone(*map(np.concatenate, (free, sides, points)))
    return _with_made(ground, len(new), Texts(texts, meanings), labels, strengths, alone, seed)


class _Alone(NamedTuple):
    """The texts that joined no group: their rows, and their meaning and points in the space of the groups."""

    rows: Labels
    meaning: Matrix
    points: Matrix


def _with_made(
    ground: Ground,
    n_new: int,
    texts: Texts,
    labels: Labels,
    strengths: npt.NDArray[np.float64],
    alone: _Alone,
    seed: int,
) -> Placed:
    """The texts placed, with the groups that those that joined none make, which hold one of the first `n_new`."""
    free = alone.rows
    made = _made(ground, alone.meaning, Texts([texts.texts[row] for row in free], texts.meanings[free]), seed)
    with_new = np.unique(made[free < n_new])
    made = np.where(np.isin(made, with_new), made, WEAK)
    found = finish(made, alone.points)
    taken = found.labels >= 0
    labels[free[taken]] = found.labels[taken] + len(ground.centres)
    strengths[free[taken]] = found.strengths[taken]
    unknown = np.full(len(labels), WEAK, dtype=np.int64)
    if not found.n_groups:
        return Placed(labels, strengths, unknown, found.medoids, ground)
    centres = np.vstack([ground.centres, found.centres])
    return Placed(labels, strengths, unknown, free[found.medoids], replace(ground, centres=centres))


def is_wordless(text: str) -> bool:
    """Whether a text has no word of content."""
    return not content_stems(text)


def _made(ground: Ground, meaning: Matrix, texts: Texts, seed: int) -> Labels:
    """The group of each text that joined none, `WEAK` when it stays alone; they may have words that no other had."""
    n = len(texts)
    if n < 2:
        return np.full(n, WEAK, dtype=np.int64)
    if n > N_DIRECT:
        return partition(texts.texts, texts.meanings, seed).labels
    from scipy.cluster.hierarchy import fcluster

    points = blend(Points(meaning, lexical_vectors(texts.texts, seed)[0]))
    tree = average_tree(1.0 - upper_triangle(np.asarray(points @ points.T, dtype=np.float32)))
    labels = np.asarray(fcluster(tree, 1.0 - ground.least_pair, "distance"), dtype=np.int64) - 1
    return np.where(np.bincount(labels)[labels] > 1, labels, WEAK)
