"""What makes a phrase a good title of its group, and what no author would sign."""

from __future__ import annotations

import pytest

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.cluster.naming.scores import TOO_LONG, GroupTexts, faults, score, what_follows
from pipeline.language.syntax.phrases import CLAUSE, FRAGMENT, INFINITIVE, NOUN, Phrase

TEXTS = ["Un ponton neuf devant la criée", "Le ponton de la criée"]
SHARED = {"ponton": 1.0, "crie": 1.0, "neuf": 0.5}


def of(text: str, kind: str = NOUN, axis: str = "nord", row: int = 0, spoken: bool = False) -> float:
    return score(Phrase(text, kind), GroupTexts(axis, TEXTS, [spoken] * 2, False), row, SHARED)


def test_what_the_items_share_is_worth_more() -> None:
    assert of("le ponton de la criée") > of("le marché de la place")


def test_an_action_suits_a_proposal_and_a_fragment_nobody() -> None:
    assert of("ponton devant la criée", INFINITIVE, "sud") > of("ponton devant la criée", CLAUSE, "sud")
    assert of("ponton devant la criée", FRAGMENT) < of("ponton devant la criée", NOUN)


@pytest.mark.parametrize(
    "worse",
    ["on dit que le ponton, la criée", "le ponton " * TOO_LONG, "le ponton"],
    ids=["spoken", "too long", "one word"],
)
def test_what_reads_badly_costs(worse: str) -> None:
    assert of(worse) < of("le ponton de la criée")


def test_the_most_central_item_and_a_written_one_are_preferred() -> None:
    assert of("le ponton de la criée", row=1) < of("le ponton de la criée")
    assert of("le ponton de la criée", spoken=True) < of("le ponton de la criée")


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
