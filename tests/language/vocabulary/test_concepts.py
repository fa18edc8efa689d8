"""What words are about: lists that hold them, concepts, usual subjects; how much a stem tells."""

import re
from math import log

import pytest
from labelled import each, true_of

from pipeline.language.vocabulary.concepts import (
    GENERIC,
    WordLists,
    concept_pattern,
    concepts_in,
    concepts_of,
    n_concepts,
    subject_of,
    usual_subjects,
    usual_subjects_of,
)
from pipeline.language.vocabulary.rarity import background, concept_weight, stem_weight

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


ALIKE = [("autocar", "navettes"), ("docteur", "medecin"), ("velo", "cyclistes"), ("parking", "stationnement")]


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=[" ".join(pair) for pair in ALIKE])
def test_two_words_of_one_concept(one: str, other: str) -> None:
    assert set(concepts_of(one)) & set(concepts_of(other))


@pytest.mark.parametrize(("one", "other"), [("avion", "docteur"), ("velo", "sage-femme")])
def test_two_words_of_nothing_alike(one: str, other: str) -> None:
    assert concepts_of(one)
    assert concepts_of(other)
    assert not set(concepts_of(one)) & set(concepts_of(other))


test_a_word_of_no_concept = each(concepts_of, "", "xyzzy", "grelinette", is_told=())


def test_the_concepts_of_words_are_those_of_each() -> None:
    assert concepts_in(["avion", "xyzzy", "docteur"]) == {*concepts_of("avion"), *concepts_of("docteur")}
    assert concepts_in([]) == frozenset()


@pytest.mark.parametrize("word", ["navettes", "sage-femme", "docteur", "xyzzy"])
def test_the_pattern_of_a_concept_matches_its_words_and_no_other(word: str) -> None:
    matching = [n for n in range(n_concepts()) if re.fullmatch(concept_pattern(n), word)]
    assert matching == list(concepts_of(word))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un ponton", True),
        ("les pontons", True),
        ("le pontonnier", False),
        ("la voilerie", True),
        ("le porte-conteneur", True),
        ("le porte conteneurs", True),
        ("un canot", False),
    ],
)
def test_the_pattern_of_a_subject(text: str, expected: bool) -> None:
    subject = subject_of("Au port", ["ponton", "voil*", "porte-conteneur"])
    assert subject.title == "Au port"
    assert (subject.pattern.search(text) is not None) is expected


def test_a_subject_without_words_is_never_met() -> None:
    assert subject_of("Rien", []).pattern.search("rien") is None


test_the_usual_subject_of_a_word = true_of(
    lambda word, title: title in [usual_subjects()[place].title for place in usual_subjects_of(word)],
    ("navettes", "Transports et déplacements"),
    ("judo", "Sport et loisirs"),
    ("maree", "Mer et littoral"),
)


def test_titles_of_subjects_are_distinct() -> None:
    titles = [subject.title for subject in usual_subjects()]
    assert len(set(titles)) == len(titles)


def test_generic_words_tell_no_subject() -> None:
    assert [word for word in ("navette", "judo", "maree") if word in GENERIC] == []


def test_the_weight_of_a_stem_that_nobody_said() -> None:
    total, counts = background()
    assert "grelinett" not in counts
    assert stem_weight("grelinett", 2, 40) == log((total + 40) / 3)


def test_a_stem_that_many_said_weighs_less() -> None:
    _, counts = background()
    assert counts["bus"] > 0
    assert stem_weight("bus", 2, 40) < stem_weight("grelinett", 2, 40)
    assert stem_weight("grelinett", 20, 40) < stem_weight("grelinett", 2, 40)


def test_a_concept_weighs_less_when_many_speak_of_it_here() -> None:
    concept = concepts_of("navette")[0]
    assert 0 < concept_weight(concept, 10, 40) < concept_weight(concept, 1, 40)
    assert concept_weight(concept, 10_000, 40) == 0
