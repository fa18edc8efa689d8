"""Two clauses without any sign between them: where the second begins."""

from __future__ import annotations

import pytest

from pipeline.ingest.segmentation.clauses import juxtaposed_cuts

CUT = [
    ("two nouns", "le stade est loin les filles rentrent de nuit", "les filles"),
    ("a singular", "les gradins sont cassés la mairie promet des travaux", "la mairie"),
    ("an elision", "le bassin fuit beaucoup l'eau coûte une fortune", "l'eau"),
    ("on", "le vestiaire est glacé on attend dehors sous la pluie", "on attend"),
    ("there is", "la piste est fermée il y a des trous partout", "il y a"),
]


@pytest.mark.parametrize(("text", "second"), [case[1:] for case in CUT], ids=[case[0] for case in CUT])
def test_a_new_subject_and_its_verb(text: str, second: str) -> None:
    assert list(juxtaposed_cuts(text)) == [text.index(second)]


WHOLE = [
    ("an object", "on a perdu le gardien du stade"),
    ("a name in two halves", "on a élu Ronan Le Gall est trop vieux"),
    ("a relative", "le stade que les filles préfèrent est loin du centre"),
    ("how long ago", "le stade est fermé il y a six mois"),
    ("a preposition before", "le maire compte sur les filles du club"),
    ("a number that does not agree", "le jury est venu les photos du stade est belle"),
    ("too short before", "trop loin les filles rentrent tard le soir"),
]


@pytest.mark.parametrize("text", [case[1] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_one_clause(text: str) -> None:
    assert list(juxtaposed_cuts(text)) == []


def test_how_long_ago_belongs_to_what_comes_before() -> None:
    text = "le stade était plein il y a six mois les filles jouaient dehors"
    assert text.index("il y a") not in list(juxtaposed_cuts(text))


def test_three_clauses_have_two_cuts() -> None:
    text = "le stade est loin les filles rentrent de nuit les parents sont inquiets"
    assert list(juxtaposed_cuts(text)) == [text.index("les filles"), text.index("les parents")]
