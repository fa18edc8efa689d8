"""What items are compared by: sentence vectors and word stems, both rid of what all items share."""

from __future__ import annotations

from collections.abc import Sequence

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
    if not len(rows):
        return rows
    mean = rows.mean(axis=0, dtype=np.float64).astype(np.float32)
    return unit_rows(rows - np.float32(shared_share(len(rows))) * mean)


def lexical_vectors(texts: Sequence[str], seed: int) -> Matrix:
    """Latent semantic vectors of the texts, shape (n, ≤ 100), unit rows; a text without content words gives zeros.

    TF-IDF with logarithmic counts on light stems, then a truncated SVD fitted on at most `N_FITTED` rows.
    """
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    stems = [content_stems(text) for text in texts]
    if not any(stems):
        return np.zeros((len(texts), 1), dtype=np.float32)
    min_df = 2 if len(texts) >= N_PLENTY else 1
    vectorizer = TfidfVectorizer(analyzer=lambda words: words, sublinear_tf=True, min_df=min_df, dtype=np.float32)
    counts = vectorizer.fit_transform(stems)
    n_components = min(N_LEXICAL, min(counts.shape) - 1)
    if n_components < 2:
        return np.asarray(unit_rows(counts.toarray()), dtype=np.float32)
    fitted = counts[:: max(1, len(texts) // N_FITTED)]
    svd = TruncatedSVD(min(n_components, fitted.shape[0] - 1), n_iter=3, random_state=seed).fit(fitted)
    return unit_rows(np.asarray(svd.transform(counts), dtype=np.float32))


def represent(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int) -> Matrix:
    """Meaning and words of each text, side by side, shape (n, d + ≤ 100); see `blend`.

    Parameters
    ----------
    texts : the items of one axis.
    vectors : their sentence vectors, shape (n, d).
    seed : of the truncated SVD.
    """
    meaning = centred(np.asarray(vectors, dtype=np.float32))
    return np.hstack([meaning, lexical_vectors(texts, seed)])


def blend(points: Matrix, balance: float = LEXICAL_WEIGHT) -> Matrix:
    """`represent`'s halves weighed against each other, unit rows: their dot product is the likeness of two items."""
    weighed = points.copy()
    weighed[:, N_MEANING:] *= np.float32(balance)
    return unit_rows(weighed)
