"""Items of one axis → groups of two or more, and weak signals."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.cluster.given import Beside, nothing_beside, with_held
from pipeline.cluster.grouping.space import WEAK, AxisSpace, Points, blend, least_near, represent
from pipeline.cluster.grouping.stacks import same_words
from pipeline.cluster.pairs import Levels, NearPairs, grouped, held_together, inside, load_pairs
from pipeline.cluster.rows import Matrix, representatives, unit_rows
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_of

Labels = npt.NDArray[np.int64]
N_DIRECT = 6_000
"""Above this many distinct texts, representatives are grouped and the texts follow the nearest one."""
N_WHOLE = 40_000
"""Above this many texts, so many of them are grouped, and the others join the nearest group: memory stays bounded."""
_BLOCK = 8_192


@dataclass(frozen=True)
class Partition:
    """The groups of one axis.

    Attributes
    ----------
    labels : shape (n,), the group of each item, numbered by decreasing size; `WEAK` (−1) for a weak signal.
    strengths : shape (n,), in [0, 1]: likeness to the centre of its group; of a weak signal, to the nearest group.
    stacks : shape (n,), inside its group, the stack of each item: those that say the same; −1 where it is not known,
        and of a weak signal.
    medoids : shape (n_groups,), the row of the most central item of each group.
    centres : shape (n_groups, d), unit rows.
    space : where the groups stand, so that other texts may join them; None when there is no group.
    near : the likeliest pairs of rows; None when not every text was compared.
    """

    labels: Labels
    strengths: npt.NDArray[np.float64]
    stacks: Labels
    medoids: Labels
    centres: Matrix
    space: AxisSpace | None = None
    near: NearPairs | None = None

    @property
    def n_groups(self) -> int:
        """How many groups there are."""
        return len(self.medoids)


def partition(
    texts: Sequence[str],
    vectors: npt.NDArray[np.float16],
    seed: int,
    leads: Labels | None = None,
    subjects: Labels | None = None,
    beside: Beside | None = None,
) -> Partition:
    """Group texts given in a fixed order (sort them by id first).

    Texts that fold to the same words are one point; texts without a word of content are weak signals. One text alone is
    a weak signal; the same text twice is a group.

    Parameters
    ----------
    vectors : sentence vectors, shape (n, d).
    leads : shape (n,), the row of the text that each text repeats (its own when it repeats none). A text that repeats
        another one goes where that one goes, and does not make it a group by itself.
    subjects : shape (n,), number of the subject that the text's table declared, −1 for none.
    beside : what stands beside the texts; without, they are read by their vectors alone. Groups that participants made
        stay whole, and what is under one title is a group, which nothing else joins.
    """
    if leads is not None and (leads != np.arange(len(texts))).any():
        return _with_followers(texts, vectors, seed, leads, subjects, beside)
    if len(texts) > N_WHOLE:
        return _by_sample(texts, vectors, seed)
    return _whole(texts, vectors, seed, subjects, beside)


def _whole(
    texts: Sequence[str],
    vectors: npt.NDArray[np.float16],
    seed: int,
    subjects: Labels | None = None,
    beside: Beside | None = None,
) -> Partition:
    keys, made = _keys(texts, np.full(len(texts), WEAK, dtype=np.int64) if beside is None else beside.made)
    if beside is not None and beside.placed is not None:
        under = zip(keys, beside.placed.tolist(), strict=True)
        keys = [f"{key}\ttitre {number}" if key and number >= 0 else key for key, number in under]
    first_rows: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key:
            first_rows.setdefault(key, row)
    distinct = np.array(list(first_rows.values()), dtype=np.int64)
    position = {key: index for index, key in enumerate(first_rows)}
    of_distinct = np.array([position[key] if key else -1 for key in keys], dtype=np.int64)
    if not len(distinct):
        return _empty(len(texts))
    told = None if subjects is None else subjects[distinct]
    sides, fitted = represent([texts[row] for row in distinct], vectors[distinct], seed, told)
    points = blend(sides)
    read = _Distinct(
        [texts[row] for row in distinct],
        vectors[distinct],
        sides,
        points,
        np.bincount(of_distinct[of_distinct >= 0], minlength=len(distinct)),
        None if beside is None else replace(beside.take(distinct), made=made[distinct]),
    )
    labels, stacks, near = _levels(read, seed)
    spread = np.where(of_distinct >= 0, labels[of_distinct], WEAK)
    all_points = np.where((of_distinct >= 0)[:, None], points[of_distinct], np.float32(0))
    found = replace(finish(spread, all_points), near=None if near is None else near.among(distinct, of_distinct))
    if not found.n_groups:
        return found
    of_items = np.where(of_distinct >= 0, stacks[of_distinct], WEAK)
    space = AxisSpace(fitted, found.centres, least_near(found.labels, found.strengths))
    return replace(found, stacks=of_items, space=space)


def _keys(texts: Sequence[str], made: Labels) -> tuple[list[str], Labels]:
    """What makes two texts one point, "" for a text without a word of content, and the group that participants put it
    in: the same words that they put in two groups are two points."""
    keys = [" ".join(content_stems(text)) and same_words(text) for text in texts]
    known: dict[str, int] = {}
    for key, number in zip(keys, made.tolist(), strict=True):
        if number >= 0:
            known.setdefault(key, number)
    numbers = [number if number >= 0 else known.get(key, WEAK) for key, number in zip(keys, made.tolist(), strict=True)]
    told = [
        key if not key or number == known.get(key, WEAK) else f"{key}\t{number}"
        for key, number in zip(keys, numbers, strict=True)
    ]
    return told, np.array(numbers, dtype=np.int64)


class _Distinct(NamedTuple):
    """Distinct texts: `weights` are how often each is said."""

    texts: list[str]
    vectors: npt.NDArray[np.float16]
    sides: Points
    points: Matrix
    weights: Labels
    beside: Beside | None


def _levels(read: _Distinct, seed: int) -> tuple[Labels, Labels, NearPairs | None]:
    """The group and the stack of each distinct text, `WEAK` for none, and the likeliest pairs of texts."""
    thin = np.array([is_thin(text) for text in read.texts])
    beside = read.beside if read.beside is not None else nothing_beside(read.vectors)
    held = held_together(beside.made)
    if beside.placed is not None:
        held = np.where(beside.placed >= 0, held.max(initial=WEAK) + 1 + beside.placed, held)
    if len(read.texts) > N_DIRECT:
        chosen, nearest = _chosen(read.sides, seed)
        labels = _columns(read, replace(beside.take(chosen), placed=None), chosen).groups[nearest]
        labels = with_held(_without_singletons(_apart(labels, thin), read.weights), held, read.weights)
        return labels, np.full(len(labels), WEAK, dtype=np.int64), None  # the same words alone are one stack
    found = _columns(read, beside, np.arange(len(read.texts)))
    labels = _without_singletons(_apart(found.groups, thin & (held < 0)), read.weights)
    return labels, np.where(labels >= 0, inside(labels, found.stacks), WEAK), found.near.without(thin)


def _columns(read: _Distinct, beside: Beside, rows: Labels) -> Levels:
    ideas = beside.ideas([read.texts[row] for row in rows], read.vectors[rows], read.points[rows])
    return grouped(ideas, load_pairs(), beside.made, beside.placed)


def _chosen(sides: Points, seed: int) -> tuple[Labels, Labels]:
    """Rows of `N_DIRECT` texts at most, each the most central of those that follow it, and of each text the number of
    the one that it follows."""
    points = np.hstack([sides.meaning, sides.words])
    centres, nearest = representatives(points, N_DIRECT, seed)
    directions = unit_rows(centres)
    likeness = np.empty(len(points))
    for start in range(0, len(points), _BLOCK):
        block = slice(start, start + _BLOCK)
        likeness[block] = np.einsum("ij,ij->i", points[block], directions[nearest[block]])
    order = np.lexsort((np.arange(len(points)), -np.round(likeness, 5), nearest))
    return order[np.unique(nearest[order], return_index=True)[1]], nearest


def _apart(labels: Labels, is_alone: npt.NDArray[np.bool_]) -> Labels:
    """Some texts in a group of their own each."""
    found = labels.copy()
    found[is_alone] = labels.max(initial=0) + 1 + np.arange(int(is_alone.sum()))
    return found


def _without_singletons(labels: Labels, weights: Labels) -> Labels:
    """`WEAK` for a text that is alone in its group and said once."""
    n_items = np.bincount(labels, weights=weights)
    return np.where(n_items[labels] >= 2, labels, WEAK)


def _by_sample(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int) -> Partition:
    """Group the texts of the smallest hashes, so that a few more texts change few of them; the others join."""
    hashes = [hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts]
    drawn = np.sort(np.array(sorted(range(len(texts)), key=hashes.__getitem__)[:N_WHOLE], dtype=np.int64))
    found = _whole([texts[row] for row in drawn], vectors[drawn], seed)
    if found.space is None:
        return _empty(len(texts))
    labels, strengths = np.full(len(texts), WEAK, dtype=np.int64), np.zeros(len(texts))
    labels[drawn], strengths[drawn] = found.labels, found.strengths
    stacks = np.full(len(texts), WEAK, dtype=np.int64)
    stacks[drawn] = found.stacks
    others = np.setdiff1d(np.arange(len(texts)), drawn)
    for start in range(0, len(others), _BLOCK):
        rows = others[start : start + _BLOCK]
        labels[rows], strengths[rows] = found.space.join([texts[row] for row in rows], vectors[rows])
    medoids = drawn[found.medoids]
    return Partition(labels, np.round(strengths, 4), stacks, medoids, found.centres, found.space)


def _with_followers(
    texts: Sequence[str],
    vectors: npt.NDArray[np.float16],
    seed: int,
    leads: Labels,
    subjects: Labels | None,
    beside: Beside | None,
) -> Partition:
    kept, places = np.unique(leads, return_inverse=True)
    told = None if subjects is None else subjects[kept]
    given = None if beside is None else beside.take(kept)
    found = partition([texts[row] for row in kept], vectors[kept], seed, None, told, given)
    medoids = np.array([kept[row] for row in found.medoids], dtype=np.int64)
    labels, strengths, stacks = found.labels[places], found.strengths[places], found.stacks[places]
    near = None if found.near is None else found.near.among(kept, places)
    return replace(found, labels=labels, strengths=strengths, stacks=stacks, medoids=medoids, near=near)


def is_thin(text: str) -> bool:
    """One word that tells no subject (« C'est beau ») is like nothing but itself."""
    return len(set(content_stems(text))) < 2 and not any(concepts_of(word) for word in content_words(text))


def finish(labels: Labels, points: Matrix) -> Partition:
    """Number the groups by decreasing size (then by first row), and find their centres, medoids and strengths."""
    found, inverse = np.unique(labels, return_inverse=True)
    sizes = np.bincount(inverse)
    firsts = np.full(len(found), len(labels))
    np.minimum.at(firsts, inverse, np.arange(len(labels)))
    order = [index for index in np.lexsort((firsts, -sizes)) if found[index] >= 0]
    if not order:
        return _empty(len(labels), points.shape[1])
    rank = np.full(len(found), WEAK, dtype=np.int64)
    rank[order] = np.arange(len(order))
    numbered = rank[inverse]
    grouped = numbered >= 0
    by_group = np.argsort(np.where(grouped, numbered, len(order)), kind="stable")[: int(grouped.sum())]
    starts = np.searchsorted(numbered[by_group], np.arange(len(order)))
    sums = np.add.reduceat(points[by_group], starts, axis=0, dtype=np.float64)
    centres = unit_rows(sums.astype(np.float32))
    likeness = np.zeros(len(labels))
    likeness[grouped] = np.einsum("ij,ij->i", points[grouped], centres[numbered[grouped]])
    for rows in np.array_split(np.flatnonzero(~grouped), max(1, int((~grouped).sum()) // 4096)):
        if len(rows):
            likeness[rows] = (points[rows] @ centres.T).max(axis=1)
    strengths = np.round(np.clip(likeness, 0.0, 1.0), 4).astype(np.float64)
    by_strength = np.lexsort((np.arange(len(labels)), -strengths, numbered))
    ranked = by_strength[numbered[by_strength] >= 0]
    medoids = ranked[np.unique(numbered[ranked], return_index=True)[1]]
    return Partition(numbered, strengths, np.full(len(labels), WEAK, dtype=np.int64), medoids, centres)


def _empty(n_items: int, n_dimensions: int = 1) -> Partition:
    none = np.zeros(0, dtype=np.int64)
    labels = np.full(n_items, WEAK, dtype=np.int64)
    return Partition(labels, np.zeros(n_items), labels, none, np.zeros((0, n_dimensions), dtype=np.float32))
