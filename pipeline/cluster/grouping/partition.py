"""Items of one axis → groups of two or more, and weak signals."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.cluster.grouping.space import points_of
from pipeline.cluster.grouping.stacks import same_words
from pipeline.cluster.pairs import Beside, Ideas, NearPairs, grouped, inside, load_pairs, nothing_beside
from pipeline.cluster.rows import Matrix, unit_rows
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_of

Labels = npt.NDArray[np.int64]
WEAK = -1
N_DIRECT = 3_000
"""Distinct texts of an axis that are compared in pairs; the others join the nearest group: memory stays bounded."""
JOINING = 0.5
"""A text joins the nearest group when it is as near as all but this share of the members that were compared."""
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
    near : the likeliest pairs of rows.
    """

    labels: Labels
    strengths: npt.NDArray[np.float64]
    stacks: Labels
    medoids: Labels
    near: NearPairs

    @property
    def n_groups(self) -> int:
        """How many groups there are."""
        return len(self.medoids)


def drawn_rows(texts: Sequence[str], is_free: npt.NDArray[np.bool_], is_proposed: npt.NDArray[np.bool_]) -> Labels:
    """The rows that are compared in pairs: all, or, of more than `N_DIRECT` texts, the free ones of smallest hashes,
    so that a few more texts change few of them.

    `is_proposed` : which rows are under a proposal of an earlier run, that drew them: no others are drawn instead.
    """
    distinct = set(texts)
    if len(distinct) <= N_DIRECT:
        return np.arange(len(texts))
    some = {text for text, is_one in zip(texts, (is_free | is_proposed).tolist(), strict=True) if is_one}
    hashes = {text: hashlib.blake2b(text.encode(), digest_size=8).digest() for text in some}
    drawn = set(sorted(hashes, key=lambda text: (hashes[text], text))[:N_DIRECT])
    return np.array([row for row, text in enumerate(texts) if is_free[row] and text in drawn], dtype=np.int64)


def joined(
    found: Partition, drawn: Labels, meanings: npt.NDArray[np.float16], is_free: npt.NDArray[np.bool_]
) -> Partition:
    """The groups that the drawn rows make, and those of the other free rows that are near enough to one.

    `meanings` : of all rows, unit rows of shape (n, k). `is_free` : shape (n,), the rows that may join.
    """
    n = len(meanings)
    if len(drawn) == n:
        return found
    labels, strengths, stacks = np.full(n, WEAK, dtype=np.int64), np.zeros(n), np.full(n, WEAK, dtype=np.int64)
    labels[drawn], strengths[drawn], stacks[drawn] = found.labels, found.strengths, found.stacks
    near = replace(found.near, one=drawn[found.near.one], other=drawn[found.near.other])
    others = np.setdiff1d(np.flatnonzero(is_free), drawn)
    if found.n_groups and len(others):
        members = drawn[found.labels >= 0]
        rows, own = unit_rows(meanings[members].astype(np.float32)), labels[members]
        sums = np.zeros((found.n_groups, rows.shape[1]))
        np.add.at(sums, own, rows)
        centres = unit_rows(sums.astype(np.float32))
        least = float(np.quantile(np.round(np.einsum("ij,ij->i", rows, centres[own]), 4), JOINING))
        for start in range(0, len(others), _BLOCK):
            block = others[start : start + _BLOCK]
            likeness = np.round(unit_rows(meanings[block].astype(np.float32)) @ centres.T, 4)
            strengths[block] = np.clip(likeness.max(axis=1), 0.0, 1.0)
            labels[block] = np.where(strengths[block] >= least, likeness.argmax(axis=1), WEAK)
    return Partition(labels, np.round(strengths, 4), stacks, drawn[found.medoids], near)


def partition(
    texts: Sequence[str],
    vectors: npt.NDArray[np.float16],
    seed: int,
    leads: Labels | None = None,
    beside: Beside | None = None,
) -> Partition:
    """Group texts given in a fixed order (sort them by id first), all compared in pairs: see `drawn_rows`.

    Texts that fold to the same words are one point; texts without a word of content are weak signals. One text alone is
    a weak signal; the same text twice is a group.

    `vectors` : sentence vectors, shape (n, d). `leads` : shape (n,), the row of the text that each text repeats (its
    own when it repeats none). A text that repeats another one goes where that one goes, and does not make it a group by
    itself. `beside` : what stands beside the texts; without, they are read by their vectors alone. What is under one
    title is a group, which nothing else joins.
    """
    given = nothing_beside(vectors) if beside is None else beside
    if leads is None or (leads == np.arange(len(texts))).all():
        return _whole(texts, vectors, seed, given)
    kept, places = np.unique(leads, return_inverse=True)
    found = _whole([texts[row] for row in kept], vectors[kept], seed, given.take(kept))
    labels, strengths, stacks = found.labels[places], found.strengths[places], found.stacks[places]
    return Partition(labels, strengths, stacks, kept[found.medoids], found.near.among(kept, places))


def _whole(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int, beside: Beside) -> Partition:
    keys = [" ".join(content_stems(text)) and same_words(text) for text in texts]
    if beside.placed is not None:
        under = zip(keys, beside.placed.tolist(), strict=True)
        keys = [f"{key}\ttitre {number}" if key and number >= 0 else key for key, number in under]
    first_rows: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key:
            first_rows.setdefault(key, row)
    distinct = np.array(list(first_rows.values()), dtype=np.int64)
    position = {key: index for index, key in enumerate(first_rows)}
    of_distinct = np.array([position[key] if key else WEAK for key in keys], dtype=np.int64)
    said = [texts[row] for row in distinct]
    points = points_of(said, vectors[distinct], seed)
    own = beside.take(distinct)
    found = grouped(Ideas(said, vectors[distinct], points, own), load_pairs())
    weights = np.bincount(of_distinct[of_distinct >= 0], minlength=len(distinct))
    thin = np.array([is_thin(text) for text in said], dtype=bool)
    labels, is_alone = found.groups.copy(), thin if own.placed is None else thin & (own.placed < 0)
    labels[is_alone] = labels.max(initial=0) + 1 + np.arange(int(is_alone.sum()))
    labels = np.where(np.bincount(labels, weights=weights)[labels] >= 2, labels, WEAK) if len(labels) else labels
    stacks = np.where(labels >= 0, inside(labels, found.stacks), WEAK) if len(labels) else labels
    near = found.near.without(thin).among(distinct, of_distinct)
    spread, of_stacks = (np.append(one, WEAK)[of_distinct] for one in (labels, stacks))
    rows = np.vstack([points, np.zeros((1, points.shape[1]), dtype=np.float32)])[of_distinct]
    numbered, strengths, medoids = finish(spread, rows)
    return Partition(numbered, strengths, of_stacks, medoids, near)


def is_thin(text: str) -> bool:
    """One word that tells no subject (« C'est beau ») is like nothing but itself."""
    return len(set(content_stems(text))) < 2 and not any(concepts_of(word) for word in content_words(text))


def finish(labels: Labels, points: Matrix) -> tuple[Labels, npt.NDArray[np.float64], Labels]:
    """Groups numbered by decreasing size (then by first row), the strengths of rows and the medoids of groups."""
    found, inverse = np.unique(labels, return_inverse=True)
    firsts = np.full(len(found), len(labels))
    np.minimum.at(firsts, inverse, np.arange(len(labels)))
    order = [index for index in np.lexsort((firsts, -np.bincount(inverse))) if found[index] >= 0]
    rank = np.full(len(found), WEAK, dtype=np.int64)
    rank[order] = np.arange(len(order))
    numbered = rank[inverse] if len(labels) else labels
    if not order:
        return numbered, np.zeros(len(labels)), np.zeros(0, dtype=np.int64)
    is_grouped = numbered >= 0
    sums = np.zeros((len(order), points.shape[1]))
    np.add.at(sums, numbered[is_grouped], points[is_grouped])
    likeness = points @ unit_rows(sums.astype(np.float32)).T
    own = likeness[np.arange(len(labels)), np.maximum(numbered, 0)]
    strengths = np.round(np.clip(np.where(is_grouped, own, likeness.max(axis=1)), 0.0, 1.0), 4).astype(np.float64)
    ranked = np.lexsort((np.arange(len(labels)), -strengths, numbered))
    ranked = ranked[numbered[ranked] >= 0]
    return numbered, strengths, ranked[np.unique(numbered[ranked], return_index=True)[1]]
