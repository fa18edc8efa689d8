"""Articles that noun phrases need, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.syntax.noun_phrases import definite, first_noun, indefinite, is_people

ARTICLES = [
    ("médecin", "médecin", "le médecin", "un médecin"),
    ("réunion", "réunion", "la réunion", "une réunion"),
    ("accès à la cale", "accès", "l'accès à la cale", "un accès à la cale"),
    ("rampes", "rampes", "les rampes", "des rampes"),
    ("vraies rampes", "rampes", "les vraies rampes", "de vraies rampes"),
    ("temps payé", "temps", "le temps payé", "du temps payé"),
    ("eau chaude", "eau", "l'eau chaude", "de l'eau chaude"),
    ("petit ponton", "ponton", "le petit ponton", "un petit ponton"),
    ("cours du soir", "cours", None, None),
    ("xyz", "xyz", None, None),
]


@pytest.mark.parametrize(("phrase", "head", "known", "new"), ARTICLES, ids=[row[0] for row in ARTICLES])
def test_a_noun_phrase_takes_its_article(phrase: str, head: str, known: str | None, new: str | None) -> None:
    assert definite(phrase, head) == known
    assert indefinite(phrase, head) == new


def test_the_first_noun() -> None:
    assert first_noun("horaires du bus") == "horaires"
    assert first_noun("entretien") == "entretien"


@pytest.mark.parametrize(("who", "expected"), [("les pêcheurs", True), ("la criée", False), ("nos apprentis", True)])
def test_who_is_people(who: str, expected: bool) -> None:
    assert is_people(who) is expected
