"""An object told by its nature, and the question about it."""

from __future__ import annotations

import pytest

from pipeline.cluster.naming.templates import of_nature, question_of

TITLES = [
    ("est", "manque", "médecin", "médecin", "manque de médecins"),
    ("est", "manque", "eau", "eau", "manque d'eau"),
    ("est", "acces", "soins", "soins", "l'accès aux soins"),
    ("est", "acces", "horaires du bac", "horaires", None),
    ("est", "cout", "transport", "transport", "le coût du transport"),
    ("est", "cout", "loyers", "loyers", None),
    ("est", "participation", "jeunes", "jeunes", None),
    ("est", "opposition", "antenne", "antenne", "le refus de l'antenne"),
    ("est", "qualite", "trottoirs", "trottoirs", None),
    ("sud", "mutualiser", "matériel", "matériel", "mutualiser le matériel"),
    ("sud", "informer", "aides", "aides", "faire connaître les aides"),
    ("sud", "former", "bénévoles", "bénévoles", "accompagner les bénévoles"),
    ("sud", "former", "matériel", "matériel", None),
    ("sud", "organiser", "fête de la cale", "fête", "organiser une fête de la cale"),
    ("sud", "organiser", "trottoirs", "trottoirs", None),
    ("nord", "manque", "médecin", "médecin", None),
    ("est", None, "médecin", "médecin", None),
]


@pytest.mark.parametrize(("axis", "nature", "phrase", "head", "expected"), TITLES)
def test_a_nature_takes_its_object_in(
    axis: str, nature: str | None, phrase: str, head: str, expected: str | None
) -> None:
    assert of_nature(axis, nature, phrase, head) == expected


@pytest.mark.parametrize(
    ("nature", "phrase", "expected"),
    [
        ("manque", "médecin scolaire", "comment remédier au manque de médecin scolaire"),
        ("acces", "soins", "comment faciliter l'accès aux soins"),
        ("information", "signalétique", "comment améliorer la signalétique"),
        ("cout", "loyers", None),
        ("relation", "voisins", None),
        ("manque", "xyz", None),
    ],
)
def test_an_object_is_asked_about_when_its_nature_has_a_question(
    nature: str, phrase: str, expected: str | None
) -> None:
    assert question_of("est", nature, phrase) == expected
