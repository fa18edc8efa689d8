"""What is shut, broken, or about to end, as the question of how to have it again."""

from __future__ import annotations

import pytest

from pipeline.cluster.naming.of_closing import of_closing
from pipeline.language.syntax.clauses import split_clause

CLOSINGS = [
    ("la halle est fermée", "Comment rouvrir la halle"),
    ("la halle est fermée le dimanche", "Comment ouvrir la halle le dimanche"),
    ("le four est en panne", "Comment faire réparer le four"),
    ("le quai est interdit aux vélos", "Comment ouvrir le quai aux vélos"),
    ("le dernier train part à 18 h", "Comment faire partir plus tard le dernier train"),
    ("la piscine ferme à 17 h", "Comment ouvrir la piscine plus longtemps"),
    ("le dentiste part à la retraite", "Comment remplacer le dentiste"),
    ("la ligne s'arrête en juin", "Comment garder la ligne"),
    ("la piste s'arrête avant le pont", "Comment prolonger la piste jusqu'au pont"),
    ("le cinéma va fermer", "Comment garder le cinéma"),
    ("la cantine coûte trop cher", "Comment faire baisser le prix de la cantine"),
]
OTHERS = ["la halle est grande", "la piste s'arrête au pont", "le train part à l'heure", "la cantine coûte six euros"]


@pytest.mark.parametrize(("text", "question"), CLOSINGS, ids=[text for text, _ in CLOSINGS])
def test_what_closes_asks_how_to_have_it_again(text: str, question: str) -> None:
    clause = split_clause(text)
    assert clause is not None
    assert of_closing(clause) == question


@pytest.mark.parametrize("text", OTHERS)
def test_what_does_not_close_asks_nothing(text: str) -> None:
    clause = split_clause(text)
    assert clause is not None
    assert of_closing(clause) is None
