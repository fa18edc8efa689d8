"""The words of texts as vectors: stems, weighed by their rarity here and in workshops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.cluster.rows import Matrix, unit_rows
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.rarity import stem_weight

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
