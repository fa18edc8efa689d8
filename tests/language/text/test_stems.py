"""Words and their light stems, as labelled texts."""

from __future__ import annotations

import pytest

from pipeline.language.text.words import stem, words


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
