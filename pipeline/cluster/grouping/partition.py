"""Items of one axis → groups of two or more, and weak signals."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.cluster.grouping.axis_space import WEAK, Ground, bounds
from pipeline.cluster.grouping.by_consensus import apart, group_by_consensus, without_singletons
from pipeline.cluster.grouping.representation import blend, represent
from pipeline.cluster.grouping.stacks import alike_stacks, same_words
from pipeline.cluster.pairs.model import load_pairs
from pipeline.cluster.pairs.near import NearPairs, read_near
from pipeline.cluster.pairs.tree import grouped
from pipeline.cluster.pairs.views import Ideas
from pipeline.cluster.rows import Matrix, unit_rows
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_of

Labels = npt.NDArray[np.int64]
N_DIRECT = 6_000
"""Above this many distinct texts, representatives are grouped and the texts follow the nearest one."""
N_FEW = 5
"""Fewer ideas have too few neighbours to be compared with: the consensus finds more of the true pairs (on walls)."""
N_MANY = 300
"""From so many texts on, pairs are purer whatever the headings: on 831 answers that people coded, 0.67 of the pairs of
a group are right, 0.26 with the consensus (agreement 0.44 and 0.41)."""
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
    ground : where the groups stand, so that other texts may join them; None when there is no group.
    near : the likeliest pairs of rows; None when no model of pairs read these texts.
    """

    labels: Labels
    strengths: npt.NDArray[np.float64]
    stacks: Labels
    medoids: Labels
    centres: Matrix
    ground: Ground | None = None
    near: NearPairs | None = None

    @property
    def n_groups(self) -> int:
        """How many groups there are."""
        return len(self.medoids)


@dataclass(frozen=True)
class Beside:
    """What stands beside texts: the heading or question above each, "" for none, and sentence vectors.

    Attributes
    ----------
    headings : shape (n,). topics, of_headings : shape (n, d), of the texts and of their headings, zeros for none.
    """

    headings: Sequence[str]
    topics: npt.NDArray[np.float16]
    of_headings: npt.NDArray[np.float16]

    def tells_apart(self) -> bool:
        """Whether half of the texts at least stand under a heading, and not all under the same one."""
        told = [heading for heading in self.headings if heading]
        return 2 * len(told) >= len(self.headings) and len(set(told)) > 1

    def ideas(self, texts: Sequence[str], meanings: npt.NDArray[np.float16], points: Matrix) -> Ideas:
        """These texts with what stands beside them."""
        return Ideas(texts, self.headings, self.topics, self.of_headings, meanings, points)

    def take(self, rows: Labels) -> tuple[list[str], npt.NDArray[np.float16], npt.NDArray[np.float16]]:
        """Headings, topics and vectors of headings of some rows."""
        return [self.headings[row] for row in rows], self.topics[rows], self.of_headings[rows]


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
    beside : the topics and headings of the texts: the model of pairs groups texts that headings tell apart, or that are
        many; without, or beyond `N_DIRECT` distinct texts, the consensus of hierarchies does.
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
    keys = [" ".join(content_stems(text)) and same_words(text) for text in texts]
    first_rows: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key:
            first_rows.setdefault(key, row)
    distinct = list(first_rows.values())
    position = {key: index for index, key in enumerate(first_rows)}
    of_distinct = np.array([position[key] if key else -1 for key in keys], dtype=np.int64)
    weights = np.bincount(of_distinct[of_distinct >= 0], minlength=len(distinct))
    if not distinct:
        return _empty(len(texts))
    told = None if subjects is None else subjects[distinct]
    sides, space = represent([texts[row] for row in distinct], vectors[distinct], seed, told)
    points = blend(sides)
    thin = np.array([is_thin(texts[row]) for row in distinct])
    given = None if beside is None else Beside(*beside.take(np.array(distinct)))
    near: NearPairs | None = None
    if given is not None and are_paired(given):
        ideas = given.ideas([texts[row] for row in distinct], vectors[distinct], points)
        columns, stacks, near = grouped(ideas, load_pairs())
        labels = without_singletons(apart(columns, thin), weights)
        stacks = np.where(labels >= 0, stacks, WEAK)
    else:
        labels = group_by_consensus(sides, points, weights, thin, N_DIRECT, seed)
        stacks = alike_stacks(labels, points)
    if near is None and given is not None and len(distinct) <= N_DIRECT:
        near = read_near(given.ideas([texts[row] for row in distinct], vectors[distinct], points), load_pairs())
    if near is not None:
        near = near.without(thin).among(np.array(distinct), of_distinct)
    spread = np.where(of_distinct >= 0, labels[of_distinct], WEAK)
    all_points = np.where((of_distinct >= 0)[:, None], points[of_distinct], np.float32(0))
    found = replace(finish(spread, all_points), near=near)
    if not found.n_groups:
        return found
    of_items = np.where(of_distinct >= 0, stacks[of_distinct], WEAK)
    return replace(found, stacks=of_items, ground=Ground(space, found.centres, *bounds(found.labels, found.strengths)))


def are_paired(distinct: Beside) -> bool:
    """Whether the model of pairs groups these texts. Where no heading tells a few apart, the consensus agrees with
    people as well or better: 0.47 and 0.43 on three sets of 43 to 78 answers to one question."""
    n = len(distinct.headings)
    return N_FEW <= n <= N_DIRECT and (n >= N_MANY or distinct.tells_apart())


def _by_sample(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int) -> Partition:
    """Group the texts of the smallest hashes, so that a few more texts change few of them; the others join."""
    hashes = [hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts]
    drawn = np.sort(np.array(sorted(range(len(texts)), key=hashes.__getitem__)[:N_WHOLE], dtype=np.int64))
    found = _whole([texts[row] for row in drawn], vectors[drawn], seed)
    if found.ground is None:
        return _empty(len(texts))
    labels, strengths = np.full(len(texts), WEAK, dtype=np.int64), np.zeros(len(texts))
    labels[drawn], strengths[drawn] = found.labels, found.strengths
    stacks = np.full(len(texts), WEAK, dtype=np.int64)
    stacks[drawn] = found.stacks
    others = np.setdiff1d(np.arange(len(texts)), drawn)
    for start in range(0, len(others), _BLOCK):
        rows = others[start : start + _BLOCK]
        labels[rows], strengths[rows] = found.ground.join([texts[row] for row in rows], vectors[rows])
    medoids = drawn[found.medoids]
    return Partition(labels, np.round(strengths, 4), stacks, medoids, found.centres, found.ground)


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
    given = None if beside is None else Beside(*beside.take(kept))
    found = partition([texts[row] for row in kept], vectors[kept], seed, None, told, given)
    medoids = np.array([kept[row] for row in found.medoids], dtype=np.int64)
    labels, strengths, stacks = found.labels[places], found.strengths[places], found.stacks[places]
    near = None if found.near is None else found.near.among(kept, places)
    return replace(found, labels=labels, strengths=strengths, stacks=stacks, medoids=medoids, near=near)


def is_thin(text: str) -> bool:
    """One word that tells no subject (« C'est beau ») is like nothing but itself."""
    return len(set(content_stems(text))) < 2 and not any(concepts_of(word) for word in content_words(text))


def singletons(labels: Labels) -> Labels:
    """Labels where each weak signal (`WEAK`) is a group of its own."""
    alone = labels.copy()
    weak = np.flatnonzero(labels < 0)
    alone[weak] = labels.max(initial=-1) + 1 + np.arange(len(weak))
    return alone


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
