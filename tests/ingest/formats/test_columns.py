"""Which column is what: by atelier.toml, by its heading, by its cells."""

from pathlib import Path

import pytest
from labelled import each

from pipeline.config import load_config
from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.columns import (
    Roles,
    Sheet,
    channel_of,
    choose_texts,
    content_of,
    give_asked,
    is_question,
    map_columns,
    votes_in,
)
from pipeline.ingest.formats.positions import position_column
from pipeline.ingest.stage import ingest
from pipeline.ingest.workshop import FileOverride

test_votes = each(
    votes_in,
    ("3", 3),
    ("3.0", 3),
    ("3 votes", 3),
    ("12 points", 12),
    ("+++", 3),
    ("● ●", 2),
    ("x", 1),
    ("👍👍", 2),
    ("1e400", None),
    ("1e18", None),
    ("9" * 20, None),
    ("-" + "9" * 400, None),
    ("1000000000000", 10**12),
    ("1e1", 10),
    ("-2", None),
    ("beaucoup", None),
    ("?", None),
    ("3 personnes ont trouvé que le quai glisse", None),
)


def test_content_of_a_column() -> None:
    sample = [["Le quai glisse", "3", "jaune"], ["La vase monte", "", "bleu clair"], ["", "++", "#aabbcc"]]
    text, votes, colour = (content_of(sample, at) for at in range(3))
    assert (text.n, text.mean_words, text.counted) == (2, 3.0, 0.0)
    assert (votes.n, votes.counted) == (2, 1.0)
    assert colour.colours == 1.0
    assert content_of(sample, 9).n == 0


test_question = each(
    is_question,
    ("Que manque-t-il ?", True),
    ("Q2. Décrivez le port de vos rêves", True),
    ("Où allez-vous pêcher l'hiver", True),
    ("Ouverture du port le samedi", False),
    ("Quai", False),
)

ASKED_NAMES = ["Rubrique", "Ce qui coince ?", "Gommettes", "Nom"]


def test_nothing_asked_decides_nothing() -> None:
    roles = Roles(ASKED_NAMES)
    assert give_asked(roles, None, Sheet("a.csv")) == set()
    assert roles == Roles(ASKED_NAMES)


def test_roles_go_where_they_were_given() -> None:
    roles = Roles(ASKED_NAMES)
    override = FileOverride(
        nom="a.csv", colonnes_texte=["ce qui coince"], colonne_contexte="rubrique", colonne_votes="Gommettes"
    )
    assert give_asked(roles, override, Sheet("a.csv")) == {0, 1, 2}
    assert roles.text == [(1, "Ce qui coince ?")]
    assert roles.context == [0]
    assert roles.single == {"votes": 2}
    assert {choice.reason for choice in roles.choices} == {"indiqué dans atelier.toml"}


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    override = FileOverride(nom="a.xlsx", colonnes_texte=["Post-it"])
    with pytest.raises(RefusedFileError, match=r"« Post-it »") as refused:
        give_asked(Roles(ASKED_NAMES), override, Sheet("a.csv"))
    assert refused.value.advice == f"Colonnes du fichier : {', '.join(ASKED_NAMES)}."


def test_another_sheet_may_have_it() -> None:
    roles, override = Roles(ASKED_NAMES), FileOverride(nom="a.xlsx", colonnes_texte=["Post-it"])
    assert give_asked(roles, override, Sheet("a.xlsx", "Votes")) == set()
    assert roles.missing == ["Post-it"]


PLACES = ["le four ferme trop tôt le dimanche", "il manque la clé du lavoir", "personne ne répare la voûte du four"]
WORDS = ["Nord", "Sud", "Nord"]


def chosen(columns: dict[str, list[str]], by_name: tuple[str, ...] = (), context: tuple[str, ...] = ()) -> Roles:
    names = list(columns)
    sample = [list(row) for row in zip(*columns.values(), strict=True)]
    left = [at for at, name in enumerate(names) if name not in (*by_name, *context)]
    roles = Roles(
        names,
        [content_of(sample, at) for at in range(len(names))],
        attributes=left,
        context=[names.index(name) for name in context],
    )
    choose_texts(roles, [names.index(name) for name in by_name])
    return roles


def test_a_known_name_is_that_of_the_text() -> None:
    roles = chosen({"Texte": PLACES, "Quartier": WORDS}, by_name=("Texte",))
    assert roles.text == [(0, "")]
    assert roles.attributes == [1]
    assert [(choice.name, choice.reason) for choice in roles.choices][:1] == [("Texte", "son titre")]


def test_sentences_make_a_column_of_text_that_nothing_else_points_to() -> None:
    roles = chosen({"Divers": PLACES, "Quartier": WORDS})
    assert roles.text == [(0, "")]
    assert roles.assumed == ["Divers"]


def test_a_question_is_what_its_cells_answer() -> None:
    roles = chosen({"Que changer au four ?": PLACES, "Quartier": WORDS})
    assert roles.text == [(0, "Que changer au four ?")]
    assert roles.assumed == []


def test_the_sentences_of_a_context_are_the_text_where_there_is_no_other() -> None:
    roles = chosen({"Rubrique": PLACES, "Quartier": WORDS}, context=("Rubrique",))
    assert roles.text == [(0, "")]
    assert roles.context == []


@pytest.mark.parametrize(("name", "context"), [("Texte", ""), ("zzz", "zzz")])
def test_the_only_column(name: str, context: str) -> None:
    assert chosen({name: WORDS}).text == [(0, context)]


@pytest.mark.parametrize(
    ("name", "heading"),
    [("points_forts", "points forts"), ("pointsForts", "points forts"), ("versions_bodyText", ""), ("Q2", "Q2")],
)
def test_the_name_that_a_program_gives_is_told_in_words_or_not_at_all(name: str, heading: str) -> None:
    assert chosen({name: WORDS}).text == [(0, heading)]


def test_who_people_are_is_no_text_whatever_asks_it() -> None:
    places = [
        "Direction des phares et balises",
        "Service de la criée du port",
        "Bureau des marins",
        "Sous-direction du quai",
    ]
    asked = {"Quel est le nom de votre direction ou service ?": places, "Que manque-t-il ?": PLACES}
    assert roles_of([*asked], [list(row) for row in zip(places, PLACES, strict=False)]) == {
        "Quel est le nom de votre direction ou service ?": "attribut", "Que manque-t-il ?": "texte",
    }  # fmt: skip


def test_words_alone_are_no_text() -> None:
    assert chosen({"Quartier": WORDS, "Côté": WORDS}).text == []


SHEET = Sheet("port.xlsx")
VOTES = ["Problème", "Problématique", "# Points"]
VOTED = [["La vase", "Entrer au port", "5"], ["Le vent", "Entrer au port", "3"], ["Le four", "Se nourrir", ""]]


def roles_of(names: list[str], rows: list[list[str]], override: FileOverride | None = None) -> dict[str, str]:
    return {choice.name: choice.role for choice in map_columns(names, rows, override, SHEET).choices}


def told(names: list[str], rows: list[list[str]]) -> tuple[Roles, str]:
    roles = map_columns(names, rows, None, SHEET)
    return roles, channel_of(roles)


def test_a_sheet_of_votes_is_no_survey() -> None:
    roles, channel = told(VOTES, VOTED)
    assert roles_of(VOTES, VOTED) == {"Problème": "texte", "Problématique": "groupe donné", "# Points": "votes"}
    assert (roles.is_survey, channel) == (False, "postit")


def test_votes_for_and_against() -> None:
    rows = [["Draguer le chenal", "4", ""], ["Un quai plus bas", "", "2"], ["Une échelle au quai", "1", "1"]]
    assert roles_of(["Post-it", "Pour", "Contre"], rows) == {
        "Post-it": "texte",
        "Pour": "votes",
        "Contre": "votes contre",
    }


def test_arguments_for_and_against_are_texts() -> None:
    rows = [["Draguer", "les bateaux passent mieux l'hiver", "cela coûte beaucoup trop cher"]] * 3
    found = roles_of(["Idée", "Pour", "Contre"], rows)
    assert found["Pour"] != "votes"
    roles = map_columns(["Idée", "Pour", "Contre"], rows, None, SHEET)
    assert "des mots et non des votes" in roles.notes[0]


def test_a_column_called_atelier_names_the_table() -> None:
    rows = [["1", "La vase monte"], ["2", "Le quai glisse"]]
    assert roles_of(["Atelier", "Post-it"], rows) == {"Atelier": "table", "Post-it": "texte"}


def test_a_group_is_one_of_several_texts() -> None:
    rows = [[f"Problématique du quai numéro {n}", f"Le quai glisse {n}"] for n in range(6)]
    assert roles_of(["Problématique", "Post-it"], rows)["Problématique"] != "groupe donné"


def test_atelier_toml_names_votes_against_and_groups() -> None:
    override = FileOverride(nom="*", colonnes_texte=("A",), colonne_groupe="B", colonne_votes_contre="C")
    found = roles_of(["A", "B", "C"], [["La vase", "Le port", "2"]], override)
    assert found == {"A": "texte", "B": "groupe donné", "C": "votes contre"}


test_channels_of_sheets = each(
    lambda names, rows: told(names, rows)[1],
    (["Que manque-t-il au port ?"], [["un quai plus bas"]], "enquete"),
    (
        ["Table", "Freins", "Pistes"],
        [
            ["1", "la vase monte vite", "draguer le chenal dès cet hiver"],
            ["2", "le gel casse les pompes", "poser un toit sur la criée"],
        ],
        "note",
    ),
    (["Post-it", "Couleur"], [["la vase", "jaune"]], "postit"),
    (["Idée", "Auteur", "Likes"], [["un quai plus bas", "Odile", "4"]], "postit"),
    (
        ["Ce qui tient", "Ce qui cède", "Et demain ?"],
        [["la criée ouvre tôt", "la vase monte vite", "draguer cet hiver"]] * 3,
        "postit",
    ),
    (["Que garder au port ?", "Que changer au port ?"], [["la criée ouvre tôt", "la vase monte vite"]] * 3, "enquete"),
    (["Post-it", "Cluster"], [["la vase", "Port"], ["le vent", "Port"], ["le four", "Pain"]], "postit"),
    (["horodateur", "Votre idée pour le port ?"], [["01/03/2026 10:00", "un quai plus bas"]], "enquete"),
    names=["question", "one row a table", "colours", "likes", "columns of a wall", "questions", "clusters", "tool"],
)


@pytest.mark.parametrize(
    ("name", "cells", "choices"),
    [
        ("usage_outil", ["Oui"] * 9 + ["Non"] * 5, {"oui", "non"}),
        ("qualite_accueil", ["Bonne"] * 2 + ["Très bonne"] * 7 + ["Faible"] * 4, {"bonne", "tres bonne", "faible"}),
        (
            "frequence",
            ["Jamais"] * 4 + ["Souvent"] * 3 + ["De temps en temps"] * 6,
            {"jamais", "souvent", "de temps en temps"},
        ),
        ("usage_outil", ["Oui"] * 5 + ["Non"] * 3, None),
        ("service", ["Voirie"] * 8 + ["État civil"] * 6, None),
        ("carte_bibliotheque", ["Oui"] * 14, None),
    ],
    ids=["yes and no", "degrees", "how often", "of few", "who one is", "one answer"],
)
def test_a_survey_exported_under_mere_names_keeps_its_closed_answers(
    name: str, cells: list[str], choices: set[str] | None
) -> None:
    found = position_column(name, cells, 0)
    assert (found and (found.about, set(found.choices))) == (choices and (name.replace("_", " "), choices))


def test_a_column_of_a_few_answers_that_come_back_stands_above_what_is_written_beside_it() -> None:
    said = [["Appréciée", "À améliorer", "Manquante"][n % 3] for n in range(24)]
    rows = [[one, f"Une piste longe le canal jusqu'au pont numéro {n}"] for n, one in enumerate(said)]
    assert roles_of(["avis", "commentaire"], rows) == {"avis": "contexte", "commentaire": "texte"}
    assert roles_of(["avis", "commentaire"], rows[:9])["avis"] == "texte"  # too few to tell
    assert roles_of(["avis"], [[one] for one in said]) == {"avis": "texte"}  # nothing else is written


def test_rows_that_answer_others_by_their_numbers_are_a_thread(tmp_path: Path) -> None:
    (tmp_path / "fil.csv").write_text(
        "no,auteur,message,En réponse à\n"
        "1,Odile,Le lavoir doit rester ouvert toute l'année aux écoles.,\n"
        "2,Karim,Non car cela coûte trop cher à chauffer en hiver.,1\n"
        "3,Nolwenn,On pourrait aussi y mettre un banc de pierre.,1\n"
        "4,Odile,Le banc existe déjà mais personne ne le voit.,3\n",
        encoding="utf-8",
    )
    read = ingest(tmp_path, load_config())
    ids = read.contributions["contribution_id"].tolist()
    assert read.positions[["contribution_id", "target"]].to_numpy().tolist() == [
        [ids[1], ids[0]],
        [ids[2], ids[0]],
        [ids[3], ids[2]],
    ]
    assert read.contributions["context"].tolist() == [
        "",
        "Le lavoir doit rester ouvert toute l'année aux écoles.",
        "Le lavoir doit rester ouvert toute l'année aux écoles.",
        "On pourrait aussi y mettre un banc de pierre.",
    ]


def test_a_heading_that_no_number_tells_is_no_thread() -> None:
    names = ["no", "message", "Réponse à"]
    rows = [["1", "Un banc de pierre au bord du quai", "la mairie"], ["2", "Un four pour tous", "la région"]]
    assert map_columns(names, rows, None, Sheet("a.csv")).thread is None
