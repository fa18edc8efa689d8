"""The pieces of a text that may stand alone."""

import pytest
from labelled import true_of

from pipeline.cluster.naming.pieces import CUT_MIN, LENGTH_MIN, pieces

test_a_piece_is_found = true_of(
    lambda text, piece: piece in pieces(text, 88),
    ("- Un banc devant le lavoir (3 voix)", "Un banc devant le lavoir"),
    ("Du coup, un banc devant le lavoir", "un banc devant le lavoir"),
    ("Je pense que le pont est étroit", "le pont est étroit"),
    ("Le pont est étroit, parce que la route est vieille", "Le pont est étroit"),
    ("UN BANC DEVANT LE LAVOIR DE LA CAF", "un banc devant le lavoir de la CAF"),
    ("Un banc ; une fontaine neuve", "une fontaine neuve"),
    ("Halle couverte : ouvrir le samedi matin", "ouvrir le samedi matin"),
    ("le le marché euh il ferme trop tôt", "il ferme trop tôt"),
    ("le le marché fau- du bourg", "le marché du bourg"),
    ("Permanence de la com com", "Permanence de la com com"),
    ("On tient une auberge de vingt lits et les clients, ils mangent ensemble", "On tient une auberge de vingt lits"),
    ("Non, ouvrir la halle le dimanche", "ouvrir la halle le dimanche"),
)


def test_what_refuses_or_agrees_keeps_its_first_word() -> None:
    assert pieces("Non à la baignade dans le chenal, on se met en danger", 88)[0].startswith("Non à la baignade")
    assert pieces("Oui aux bateaux électriques mais plus tard", 88)[0].startswith("Oui aux bateaux")


@pytest.mark.parametrize("length_max", [60, 88])
def test_no_piece_is_longer_than_asked_or_too_short_to_say_anything(length_max: int) -> None:
    text = (
        "Le marché du samedi matin pourrait s'installer sous la halle avec les producteurs de la vallée, "
        "pour que les familles viennent à pied, et un banc"
    )
    found = pieces(text, length_max)
    assert found
    assert all(LENGTH_MIN <= len(piece) <= length_max for piece in found)
    assert LENGTH_MIN < CUT_MIN


def test_pieces_come_once_and_a_quotation_is_never_left_open() -> None:
    found = pieces("Le gardien dit « bonjour, entrez », et la porte s'ouvre. Le gardien dit « bonjour, entrez »", 88)
    assert len(found) == len(set(found)) > 0
    assert all(piece.count("«") == piece.count("»") for piece in found)


def test_signs_alone_give_no_piece() -> None:
    assert pieces("… ? !", 88) == []
