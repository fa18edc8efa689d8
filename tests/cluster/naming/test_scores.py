"""What makes a phrase a good title of its group."""

from __future__ import annotations

import pytest

from pipeline.cluster.naming.scores import TOO_LONG, GroupTexts, score
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
