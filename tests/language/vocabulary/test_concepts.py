"""Words that speak of one thing, labelled by hand."""

from __future__ import annotations

import re

import pytest

from pipeline.language.vocabulary.concepts import concept_pattern, concepts_in, concepts_of, n_concepts

ALIKE = [("autocar", "navettes"), ("docteur", "medecin"), ("velo", "cyclistes"), ("parking", "stationnement")]


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=[" ".join(pair) for pair in ALIKE])
def test_two_words_of_one_concept(one: str, other: str) -> None:
    assert set(concepts_of(one)) & set(concepts_of(other))


@pytest.mark.parametrize(("one", "other"), [("avion", "docteur"), ("velo", "sage-femme")])
def test_two_words_of_nothing_alike(one: str, other: str) -> None:
    assert concepts_of(one)
    assert concepts_of(other)
    assert not set(concepts_of(one)) & set(concepts_of(other))


@pytest.mark.parametrize("word", ["", "xyzzy", "grelinette"])
def test_a_word_of_no_concept(word: str) -> None:
    assert concepts_of(word) == ()


def test_the_concepts_of_words_are_those_of_each() -> None:
    assert concepts_in(["avion", "xyzzy", "docteur"]) == {*concepts_of("avion"), *concepts_of("docteur")}
    assert concepts_in([]) == frozenset()


@pytest.mark.parametrize("word", ["navettes", "sage-femme", "docteur", "xyzzy"])
def test_the_pattern_of_a_concept_matches_its_words_and_no_other(word: str) -> None:
    matching = [n for n in range(n_concepts()) if re.fullmatch(concept_pattern(n), word)]
    assert matching == list(concepts_of(word))
