"""What is lacking, as the question of how to get it; nothing where a phrase says no lack."""

from __future__ import annotations

import pytest

from pipeline.cluster.naming.of_lack import as_lack

LACKS = [
    ("pas de piscine dans le canton", "Comment avoir une piscine dans le canton"),
    ("manque d'arbitres", "Comment remédier au manque d'arbitres"),
    ("pénurie de dentistes", "Comment faire face à la pénurie de dentistes"),
    ("peur du regard des autres", "Comment dépasser la peur du regard des autres"),
    ("difficile de garer son vélo", "Comment garer son vélo"),
    ("trop de panneaux sur la place", "Comment avoir moins de panneaux sur la place"),
    ("peu de bancs au cimetière", "Comment avoir plus de bancs au cimetière"),
    ("pas assez de bancs au cimetière", "Comment avoir assez de bancs au cimetière"),
    ("personne pour ouvrir la salle", "Comment trouver quelqu'un pour ouvrir la salle"),
    ("pas une heure libre pour souffler", "Comment trouver le temps de souffler"),
]
NO_LACKS = [
    "le marché est ouvert le jeudi",
    "pas de problème avec les voisins",
    "pas de nouveaux membres acceptés",
    "plus de respect sur la route",
    "la halle",
]


@pytest.mark.parametrize(("text", "question"), LACKS, ids=[text for text, _ in LACKS])
def test_a_lack_asks_how_to_get_it(text: str, question: str) -> None:
    assert as_lack(text) == question


@pytest.mark.parametrize("text", NO_LACKS)
def test_what_says_no_lack_asks_nothing(text: str) -> None:
    assert as_lack(text) is None
