"""What cells hold: votes, colours, free text; headings that ask."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.sheets.cells import content_of, is_question, votes_in

VOTES = [
    ("3", 3), ("3.0", 3), ("3 votes", 3), ("12 points", 12), ("-2", 0), ("+++", 3), ("● ●", 2), ("x", 1), ("👍👍", 2),
    ("1e400", None), ("1e18", None), ("9" * 20, None), ("-" + "9" * 400, None), ("1000000000000", 10**12), ("1e1", 10),
    ("beaucoup", None), ("?", None), ("3 personnes ont trouvé que le quai glisse", None),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "n"), VOTES, ids=[cell for cell, _ in VOTES])
def test_votes(cell: str, n: int | None) -> None:
    assert votes_in(cell) == n


def test_content_of_a_column() -> None:
    sample = [["Le quai glisse", "3", "jaune"], ["La vase monte", "", "bleu clair"], ["", "++", "#aabbcc"]]
    text, votes, colour = (content_of(sample, at) for at in range(3))
    assert (text.n, text.mean_words, text.counted) == (2, 3.0, 0.0)
    assert (votes.n, votes.counted) == (2, 1.0)
    assert colour.colours == 1.0
    assert content_of(sample, 9).n == 0


@pytest.mark.parametrize(
    ("heading", "asks"),
    [
        ("Que manque-t-il ?", True),
        ("Q2. Décrivez le port de vos rêves", True),
        ("Où allez-vous pêcher l'hiver", True),
        ("Ouverture du port le samedi", False),
        ("Quai", False),
    ],
)
def test_question(heading: str, asks: bool) -> None:
    assert is_question(heading) is asks
