"""Questions that people asked, disagreements told as questions; objects told by their nature."""

from __future__ import annotations

import pytest

from pipeline.cluster.naming.rewording import as_asked, as_debate, of_nature, question_of, tells_past
from pipeline.language.syntax.phrases import CLAUSE, INFINITIVE, NOUN, QUESTION, Phrase

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


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Comment toucher ceux qui ne viennent pas ?", QUESTION, "Comment toucher ceux qui ne viennent pas ?"),
        ("à qui s'adresser", QUESTION, "À qui s'adresser ?"),
        ("le quai est fermé ?", QUESTION, None),
        ("comment je fais ?", QUESTION, None),
        ("le quai est fermé", CLAUSE, None),
    ],
)
def test_a_question_is_one_that_people_asked(text: str, kind: str, expected: str | None) -> None:
    assert as_asked(Phrase(text, kind)) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("ouvrir la cale le soir", INFINITIVE, "Faut-il ouvrir la cale le soir ?"),
        ("une criée le dimanche", NOUN, "Une criée le dimanche : pour ou contre ?"),
        ("et si on ouvrait la cale ?", QUESTION, "Et si on ouvrait la cale ?"),
        ("la cale est ouverte", CLAUSE, None),
    ],
)
def test_a_disagreement_is_asked(text: str, kind: str, expected: str | None) -> None:
    assert as_debate(Phrase(text, kind)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("on avait une criée", True), ("ils ont fermé la cale", True), ("la cale est fermée", False)],
)
def test_a_tale_of_the_past_is_known(text: str, expected: bool) -> None:
    assert tells_past(text) is expected
