"""Workbooks sheet by sheet."""

from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.ingest.stage import IngestResult, ingest
from tests.ingest.corpus_files import workbook_bytes

WALL = [["Post-it", "Table"], ["La vase monte au quai neuf", "1"], ["Le four est froid", "2"]]
VOTES = [
    ["Problème", "Problématique", "# Points"],
    ["La vase", "Entrer au port", 5],
    ["Le vent", "Entrer au port", "x x"],
]
SHEETS = {"Mur": WALL, "🗳️ Les votes": VOTES}


def read(folder: Path, sheets: dict[str, list[list[object]]], toml: str = "") -> IngestResult:
    (folder / "port.xlsx").write_bytes(workbook_bytes(sheets))
    (folder / "bon.txt").write_text("- Le quai glisse\n", encoding="utf-8")
    if toml:
        (folder / "atelier.toml").write_text(toml, encoding="utf-8")
    return ingest(folder, load_config())


def detail(result: IngestResult) -> str:
    return str(result.ledger.set_index("source").loc["port.xlsx", "detail"])


def rows(result: IngestResult, *columns: str) -> list[list[object]]:
    found = result.contributions[result.contributions["source"] == "port.xlsx"][list(columns)].astype(object)
    return found.where(found.notna(), None).to_numpy().tolist()


def test_votes_are_votes_and_the_group_is_the_one_given(tmp_path: Path) -> None:
    result = read(tmp_path, SHEETS)
    assert rows(result, "text", "votes", "given_group", "context", "voice", "channel") == [
        ["La vase monte au quai neuf", None, None, "", None, "postit"],
        ["Le four est froid", None, None, "", None, "postit"],
        ["La vase", 5, "Entrer au port", "Problème > Entrer au port", None, "postit"],
        ["Le vent", 2, "Entrer au port", "Problème > Entrer au port", None, "postit"],
    ]


def test_what_is_said_of_the_file_holds_where_the_column_is(tmp_path: Path) -> None:
    result = read(tmp_path, SHEETS, '[[fichiers]]\nnom = "port.xlsx"\ncolonne_votes = "# Points"\n')
    assert rows(result, "votes") == [[None], [None], [5], [2]]


def test_what_is_in_no_sheet_is_refused_and_named(tmp_path: Path) -> None:
    result = read(tmp_path, SHEETS, '[[fichiers]]\nnom = "port.xlsx"\ncolonne_votes = "Gommettes"\n')
    assert "« Gommettes » qui n'existe dans aucune feuille" in detail(result)
    assert len(result.contributions) == 1


def test_the_name_of_a_sheet_is_a_heading_and_may_name_a_table(tmp_path: Path) -> None:
    sheets = {
        "Groupe 1 – Le quai": [["Post-it"], ["Il glisse"]],
        "Freins": [["Post-it"], ["La vase"]],
        "Feuil3": [["Post-it"], ["Le gel"]],
    }
    result = read(tmp_path, sheets)
    found = [
        [text, list(headings), table, context]
        for text, headings, table, context in rows(result, "text", "headings", "table", "context")
    ]
    assert found == [
        ["Il glisse", ["Le quai"], "Groupe 1", ""],
        ["La vase", ["Freins"], None, "Freins"],
        ["Le gel", [], None, ""],
    ]


def test_a_vote_in_words_is_told_with_its_line(tmp_path: Path) -> None:
    votes = [["Idée", "Votes"], ["Draguer le chenal", 4], ["Un quai plus bas", "beaucoup"], ["Une échelle", 1]]
    result = read(tmp_path, {"Votes": votes})
    assert rows(result, "votes") == [[4], [None], [1]]
    assert "colonne de votes «\u00a0Votes\u00a0»\u00a0: un nombre de voix était attendu à la ligne 3 (" in detail(
        result
    )


def test_ranks_follow_the_order_of_a_wall(tmp_path: Path) -> None:
    wall = [["Rubrique", "Post-it"], ["Freins", "La vase"], ["Pistes", "Draguer"], ["Freins", "Le gel"]]
    found = rows(read(tmp_path, {"Mur": wall}), "text", "rank", "list_id")
    assert [row[:2] for row in found] == [["La vase", 1], ["Draguer", 1], ["Le gel", 2]]
    assert found[0][2] == found[2][2] != found[1][2]


@pytest.mark.parametrize("n", [48, 0], ids=["cut by their tool", "whole"])
def test_headings_that_a_tool_cut_at_one_length_are_told_as_cut(n: int, tmp_path: Path) -> None:
    asked = [
        "1. Avez-vous eu rapidement les moyens de travailler à bord pendant la tempête",
        "2. Avez-vous eu recours à des compétences additionnelles pour les filets",
        "3. Quelles difficultés avez-vous rencontrées pendant les escales de l'hiver",
        "Ponton ?",
    ]
    heads = [one[: n or None] for one in asked]
    sides = ["Oui", "Non", "Oui", "Oui"] * 3
    answers = [[side, side, f"Le treuil {row} a gelé à quai", side] for row, side in enumerate(sides)]
    result = read(tmp_path, {"Réponses": [heads, *answers]})
    told = [one[3:] + " […]" * bool(n) for one in heads[:3]]
    assert {context for (context,) in rows(result, "context")} == {heads[2][3:]}
    assert {*result.positions["about"]} == {*told[:2], "Ponton ?"}


NOTES = [
    ["Réunion du quai neuf", None, None],
    ["Une vingtaine de personnes étaient là.", None, None],
    ["Groupe", "Rubrique", "Note"],
    ["Groupe 1", "Ce qui manque", "Les bancs du quai ont disparu depuis la tempête."],
    ["Groupe 1", "Ce qui manque", "Le four ne chauffe plus assez pour les fêtes."],
    ["Groupe 1", "Les pistes", "Valoriser le port"],
    ["Groupe 1", "Les pistes", "Un panneau pourrait dire l'histoire de la criée."],
    ["Groupe 1", "Les pistes", "Des visites seraient menées par d'anciens marins."],
    ["Groupe 1", "Les pistes", "Mieux s'informer"],
    ["Groupe 1", "Les pistes", "Une feuille serait glissée chaque mois sous les portes."],
    ["Groupe 2", "Les pistes", "La halle pourrait ouvrir le soir aux jeunes."],
    ["Groupe 2", "Les pistes", "Le bac passerait une heure plus tard en été."],
    ["Groupe 2", "Les pistes", "Planter des haies"],
]


def test_a_few_words_alone_in_a_cell_head_the_sentences_below(tmp_path: Path) -> None:
    result = read(tmp_path, {"Feuil1": NOTES})
    assert rows(result, "locator", "context")[2:] == [
        ["ligne 7", "Les pistes > Valoriser le port"],
        ["ligne 8", "Les pistes > Valoriser le port"],
        ["ligne 10", "Les pistes > Mieux s'informer"],
        ["ligne 11", "Les pistes"],
        ["ligne 12", "Les pistes"],
        ["ligne 13", "Les pistes"],  # nothing below it: an idea, noted in a few words
    ]
    aside = result.rejects[result.rejects["source"] == "port.xlsx"][["locator", "reason"]].to_numpy().tolist()
    assert aside == [["ligne 1", "entete"], ["ligne 2", "entete"], ["ligne 6", "titre"], ["ligne 9", "titre"]]


def test_post_its_of_a_few_words_are_ideas(tmp_path: Path) -> None:
    wall = [["Post-it"], *([text] for text in ("Planter des haies", "Le four est froid.") for _ in range(6))]
    assert len(rows(read(tmp_path, {"Mur": wall}), "text")) == 12


def test_two_sheets_each_have_their_own_column_above_their_rows(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "Quai": [["Post-it", "Coin du mur"], ["Le quai glisse quand il pleut", "À réparer"]],
        "Bal": [["Post-it", "Épreuve"], ["Le bal finit trop tôt pour danser", "Le soir"]],
    }
    told = '[[fichiers]]\nnom = "port.xlsx"\ncolonne_contexte = ["Coin du mur", "Épreuve"]\n'
    contexts = dict(rows(read(tmp_path, sheets, told), "text", "context"))
    assert contexts["Le quai glisse quand il pleut"].endswith("À réparer")
    assert contexts["Le bal finit trop tôt pour danser"].endswith("Le soir")


def test_of_two_columns_of_one_role_in_a_sheet_the_last_told_has_it_and_the_other_is_kept(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "Quai": [["Post-it", "Qui", "Aussi"], ["Le quai glisse quand il pleut", "Groupe bleu", "Groupe vert"]]
    }
    told = '[[fichiers]]\nnom = "port.xlsx"\ncolonne_table = ["Qui", "Aussi"]\n'
    ((table, attributes),) = rows(read(tmp_path, sheets, told), "table", "attributes")
    assert table == "Groupe vert" and "Groupe bleu" in str(attributes)


def test_a_number_that_stands_above_says_what_it_numbers_and_a_measure_stands_above_nothing(tmp_path: Path) -> None:
    header = ["Thème", "Question", "Contexte", "Contribution"]
    said = [
        ["3", "2", "0.5", "Le quai glisse quand il pleut"],
        ["3", "1", "0.0", "Il faudrait une rampe à la cale"],
        ["4", "1", "0.25", "Le bac ne passe plus le soir"],
    ]
    found = rows(read(tmp_path, {"Avis": [header, *said, *said]}), "given_group", "context")
    assert found[0][0] == "Thème 3" and found[2][0] == "Thème 4"
    assert "Question 2" in str(found[0][1]) and not any("0." in str(context) for _, context in found)
