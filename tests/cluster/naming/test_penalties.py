"""What no author would sign costs something, and what he would sign costs nothing."""

from __future__ import annotations

import pytest

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.cluster.naming.scores import GroupTexts, faults, what_follows
from pipeline.language.syntax.phrases import CLAUSE, INFINITIVE, NOUN, Phrase


def cost(text: str, kind: str = NOUN, axis: str = "", **known: object) -> float:
    return faults(Phrase(text, kind), GroupTexts(axis, [text], [False], False, **known), 0)  # type: ignore[arg-type]


UNSIGNED = [
    "rue des Tanneurs", "https://exemple.example", "il ouvre le jeudi", "hier à la halle", "c'est un beau projet",
    "le facteur, il passe", "s'adresser au gardien", "inscription par téléphone", "la part de ceux",
    "le banc et on attend", "merci à Solange", "les canards aiment", "entre le pont", "si le pont cède demain",
]  # fmt: skip


@pytest.mark.parametrize("text", UNSIGNED)
def test_what_no_author_would_sign_costs(text: str) -> None:
    assert cost(text) >= 0.5


@pytest.mark.parametrize("text", ["la halle du bourg", "un banc devant le lavoir", "le marché du jeudi"])
def test_a_plain_title_costs_nothing(text: str) -> None:
    assert cost(text) == 0


def test_i_costs_more_when_others_spoke_too() -> None:
    assert cost("je garde la clé", CLAUSE, has_voices=True) > cost("je garde la clé", CLAUSE, has_voices=False) > 0


def test_an_unsure_axis_costs_a_little() -> None:
    assert cost("la halle du bourg", sure=[False]) == pytest.approx(0.25)
    assert cost("la halle du bourg", sure=[True]) == 0


def test_an_obstacle_is_no_resource_and_a_resource_no_obstacle() -> None:
    assert cost("le manque de bancs", NOUN, NORD) > cost("le manque de bancs", NOUN, EST)
    assert cost("la halle du bourg", NOUN, EST) > cost("la halle du bourg", NOUN, NORD)
    assert cost("on ne ferme pas le pont", CLAUSE, SUD) > cost("on ne ferme pas le pont", CLAUSE, OUEST)


def test_an_infinitive_that_points_back_costs() -> None:
    assert cost("la repeindre", INFINITIVE) > cost("repeindre la halle", INFINITIVE)


def test_what_follows_a_phrase_in_its_text() -> None:
    assert what_follows("La halle", "La halle, puis le lavoir") == ", puis le lavoir"
    assert what_follows("le four", "La halle") == ""
