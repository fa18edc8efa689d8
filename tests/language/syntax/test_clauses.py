"""A clause told by its forms, and a verb that the parser hides, labelled by hand."""

import pytest
from labelled import false_of, true_of

from pipeline.language.models.parsing import parse
from pipeline.language.syntax.clauses import hidden_verb, is_clause, tagged

test_a_clause_has_a_subject_and_a_verb = true_of(
    is_clause,
    "le ponton est fermé",
    "les pêcheurs ne viennent plus à la halle",
    "on ne se connaît pas",
    "la cale n'a pas de rampe",
    "les filets partent à la benne",
    "le bac ne passe que le samedi",
    "nos apprentis y vont à pied",
    "la digue qui protège le port s'effondre",
)

test_what_is_no_clause_is_left = false_of(
    is_clause, "un ponton neuf", "ouvrir la halle", "manque de rampes", "", "les parents d'élèves", "une marche raide"
)


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
