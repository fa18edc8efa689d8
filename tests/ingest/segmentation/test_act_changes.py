"""Where a second act begins in a sentence: a proposal after a lack, thanks after it, one lack after another."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.ingest.segmentation.clauses import act_cuts


def parts(text: str, cuts: list[int]) -> list[str]:
    return [text[start:end].strip(" ,") for start, end in pairwise([0, *cuts, len(text)])]


CUT = [
    ("a proposal", "on manque de gradins, il faudrait couvrir la piste", ["il faudrait couvrir la piste"]),
    (
        "a proposal after et",
        "le ponton est pourri et il faut le refaire",
        ["et il faut le refaire"],
    ),
    ("a bare proposal", "les canots prennent l'eau il faudrait les vernir", ["il faudrait les vernir"]),
    ("a question that proposes", "la halle est vide l'hiver pourquoi pas un bal", ["pourquoi pas un bal"]),
    ("an arrow", "aucun abri au débarcadère → il faudrait un auvent", ["il faudrait un auvent"]),
    ("thanks", "la régate était belle, merci aux arbitres du club", ["merci aux arbitres du club"]),
    ("a problem", "la scène est très belle, on manque de loges", ["on manque de loges"]),
    ("two lacks without a sign", "trop de réunions pas assez de décisions", ["pas assez de décisions"]),
    ("a contrast", "le bassin ferme en juin mais les élèves nagent en mai", ["mais les élèves nagent en mai"]),
    ("two facts", "les douches sont froides, la buvette est fermée", ["la buvette est fermée"]),
    (
        "three acts",
        "la cale est glissante, il faut la brosser, merci aux pêcheurs de leur aide",
        ["il faut la brosser", "merci aux pêcheurs de leur aide"],
    ),
]


@pytest.mark.parametrize(("text", "later"), [case[1:] for case in CUT], ids=[case[0] for case in CUT])
def test_a_second_act_is_cut(text: str, later: list[str]) -> None:
    assert parts(text, act_cuts(text, 0, len(text)))[1:] == later


WHOLE = [
    ("a purpose before", "pour les petits de la crèche, il faut un bassin"),
    ("not only", "non seulement la salle est froide mais aussi très sombre"),
    ("a condition", "si la ville paie le toit on pourrait refaire la scène"),
    ("a thought under a condition", "je crois que si le club y arrive on devrait y arriver"),
    ("what is lent", "le club prête ses tapis et ses ballons aux écoles"),
    ("a label", "Manque de place : il faut un frigo plus grand"),
    ("a label and its purpose", "trop de papiers : pour ouvrir un gîte il faut six tampons"),
    ("a relative", "dans la salle de musique, qui manque de chaises, il faut tout vider"),
    ("too short", "il gèle ici, il faut ça"),
    ("a moment", "quand la marée est basse, il faut attendre au ponton"),
]


@pytest.mark.parametrize("text", [case[1] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_one_act_stays_whole(text: str) -> None:
    assert act_cuts(text, 0, len(text)) == []


def test_cuts_are_places_of_the_whole_text() -> None:
    before, sentence = "Au port. ", "On manque de gradins, il faudrait couvrir la piste"
    text = before + sentence + " Bravo !"
    (cut,) = act_cuts(text, len(before), len(before) + len(sentence))
    assert text[cut:].strip().startswith("il faudrait")


def test_a_text_without_end_is_not_searched() -> None:
    text = "on manque de gradins, il faudrait couvrir la piste, " * 60
    assert len(text) > 3_000
    assert act_cuts(text, 0, len(text)) == []
