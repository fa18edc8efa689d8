"""How a stretch opens, and whether it stands alone, labelled by hand."""

import pytest

from pipeline.ingest.segmentation.openings import (
    ACTS,
    PROBLEM_START,
    begins_act,
    begins_infinitive,
    brings_subject,
    can_stand,
    has_own_subject,
    is_dependent,
    n_words,
    opener,
    tokens,
)


@pytest.mark.parametrize("text", ["relancer le bal", "ne pas fermer", "d'abord repeindre", "s'inscrire", "être là"])
def test_infinitives(text: str) -> None:
    assert begins_infinitive(text)


@pytest.mark.parametrize("text", ["chantier fermé", "loyers chers", "la piscine", "plaisir de lire", "foyer rural"])
def test_no_infinitives(text: str) -> None:
    assert not begins_infinitive(text)


@pytest.mark.parametrize("text", ["il faudrait un préau", "pourquoi pas un bal", "et si on chantait", "planter"])
def test_what_to_do(text: str) -> None:
    assert begins_act(text)


@pytest.mark.parametrize("text", ["on manque de bancs", "pas de préau", "Trop de bruit", "personne ne vient"])
def test_problems(text: str) -> None:
    assert PROBLEM_START.match(text)


def test_an_opener_knows_elisions_and_asides() -> None:
    hangs = opener("hanging")
    assert all(hangs.match(text) for text in ("lorsqu'il pleut", "lorsqu’il pleut", "et quand il pleut", "D’après moi"))
    assert not hangs.match("siffler")


def test_tokens_have_both_apostrophes() -> None:
    assert {"qu'", "qu’", "que"} <= tokens("subordinates")


def test_a_need_has_its_noun() -> None:
    assert ACTS["propose"].match("besoin d’ombre")
    assert ACTS["propose"].match("on a besoin de lits")


@pytest.mark.parametrize(
    ("text", "n"),
    [("", 0), ("l'école du bourg", 3), ("un porte-clés", 2), ("12 € à 3", 1), ("… – !", 0)],
    ids=["nothing", "an elision", "a compound", "numbers", "signs"],
)
def test_words_are_counted(text: str, n: int) -> None:
    assert n_words(text) == n


@pytest.mark.parametrize(
    "text",
    [
        "quand il pleut",
        "si le toit fuit",
        "pour les petits",
        "avec un peu d'aide",
        "parce que c'est loin",
        "et quand il gèle",
    ],
)
def test_hangs_on_what_follows(text: str) -> None:
    assert is_dependent(text)


@pytest.mark.parametrize("text", ["le toit fuit", "il pleut", "les bancs", "dans le bourg la halle s'effondre"])
def test_hangs_on_nothing(text: str) -> None:
    assert not is_dependent(text)


STANDING = [
    ("a clause", "le toit fuit", True),
    ("a lack", "pas assez de bancs", True),
    ("a condition and its clause", "quand il pleut, le toit fuit, la cave se remplit", True),
    ("a condition alone", "quand le toit fuit", False),
    ("a noun", "les bancs du port", False),
    ("a word that holds open", "le toit fuit depuis que", False),
    ("a subordinate without its verb", "je crois que les enfants du bourg", False),
    ("two words", "toit percé", False),
]


@pytest.mark.parametrize(("text", "stands"), [case[1:] for case in STANDING], ids=[case[0] for case in STANDING])
def test_can_stand(text: str, stands: bool) -> None:
    assert can_stand(text) is stands


ALONE = [
    ("its own noun", "la chorale répète le mardi", "", True),
    ("on", "on répète le mardi soir", "", True),
    ("a pronoun that points back", "elle répète le mardi soir", "", False),
    ("je goes on", "je répète le mardi soir", "je chante au bourg", False),
    ("je begins", "je répète le mardi soir", "la chorale est belle", True),
    ("a next step", "ensuite la chorale répète le mardi", "", False),
    ("after a conjunction", "la chorale répète le mardi", "quand le local est libre", False),
    ("too short", "la chorale répète", "", False),
    ("no verb", "la chorale du mardi soir", "", False),
]


@pytest.mark.parametrize(("clause", "left", "alone"), [case[1:] for case in ALONE], ids=[case[0] for case in ALONE])
def test_stands_alone(clause: str, left: str, alone: bool) -> None:
    assert has_own_subject(clause, left) is alone


def test_something_new_to_speak_of() -> None:
    assert brings_subject("le boulanger ferme à midi")
    assert brings_subject("il y a des trous partout")
    assert not brings_subject("il ferme à midi")
    assert not brings_subject("on ferme à midi")
