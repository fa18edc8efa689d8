"""Keywords of groups by BERTopic's c-TF-IDF, with our groups kept as they are. The only importer of bertopic.

BERTopic gets one document per group (it joins the documents of a topic before counting, so that the result is the
same, in a fraction of the time), our vectors, no dimensionality reduction, and a clusterer that answers our labels.
It renumbers topics by size: they are mapped back by document. It fails below two terms, and is not called then.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

from pipeline.language.models.hiding import hidden
from pipeline.language.text.folding import fold_word
from pipeline.language.text.stems import stem
from pipeline.language.text.words import content_surfaces

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
    with warnings.catch_warnings(), hidden(*_UNUSED), _without_plotly():
        warnings.simplefilter("ignore")
        from bertopic import BERTopic
        from bertopic.dimensionality import BaseDimensionalityReduction
        from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    class Keywords(BERTopic):  # type: ignore[misc]  # bertopic has no types
        def _save_representative_docs(self, documents: object) -> None:
            """Half of the time of a fit, for texts that nobody reads: a group has its own exemplars."""

    model = Keywords(
        language="french",
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=GivenLabels(np.arange(len(documents))),
        vectorizer_model=CountVectorizer(token_pattern=r"\S+", lowercase=False, min_df=1),  # noqa: S106  (no secret)
        ctfidf_model=ClassTfidfTransformer(bm25_weighting=True),
        top_n_words=N_RANKED,
        calculate_probabilities=False,
        verbose=False,
    )
    topics, _ = model.fit_transform(documents, np.asarray(centres, dtype=np.float32))
    return [[term for term, weight in model.get_topic(topic) if term and weight > 0] for topic in topics]
