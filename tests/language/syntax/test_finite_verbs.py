"""Conjugated verbs and their subjects, labelled by hand."""

import pytest

from pipeline.language.syntax.finite_verbs import (
    VERBS_ALSO_NOUNS,
    has_main_verb,
    has_sure_main_verb,
    has_verb,
    holds_word,
    opening_pronoun,
    subject_of,
)

VERBS = [
    ("les filets sèchent sur le quai", True),
    ("le bac ne passe plus", True),
    ("on s'organise", True),
    ("la criée était fermée", True),
    ("la marche du ponton", False),
    ("un ponton neuf pour la rade", False),
    ("réparer la cale", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), VERBS, ids=[text for text, _ in VERBS])
def test_a_conjugated_verb(text: str, expected: bool) -> None:
    assert has_verb(text) is expected


SURE = [
    ("les filets sèchent sur le quai", True),
    ("les travaux en plus seraient mal venus", True),
    ("la fatigue se fait sentir", True),
    ("la criée n'ouvre pas", True),
    ("les pêcheurs qui vont mal ne viennent pas", True),
    ("un ponton où les pêcheurs viennent", False),
    ("le manque de rampes", False),
    ("ne pas fermer la criée", False),
    ("s'il pleut", False),
]


@pytest.mark.parametrize(("text", "expected"), SURE, ids=[text for text, _ in SURE])
def test_a_main_verb_that_is_surely_one(text: str, expected: bool) -> None:
    assert has_sure_main_verb(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la criée qui ferme", False),
        ("la criée ferme, dit-on", True),
        ("quand il pleut", False),
        ("la criée s'effondre", True),
        ("s'il pleut", False),
    ],
)
def test_a_main_verb_hangs_on_nothing(text: str, expected: bool) -> None:
    assert has_main_verb(text) is expected


SUBJECTS = [
    ("les pêcheurs rentrent tard", "noun"),
    ("je propose un ponton", "person"),
    ("et puis on s'organise", "person"),
    ("ça coûte cher", "back"),
    ("ils rentrent tard", "back"),
    ("il y a un ponton", "there"),
    ("il faut une rampe", "there"),
    ("son bateau prend l'eau", "back"),
    ("sur le quai", ""),
    ("un ponton neuf", ""),
]


@pytest.mark.parametrize(("text", "subject"), SUBJECTS, ids=[text for text, _ in SUBJECTS])
def test_whose_verb_opens_a_clause(text: str, subject: str) -> None:
    assert subject_of(text) == subject


@pytest.mark.parametrize(
    ("text", "pronoun"), [("je pars", "je"), ("j'attends", "j"), ("et puis on part", "on"), ("la criée", "")]
)
def test_the_pronoun_that_opens(text: str, pronoun: str) -> None:
    assert opening_pronoun(text) == pronoun


@pytest.mark.parametrize(("text", "expected"), [("quai", True), ("²²", False), ("a", False), ("…", False)])
def test_something_like_a_word(text: str, expected: bool) -> None:
    assert holds_word(text) is expected


@pytest.mark.parametrize("form", ["manque", "reste"])
def test_a_verb_that_is_a_noun_as_well(form: str) -> None:
    assert form in VERBS_ALSO_NOUNS


@pytest.mark.parametrize("form", ["quai", "prenons"])
def test_what_is_a_noun_or_a_verb_alone(form: str) -> None:
    assert form not in VERBS_ALSO_NOUNS
