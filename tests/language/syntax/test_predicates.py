"""Where the predicate of a clause begins, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.models.parsing import parse
from pipeline.language.syntax.clauses import hidden_verb, predicate, tagged

PREDICATES = [
    ("On change de quai en hiver", "change de quai en hiver"),
    ("Ils attendent la marée haute", "attendent la marée haute"),
    ("Les bateliers ne sortent plus la nuit", "ne sortent plus la nuit"),
    ("La criée se vide avant midi", "se vide avant midi"),
    ("Les filets partent à la benne", "partent à la benne"),
    ("L’écluse reste fermée en août", "reste fermée en août"),
]


@pytest.mark.parametrize(("text", "rest"), PREDICATES, ids=[text for text, _ in PREDICATES])
def test_a_clause_is_cut_before_its_predicate(text: str, rest: str) -> None:
    start = predicate(text)
    assert start is not None
    assert text[start:] == rest


@pytest.mark.parametrize(
    "text",
    [
        "Un ponton neuf",
        "La criée ferme",
        "Les filets, les casiers et les bouées partent à la benne",
        "La digue qui protège le port s'effondre chaque hiver",
        "Quand la marée monte, les bateliers ne sortent plus",
        "Réparer la cale avant l'hiver",
    ],
)
def test_what_cannot_be_cut_for_sure(text: str) -> None:
    assert predicate(text) is None


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("la rampe du ponton glisse à chaque marée", "glisse"),
        ("la criée du port ferme à 5 h", "ferme"),
        ("une rampe très raide pour nous", None),
        ("la rampe qui glisse à chaque marée", None),
    ],
)
def test_a_verb_that_the_parser_may_take_for_another_word(text: str, verb: str | None) -> None:
    found = hidden_verb(next(iter(parse([text]))))
    assert (found.text if found is not None else None) == verb


def test_tags_come_whatever_the_apostrophe() -> None:
    assert [token.text for token in tagged("l’écluse")] == [token.text for token in tagged("l'écluse")]
    assert [token.pos_ for token in tagged("l’écluse")] == ["DET", "NOUN"]
