"""Where the texts of an axis are compared: sentence vectors, stems weighed by their rarity, concepts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.cluster.rows import Matrix, shared_row, shared_share, unit_rows, unit_sparse
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_of, n_concepts
from pipeline.language.vocabulary.rarity import concept_weight, stem_weight

N_LEXICAL = 100
"""Width of the words of a corpus too large to keep each of them."""
N_PLENTY = 2_000
"""Texts from which the words are projected, and a stem that only one text has is left out."""
N_PASSES, N_MORE = 3, 10
"""Passes over a corpus to find its main directions, and how many more than asked for are followed."""


def lexical_vectors(texts: Sequence[str], seed: int) -> Matrix:
    """Unit rows that tell the words of texts: shape (n, number of stems), (n, 1) when there is none, or (n, ≤ 100)
    after a truncated SVD from `N_PLENTY` texts on; a text without a word gives zeros."""
    from scipy.sparse import csr_matrix

    bags = [Counter(content_stems(text)) for text in texts]
    here = Counter(stem for bag in bags for stem in bag)
    is_plenty = len(texts) >= N_PLENTY
    known = sorted(stem for stem, count in here.items() if count > 1 or not is_plenty)
    if not known:
        return np.zeros((len(texts), 1), dtype=np.float32)
    columns = {stem: (column, stem_weight(stem, here[stem], len(texts))) for column, stem in enumerate(known)}
    told = [[(*columns[stem], count) for stem, count in bag.items() if stem in columns] for bag in bags]
    values = [(1 + log(count)) * weight for row in told for _, weight, count in row]
    places = [column for row in told for column, _, _ in row]
    starts = np.cumsum([0, *map(len, told)])
    counts = unit_sparse(csr_matrix((values, places, starts), shape=(len(texts), len(known)), dtype=np.float32))
    if not is_plenty or len(known) < 3:
        return np.asarray(counts.toarray(), dtype=np.float32)
    width = min(N_LEXICAL, min(counts.shape) - 1)
    return unit_rows(np.asarray(counts @ _main_directions(counts, width, seed).T, dtype=np.float32))


def _main_directions(rows: Any, width: int, seed: int) -> Matrix:
    """The main directions of sparse rows, shape (width, d), by subspace iteration (Halko, Martinsson and Tropp, 2011):
    those of scikit-learn's `TruncatedSVD(n_iter=3)` but for signs, without a second to import it."""
    from scipy.linalg import lu, qr, svd

    is_wide = rows.shape[0] < rows.shape[1]
    matrix = rows.T if is_wide else rows
    drawn = np.random.RandomState(seed).normal(size=(matrix.shape[1], width + N_MORE))
    basis = drawn.astype(np.float32)
    for _ in range(N_PASSES):
        for side in (matrix, matrix.T):
            basis, _ = lu(side @ basis, permute_l=True, check_finite=False)
    basis, _ = qr(matrix @ basis, mode="economic", check_finite=False)
    left, _, right = svd(basis.T @ matrix, full_matrices=False)
    return np.asarray((basis @ left).T[:width] if is_wide else right[:width])


LEXICAL_WEIGHT = 0.5
"""Weight of the words beside the meaning (weight 1), where one balance is needed."""
CONCEPT_WEIGHT = 0.2
"""Weight of the concepts of a short text; a long text tells by its own words what it is about."""
N_WORDS_SHORT = 6
_BLOCK = 65_536
"""Rows of vectors that are held in single precision at once."""


def are_questions(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which texts end with a question mark."""
    return np.array([text.rstrip(' »\u00a0\u202f"').endswith("?") for text in texts], dtype=bool)


def _shared_by_form(rows: Matrix, is_question: npt.NDArray[np.bool_]) -> Matrix:
    """What all rows share, and what statements and questions share more, shape (2, d): a turn of phrase is no idea. A
    form counts as far as it is common, whole from a quarter of the rows on."""
    of_all = shared_row(rows)
    left = rows - of_all
    shared = []
    for kept in (~is_question, is_question):
        weight = np.float32(min(1.0, 4.0 * float(kept.mean())))
        shared.append(of_all + weight * shared_row(left[kept]) if kept.any() else of_all)
    return np.asarray(np.vstack(shared), dtype=np.float32)


def shared_direction(vectors: npt.NDArray[np.float16]) -> Matrix:
    """What the rows share, shape (d,), as far as `shared_share` trusts their mean; no more than a block is held."""
    blocks = (unit_rows(vectors[start : start + _BLOCK].astype(np.float32)) for start in range(0, len(vectors), _BLOCK))
    total = sum(block.sum(axis=0, dtype=np.float64) for block in blocks)
    mean = np.broadcast_to(np.asarray(total / max(1, len(vectors)), dtype=np.float32), (vectors.shape[1],))
    return np.asarray(np.float32(shared_share(len(vectors))) * mean, dtype=np.float32)


def centred_blocks(vectors: npt.NDArray[np.float16]) -> Iterator[Matrix]:
    """Unit rows minus what they share (see `shared_direction`), scaled again to length 1: in blocks of rows, so that no
    more than a block is held."""
    shared = shared_direction(vectors)
    for start in range(0, len(vectors), _BLOCK):
        yield unit_rows(unit_rows(vectors[start : start + _BLOCK].astype(np.float32)) - shared)


def concept_vectors(texts: Sequence[str]) -> Matrix:
    """The concepts of each text, shape (n, n_concepts): the longer the text, the shorter the row (at most 1)."""
    bags = [Counter(concept for word in content_words(text) for concept in concepts_of(word)) for text in texts]
    here = Counter(concept for bag in bags for concept in bag)
    weights = {concept: concept_weight(concept, count, len(texts)) for concept, count in here.items()}
    found = np.zeros((len(texts), n_concepts()), dtype=np.float32)
    lengths = np.ones((len(texts), 1), dtype=np.float32)
    for row, (text, bag) in enumerate(zip(texts, bags, strict=True)):
        for concept, count in bag.items():
            found[row, concept] = (1 + log(count)) * weights[concept]
        if bag:
            lengths[row] = min(1.0, sqrt(N_WORDS_SHORT / max(1, len(set(content_stems(text))))))
    return np.asarray(unit_rows(found) * lengths, dtype=np.float32)


def points_of(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int) -> Matrix:
    """What the texts of one axis mean and the words they say it with, unit rows: their dot product is the likeness of
    two of them.

    `vectors` : sentence vectors, shape (n, d). `seed` : of the truncated SVD.
    """
    if not len(texts):
        return np.zeros((0, 1), dtype=np.float32)
    rows = unit_rows(np.asarray(vectors, dtype=np.float32))
    is_question = are_questions(texts)
    own = unit_rows(rows - _shared_by_form(rows, is_question)[is_question.astype(np.int64)])
    concepts, words = concept_vectors(texts), lexical_vectors(texts, seed)
    return unit_rows(
        np.hstack([own, np.float32(sqrt(CONCEPT_WEIGHT)) * concepts, np.float32(sqrt(LEXICAL_WEIGHT)) * words])
    )
