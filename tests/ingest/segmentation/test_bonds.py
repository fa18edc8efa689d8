"""Whether a sentence stands without the one before it: labelled pairs."""

from __future__ import annotations

import pytest

from pipeline.ingest.segmentation.joining import FREE, JOINED, LED, bond, leans, refers

PAIRS = [
    ("a demonstrative", "Le bassin est froid.", "Ce bassin ferme en mai.", JOINED),
    ("the one here", "La scène est petite.", "Celle-ci date de 1960.", JOINED),
    ("those who need it", "Le vestiaire est en ville.", "Ceux qui en ont besoin n'y vont pas.", JOINED),
    ("its own", "Le verger est beau.", "Ses pommes pourrissent.", JOINED),
    ("a proposal about it", "Le préau fuit.", "Il est temps de le réparer avant l'hiver.", LED),
    ("they ask", "Les nageurs sont serrés.", "Ils demandent deux lignes de plus.", LED),
    ("a question and its answer", "Qui garde les clés ?", "La gardienne, en principe.", JOINED),
    ("a head and an objection", "Ouvrir la piscine à l'aube ?", "Et le maître-nageur ?", JOINED),
    ("what speaks for it", "Semer des fleurs au pied des murs.", "Ça ne coûte rien.", JOINED),
    ("a long objection", "Ouvrir le stade la nuit ?", "Et qui ferme, qui éteint, qui répond aux voisins ?", JOINED),
    ("two questions", "Qui décide du budget ?", "Combien coûte une saison au théâtre de verdure ?", FREE),
    ("a bare head", "Les horaires.", "Fermer à midi, c'est fermer aux salariés.", JOINED),
    ("a refusal is no head", "Pas d'accord.", "Les enfants ont besoin de jouer.", FREE),
    ("a fragment", "Peu de monde aux répétitions.", "Surtout l'hiver.", JOINED),
    ("another fact", "La salle est froide.", "Les chaises sont cassées.", FREE),
    ("at theirs", "Les apprentis dorment à l'atelier.", "Chez eux, le loyer est trop cher.", JOINED),
    ("what comes of it", "Le bac est en panne.", "Du coup les saisonniers passent par le pont.", LED),
    ("another report", "La criée est bruyante.", "Il a été proposé de décaler la vente.", FREE),
    ("an answer reported", "La question du chenal a été posée.", "Il a été répondu que la drague viendra.", JOINED),
    ("a reason", "Fermez la rue.", "Parce que les camions passent vite.", JOINED),
]


@pytest.mark.parametrize(("before", "piece", "bound"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS])
def test_bond(before: str, piece: str, bound: str) -> None:
    assert bond(before, piece) == bound


@pytest.mark.parametrize("piece", ["Elle ferme à midi.", "Son toit fuit.", "C'est trop cher.", "Personne ne l'a lu."])
def test_leans(piece: str) -> None:
    assert leans(piece)


@pytest.mark.parametrize("piece", ["Cette année, la fête est en mai.", "Il faut des bancs.", "On manque d'ombre."])
def test_stands(piece: str) -> None:
    assert not leans(piece)
    assert not refers(piece)


def test_what_is_done_to_it_refers() -> None:
    assert refers("Il faudrait la rouvrir le samedi")
    assert not refers("Il faudrait le cahier de liaison")
