"""What no model reads: answers that say nothing, other languages, whole pages."""

from __future__ import annotations

import pytest

from pipeline.classify.reading.screening import unreadable_reason


@pytest.mark.parametrize(
    "text",
    [
        "RAS", "r.a.s.", "Idem", "néant", "N/A", "NSP", "Rien à signaler.", "rien", "Ne sait pas", "Je ne sais pas !",
        "sans avis", "Pas d’avis", "aucune remarque", "Pas de réponse", "non concernée", "…", "12", "",
    ],
)  # fmt: skip
def test_an_answer_that_says_nothing_is_off_the_axes(text: str) -> None:
    assert unreadable_reason(text) == "vide"


@pytest.mark.parametrize(
    "text",
    [
        "Rien le dimanche", "Pas de réponse de la mairie depuis un an", "Aucune salle", "On ne sait pas qui appeler",
        "Sans objet défini, la réunion ne sert à rien", "Rasés, les arbres de la place", "Idem pour les transports",
        "Pas d'avis de passage", "Aucun bus", "Na !", "merci",
    ],
)  # fmt: skip
def test_a_text_that_says_something_is_read(text: str) -> None:
    assert unreadable_reason(text) == ""


def test_other_languages_and_pages_are_told() -> None:
    assert unreadable_reason("We should have more buses for the people that work at night") == "autre_langue"
    assert unreadable_reason("le car du soir " * 200) == "trop_long"
