"""Pairs of ideas that may belong together, and their features: likeness in several views, words, headings, order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.rows import Matrix, centred, dot_products, unit_rows
from pipeline.execution import partition_bounds
from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems

LETTERS = (3, 5)
"""Lengths of the runs of letters that are compared: `bibliothèque` and `bibliothécaire` share many."""
_BLOCK = 1_024
_RANKED_TOGETHER, _PAIRS = 128, 8_192
"""Rows whose likenesses are put in order together, and pairs of sparse rows that are multiplied together: memory that
was just used serves again, where larger pieces are asked of the system each time."""
_DIGITS = 1e5
"""Likenesses are told to five digits: the others depend on the machine."""
N_RANKED = 60
"""Neighbours beyond this rank are all far."""


@dataclass(frozen=True)
class Ideas:
    """The ideas of one axis, in a fixed order.

    Attributes
    ----------
    texts, headings : shape (n,); the heading, or question, under which each stands, "" for none.
    vectors, heading_vectors : sentence vectors of both, shape (n, d); zeros where there is no heading.
    meanings : what makes texts say the same thing, shape (n, k), see `pipeline.cluster.grouping.likeness`.
    points : meanings, concepts and words weighed against each other, unit rows, shape (n, m), see
        `pipeline.cluster.grouping.representation.blend`.
    places : shape (n,), where each stands in the order of what was read, see `pipeline.cluster.given`;
        −1 where that order says nothing.
    under_headings : sentence vectors of each heading followed by its text, shape (n, d); None: those of the texts.
    axis : on which the ideas are.
    """

    texts: Sequence[str]
    headings: Sequence[str]
    vectors: npt.NDArray[np.float16]
    heading_vectors: npt.NDArray[np.float16]
    meanings: npt.NDArray[np.float16]
    points: Matrix
    places: npt.NDArray[np.int64] | None = None
    under_headings: npt.NDArray[np.float16] | None = None
    axis: str = ""

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class View:
    """Unit rows, dense or sparse, and of each row the likeness of its nearest others, in decreasing order.

    Attributes
    ----------
    rows : shape (n, d).
    nearest : shape (n, min(`N_RANKED`, n − 1)), float32.
    neighbours : shape (n, n_neighbours), the rows of the first of them.
    """

    rows: Any
    nearest: Matrix
    neighbours: npt.NDArray[np.int64]

    def likeness(self, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> Matrix:
        """Of pairs of rows, shape (n_pairs,)."""
        if isinstance(self.rows, np.ndarray):
            return dot_products(self.rows, one, self.rows, other)
        found = np.empty(len(one), dtype=np.float32)
        for start, end in partition_bounds(len(one), _PAIRS):
            both = self.rows[one[start:end]].multiply(self.rows[other[start:end]])
            found[start:end] = np.asarray(both.sum(axis=1), dtype=np.float32).ravel()
        return found

    def ranks(self, row: npt.NDArray[np.int64], likeness: Matrix) -> npt.NDArray[np.int64]:
        """How many others are nearer to each row than a likeness, at most `N_RANKED`."""
        return np.asarray((self.nearest[row] > likeness[:, None] + 1e-6).sum(axis=1), dtype=np.int64)


def views_of(ideas: Ideas, n_neighbours: int) -> dict[str, View]:
    """Every view of the ideas of an axis, by name."""
    topics = centred(np.asarray(ideas.vectors, dtype=np.float32))
    both = topics
    if ideas.under_headings is not None:
        both = centred(np.asarray(ideas.under_headings, dtype=np.float32))
    dense = {
        "topics": topics,
        "meanings": centred(np.asarray(ideas.meanings, dtype=np.float32)),
        "under_heading": both,
        "points": ideas.points,
    }
    stems = [content_stems(text) for text in ideas.texts]
    counted = {
        "words": _weighed(stems, analyzer=list),
        "letters": _weighed(map(fold, ideas.texts), analyzer="char_wb", ngram_range=LETTERS),
    }
    return {name: _view(rows, n_neighbours) for name, rows in {**dense, **counted}.items()}


def _weighed(texts: Any, **reading: Any) -> Any:
    """Sparse unit rows of weighed counts (tf-idf), shape (n, n_terms); one column of zeros without any term."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

    given = list(texts)
    try:
        return csr_matrix(
            TfidfVectorizer(sublinear_tf=True, lowercase=False, dtype=np.float32, **reading).fit_transform(given)
        )
    except ValueError:  # no term at all
        return csr_matrix((len(given), 1), dtype=np.float32)


def _view(rows: Any, n_neighbours: int) -> View:
    n = rows.shape[0]
    n_ranked, n_kept = min(N_RANKED, n - 1), min(n_neighbours, n - 1)
    nearest = np.zeros((n, n_ranked), dtype=np.float32)
    neighbours = np.zeros((n, n_kept), dtype=np.int64)
    if not n_ranked:
        return View(rows, nearest, neighbours)
    for start in range(0, n, _BLOCK):
        product = rows[start : start + _BLOCK] @ rows.T
        likeness = np.asarray(product if isinstance(product, np.ndarray) else product.toarray(), dtype=np.float32)
        here = np.arange(len(likeness))
        likeness[here, start + here] = -4.0
        for first_row, last_row in partition_bounds(len(likeness), _RANKED_TOGETHER):
            # one integer for both: in order of likeness, then of rows, so that equal likenesses have one order
            keys = np.rint(-_DIGITS * likeness[first_row:last_row]).astype(np.int64) * n + np.arange(n)
            first = np.sort(np.partition(keys, n_ranked - 1, axis=1)[:, :n_ranked], axis=1)
            block = slice(start + first_row, start + last_row)
            nearest[block] = -(first // n) / _DIGITS
            neighbours[block] = first[:, :n_kept] % n
    return View(rows, nearest, neighbours)


N_NEIGHBOURS = 10
"""Of each idea in each view: more of them find no more of the true pairs (measured on walls)."""
N_UNDER_HEADING = 10
"""Pairs under one heading are all compared up to so many ideas; beyond, each is with so many that follow it."""
N_FOLLOWING, N_APART = 3, 60
"""Ideas that follow each other by so many places are compared; beyond the second, they are far apart."""
CORRECTED = ("topics", "meanings", "under_heading", "points")
"""Views whose likeness is also told beside the mean of the ten nearest ones of both: some ideas are near everything."""
N_HUB = 10
HOW_MANY = "how_many"
"""The logarithm of the number of ideas."""


@dataclass(frozen=True)
class Pairs:
    """Candidates: rows `one` < `other`, shape (n_pairs,), sorted; `features`, shape (n_pairs, n_features)."""

    n: int
    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    features: Matrix
    names: tuple[str, ...]


SITUATIONS = ("bare", "ordered", "headed", "headed_ordered")
"""What is known of both ideas of a pair: the order in which they were said, the headings above them."""


def situations(pairs: Pairs) -> npt.NDArray[np.int64]:
    """The situation of each pair, a place in `SITUATIONS`, shape (n_pairs,)."""
    headed, ordered = (pairs.features[:, pairs.names.index(name)] == 0 for name in ("heading_missing", "no_order"))
    return np.asarray(2 * headed + ordered, dtype=np.int64)


def pairs_of(ideas: Ideas) -> Pairs:
    """The candidate pairs of the ideas of an axis and their features, whatever the order of the ideas."""
    views = views_of(ideas, N_NEIGHBOURS)
    one, other = _candidates(ideas, views)
    columns: dict[str, Matrix] = {}
    for name, view in views.items():
        columns |= _of_view(name, view, one, other)
    columns |= _of_words(ideas, one, other) | _of_headings(ideas, one, other)
    columns |= _of_order(ideas, one, other, columns["same_heading"])
    columns |= {f"on_{axis}": np.full(len(one), float(ideas.axis == axis)) for axis in COMPASS_CODES[:-1]}
    columns[HOW_MANY] = np.full(len(one), np.log(len(ideas)))  # among a few, the nearest one may be far
    columns["shared_neighbours"] = _shared_neighbours(len(ideas), views, one, other)
    names = tuple(columns)
    return Pairs(len(ideas), one, other, np.column_stack([columns[name] for name in names]).astype(np.float32), names)


def _candidates(ideas: Ideas, views: dict[str, View]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Neighbours in a view, ideas under one heading, and ideas that follow each other."""
    n = len(ideas)
    near = [
        np.column_stack([np.repeat(np.arange(n), view.neighbours.shape[1]), view.neighbours.ravel()])
        for view in views.values()
    ]
    rows_of: dict[str, list[int]] = {}
    for row, heading in enumerate(ideas.headings):
        if heading:
            rows_of.setdefault(heading, []).append(row)
    under = [
        (row, other)
        for rows in rows_of.values()
        for place, row in enumerate(rows)
        for other in rows[place + 1 : place + 1 + max(N_UNDER_HEADING, 4 * N_UNDER_HEADING - len(rows))]
    ]
    every = np.vstack([*near, np.array(under, dtype=np.int64).reshape(-1, 2), _following(ideas.places)])
    codes = np.unique(every.min(axis=1) * n + every.max(axis=1))
    return codes // n, codes % n


def _of_view(name: str, view: View, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> dict[str, Matrix]:
    likeness = np.round(view.likeness(one, other), 5)
    ranks = np.column_stack([view.ranks(one, likeness), view.ranks(other, likeness)])
    found = {
        name: likeness,
        f"{name}_nearer_rank": np.log1p(ranks.min(axis=1)),
        f"{name}_farther_rank": np.log1p(ranks.max(axis=1)),
    }
    if name in CORRECTED:
        hub = view.nearest[:, :N_HUB].mean(axis=1) if view.nearest.shape[1] else np.zeros(len(view.nearest))
        found[f"{name}_corrected"] = 2 * likeness - hub[one] - hub[other]
    return found


def _of_words(ideas: Ideas, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> dict[str, Matrix]:
    """Lengths, questions, and how rare the words are that both use."""
    stems = [frozenset(content_stems(text)) for text in ideas.texts]
    counts = Counter(stem for known in stems for stem in known)
    rarity = {stem: np.log((len(stems) + 1) / count) for stem, count in counts.items()}
    shared = [[rarity[stem] for stem in stems[a] & stems[b]] for a, b in zip(one, other, strict=True)]
    lengths = np.log1p([len(text.split()) for text in ideas.texts])
    asks = np.array([text.rstrip().endswith("?") for text in ideas.texts], dtype=bool)
    return {
        "shorter": np.minimum(lengths[one], lengths[other]),
        "longer": np.maximum(lengths[one], lengths[other]),
        "both_ask": asks[one] & asks[other],
        "one_asks": asks[one] != asks[other],
        "rarest_shared": np.array([max(known, default=0.0) for known in shared]),
        "rarity_shared": np.array([sum(sorted(known)) for known in shared]),
    }


def _of_headings(ideas: Ideas, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> dict[str, Matrix]:
    codes = pd.factorize(np.asarray(ideas.headings, dtype=object))[0]
    is_told = np.array([bool(heading) for heading in ideas.headings], dtype=bool) & (len(set(ideas.headings)) > 1)
    same = (codes[one] == codes[other]) & is_told[one]
    sizes = np.bincount(codes, minlength=1)[codes]
    told = [frozenset(content_stems(heading)) for heading in ideas.headings]
    stems = [frozenset(content_stems(text)) for text in ideas.texts]
    vectors = unit_rows(np.asarray(ideas.heading_vectors, dtype=np.float32))
    likeness = np.round(dot_products(vectors, one, vectors, other), 5)
    topics = unit_rows(np.asarray(ideas.vectors, dtype=np.float32))
    across = [np.round(dot_products(vectors, a, topics, b), 5) for a, b in ((one, other), (other, one))]
    overlap = [len(told[a] & told[b]) / max(1, len(told[a] | told[b])) for a, b in zip(one, other, strict=True)]
    echoes = [len(stems[a] & told[b]) + len(stems[b] & told[a]) for a, b in zip(one, other, strict=True)]
    return {
        "same_heading": same,
        "narrow_heading": same * np.log((len(ideas) + 1) / sizes[one]),
        "headings_overlap": np.array(overlap),
        "heading_words": np.array(echoes, dtype=np.float64),
        "heading_likeness": np.where(same, 0.0, likeness),
        "text_of_other_heading": np.where(same, 0.0, np.maximum(*across)),
        "heading_missing": ~is_told[one] | ~is_told[other],
    }


def _following(places: npt.NDArray[np.int64] | None) -> npt.NDArray[np.int64]:
    """Pairs of ideas that stand at most `N_FOLLOWING` places apart, shape (n_pairs, 2)."""
    if places is None:
        return np.zeros((0, 2), dtype=np.int64)
    order = np.argsort(places, kind="stable")
    found = [np.column_stack([order[:-step], order[step:]]) for step in range(1, N_FOLLOWING + 1)]
    pairs = np.vstack(found)
    near = (places[pairs[:, 1]] - places[pairs[:, 0]] <= N_FOLLOWING) & (places[pairs].min(axis=1) >= 0)
    return np.asarray(pairs[near], dtype=np.int64)


def _of_order(
    ideas: Ideas, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], same_heading: Matrix
) -> dict[str, Matrix]:
    """How far apart two ideas were said; nothing where the order of one says nothing."""
    places = np.full(len(ideas), -1, dtype=np.int64) if ideas.places is None else ideas.places
    is_told = (places[one] >= 0) & (places[other] >= 0)
    apart = np.minimum(np.abs(places[one] - places[other]), N_APART)
    near = np.where(is_told, 1.0 / (1.0 + apart), 0.0)
    nth = np.argsort(np.argsort(places, kind="stable"), kind="stable")
    between = np.minimum(np.abs(nth[one] - nth[other]), N_APART)
    return {
        "on_axis_apart": np.where(is_told, np.log1p(between), 0.0),
        "next_on_axis": is_told & (between == 1),
        "apart": np.where(is_told, np.log1p(apart), 0.0),
        "side_by_side": near,
        "next": is_told & (apart == 1),
        "few_between": is_told & (apart <= N_FOLLOWING),
        "next_under_heading": is_told & (apart == 1) & (same_heading > 0),
        "side_by_side_under_heading": near * (same_heading > 0),
        "no_order": ~is_told,
    }


def _shared_neighbours(
    n: int, views: dict[str, View], one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]
) -> Matrix:
    """Share of the neighbours of two ideas, over all views, that are the same."""
    from scipy.sparse import csr_matrix

    rows = np.concatenate([np.repeat(np.arange(n), view.neighbours.shape[1]) for view in views.values()])
    columns = np.concatenate([view.neighbours.ravel() for view in views.values()])
    ones = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(n, n))
    both = np.asarray(ones[one].multiply(ones[other]).sum(axis=1)).ravel()
    return np.asarray(both / max(1, len(views) * N_NEIGHBOURS), dtype=np.float32)
