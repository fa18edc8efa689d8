"""Keywords of groups by BERTopic's c-TF-IDF, with our groups kept as they are. The only importer of bertopic.

BERTopic gets one document per group (it joins the documents of a topic before counting, so that the result is the
same, in a fraction of the time), our vectors, no dimensionality reduction, and a clusterer that answers our labels.
It renumbers topics by size: they are mapped back by document. It fails below two terms, and is not called then.
Where it is not installed (it asks for PyTorch, the wheel does not ask for it), its formula gives the same weights.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.extras import hidden, missing
from pipeline.language.text.folding import fold_word
from pipeline.language.text.words import content_surfaces, stem

N_RANKED = 24
"""Terms ranked for each group, of which the keywords are those that several texts say, then the others."""
_UNUSED = ("hdbscan", "huggingface_hub", "sentence_transformers", "torch", "umap")
"""Four fifths of the time that bertopic takes to be imported, with plotly."""


class GivenLabels:
    """A clusterer that answers the labels it was made with (BERTopic's `hdbscan_model`)."""

    def __init__(self, labels: npt.NDArray[np.int64]) -> None:
        self.labels_ = labels

    def fit(self, points: npt.NDArray[np.float32], y: object = None) -> GivenLabels:  # noqa: ARG002  (scikit-learn's signature)
        """Nothing to learn."""
        return self

    def predict(self, points: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:  # noqa: ARG002  (scikit-learn's signature)
        """The labels given."""
        return self.labels_


def describe(
    texts: Sequence[str], labels: npt.NDArray[np.int64], centres: npt.NDArray[np.float32], n_keywords: int
) -> list[list[str]]:
    """The keywords of each group, as the participants spell them: those of several texts first, most telling first.

    Parameters
    ----------
    texts : the items.
    labels : shape (n,), the group of each text; negative values are left out.
    centres : shape (n_groups, d), one vector per group.
    n_keywords : of a group, at most.
    """
    surfaces: dict[str, Counter[str]] = {}
    documents: list[list[str]] = [[] for _ in centres]
    n_texts: list[Counter[str]] = [Counter() for _ in centres]
    for text, label in zip(texts, labels, strict=True):
        if label < 0:
            continue
        said = [(stem(fold_word(surface)), surface.lower()) for surface in content_surfaces(text)]
        for key, surface in said:
            surfaces.setdefault(key, Counter())[surface] += 1
            documents[label].append(key)
        n_texts[label].update({key for key, _ in said})
    if len(surfaces) < 2:
        only = [_best(counter) for counter in surfaces.values()]
        return [only if document else [] for document in documents]
    spoken = [index for index, document in enumerate(documents) if document]
    ranked = _rank_terms([" ".join(documents[index]) for index in spoken], centres[spoken])
    keywords: list[list[str]] = [[] for _ in centres]
    for index, terms in zip(spoken, ranked, strict=True):
        known = [term for term in terms if term in surfaces]
        known.sort(key=lambda term: n_texts[index][term] < 2)
        keywords[index] = [_best(surfaces[term]) for term in known][:n_keywords]
    return keywords


def _best(counter: Counter[str]) -> str:
    return min(counter, key=lambda surface: (-counter[surface], surface))


@contextmanager
def _without_plotly() -> Iterator[None]:
    is_hidden = sys.modules.setdefault("plotly", None) is None  # type: ignore[arg-type]  # it is asked for by its spec
    try:
        yield
    finally:
        if is_hidden:
            del sys.modules["plotly"]


def _rank_terms(documents: list[str], centres: npt.NDArray[np.float32]) -> list[list[str]]:
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(analyzer=str.split, min_df=1)
    by_bertopic = not missing("bertopic")
    weights = weighed_by_bertopic(counter, documents, centres) if by_bertopic else weighed(counter, documents)
    terms = counter.get_feature_names_out()
    ranked = []
    for row in weights:
        best = np.lexsort((row.indices, -row.data))[:N_RANKED]
        ranked.append([str(terms[row.indices[place]]) for place in best if row.data[place] > 0])
    return ranked


def weighed(counter: Any, documents: list[str]) -> Any:
    """BERTopic's c-TF-IDF, with the weights of BM25: how telling each term is of each document, sparse."""
    from scipy.sparse import diags
    from sklearn.preprocessing import normalize

    counts = counter.fit_transform(documents)
    heard = np.asarray(counts.sum(axis=0)).ravel()
    length = int(counts.sum(axis=1).mean())
    rarity = np.log(1 + (length - heard + 0.5) / (heard + 0.5))
    return (normalize(counts, norm="l1") @ diags(rarity, format="csr")).tocsr()


def weighed_by_bertopic(counter: Any, documents: list[str], centres: npt.NDArray[np.float32]) -> Any:
    """The same by BERTopic itself."""
    with warnings.catch_warnings(), hidden(*_UNUSED), _without_plotly():
        warnings.simplefilter("ignore")
        from bertopic import BERTopic
        from bertopic.dimensionality import BaseDimensionalityReduction
        from bertopic.vectorizers import ClassTfidfTransformer

    class Keywords(BERTopic):  # type: ignore[misc]  # bertopic has no types
        def _save_representative_docs(self, documents: object) -> None:
            """Half of the time of a fit, for texts that nobody reads: a group has its own exemplars."""

    model = Keywords(
        language="french",
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=GivenLabels(np.arange(len(documents))),
        vectorizer_model=counter,
        ctfidf_model=ClassTfidfTransformer(bm25_weighting=True),
        calculate_probabilities=False,
        verbose=False,
    )
    topics, _ = model.fit_transform(documents, np.asarray(centres, dtype=np.float32))
    return model.c_tf_idf_.tocsr()[topics]
