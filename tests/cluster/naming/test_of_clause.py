"""What a clause tells, as a question to work on; none where no rule is sure."""

from __future__ import annotations

import pytest

from pipeline.cluster.naming.of_clause import as_clause, of_relative

CLAUSES = [
    ("on ne trouve plus de pain le lundi", "Comment trouver du pain le lundi"),
    ("les randonneurs ne ferment jamais la barrière", "Comment permettre aux randonneurs de fermer la barrière"),
    ("le maire ne répond pas aux lettres", "Comment faire pour que le maire réponde aux lettres"),
    ("personne ne sait où déposer les piles", "Comment faire savoir où déposer les piles"),
    ("il faut appeler trois fois pour obtenir un devis", "Comment obtenir un devis sans appeler trois fois"),
    ("on doit payer deux fois le parking", "Comment éviter d'avoir à payer deux fois le parking"),
    ("les quais ne sont pas accessibles", "Comment rendre les quais accessibles"),
]
SILENT = [
    "on dit que le pont est solide",
    "le four est chaud",
    "ils ne viennent plus",
    "le but n'est pas de construire",
]


@pytest.mark.parametrize(("text", "question"), CLAUSES, ids=[text for text, _ in CLAUSES])
def test_a_clause_asks_a_question(text: str, question: str) -> None:
    assert as_clause(text) == question


@pytest.mark.parametrize("text", SILENT)
def test_no_question_where_none_is_certain(text: str) -> None:
    assert as_clause(text) is None


def test_a_relative_asks_that_it_be_otherwise_unless_it_is_a_wish() -> None:
    assert of_relative("les cars", "ne passent plus") is not None
    assert of_relative("un car", "ne s'arrête pas") is None
