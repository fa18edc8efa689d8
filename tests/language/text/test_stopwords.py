"""Words that carry no subject, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.text.folding import fold_word
from pipeline.language.text.words import STOP_WORDS


@pytest.mark.parametrize(
    "word", ["les", "avec", "serait", "cependant", "deux", "euh", "faudrait", "manque", "a", "tres"]
)
def test_a_word_without_a_subject(word: str) -> None:
    assert word in STOP_WORDS


@pytest.mark.parametrize("word", ["quai", "ecole", "bus", "medecin", "foret", "reparer"])
def test_a_word_with_a_subject(word: str) -> None:
    assert word not in STOP_WORDS


def test_each_is_folded_as_texts_are() -> None:
    assert [word for word in sorted(STOP_WORDS) if fold_word(word) != word] == []
