"""The views in which two ideas are compared: what they mean, under their heading or not, and the words they use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.cluster.rows import Matrix, centred, dot_products
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
    places : shape (n,), where each stands in the order of what was read, see `pipeline.cluster.given.reading_order`;
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
    counted = {"words": _weighed(stems, analyzer=list), "letters": _weighed(map(fold, ideas.texts), **_RUNS)}
    return {name: _view(rows, n_neighbours) for name, rows in {**dense, **counted}.items()}


_RUNS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": LETTERS}


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
    for start, likeness in _blocks(rows):
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


def _blocks(rows: Any) -> Iterator[tuple[int, Matrix]]:
    """Likeness of a block of rows to all, shape (≤ `_BLOCK`, n)."""
    for start in range(0, rows.shape[0], _BLOCK):
        found = rows[start : start + _BLOCK] @ rows.T
        yield start, np.asarray(found if isinstance(found, np.ndarray) else found.toarray(), dtype=np.float32)
