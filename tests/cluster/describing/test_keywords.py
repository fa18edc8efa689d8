"""Keywords: what several texts say comes first."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from pipeline.cluster.describing.keywords import describe, weighed

GROUPS = [
    ["Une navette pour le marché", "La navette du lundi, pour la caravane", "La navette et le formidable orphéon"],
    ["Planter un verger", "Le verger de la mairie, somptueux et mirifique"],
]


def test_what_several_texts_say_comes_first() -> None:
    texts = [text for group in GROUPS for text in group]
    labels = np.array([place for place, group in enumerate(GROUPS) for _ in group])
    found = describe(texts, labels, 2, 8)
    assert [words[0] for words in found] == ["navette", "verger"]
    assert all(len(words) <= 8 for words in found)


def test_texts_without_a_word_of_sense_have_no_keyword() -> None:
    assert describe(["et de la", "du"], np.array([0, 0]), 1, 8) == [[]]


def test_the_formula_gives_the_weights_of_bertopic() -> None:
    transformer = pytest.importorskip("bertopic.vectorizers").ClassTfidfTransformer(bm25_weighting=True)
    documents = ["navette marché lundi navette", "verger mairie verger", "verger verger navette", "marché lundi jardin"]
    counter = CountVectorizer()
    counts = counter.fit_transform(documents)
    found = weighed([document.split() for document in documents], counter.get_feature_names_out().tolist())
    assert np.allclose(found.toarray(), transformer.fit_transform(counts).toarray(), atol=1e-12)
