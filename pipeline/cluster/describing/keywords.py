"""Keywords of groups by the c-TF-IDF of BERTopic, with the weights of BM25 and our groups kept as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.language.text.folding import fold_word
from pipeline.language.text.words import content_surfaces, stem

N_RANKED = 24
"""Terms ranked for each group, of which the keywords are those that several texts say, then the others."""


def describe(texts: Sequence[str], labels: npt.NDArray[np.int64], n_groups: int, n_keywords: int) -> list[list[str]]:
    """The keywords of each group, as the participants spell them: those of several texts first, most telling first.

    Parameters
    ----------
    labels : shape (n,), the group of each text.
    n_keywords : of a group, at most.
    """
    surfaces: dict[str, Counter[str]] = {}
    documents: list[list[str]] = [[] for _ in range(n_groups)]
    n_texts: list[Counter[str]] = [Counter() for _ in range(n_groups)]
    for text, label in zip(texts, labels.tolist(), strict=True):
        said = [(stem(fold_word(surface)), surface.lower()) for surface in content_surfaces(text)]
        for key, surface in said:
            surfaces.setdefault(key, Counter())[surface] += 1
            documents[label].append(key)
        n_texts[label].update({key for key, _ in said})
    keywords: list[list[str]] = [[] for _ in range(n_groups)]
    spoken = [index for index, document in enumerate(documents) if document]
    ranked = _rank_terms([documents[index] for index in spoken]) if spoken else []
    for index, terms in zip(spoken, ranked, strict=True):
        terms.sort(key=lambda term: n_texts[index][term] < 2)
        best = [min(surfaces[term], key=lambda one: (-surfaces[term][one], one)) for term in terms[:n_keywords]]
        keywords[index] = best
    return keywords


def _rank_terms(documents: Sequence[Sequence[str]]) -> list[list[str]]:
    terms = sorted({term for document in documents for term in document})
    ranked = []
    for row in weighed(documents, terms):
        best = np.lexsort((row.indices, -row.data))[:N_RANKED]
        told = [terms[row.indices[place]] for place in best if row.data[place] > 0]
        ranked.append(told or [terms[column] for column in row.indices[:1]])
    return ranked


def weighed(documents: Sequence[Sequence[str]], terms: Sequence[str]) -> Any:
    """How telling each term is of each document, sparse, shape (n_documents, n_terms)."""
    from scipy.sparse import csr_matrix, diags
    from sklearn.preprocessing import normalize

    place = {term: column for column, term in enumerate(terms)}
    bags = [Counter(document) for document in documents]
    columns = [place[term] for bag in bags for term in sorted(bag)]
    values = [float(bag[term]) for bag in bags for term in sorted(bag)]
    counts = csr_matrix((values, columns, np.cumsum([0, *map(len, bags)])), shape=(len(bags), len(terms)))
    heard = np.asarray(counts.sum(axis=0)).ravel()
    length = int(counts.sum(axis=1).mean())
    rarity = np.log(1 + (length - heard + 0.5) / (heard + 0.5))
    return (normalize(counts, norm="l1") @ diags(rarity, format="csr")).tocsr()
