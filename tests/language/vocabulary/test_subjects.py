"""What people of a territory speak about, as labelled words."""

from __future__ import annotations

import pytest

from pipeline.language.vocabulary.concepts import GENERIC, subject_mask, subject_of, usual_subjects, usual_subjects_of


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


@pytest.mark.parametrize(
    ("word", "title"),
    [("navettes", "Transports et déplacements"), ("judo", "Sport et loisirs"), ("maree", "Mer et littoral")],
)
def test_the_usual_subject_of_a_word(word: str, title: str) -> None:
    assert title in [usual_subjects()[place].title for place in usual_subjects_of(word)]


def test_the_mask_joins_the_subjects_of_words() -> None:
    places = {*usual_subjects_of("navettes"), *usual_subjects_of("judo")}
    assert len(places) >= 2
    assert subject_mask(["navettes", "xyzzy", "judo", "judo"]) == sum(1 << place for place in places)
    assert subject_mask(["xyzzy"]) == 0


def test_titles_of_subjects_are_distinct() -> None:
    titles = [subject.title for subject in usual_subjects()]
    assert len(set(titles)) == len(titles)


def test_generic_words_tell_no_subject() -> None:
    assert [word for word in ("navette", "judo", "maree") if word in GENERIC] == []
