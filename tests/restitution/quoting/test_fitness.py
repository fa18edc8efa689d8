"""How well spans read: pairs of which one must win."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atelier import workshop

from pipeline.restitution.material.load import read_material
from pipeline.restitution.quoting.fitness import fitness

GOOD = "La salle est froide dès le mois d'octobre"


@pytest.mark.parametrize(
    "worse",
    [
        "LA SALLE EST FROIDE DÈS LE MOIS D'OCTOBRE",
        "Ça se refroidit dès le mois d'octobre",
        "La salle euh est froide ben dès octobre",
        "La salle la salle est froide dès octobre",
        "Appeler [téléphone] pour la salle froide",
        "Froide",
    ],
    ids=["capitals", "points back", "hesitates", "stutters", "a mark", "one word"],
)
def test_a_clean_sentence_reads_better(worse: str) -> None:
    like = read_material(workshop()).groups["g-toit"].members[0]

    def score(text: str, subject: frozenset[str] = frozenset()) -> float:
        item = replace(like, text=text, source_text=text, start=0, end=len(text))
        return fitness(item, (0, len(text)), subject)

    assert score(GOOD) > score(worse)
    assert score(GOOD) > score(GOOD, frozenset({"gymnase"}))
