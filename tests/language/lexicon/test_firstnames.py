"""First names, and those that are words as well, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.lexicon.nouns import ambiguous_names, first_names, is_noun


@pytest.mark.parametrize("name", ["Thérèse", "Mohamed", "Benoît", "Fatou", "Chloé"])
def test_a_first_name(name: str) -> None:
    assert name in first_names()
    assert name not in ambiguous_names()


@pytest.mark.parametrize("name", ["Pierre", "Rose", "Olive", "Victoire"])
def test_a_first_name_that_is_a_word(name: str) -> None:
    assert name in ambiguous_names()
    assert is_noun(name.lower())


@pytest.mark.parametrize("word", ["Quai", "Région", "Dimanche", "thérèse"])
def test_what_is_no_first_name(word: str) -> None:
    assert word not in first_names() | ambiguous_names()


def test_a_name_is_sure_or_not() -> None:
    assert first_names() & ambiguous_names() == frozenset()
