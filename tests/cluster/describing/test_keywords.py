"""Keywords: what several texts say comes first."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from pipeline.cluster.describing import keywords
from pipeline.cluster.describing.keywords import describe

GROUPS = [
    ["Une navette pour le marché", "La navette du lundi, pour la caravane", "La navette et le formidable orphéon"],
    ["Planter un verger", "Le verger de la mairie, somptueux et mirifique"],
]


def test_what_several_texts_say_comes_first() -> None:
    texts = [text for group in GROUPS for text in group]
    labels = np.array([place for place, group in enumerate(GROUPS) for _ in group])
    found = describe(texts, labels, np.eye(2, dtype=np.float32), 8)
    assert [words[0] for words in found] == ["navette", "verger"]
    assert all(len(words) <= 8 for words in found)


def test_texts_without_a_word_of_sense_have_no_keyword() -> None:
    assert describe(["et de la", "du"], np.array([0, 0]), np.eye(1, dtype=np.float32), 8) == [[]]


def test_the_formula_gives_the_weights_of_bertopic() -> None:
    documents = [" ".join(group).lower() for group in GROUPS] + [
        "verger verger navette",
        "marché du lundi et du jardin",
    ]
    ours, theirs = CountVectorizer(), CountVectorizer()
    found = keywords.weighed(ours, documents)
    expected = keywords.weighed_by_bertopic(theirs, documents, np.eye(4, dtype=np.float32))
    assert ours.get_feature_names_out().tolist() == theirs.get_feature_names_out().tolist()
    assert found.nnz == expected.nnz > 10
    assert np.array_equal(found.toarray(), expected.toarray())  # to the last bit: both rank the same


def test_keywords_are_the_same_without_bertopic(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for group in GROUPS for text in group]
    labels = np.array([place for place, group in enumerate(GROUPS) for _ in group])
    found = describe(texts, labels, np.eye(2, dtype=np.float32), 8)
    monkeypatch.setattr(keywords, "missing", lambda extra: [extra])
    monkeypatch.setattr(keywords, "weighed_by_bertopic", None)
    assert describe(texts, labels, np.eye(2, dtype=np.float32), 8) == found
