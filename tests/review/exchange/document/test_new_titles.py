"""Titles as sentences show them, put back as titles."""

from __future__ import annotations

import pytest

from pipeline.review.exchange.document.new_titles import is_title, new_title


@pytest.mark.parametrize(
    ("shown", "title", "written", "expected"),
    [
        ("du médecin", "Le médecin", "des soins de proximité", "Les soins de proximité"),
        ("du médecin", "Le médecin", "du médecin de famille", "Le médecin de famille"),
        ("de la voiture", "La voiture", "de l’auto", "L’auto"),
        (
            "d’ouvrir l’école en soirée",
            "Ouvrir l’école en soirée",
            "d’ouvrir l’école le samedi",
            "Ouvrir l’école le samedi",
        ),
        ("de mutualiser la navette", "Mutualiser la navette", "de partager la navette", "Partager la navette"),
        ("ouvrir l’école", "Ouvrir l’école", "rouvrir l’école", "Rouvrir l’école"),
        ("que la situation s’améliore", "La situation s’améliore", "que tout s’améliore", "Tout s’améliore"),
        ("du camion frigo", "Le camion frigo de Bernard Vialle", "du camion commun", "Le camion commun"),
        ("Les droits ?", "Les droits ?", "Quels droits ?", "Quels droits ?"),
    ],
)
def test_an_article_comes_back_out_of_its_preposition(shown: str, title: str, written: str, expected: str) -> None:
    assert new_title(shown, title, written) == expected


def test_the_rest_of_a_sentence_is_no_title() -> None:
    assert is_title("Le médecin de famille", "Le médecin")
    assert not is_title("Le médecin, comme partout", "Le médecin")
    assert not is_title("mot " * 40, "Le médecin")
