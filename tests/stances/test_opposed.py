"""Proposals that undo one another."""

import pytest

from pipeline.stances.opposed import opposed

PAIRS = [
    ("Augmenter la taxe sur les bateaux du port", "Il faut diminuer la taxe sur les bateaux", True),
    ("Augmenter la taxe sur les bateaux du port", "Pouvez-vous revoir à la baisse la taxe sur les bateaux ?", True),
    ("Garder le guichet de la gare", "Ne pas garder le guichet de la gare", True),
    ("Fermer la rue du lavoir le soir", "Laissez ouvrir la rue du lavoir", True),
    ("Augmenter la taxe sur les bateaux", "Diminuer la taxe d'habitation", False),
    ("Augmenter la taxe sur les bateaux", "Augmenter la taxe sur les bateaux du port", False),
    ("La taxe sur les bateaux a augmenté", "Diminuer la taxe sur les bateaux", False),
    ("Fermer la rue du lavoir", "Ne pas fermer la rue du marché", False),
    ("Garder le guichet mais repeindre la gare", "Ne pas garder le guichet de la gare", False),
]


@pytest.mark.parametrize(("one", "other", "is_undone"), PAIRS)
def test_two_proposals_undo_one_another_on_one_thing(one: str, other: str, is_undone: bool) -> None:
    assert list(opposed([one, "Planter une haie", other])) == ([(0, 2)] if is_undone else [])
