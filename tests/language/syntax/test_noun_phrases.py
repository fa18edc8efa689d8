"""Articles that noun phrases need, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.syntax.noun_phrases import determined, how_to_get, indefinite, is_people

INDEFINITE = [
    ("médecin", "un médecin"),
    ("réunion", "une réunion"),
    ("stade ouvert", "un stade ouvert"),
    ("rampes", "des rampes"),
    ("temps payé", "du temps payé"),
    ("eau chaude", "de l'eau chaude"),
    ("lumière", "de la lumière"),
    ("bus le soir", "un bus le soir"),
    ("une rampe", "une rampe"),
    ("mon bateau", "mon bateau"),
    ("bénévole", "un bénévole"),
    ("petit ponton", None),
    ("cours du soir", None),
]


@pytest.mark.parametrize(("text", "expected"), INDEFINITE, ids=[text for text, _ in INDEFINITE])
def test_what_stood_after_a_negation_becomes_an_object(text: str, expected: str | None) -> None:
    assert indefinite(text) == expected


DETERMINED = [
    ("horaires inadaptés", None, "des horaires inadaptés"),
    ("rampe cassée", None, "une rampe cassée"),
    ("entretien du quai", None, "l'entretien du quai"),
    ("réparation de la cale", None, "la réparation de la cale"),
    ("horaires de la criée", None, "les horaires de la criée"),
    ("la cale", None, "la cale"),
    ("pontons", True, "des pontons"),
    ("xyz", None, None),
]


@pytest.mark.parametrize(("text", "plural", "expected"), DETERMINED, ids=[row[0] for row in DETERMINED])
def test_a_noun_phrase_takes_its_article(text: str, plural: bool | None, expected: str | None) -> None:
    assert determined(text, plural) == expected


@pytest.mark.parametrize(
    ("text", "verb"), [("un médecin", "trouver"), ("logement", "trouver"), ("un bus", "avoir"), ("des rampes", "avoir")]
)
def test_one_finds_people_and_has_things(text: str, verb: str) -> None:
    assert how_to_get(text) == verb


@pytest.mark.parametrize(("who", "expected"), [("les pêcheurs", True), ("la criée", False), ("nos apprentis", True)])
def test_who_is_people(who: str, expected: bool) -> None:
    assert is_people(who) is expected
