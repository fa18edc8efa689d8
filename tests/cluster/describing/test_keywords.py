"""Keywords: what several texts say comes first."""

from __future__ import annotations

import numpy as np

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
