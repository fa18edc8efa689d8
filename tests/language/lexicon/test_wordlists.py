"""Lists of words looked up: the lists that hold a word, whole or by its beginning."""

from __future__ import annotations

import re

import pytest

from pipeline.language.vocabulary.concepts import WordLists, usual_subjects, usual_subjects_of

LISTS = (["bus", "navette*", "week-end"], ["navet", "bus", "mobil*"], ["nav*", "mobile"], [])


@pytest.mark.parametrize(
    "word", ["bus", "buse", "navette", "navettes", "navet", "nav", "navette-ecole", "mobile", "week-end", "", "7e"]
)
def test_the_lists_that_hold_a_word_are_those_whose_pattern_matches_it(word: str) -> None:
    patterns = ("|".join(re.escape(one.rstrip("*")) + r"\w*" * one.endswith("*") for one in words) for words in LISTS)
    expected = [n for n, pattern in enumerate(patterns) if pattern and re.fullmatch(pattern, word)]
    assert WordLists(LISTS).holding(word) == expected


@pytest.mark.parametrize("word", ["bus", "lycees", "velo", "sage-femme", "sage-femmes", "droits", "droit", "nuage"])
def test_a_usual_subject_is_told_by_the_words_of_its_pattern(word: str) -> None:
    expected = [place for place, subject in enumerate(usual_subjects()) if subject.pattern.fullmatch(word)]
    assert usual_subjects_of(word) == expected
