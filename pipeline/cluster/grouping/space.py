"""The space where items of an axis are compared (sentence vectors, stems weighed by their rarity, concepts), and the
groups in it, so that texts may join them without any being made again; the archive of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.cluster.rows import Matrix, shared_row, shared_share, unit_rows
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_of, n_concepts
from pipeline.language.vocabulary.rarity import concept_weight, stem_weight

N_LEXICAL = 100
"""Width of the words of a corpus too large to keep each of them."""
N_PLENTY = 2_000
"""Texts from which the words are projected, and a stem that only one text has is left out."""
N_FITTED = 6_000
"""Rows on which the lexical space is fitted; the others are projected."""


@dataclass(frozen=True)
class Lexicon:
    """Texts → unit rows that tell their words; a text without a known word gives zeros.

    Attributes
    ----------
    weights : the known stems, a column each, and what each weighs.
    components : shape (width, n_stems), what the columns are projected on; None when each keeps its own.
    """

    weights: dict[str, float]
    components: npt.NDArray[np.float64] | None = None

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """Shape (n, width), (n, 1) when no stem is known."""
        return self.project(self.count([Counter(content_stems(text)) for text in texts]))

    def count(self, bags: Sequence[Counter[str]]) -> Any:
        """Sparse unit rows, shape (n, n_stems)."""
        from scipy.sparse import csr_matrix
        from sklearn.preprocessing import normalize

        places_of = {stem: (column, weight) for column, (stem, weight) in enumerate(self.weights.items())}
        values: list[float] = []
        places: list[int] = []
        starts = [0]
        for bag in bags:
            for stem, count in bag.items():
                if stem in places_of:
                    column, weight = places_of[stem]
                    values.append((1 + log(count)) * weight)
                    places.append(column)
            starts.append(len(values))
        shape = (len(bags), max(1, len(self.weights)))
        return normalize(csr_matrix((values, places, starts), shape=shape, dtype=np.float32))

    def project(self, counts: Any) -> Matrix:
        """Rows of `count` in the space of the lexicon."""
        if self.components is None:
            return np.asarray(counts.toarray(), dtype=np.float32)
        return np.asarray(unit_rows(counts @ self.components.T), dtype=np.float32)


def lexical_vectors(texts: Sequence[str], seed: int) -> tuple[Matrix, Lexicon]:
    """The words of each text, and what gives those of others in that space.

    Shape (n, number of stems), or (n, ≤ 100) after a truncated SVD from `N_PLENTY` texts on, fitted on at most
    `N_FITTED` rows.
    """
    bags = [Counter(content_stems(text)) for text in texts]
    here: Counter[str] = Counter()
    for bag in bags:
        here.update(bag.keys())
    is_plenty = len(texts) >= N_PLENTY
    known = sorted(stem for stem, count in here.items() if count > 1 or not is_plenty)
    lexicon = Lexicon({stem: stem_weight(stem, here[stem], len(texts)) for stem in known})
    if not known:
        return np.zeros((len(texts), 1), dtype=np.float32), lexicon
    counts = lexicon.count(bags)
    n_components = min(N_LEXICAL, min(counts.shape) - 1)
    if is_plenty and n_components >= 2:
        from sklearn.decomposition import TruncatedSVD

        fitted = counts[:: max(1, len(texts) // N_FITTED)]
        svd = TruncatedSVD(min(n_components, fitted.shape[0] - 1), n_iter=3, random_state=seed).fit(fitted)
        lexicon = Lexicon(lexicon.weights, svd.components_)
    return lexicon.project(counts), lexicon


LEXICAL_WEIGHT = 0.5
"""Weight of the words beside the meaning (weight 1), where one balance is needed."""
CONCEPT_WEIGHT = 0.2
"""Weight of the concepts of a short text; a long text tells by its own words what it is about."""
SUBJECT_WEIGHT = 0.1
"""Weight of the subject that a table declared."""
N_WORDS_SHORT = 6
_BLOCK = 65_536
"""Rows of vectors that are held in single precision at once."""


@dataclass(frozen=True)
class Points:
    """`meaning`: sentence vectors, concepts and subjects; `words`: stems. Both have one row per text."""

    meaning: Matrix
    words: Matrix

    @property
    def have_words(self) -> npt.NDArray[np.bool_]:
        """Which rows have a known word."""
        return np.asarray(self.words.any(axis=1))


def are_questions(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which texts end with a question mark."""
    return np.array([text.rstrip(' »\u00a0\u202f"').endswith("?") for text in texts], dtype=bool)


def _shared_by_form(rows: Matrix, is_question: npt.NDArray[np.bool_]) -> Matrix:
    """What all rows share, and what statements and questions share more, shape (2, d): a turn of phrase is no idea.

    A form counts as far as it is common, whole from a quarter of the rows on.
    """
    of_all = shared_row(rows)
    left = rows - of_all
    shared = []
    for kept in (~is_question, is_question):
        weight = np.float32(min(1.0, 4.0 * float(kept.mean())))
        shared.append(of_all + weight * shared_row(left[kept]) if kept.any() else of_all)
    return np.asarray(np.vstack(shared), dtype=np.float32)


def shared_direction(vectors: npt.NDArray[np.float16]) -> Matrix:
    """What the rows share, shape (d,), as far as `shared_share` trusts their mean; no more than a block is held."""
    blocks = (unit_rows(vectors[start : start + _BLOCK].astype(np.float32)) for start in _starts(vectors))
    total = sum(block.sum(axis=0, dtype=np.float64) for block in blocks)
    mean = np.broadcast_to(np.asarray(total / max(1, len(vectors)), dtype=np.float32), (vectors.shape[1],))
    return np.asarray(np.float32(shared_share(len(vectors))) * mean, dtype=np.float32)


def centred_blocks(vectors: npt.NDArray[np.float16], shared: Matrix) -> Iterator[tuple[int, Matrix]]:
    """Unit rows minus `shared` (see `shared_direction`), scaled again to length 1: blocks of rows, each with its first
    row, so that no more than a block is held."""
    for start in _starts(vectors):
        yield start, unit_rows(unit_rows(vectors[start : start + _BLOCK].astype(np.float32)) - shared)


def sums_of_groups(
    vectors: npt.NDArray[np.float16],
    shared: Matrix,
    rows: npt.NDArray[np.int64],
    labels: npt.NDArray[np.int64],
    n_groups: int,
) -> Matrix:
    """Sums of the centred vectors of each group, shape (n_groups, d); `rows` of `vectors` in increasing order."""
    centres = np.zeros((n_groups, vectors.shape[1]), dtype=np.float32)
    for start, block in centred_blocks(vectors, shared):
        inside = slice(*np.searchsorted(rows, [start, start + len(block)]))
        np.add.at(centres, labels[inside], block[rows[inside] - start])
    return centres


def _starts(vectors: npt.NDArray[np.float16]) -> range:
    return range(0, len(vectors), _BLOCK)


def concept_vectors(texts: Sequence[str], weights: dict[int, float] | None = None) -> tuple[Matrix, dict[int, float]]:
    """The concepts of each text, shape (n, n_concepts), and their weights (those of these texts when not given).

    The longer the text, the shorter the row (at most 1).
    """
    bags = [Counter(concept for word in content_words(text) for concept in concepts_of(word)) for text in texts]
    if weights is None:
        here: Counter[int] = Counter()
        for bag in bags:
            here.update(bag.keys())
        weights = {concept: concept_weight(concept, count, len(texts)) for concept, count in here.items()}
    found = np.zeros((len(texts), n_concepts()), dtype=np.float32)
    lengths = np.ones((len(texts), 1), dtype=np.float32)
    for row, (text, bag) in enumerate(zip(texts, bags, strict=True)):
        for concept, count in bag.items():
            found[row, concept] = (1 + log(count)) * weights.get(concept, 0.0)
        if bag:
            lengths[row] = sqrt(min(1.0, N_WORDS_SHORT / max(1, len(set(content_stems(text))))))
    return np.asarray(unit_rows(found) * lengths, dtype=np.float32), weights


@dataclass(frozen=True)
class Space:
    """Where texts are compared: what their sentence vectors share (a row for statements, one for questions, shape
    (2, d)), their words and concepts, subjects declared."""

    shared: Matrix
    lexicon: Lexicon
    concept_weights: dict[int, float]
    n_subjects: int

    def place(self, texts: Sequence[str], vectors: npt.NDArray[np.float16]) -> Points:
        """Meaning and words of other texts, as `represent` gives those of the texts it was fitted on."""
        rows = unit_rows(np.asarray(vectors, dtype=np.float32))
        meaning = unit_rows(rows - self.shared[are_questions(texts).astype(np.int64)])
        concepts = np.float32(sqrt(CONCEPT_WEIGHT)) * concept_vectors(texts, self.concept_weights)[0]
        subjects = np.zeros((len(texts), self.n_subjects), dtype=np.float32)
        return Points(np.hstack([meaning, concepts, subjects]), self.lexicon(texts))


def represent(
    texts: Sequence[str],
    vectors: npt.NDArray[np.float16],
    seed: int,
    subjects: npt.NDArray[np.int64] | None = None,
) -> tuple[Points, Space]:
    """What the texts of one axis mean and the words they say it with, and where others would stand; see `blend`.

    Parameters
    ----------
    vectors : sentence vectors, shape (n, d).
    seed : of the truncated SVD.
    subjects : shape (n,), number of the subject that the text's table declared, −1 for none.
    """
    rows = unit_rows(np.asarray(vectors, dtype=np.float32))
    is_question = are_questions(texts)
    shared = _shared_by_form(rows, is_question)
    words, lexicon = lexical_vectors(texts, seed)
    concepts, weights = concept_vectors(texts)
    of_subjects = np.zeros((len(texts), 0 if subjects is None else int(subjects.max(initial=-1)) + 1), dtype=np.float32)
    if subjects is not None:
        declared = np.flatnonzero(subjects >= 0)
        of_subjects[declared, subjects[declared]] = np.float32(sqrt(SUBJECT_WEIGHT))
    own = unit_rows(rows - shared[is_question.astype(np.int64)])
    meaning = np.hstack([own, np.float32(sqrt(CONCEPT_WEIGHT)) * concepts, of_subjects])
    return Points(meaning, words), Space(shared, lexicon, weights, of_subjects.shape[1])


def blend(points: Points, balance: float = LEXICAL_WEIGHT) -> Matrix:
    """Meaning and words weighed against each other, unit rows: their dot product is the likeness of two items."""
    return unit_rows(np.hstack([points.meaning, np.float32(sqrt(balance)) * points.words]))


WEAK = -1
JOINING = 0.05
"""A text of the corpus that the groups were made of joins the nearest one when it is as near as all but this share of
their members."""


@dataclass(frozen=True)
class AxisSpace:
    """The space of an axis and its groups in it.

    Attributes
    ----------
    fitted : what places texts.
    centres : shape (n_groups, d), unit rows, see `blend`.
    least : likeness to the centre of its group from which a text joins it.
    """

    fitted: Space
    centres: Matrix
    least: float

    def join(
        self, texts: Sequence[str], vectors: npt.NDArray[np.float16]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """The group that each text joins, `WEAK` for none, and its likeness to the nearest one: shapes (n,).

        A text without a known word joins none.
        """
        sides = self.fitted.place(texts, vectors)
        likeness = np.round(blend(sides) @ self.centres.T, 4)
        strengths = np.clip(likeness.max(axis=1), 0.0, 1.0).astype(np.float64)
        joins = sides.have_words & (strengths >= self.least)
        return np.where(joins, likeness.argmax(axis=1), WEAK), np.round(strengths, 4)


def least_near(labels: npt.NDArray[np.int64], strengths: npt.NDArray[np.float64]) -> float:
    """The likeness to the centre of a group that all but `JOINING` of the members have.

    Parameters
    ----------
    labels, strengths : shape (n,), see `pipeline.cluster.grouping.partition.Partition`.
    """
    grouped = labels >= 0
    lengths = np.bincount(labels[grouped], weights=strengths[grouped])  # of the sums of unit rows
    own, length = strengths[grouped], lengths[labels[grouped]]
    # a text that comes is no part of the centre: members are measured against the others of their group
    others = (own * length - 1) / np.sqrt(np.maximum(length**2 - 2 * own * length + 1, 1e-9))
    return round(float(np.quantile(others, JOINING)), 4)
