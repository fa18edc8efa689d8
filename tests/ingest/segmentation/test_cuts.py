"""Where one sentence holds two ideas, by what makes them two."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.ingest.segmentation.act_changes import act_cuts
from pipeline.ingest.segmentation.contrasts import contrasts
from pipeline.ingest.segmentation.coordination import parallels
from pipeline.ingest.segmentation.juxtaposition import juxtaposed_cuts
from pipeline.ingest.segmentation.run_on import run_on_cuts
from pipeline.ingest.segmentation.standalone import can_stand, is_dependent, stands_alone


def parts(text: str, cuts: list[int]) -> list[str]:
    edges = [0, *cuts, len(text)]
    return [text[a:b].strip(" ,") for a, b in pairwise(edges)]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("on manque de gradins, il faudrait couvrir la piste", "il faudrait couvrir la piste"),
        ("trop de réunions pas assez de décisions", "pas assez de décisions"),
        ("le bassin ferme en juin mais les élèves nagent en mai", "mais les élèves nagent en mai"),
        ("les douches sont froides, la buvette est fermée", "la buvette est fermée"),
    ],
)
def test_two_acts(text: str, second: str) -> None:
    assert parts(text, act_cuts(text, 0, len(text)))[1:] == [second]


@pytest.mark.parametrize(
    "text",
    [
        "pour les petits de la crèche, il faut un bassin",
        "non seulement la salle est froide mais aussi très sombre",
        "si la ville paie le toit on pourrait refaire la scène",
        "le club prête ses tapis et ses ballons aux écoles",
    ],
)
def test_one_act(text: str) -> None:
    assert act_cuts(text, 0, len(text)) == []


def test_contrasts() -> None:
    assert list(contrasts("le car est gratuit, mais les horaires sont absurdes", is_speech=False)) == [20]
    assert not list(contrasts("le car est gratuit mais aussi très lent", is_speech=False))


def test_parallels() -> None:
    text = "relancer le bal, repeindre la scène"
    assert parts(text, list(parallels(text, is_speech=False))) == ["relancer le bal", "repeindre la scène"]


def test_juxtaposed() -> None:
    text = "le stade est loin les filles rentrent de nuit"
    assert parts(text, list(juxtaposed_cuts(text))) == ["le stade est loin", "les filles rentrent de nuit"]
    assert not list(juxtaposed_cuts("on a perdu le gardien du stade"))


def test_run_on_speech() -> None:
    text = (
        "le club a trois équipes de jeunes qui jouent le samedi matin et puis on a aussi deux équipes de vétérans qui"
    )
    text += " jouent le dimanche soir"
    assert parts(text, run_on_cuts(text, 0, len(text)))[1].startswith("et puis on a aussi deux équipes")
    assert run_on_cuts("on joue le samedi et puis on joue le dimanche", 0, 45) == []


def test_what_stands() -> None:
    assert is_dependent("quand il pleut")
    assert not is_dependent("le toit fuit")
    assert can_stand("le toit fuit")
    assert not can_stand("quand le toit fuit")
    assert stands_alone("la chorale répète le mardi")
    assert not stands_alone("elle répète le mardi")
