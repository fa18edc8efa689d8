"""Words of a text, their stems, and those that carry a subject."""

import pytest
from labelled import false_of, true_of

from pipeline.language.text.folding import fold_word
from pipeline.language.text.words import STOP_WORDS, content_stems, content_words, stem, words


@pytest.mark.parametrize(
    "family",
    [
        ("organisation", "organiser", "organisent"),
        ("jardin", "jardins"),
        ("canal", "canaux"),
        ("bateau", "bateaux"),
        ("animateur", "animatrice"),
    ],
    ids=lambda family: family[0],
)
def test_words_of_one_family_meet(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(("one", "other"), [("banc", "bac"), ("digue", "dague"), ("port", "porte-vélo")])
def test_words_of_two_families_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_have_no_accent_and_no_capital() -> None:
    assert words("Été 2030 : l’école-relais") == ["ete", "2030", "l", "ecole-relais"]


test_a_word_without_a_subject = true_of(
    lambda word: word in STOP_WORDS,
    "les",
    "avec",
    "serait",
    "cependant",
    "deux",
    "euh",
    "faudrait",
    "manque",
    "a",
    "tres",
)

test_a_word_with_a_subject = false_of(
    lambda word: word in STOP_WORDS, "quai", "ecole", "bus", "medecin", "foret", "reparer"
)


def test_each_is_folded_as_texts_are() -> None:
    assert [word for word in sorted(STOP_WORDS) if fold_word(word) != word] == []


def test_what_carries_no_subject_is_left_out() -> None:
    assert {"falloir", "manque", "dans", "euh"} <= STOP_WORDS
    assert content_words("Il faut 2 bancs sur la digue") == ["bancs", "digue"]
    assert content_stems("Il faut 2 bancs sur la digue") == ["banc", "digu"]
