"""Columns: votes for and against, groups that people made, tables; a survey is no vote."""

from __future__ import annotations

import pytest

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.sheets.columns import channel_by_headings, map_columns
from pipeline.ingest.formats.sheets.kinds import kind_of_sheet
from pipeline.ingest.formats.sheets.mapping import Mapping, Sheet
from pipeline.ingest.workshop import FileOverride

SHEET = Sheet("port.xlsx")
VOTES = ["Problème", "Problématique", "# Points"]
VOTED = [["La vase", "Entrer au port", "5"], ["Le vent", "Entrer au port", "3"], ["Le four", "Se nourrir", ""]]


def roles(names: list[str], rows: list[list[str]], override: FileOverride | None = None) -> dict[str, str]:
    return {choice.name: choice.role for choice in map_columns(names, rows, override, SHEET).choices}


def told(names: list[str], rows: list[list[str]]) -> tuple[Mapping, str, str]:
    mapping = map_columns(names, rows, None, SHEET)
    channel = channel_by_headings(names, mapping)
    return mapping, channel, kind_of_sheet(names, mapping, channel)[0]


def test_a_sheet_of_votes_is_no_survey() -> None:
    mapping, channel, kind = told(VOTES, VOTED)
    assert roles(VOTES, VOTED) == {"Problème": "texte", "Problématique": "groupe donné", "# Points": "votes"}
    assert (mapping.is_survey, channel, kind) == (False, "postit", "votes")


def test_votes_for_and_against() -> None:
    rows = [["Draguer le chenal", "4", ""], ["Un quai plus bas", "", "2"], ["Une échelle au quai", "1", "1"]]
    assert roles(["Post-it", "Pour", "Contre"], rows) == {"Post-it": "texte", "Pour": "votes", "Contre": "votes contre"}


def test_arguments_for_and_against_are_texts() -> None:
    rows = [["Draguer", "les bateaux passent mieux l'hiver", "cela coûte beaucoup trop cher"]] * 3
    found = roles(["Idée", "Pour", "Contre"], rows)
    assert found["Pour"] != "votes"
    mapping = map_columns(["Idée", "Pour", "Contre"], rows, None, SHEET)
    assert "des mots et non des votes" in mapping.notes[0]


def test_a_column_called_atelier_names_the_table() -> None:
    rows = [["1", "La vase monte"], ["2", "Le quai glisse"]]
    assert roles(["Atelier", "Post-it"], rows) == {"Atelier": "table", "Post-it": "texte"}


def test_a_group_is_one_of_several_texts() -> None:
    rows = [[f"Problématique du quai numéro {n}", f"Le quai glisse {n}"] for n in range(6)]
    assert roles(["Problématique", "Post-it"], rows)["Problématique"] != "groupe donné"


def test_atelier_toml_names_votes_against_and_groups() -> None:
    override = FileOverride(nom="*", colonnes_texte=("A",), colonne_groupe="B", colonne_votes_contre="C")
    found = roles(["A", "B", "C"], [["La vase", "Le port", "2"]], override)
    assert found == {"A": "texte", "B": "groupe donné", "C": "votes contre"}


@pytest.mark.parametrize(
    ("names", "rows", "kind"),
    [
        (["Que manque-t-il au port ?"], [["un quai plus bas"]], "enquête"),
        (
            ["Table", "Freins", "Pistes"],
            [
                ["1", "la vase monte vite", "draguer le chenal dès cet hiver"],
                ["2", "le gel casse les pompes", "poser un toit sur la criée"],
            ],
            "notes de table",
        ),
        (["Post-it", "Couleur"], [["la vase", "jaune"]], "mur de post-its"),
        (["Idée", "Auteur", "Likes"], [["un quai plus bas", "Odile", "4"]], "mur de post-its"),
        (
            ["Ce qui tient", "Ce qui cède", "Et demain ?"],
            [["la criée ouvre tôt", "la vase monte vite", "draguer cet hiver"]] * 3,
            "mur de post-its",
        ),
        (
            ["Que garder au port ?", "Que changer au port ?"],
            [["la criée ouvre tôt", "la vase monte vite"]] * 3,
            "enquête",
        ),
        (["Post-it", "Cluster"], [["la vase", "Port"], ["le vent", "Port"], ["le four", "Pain"]], "mur de post-its"),
        (["horodateur", "Votre idée pour le port ?"], [["01/03/2026 10:00", "un quai plus bas"]], "enquête"),
    ],
    ids=["question", "one row a table", "colours", "likes", "columns of a wall", "questions", "clusters", "tool"],
)
def test_kinds_of_sheets(names: list[str], rows: list[list[str]], kind: str) -> None:
    assert told(names, rows)[2] == kind


def test_a_missing_column_names_the_sheet() -> None:
    with pytest.raises(RefusedFileError, match=r"feuille « Votes », atelier.toml y annonce une colonne « Idées »"):
        map_columns(
            ["A"], [["la vase monte"]], FileOverride(nom="*", colonnes_texte=("Idées",)), Sheet("a.xlsx", "Votes")
        )
