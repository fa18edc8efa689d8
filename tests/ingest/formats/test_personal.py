"""Columns about people, by heading and by content; those about places stay."""

import csv
import json
from pathlib import Path

import pytest
from labelled import each

from pipeline.config import load_config
from pipeline.ingest.formats.columns import Sheet, map_columns
from pipeline.ingest.formats.personal import is_place_heading, kind_of_heading
from pipeline.ingest.stage import ingest
from pipeline.ingest.workshop import FileOverride

PEOPLE = ["Nadia Passerose", "Odile Lavandier", "Tran Thi Bao", "Bernard Vialle", "LAVANDIER Malo", "Mme Quéhan"]
HOMES = [
    "12 rue des Lilas, 35000 Montbrac", "3 bis avenue du Four, Montbrac", "8 chemin de la Combe",
    "45 chemin du Lavoir", "7 place du Puits", "21 allée des Acacias",
]  # fmt: skip
WISHES = [
    "Il faudrait rouvrir la gare du haut", "La piscine ferme trop tôt le dimanche", "Qui décide des horaires ?",
    "On manque de bancs près de la mairie", "Un marché le samedi soir", "Les trottoirs du centre sont impraticables",
]  # fmt: skip
PHONES = [f"06 39 98 01 0{n}" for n in range(6)]
LATITUDES, LONGITUDES = [f"45,{n}2" for n in range(6)], [f"5,{n}7" for n in range(6)]
PLACES = ["gare", "piscine", "halle", "mairie", "place", "centre"]

test_what_a_heading_says_of_a_person = each(
    kind_of_heading,
    ("Nom complet", "name"),
    ("Votre nom et prénom (facultatif)", "name"),
    ("Signature", "name"),
    ("Nom de l'enfant", "name"),
    ("Adresse", "home"),
    ("Domicile", "home"),
    ("Adresse e-mail du répondant", "contact"),
    ("Coordonnées", "contact"),
    ("N° de GSM", "contact"),
    ("Latitude", "place"),
    ("RIB", "account"),
    ("Date de naiss.", "birth"),
    ("Enfant(s)", "family"),
    ("Numéro de sécurité sociale", "number"),
    ("Numéro allocataire CAF", "number"),
    ("Nom de la commune", None),
    ("Adresse du projet", None),
    ("Date", None),
    ("Nombre d'enfants", None),
    ("Contact avec la mairie", None),
    ("Participants", None),
    ("Âge", None),
)


def test_headings_of_places() -> None:
    assert is_place_heading("Lieu")
    assert is_place_heading("Localisation du point")
    assert not is_place_heading("Lieu de travail")


def roles_of(columns: dict[str, list[str]], override: FileOverride | None = None) -> dict[str, str]:
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return {choice.name: choice.role for choice in map_columns(list(columns), rows, override, Sheet("a.csv")).choices}


REMOVED = {
    "Nom complet": PEOPLE, "Adresse": HOMES, "Coordonnées": PHONES, "Latitude": LATITUDES, "Longitude": LONGITUDES,
    "RIB": ["30004 00812 00012345678 41"] * 6, "IBAN": ["FR14 2004 1010 0505 0001 3M02 607"] * 6,
    "Date de naiss.": ["12/03/1980"] * 6, "Enfant(s)": ["Zoé", "Ilyes", "", "Anna, 6 ans", "Tom", "Lina"],
    "Colonne 4": PEOPLE, "Colonne 5": HOMES, "Colonne 6": PHONES,
}  # fmt: skip
KEPT = {
    "Quartier": ["Centre", "Nord"] * 3, "Âge": ["34", "45", "60", "23", "71", "19"], "Enfants": list("012301"),
    "Collège": ["Jean Moulin", "Marie Curie"] * 3, "Contact": ["oui", "non"] * 3,
    "Profession": ["infirmière libérale", "maçon", "prof", "retraité", "aide à domicile", "étudiante"],
}  # fmt: skip


@pytest.mark.parametrize("extra", [{}, {"Horodateur": ["01/03/2026 10:00"] * 6}], ids=["a wall", "Google Forms"])
@pytest.mark.parametrize("name", REMOVED)
def test_a_column_about_people_is_removed(name: str, extra: dict[str, list[str]]) -> None:
    assert roles_of({**extra, name: REMOVED[name], "Idée": WISHES})[name] == "écartée"


test_what_many_share_stays = each(
    lambda name: roles_of({name: KEPT[name], "Idée": WISHES})[name], *KEPT, is_told="attribut"
)


def test_a_number_cut_over_two_columns() -> None:
    halves = {"Début": [f"06 39 9{n}" for n in range(6)], "Fin": [f"01 0{n}" for n in range(6)]}
    assert set(roles_of({**halves, "Idée": WISHES}).values()) == {"texte", "écartée"}


def test_places_that_people_speak_of_stay() -> None:
    found = roles_of({"Commentaire": WISHES, "Lieu": PLACES, "Latitude": LATITUDES, "Longitude": LONGITUDES})
    assert found == {"Commentaire": "texte", "Lieu": "attribut", "Latitude": "attribut", "Longitude": "attribut"}
    found = roles_of({"Titre": PLACES, "Description": WISHES, "Adresse": HOMES, "Statut": ["acceptée"] * 6})
    assert found["Adresse"] == "attribut"


def test_a_person_brings_a_column_back() -> None:
    override = FileOverride(nom="*", colonnes_gardees=("Adresse",))
    columns = {"Adresse": HOMES, "Que changer ici ?": WISHES}
    assert roles_of(columns) == {"Adresse": "écartée", "Que changer ici ?": "texte"}
    assert roles_of(columns, override) == {"Adresse": "attribut", "Que changer ici ?": "texte"}


def test_people_are_told_apart_and_named_nowhere(tmp_path: Path) -> None:
    rows = [
        ["Horodateur", "Nom", "Prénom", "Adresse", "GSM", "Que changer ?", "Quartier"],
        ["01/03/2026", "Passerose", "Nadia", HOMES[0], PHONES[0], WISHES[0], "Centre"],
        ["02/03/2026", "Lavandier", "Odile", HOMES[1], PHONES[1], WISHES[1], "Nord"],
        ["03/03/2026", "Passerose", "Nadia", HOMES[0], PHONES[0], WISHES[3], "Centre"],
        ["04/03/2026", "", "", "", "", WISHES[4], "Nord"],
    ]
    with (tmp_path / "formulaire.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    result = ingest(tmp_path, load_config())
    voices = result.contributions["voice"].tolist()
    assert voices[0] == voices[2]
    assert len(set(voices)) == 3
    assert all(voice.startswith(("Voix", "Réponse")) for voice in voices)
    assert {tuple(json.loads(said)) for said in result.contributions["attributes"]} == {("Quartier",)}
    tables = [result.contributions, result.items, result.ledger, result.rejects, result.name_suggestions]
    told = " ".join(table.to_csv() for table in tables)
    assert not [said for said in ("Passerose", "Odile", "Lilas", "39 98") if said in told]
    (detail,) = result.ledger["detail"]
    assert "colonnes sur la personne, retirées\u00a0: «\u00a0Nom\u00a0», «\u00a0Prénom\u00a0»" in detail
    assert "colonnes_gardees" in detail


def test_an_address_of_mail_tells_people_apart(tmp_path: Path) -> None:
    mails = ["nadia@four.example", "odile@four.example", "nadia@four.example"]
    rows = [["Courriel", "Idée"], *([mail, wish] for mail, wish in zip(mails, WISHES, strict=False))]
    with (tmp_path / "mur.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    voices = ingest(tmp_path, load_config()).contributions["voice"].tolist()
    assert voices == ["Réponse 1", "Réponse 2", "Réponse 1"]
