"""A clause cut in its parts, and a verb that the parser hides, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.models.parsing import parse
from pipeline.language.syntax.clauses import hidden_verb, split_clause, tagged

SPLIT = [
    ("le ponton est fermé", ("le ponton", "être", "", "", "fermé")),
    ("les pêcheurs ne viennent plus à la halle", ("les pêcheurs", "venir", "", "plus", "à la halle")),
    ("on ne se connaît pas", ("on", "connaître", "se ", "pas", "")),
    ("la cale n'a pas de rampe", ("la cale", "avoir", "", "pas", "de rampe")),
    ("les filets partent à la benne", ("les filets", "partir", "", "", "à la benne")),
    ("le bac ne passe que le samedi", ("le bac", "passer", "", "que", "que le samedi")),
    ("nos apprentis y vont à pied", ("nos apprentis", "aller", "y ", "", "à pied")),
    ("la digue qui protège le port s'effondre", ("la digue qui protège le port", "effondrer", "s'", "", "")),
]


@pytest.mark.parametrize(("text", "parts"), SPLIT, ids=[text for text, _ in SPLIT])
def test_a_clause_is_split(text: str, parts: tuple[str, ...]) -> None:
    clause = split_clause(text)
    assert clause is not None
    assert (clause.who, clause.verb.infinitive, clause.clitics, clause.negation, clause.rest) == parts


@pytest.mark.parametrize(
    "text", ["un ponton neuf", "ouvrir la halle", "manque de rampes", "", "les parents d'élèves", "une marche raide"]
)
def test_what_is_no_clause_is_left(text: str) -> None:
    assert split_clause(text) is None


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
