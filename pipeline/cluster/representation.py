"""What items are compared by: sentence vectors and word stems, both rid of what all items share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.language.words import content_stems

Matrix = npt.NDArray[np.float32]

LEXICAL_WEIGHT = 0.5
"""Weight of the words beside the meaning (weight 1), where one balance is needed."""
SHRINKAGE = 20
"""Items from which the mean vector of a corpus is trusted by half."""
N_MEANING = 512
"""Width of the sentence vectors."""
N_LEXICAL = 100
N_PLENTY = 2_000
"""Texts from which a stem that only one of them has is left out."""
N_FITTED = 6_000
"""Rows on which the lexical space is fitted; the others are projected."""
_BLOCK = 65_536
"""Rows of vectors that are held in single precision at once."""


def unit_rows(matrix: Matrix) -> Matrix:
    """Rows scaled to length 1; rows of zeros stay zeros."""
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    scaled: Matrix = np.divide(matrix, norms, out=np.zeros_like(matrix), where=norms > 1e-6)
    return scaled


def shared_share(n: int) -> float:
    """How much of the common direction to take away: all of it among many items, little among a few."""
    return n / (n + SHRINKAGE)


def centred(matrix: Matrix) -> Matrix:
    """Unit rows minus what they share (their mean, as far as `shared_share` trusts it), scaled again to length 1."""
    rows = unit_rows(matrix)
    return unit_rows(rows - _shared(rows)) if len(rows) else rows


def _shared(rows: Matrix) -> Matrix:
    mean = rows.mean(axis=0, dtype=np.float64).astype(np.float32)
    return np.asarray(np.float32(shared_share(len(rows))) * mean, dtype=np.float32)


def centred_blocks(vectors: npt.NDArray[np.float16]) -> Iterator[tuple[int, Matrix]]:
    """`centred(vectors)` in blocks of rows, each with its first row, so that no more than a block is held."""
    starts = range(0, len(vectors), _BLOCK)
    blocks = (unit_rows(vectors[start : start + _BLOCK].astype(np.float32)) for start in starts)
    total = sum(block.sum(axis=0, dtype=np.float64) for block in blocks)
    shared = np.float32(shared_share(len(vectors))) * np.asarray(total / max(1, len(vectors)), dtype=np.float32)
    for start in starts:
        yield start, unit_rows(unit_rows(vectors[start : start + _BLOCK].astype(np.float32)) - shared)


Lexicon = Callable[[Sequence[str]], Matrix]
"""Texts → their latent semantic vectors, shape (n, ≤ 100), unit rows; a text without content words gives zeros."""


def lexical_vectors(texts: Sequence[str], seed: int) -> tuple[Matrix, Lexicon]:
    """The latent semantic vectors of the texts, and what gives those of others in the same space.

    TF-IDF with logarithmic counts on light stems, then a truncated SVD fitted on at most `N_FITTED` rows.
    """
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    stems = [content_stems(text) for text in texts]
    if not any(stems):
        return _wordless(texts), _wordless
    min_df = 2 if len(texts) >= N_PLENTY else 1
    vectorizer = TfidfVectorizer(analyzer=lambda words: words, sublinear_tf=True, min_df=min_df, dtype=np.float32)
    counts = vectorizer.fit_transform(stems)
    n_components = min(N_LEXICAL, min(counts.shape) - 1)
    svd: Any = None
    if n_components >= 2:
        fitted = counts[:: max(1, len(texts) // N_FITTED)]
        svd = TruncatedSVD(min(n_components, fitted.shape[0] - 1), n_iter=3, random_state=seed).fit(fitted)

    def project(rows: Any) -> Matrix:
        return unit_rows(np.asarray(rows.toarray() if svd is None else svd.transform(rows), dtype=np.float32))

    return project(counts), lambda others: project(vectorizer.transform([content_stems(text) for text in others]))


def _wordless(texts: Sequence[str]) -> Matrix:
    return np.zeros((len(texts), 1), dtype=np.float32)


@dataclass(frozen=True)
class Space:
    """Where texts are compared: what their sentence vectors share, and their words."""

    shared: Matrix
    lexicon: Lexicon

    def place(self, texts: Sequence[str], vectors: npt.NDArray[np.float16]) -> Matrix:
        """Meaning and words of other texts, as `represent` gives those of the texts it was fitted on."""
        meaning = unit_rows(unit_rows(np.asarray(vectors, dtype=np.float32)) - self.shared)
        return np.hstack([meaning, self.lexicon(texts)])


def represent(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int) -> tuple[Matrix, Space]:
    """Meaning and words of each text, side by side, shape (n, d + ≤ 100), and where others would stand; see `blend`.

    Parameters
    ----------
    texts : the items of one axis.
    vectors : their sentence vectors, shape (n, d).
    seed : of the truncated SVD.
    """
    rows = unit_rows(np.asarray(vectors, dtype=np.float32))
    shared = _shared(rows)
    words, lexicon = lexical_vectors(texts, seed)
    return np.hstack([unit_rows(rows - shared), words]), Space(shared, lexicon)


def blend(points: Matrix, balance: float = LEXICAL_WEIGHT) -> Matrix:
    """`represent`'s halves weighed against each other, unit rows: their dot product is the likeness of two items."""
    weighed = points.copy()
    weighed[:, N_MEANING:] *= np.float32(balance)
    return unit_rows(weighed)
