"""Names suggested for review, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.ingest.privacy.names import NameFinder

SUGGESTED = [
    ("a title", "Le bal de Mme Lavandier", [("Lavandier", "titre devant le nom")]),
    (
        "a title after a way to bring a name in",
        "Voir avec Mme Lavandier pour les clés",
        [("Lavandier", "titre devant le nom")],
    ),
    ("a first name", "Le bal de Nathalie était réussi", [("Nathalie", "prénom courant")]),
    ("a whole name", "Le bal de Nathalie Lavandier était réussi", [("Nathalie Lavandier", "prénom courant")]),
    ("a particle", "Le bal de Nathalie de La Combe", [("Nathalie de La Combe", "prénom courant")]),
    ("a way to bring a name in", "Merci à Odile Lavandier", [("Odile Lavandier", "tournure qui introduit un nom")]),
    (
        "two people",
        "Nathalie et Jean-Marc tiennent le four",
        [("Nathalie", "prénom courant"), ("Jean-Marc", "prénom courant")],
    ),
]


@pytest.mark.parametrize(("text", "names"), [case[1:] for case in SUGGESTED], ids=[case[0] for case in SUGGESTED])
def test_suggested(text: str, names: list[tuple[str, str]]) -> None:
    found = NameFinder(set()).find(text)
    assert [(name, reason) for _, _, name, reason in found] == names
    assert all(text[start:end] == name for start, end, name, _ in found)


NOBODY = [
    ("a street", "La rue Nathalie est en travaux"),
    ("a school", "L'école Jean-Marc ferme une classe"),
    ("an office", "Merci à la Mairie"),
    ("lower case", "le bal de nathalie"),
    ("no name", "Le four est fermé le dimanche"),
]


@pytest.mark.parametrize("text", [case[1] for case in NOBODY], ids=[case[0] for case in NOBODY])
def test_nobody(text: str) -> None:
    assert NameFinder(set()).find(text) == []


def test_whoever_spoke_is_found_by_her_surname() -> None:
    text = "Lavandier a proposé un bal"
    assert NameFinder(set()).find(text) == []
    assert NameFinder({"Odile Lavandier"}).find(text) == [(0, 9, "Lavandier", "nom d'une personne enregistrée")]


SEEN_AS_NAMES = [
    ("Le docteur Ouazzanier est parti", "Ouazzanier"),
    ("Tran Thi Bao tient le jardin", "Tran Thi Bao"),
    ("Maître de la Rochebrune a signé", "de la Rochebrune"),
]


@pytest.mark.parametrize(("text", "name"), SEEN_AS_NAMES)
def test_names_that_no_list_holds(text: str, name: str) -> None:
    assert [found[2] for found in NameFinder(set()).find(text)] == [name]


@pytest.mark.parametrize("text", ["Madame la Maire est venue", "le collège Tran Thi Bao", "Plan Local Urbanisme"])
def test_offices_and_places_are_no_names(text: str) -> None:
    assert NameFinder(set()).find(text) == []
