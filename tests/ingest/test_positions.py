"""Positions: what is only a position is counted and is no idea; what has words has its side."""

import json
from pathlib import Path

import pandas as pd
import pytest
from labelled import each, false_of, true_of

from pipeline.config import load_config
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.formats.positions import asks_only_who, head_of, side_of
from pipeline.ingest.formats.records import Entry, Position, Reading
from pipeline.ingest.stage import IngestResult, ingest

FOR, AGAINST = Position("pour", "colonne"), Position("contre", "colonne")


def taken(*entries: Entry) -> Assembly:
    assembly = Assembly(load_config().ingest)
    assembly.add("avis.csv", [Reading("tableau CSV", "enquete", "ecrit", iter(entries))], "atelier", None)
    return assembly


def test_an_entry_without_words_is_a_position_and_no_contribution() -> None:
    assembly = taken(
        Entry("ligne 2", "", "Faut-il fermer la rue ?", voice="#2", positions=(FOR,)),
        Entry("ligne 3", "Les livraisons passent par là.", "Faut-il fermer la rue ?", voice="#3", positions=(AGAINST,)),
        Entry("ligne 4", "", aside=("resultat_de_vote", "vote"), positions=(Position("pour", "vote", "la rue", 12),)),
    )
    rows = assembly.positions_frame()
    kept = assembly.contributions.frame()["contribution_id"].tolist()
    assert rows["side"].tolist() == ["pour", "contre", "pour"]
    assert rows["n"].tolist() == [1, 1, 12]
    assert rows["about"].tolist() == ["Faut-il fermer la rue ?", "Faut-il fermer la rue ?", "la rue"]
    assert rows["voice"].tolist()[:2] == ["Réponse 1", "Réponse 2"]
    assert rows["contribution_id"].fillna("").tolist() == ["", *kept, ""]
    assert assembly.ledger[0][4:] == (3, 1, 1, 1, 1)


def test_a_position_names_the_contribution_that_it_answers_even_if_it_comes_later() -> None:
    rows = taken(
        Entry("ligne 2", "Et les parkings ?", own_name="b", answers=("a",), positions=(Position("sans", "fil"),)),
        Entry("ligne 3", "Fermer la rue aux voitures.", own_name="a"),
        Entry("ligne 4", "", answers=("nulle part",), positions=(AGAINST,)),
    )
    first = rows.contributions.frame()["contribution_id"].tolist()
    assert rows.positions_frame()["target"].fillna("").tolist() == [first[1], ""]


test_a_heading_asks_who_somebody_is = true_of(
    asks_only_who, "Quel est le nom de votre direction, sous-direction ou service", "3. Précisez votre fonction",
    "1. Quel est votre ministère d'appartenance ?", "Quelle est votre région (outre-mer compris)",
)  # fmt: skip
test_a_heading_asks_more = false_of(
    asks_only_who, "Quelle est votre idée ?", "Quels services manquent ?", "Votre quartier", "Que dit votre direction ?"
)


# columns -----------------------------------------------------------------------------------------------------------

PRO = (
    "POUR", "Pr", "+", "++", "👍", "👍🏽", "oui", "Oui !", "ouiii", "OK", "d'accord", "D’accord", "daccord", "d accord",
    "tout à fait d'accord", "TOUT A FAIT D'ACCORD", "Tout à fait", "plutôt d'accord", "Plutôt", "plutôt oui",
    "très favorable", "Favorable", "je suis pour", "Je vote pour", "j'approuve", "J'aime", "✅", "+1", "Assez d'accord",
    "Oui, tout à fait d'accord", "un peu d'accord", "Absolument",
)  # fmt: skip
CON = (
    "CONTRE", "Ctre", "-", "👎", "non", "Non merci", "pas d'accord", "Pas du tout d'accord", "plutôt pas d'accord",
    "Pas du tout", "Plutôt pas", "Pas vraiment", "défavorable", "pas favorable", "Je n'y suis pas favorable",
    "peu d'accord", "en désaccord", "opposé", "Opposé·e", "je n'aime pas", "certainement pas", "❌", "-1",
    "Je suis contre", "C'est non", "Non, pas d'accord", "plutôt non", "rejet",
)  # fmt: skip
NEITHER = (
    "sans avis", "NSP", "neutre", "ni d'accord ni pas d'accord", "Ni pour ni contre", "oui et non", "pas contre",
    "je ne sais pas", "ne se prononce pas", "moyennement d'accord", "mitigé", "peut-être", "=", "+/-", "😐",
)  # fmt: skip
ON_CONDITION = ("oui mais", "Oui, sous conditions", "favorable avec réserves", "pour, sous conditions", "ça dépend")
ABSTAIN = ("abstention", "Abst.", "je m'abstiens", "s'abstient", "vote blanc")


@pytest.mark.parametrize(
    ("side", "cells"),
    [("pour", PRO), ("contre", CON), ("sans", NEITHER), ("nuance", ON_CONDITION), ("abstention", ABSTAIN)],
)
def test_a_cell_of_a_column_of_positions_takes_its_side(side: str, cells: tuple[str, ...]) -> None:
    assert {cell: found and found.side for cell in cells for found in [side_of(cell, in_column=True)]} == dict.fromkeys(
        cells, side
    )


test_words_take_no_side = each(
    side_of,
    "Pour les enfants",
    "Contre le mur",
    "voir avec la mairie",
    "Le pour",
    "des bancs",
    "Non-respect du silence",
    "12 rue Pasteur",
    "Un oui franc de la part des élus",
    "x" * 90,
    is_told=None,
)


@pytest.mark.parametrize(
    ("text", "side", "rest"),
    [
        ("Oui, les trottoirs sont trop étroits", "pour", "les trottoirs sont trop étroits"),
        ("Contre : les livraisons passent par là", "contre", "les livraisons passent par là"),
        ("Pas d'accord ! On perd douze places", "contre", "On perd douze places"),
        ("Tout à fait d'accord. Il faut le faire", "pour", "Il faut le faire"),
        ("Non car les livraisons passent par là", "contre", None),
        ("Oui mais pas le dimanche", "nuance", None),
        ("Pour, à condition que ce soit gratuit", "nuance", None),
        ("Non, sauf le samedi matin", "nuance", None),
        ("Non, les deux salles sont prises", "contre", "les deux salles sont prises"),
    ],
)
def test_the_head_of_an_answer_takes_its_side(text: str, side: str, rest: str | None) -> None:
    head = head_of(text)
    assert head is not None
    assert head.side.side == side
    assert (text[head.end :] if head.end else None) == rest


test_a_text_that_begins_like_a_side_takes_none = each(
    head_of,
    "Pour moi, le marché devrait finir plus tard",
    "Non seulement c'est cher, mais c'est loin",
    "Pour eux, rien",
    "Contre le bruit, des murs",
    "Non-respect des horaires, partout",
    "Oui",
    "Bon, on verra",
    "Je ne sais pas, non",
    "Non, les 2",
    "Oui, les deux sont utiles",
    "Non, ni l'un ni l'autre",
    "Oui et non, selon l'heure",
    "Ça dépend, le soir oui",
    "Pas contre, mais qui paie ?",
    is_told=None,
)


def read(tmp_path: Path, **files: str) -> IngestResult:
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    return ingest(tmp_path, load_config())


AVIS = "Auteur;Avis;Commentaire\nLéa;pour;On pourra traverser avec la poussette\nSam;contre;Les livraisons passent là\n"


@pytest.mark.parametrize("asked", ["Avis", "Faut-il fermer la rue ?"])
def test_the_side_of_a_row_is_that_of_its_words_where_something_says_on_what(tmp_path: Path, asked: str) -> None:
    """Against a plan that nothing names, one says what may be true of any title."""
    rows = AVIS + "Ana;👍;\nLou;;Des bancs à l'ombre\nPaul;Ctre;contre\n"
    result = read(tmp_path, rue=rows.replace("Avis", asked))
    text = result.contributions.set_index("contribution_id")["text"]
    rows = [
        (side, text.get(one, ""))
        for side, one in zip(result.positions["side"], result.positions["contribution_id"].fillna(""), strict=True)
    ]
    assert rows == [
        ("pour", "On pourra traverser avec la poussette" * (asked != "Avis")),
        ("contre", "Les livraisons passent là" * (asked != "Avis")),
        ("pour", ""),
        ("contre", ""),
        ("contre", ""),
    ]
    assert sorted(text) == ["Des bancs à l'ombre", "Les livraisons passent là", "On pourra traverser avec la poussette"]
    assert result.positions["voice"].nunique() == 4
    told = f"«\u00a0{asked}\u00a0»\u00a0: 4 positions (pour 2, contre 2, 1 cellule vide)"
    assert told in result.ledger.loc[0, "detail"]


def test_the_side_that_opens_the_words_of_a_row_is_on_what_all_rows_answer(tmp_path: Path) -> None:
    """« Avis défavorable. Protégeons l'étang. » is against the draft, and not against what it protects."""
    rows = (
        "Nom;Contribution;Avis", "A;Avis défavorable. Il faut protéger l'étang et ses hérons.;",
        "B;Avis défavorable. L'étang doit rester sauvage.;", "C;Le curage coûte cher à la commune.;Défavorable",
        "D;Favorable. Les crues abîment les jardins.;", "E;Les pêcheurs attendent ce curage.;Favorable",
    )  # fmt: skip
    told = read(tmp_path, curage_de_l_etang="\n".join(rows)).positions
    assert {*told["about"]} == {"Curage de l etang"}
    assert sorted(zip(told["side"], told["answer"], strict=True)) == [
        ("contre", "Avis défavorable"), ("contre", "Avis défavorable"), ("contre", "Défavorable"),
        ("pour", "Favorable"), ("pour", "Favorable"),
    ]  # fmt: skip


def test_a_column_with_unknown_spellings_is_told_and_loses_no_words(tmp_path: Path) -> None:
    rows = "".join(f"{side};Une raison de plus, la {n}e\n" for n, side in enumerate([*PRO[:6], *CON[:6]], start=1))
    result = read(
        tmp_path,
        avis=f"Position;Pourquoi ?\n{rows}zz;La raison du dernier\nà voir avec les riverains d'abord;Parce que\n",
    )
    assert result.positions["side"].value_counts().to_dict() == {"pour": 6, "contre": 6}
    assert "à voir avec les riverains d'abord" in set(result.contributions["text"])
    detail = result.ledger.loc[0, "detail"]
    assert "attendu à la ligne 14 («\u00a0zz\u00a0»)" in detail
    assert result.rejects["locator"].tolist() == ["ligne 14, colonne « Position »"]


def test_a_half_empty_column_counts_what_it_holds(tmp_path: Path) -> None:
    result = read(
        tmp_path, a="Texte;Vote\nUn banc près de l'école;\nUne fontaine;pour\nUn kiosque à musique;\nUn abri;contre\n"
    )
    assert result.positions["side"].tolist() == ["pour", "contre"]
    assert len(result.contributions) == 4
    assert "2 positions (pour 1, contre 1, 2 cellules vides)" in result.ledger.loc[0, "detail"]


def test_a_column_that_its_words_contradict_is_followed(tmp_path: Path) -> None:
    result = read(tmp_path, a=AVIS + "Noé;pour;Contre : le bruit sera pire\n")
    assert result.positions["side"].tolist() == ["pour", "contre", "pour"]


SCALE = "Êtes-vous d'accord avec l'extinction de l'éclairage la nuit ? (1 à 5)"


def test_a_scale_is_read_in_its_bounds_and_what_is_out_is_told(tmp_path: Path) -> None:
    values = ["1", "2", "3", "4", "5", "55", "4/5", "", "5"]
    rows = "".join(f"{value};Une réponse libre sur la nuit, {n}\n" for n, value in enumerate(values))
    result = read(tmp_path, nuit=f"{SCALE};Que proposez-vous d'autre ?\n{rows}")
    assert result.positions["side"].tolist() == ["contre", "contre", "sans", "pour", "pour", "pour", "pour"]
    assert result.positions["evidence"].unique().tolist() == ["echelle"]
    assert result.positions["contribution_id"].isna().all()
    assert result.positions["answer"].tolist() == ["1", "2", "3", "4", "5", "4/5", "5"]
    assert "une échelle de 1 à 5 attendu à la ligne 7 («\u00a055\u00a0»)" in result.ledger.loc[0, "detail"]
    assert result.ledger.loc[0, "n_positions"] == 7


@pytest.mark.parametrize(
    "column",
    [
        "Âge;12;34;56;78", "Combien d'enfants avez-vous ?;1;2;3;0", "Avez-vous une voiture ?;oui;non;oui;oui",
        "Votes;3;4;0;2", "Code postal;31000;31200;31000;31500", "J'aime;2;0;4;1", "Gommettes;+;++;+++;+",
    ],
)  # fmt: skip
def test_figures_and_facts_are_no_positions(tmp_path: Path, column: str) -> None:
    name, *cells = column.split(";")
    rows = "".join(f"Une idée bien à elle, la {n};{cell}\n" for n, cell in enumerate(cells, start=1))
    assert read(tmp_path, a=f"Texte;{name}\n{rows}").positions.empty


DEGREES = [
    (
        "À quelle fréquence prenez-vous le car ?",
        ("Jamais", "Parfois", "Très souvent", "Parfois", "Jamais", "Très souvent"),
    ),
    (
        "Connaissez-vous la maison de santé ?",
        ("Oui, très bien", "Non", "Oui, de nom", "Non", "Oui, de nom", "Oui, très bien"),
    ),
    ("L'horaire est", ("Adapté", "Trop tôt", "Trop tard", "Adapté", "Trop tôt", "Trop tard")),
    (
        "La durée de la visite vous a-t-elle convenu ?",
        ("Bien", "Trop courte", "Trop longue", "Bien", "Trop courte", "Trop longue"),
    ),
]
NO_DEGREES = [
    ("Quel est votre village ?", ("Vermont", "Brandes", "Vermont", "Brandes", "Vermont", "Brandes")),
    ("Dans quel groupe étiez-vous ?", ("Bleu", "Vert", "Rouge", "Bleu", "Vert", "Rouge")),
    ("Vous êtes ?", ("Élue", "Agent", "Habitante", "Élue", "Agent", "Habitante")),
    ("Avez-vous une idée ?", ("Un banc", "Du pain le matin", "Un banc", "Le car", "Une haie", "Deux rames")),
    ("Où habitez-vous ?", ("Vermont", "Brandes", "Le hameau", "Vermont", "Brandes", "Le hameau")),
    ("Avez-vous une voiture ?", ("Oui", "Non", "Oui", "Non", "Oui", "Non")),
    ("Fréquence", ("Jamais", "Parfois", "Souvent", "Parfois", "Jamais", "Souvent")),
]


def answers(tmp_path: Path, question: str, cells: tuple[str, ...]) -> pd.DataFrame:
    rows = "".join(f"{cell.replace(',', ' ')};Il manque un banc n° {n}\n" for n, cell in enumerate(cells))
    return read(tmp_path, **{"avis.csv": f"{question};Votre remarque\n{rows}"}).positions


@pytest.mark.parametrize(("question", "cells"), DEGREES)
def test_degrees_that_take_no_side_are_counted_as_answers(
    tmp_path: Path, question: str, cells: tuple[str, ...]
) -> None:
    found = answers(tmp_path, question, cells)
    assert found["about"].unique().tolist() == [question]
    assert found["side"].unique().tolist() == ["sans"]
    assert sorted(found["answer"].value_counts()) == [2, 2, 2]


GRADED = [
    ("L'accueil vous a-t-il convenu ?", "Satisfaite", "Très satisfait", "Peu satisfait·e"),
    ("Les visites m'ont appris quelque chose", "Oui", "Plutôt oui", "Plutôt non"),
]


@pytest.mark.parametrize(("question", "first", "second", "other"), GRADED)
def test_degrees_of_yes_and_of_satisfaction_take_sides_whatever_is_asked(
    tmp_path: Path, question: str, first: str, second: str, other: str
) -> None:
    found = answers(tmp_path, question, (first, second, first, second, other, other))
    assert found["about"].unique().tolist() == [question]
    assert found["side"].tolist() == ["pour"] * 4 + ["contre"] * 2
    is_one_sided = answers(tmp_path, question, (first, second) * 4)
    assert is_one_sided["side"].tolist() == ["pour"] * 8


@pytest.mark.parametrize(("question", "cells"), NO_DEGREES)
def test_a_profile_and_a_bare_yes_or_no_are_no_degrees(tmp_path: Path, question: str, cells: tuple[str, ...]) -> None:
    assert answers(tmp_path, question, cells).empty


def test_words_among_degrees_of_satisfaction_are_no_degree(tmp_path: Path) -> None:
    cells = ("Satisfait",) * 6 + ("Très satisfait",) * 4 + ("Le buffet surtout",)
    found = answers(tmp_path, "Êtes-vous content du repas ?", cells)
    assert found["answer"].value_counts().to_dict() == {"Satisfait": 6, "Très satisfait": 4}


def test_tables_that_ask_the_same_are_one_survey_however_few_answer_each(tmp_path: Path) -> None:
    asked, alone = "Le rythme des séances est", "La durée des séances est"
    head = "Ce que j'ai apprécié…;{};Autres remarques\n"
    said = ("Adapté",) * 4 + ("Trop rapide",)
    rows = [f";{cell};\n" for cell in said] + ["Les visites au jardin avec les enfants;Trop lent;\n"]
    files = {f"retours{n}.csv": head.format(asked) + "".join(rows) for n in range(3)}
    files["seule.csv"] = head.format(alone) + "".join(rows)
    found = read(tmp_path, **files).positions
    assert found.groupby("about")["answer"].value_counts().to_dict() == {
        (asked, "Adapté"): 12, (asked, "Trop rapide"): 3, (asked, "Trop lent"): 3,
        (alone, "Adapté"): 4, (alone, "Trop rapide"): 1, (alone, "Trop lent"): 1,
    }  # fmt: skip
    assert found["voice"].nunique() == 24


def test_who_answers_in_her_own_words_answers_too_and_one_answer_of_all_is_one_to_choose(tmp_path: Path) -> None:
    cells = ("Oui",) * 22 + ("Très satisfait", "Je suis arrivée une fois la présentation finie")
    found = answers(tmp_path, "Le projet (budget, calendrier) vous a-t-il été présenté clairement ?", cells)
    assert found["answer"].fillna("–").tolist() == [*cells[:-1], "–"]
    assert found["side"].unique().tolist() == ["sans"]
    assert found["contribution_id"].isna().all()


def test_a_yes_with_its_reason_among_answers_that_take_no_side_is_no_side(tmp_path: Path) -> None:
    cells = ("Bien",) * 12 + ("Trop courte",) * 9 + ("Oui, mais il manquait du temps pour les questions",)
    found = answers(tmp_path, "La durée de la visite vous a-t-elle convenu ?", cells)
    assert (found["side"].unique().tolist(), len(found)) == (["sans"], 22)


def test_an_answer_that_one_person_chose_is_one_and_a_remark_is_words(tmp_path: Path) -> None:
    cells = ("Dès la 1re semaine",) * 18 + ("La 2e semaine",) * 10 + ("La 3e semaine",) + ("Jamais",)
    asked = "Dans quel délai avez-vous reçu les clés ?"
    rows = "".join(
        f"{cell};Il manque un banc n° {n}\n"
        for n, cell in enumerate([*cells, "Il a fallu les redemander trois fois à la mairie"])
    )
    result = read(tmp_path, **{"avis.csv": f"{asked};Votre remarque\n{rows}"})
    assert sorted(result.positions["answer"].value_counts()) == [1, 1, 10, 18]
    assert len(result.positions) == 31
    assert "Il a fallu les redemander trois fois à la mairie" in set(result.contributions["text"])


def test_an_answer_by_a_figure_is_an_answer(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        a="Quelle part de vos courses faites-vous au marché ?\n80 %\n3\n"
        "Presque tout ce qui est frais, le samedi\nLe reste en ligne\n",
    )
    assert result.rejects.empty
    assert result.positions[["answer", "side"]].to_numpy().tolist() == [["80 %", "sans"], ["3", "sans"]]
    assert len(result.contributions) == 2


def test_yes_and_no_take_sides_only_where_an_opinion_is_asked(tmp_path: Path) -> None:
    asked = "Faut-il fermer la rue des Écoles le mercredi ?"
    fact = "Avez-vous des remarques ?"
    result = read(
        tmp_path, a=f"{asked};{fact}\nOui;Non\nOui, les enfants y jouent;non\nNon;Oui, le bruit le soir est pénible\n"
    )
    by = result.positions.groupby("about")["side"].apply(list).to_dict()
    assert by == {asked: ["pour", "pour", "contre"]}  # a no to what asks for remarks has none
    assert result.items["text"].tolist() == ["les enfants y jouent", "Oui, le bruit le soir est pénible"]


def test_the_proposal_of_a_row_is_what_is_voted_on(tmp_path: Path) -> None:
    rows = "".join(f"{person};{what};{side};{why}\n" for person, what, side, why in [
        ("Léa", "Fermer la rue", "pour", "On respirera mieux"), ("Sam", "Fermer la rue", "contre", ""),
        ("Léa", "Ouvrir la cour", "pour", ""), ("Ana", "Ouvrir la cour", "pour", "Les petits ont besoin d'ombre"),
        ("Noé", "Fermer la rue", "contre", "Le bus n'y passe plus"),
    ])  # fmt: skip
    result = read(tmp_path, votes=f"Nom du votant;Proposition;Vote;Pourquoi\n{rows}")
    assert result.positions.groupby("about")["side"].apply(list).to_dict() == {
        "Fermer la rue": ["pour", "contre", "contre"],
        "Ouvrir la cour": ["pour", "pour"],
    }
    assert set(result.contributions["text"]) == {
        "On respirera mieux",
        "Les petits ont besoin d'ombre",
        "Le bus n'y passe plus",
    }


def test_a_tick_under_for_or_against_is_the_side_of_who_ticks(tmp_path: Path) -> None:
    rows = "Léa;Fermer la rue;x;;\nSam;Fermer la rue;;x;\nAna;Fermer la rue;;;x\nNoé;Ouvrir la cour;✓;;\n"
    rows += "Lou;Ouvrir la cour;x;;\nLou;Fermer la rue;;;\n"
    words = "Nom,Texte\nLéa,La rue est dangereuse le matin\n"
    result = read(tmp_path, votes=f"Participant;Proposition;Pour;Contre;Abstention\n{rows}", mots=words)
    assert result.positions.groupby("about")["side"].apply(list).to_dict() == {
        "Fermer la rue": ["pour", "contre", "abstention"],
        "Ouvrir la cour": ["pour", "pour"],
    }


def test_whoever_ticks_an_opinion_is_of_it_in_a_csv_that_a_spreadsheet_laid_in_cells(tmp_path: Path) -> None:
    """A csv opened in one column, annotated, and saved: `;` cuts its entities, its cells are in quotation marks."""
    rows = [
        ';1;;"m,""1"",""Le quai sera plus calme, c&#8217";est heureux pour l&#8217;"école"",""""";;',
        ';;1;"m,""2"",""Le quai ferm&#233";", les commerces partiront"",""""";;;',
        '1;;;"m,""3"",""On ne sait rien du chantier, qui en parle ?"",""Ana Kermel""";;;;',
    ]
    head = 'Non pertinent;Favorable;Défavorable;"objet,""id"",""Texte"",""Auteur""";;;;'
    (tmp_path / "avis.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    result = ingest(tmp_path, load_config())
    assert result.contributions["text"].tolist() == [
        "Le quai sera plus calme, c’est heureux pour l’école",
        "Le quai fermé, les commerces partiront",
        "On ne sait rien du chantier, qui en parle ?",
    ]
    assert result.positions["side"].tolist() == ["pour", "contre", "sans"]
    assert result.positions["answer"].tolist() == ["Favorable", "Défavorable", "Non pertinent"]


def test_atelier_toml_says_which_column_takes_sides(tmp_path: Path) -> None:
    (tmp_path / "atelier.toml").write_text(
        '[[fichiers]]\nnom = "a.csv"\ncolonnes_position = ["Retour"]\n', encoding="utf-8"
    )
    result = read(
        tmp_path, a="Texte;Retour\nUn banc près de l'école;oui\nUne fontaine;non\nUn kiosque;à revoir ensemble\n"
    )
    assert result.positions["side"].tolist() == ["pour", "contre", "sans"]
    assert "à revoir ensemble" in set(result.contributions["text"])


# votes and people --------------------------------------------------------------------------------------------------

PROBLEMS = (("Les horaires du bus", "12", ["Un bus le soir", "Un bus le dimanche", "Des horaires affichés"]),
            ("Le bruit place Ronde", "5", ["Fermer la terrasse plus tôt", "Un panneau", "Des arbres"]))  # fmt: skip


def votes_of(result: IngestResult) -> tuple[list[tuple[str, int]], set[object]]:
    rows = result.positions[result.positions["evidence"] == "vote"]
    return list(zip(rows["about"], rows["n"], strict=True)), set(result.contributions["votes"].dropna())


def test_votes_that_each_row_repeats_are_those_of_what_stands_above(tmp_path: Path) -> None:
    rows = "".join(f"{problem};{votes};{idea}\n" for problem, votes, ideas in PROBLEMS for idea in ideas)
    result = read(tmp_path, mur=f"Problématique;Votes;Idée\n{rows}")
    assert votes_of(result) == ([("Les horaires du bus", 12), ("Le bruit place Ronde", 5)], set())
    assert len(result.contributions) == 6


def test_votes_merged_over_rows_are_those_of_what_stands_above(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "mur.xlsx", engine="xlsxwriter") as book:
        sheet = book.book.add_worksheet("Mur")
        sheet.write_row(0, 0, ["Problématique", "Votes", "Idée"])
        for rank, (problem, votes, ideas) in enumerate(PROBLEMS):
            first = 1 + 3 * rank
            sheet.merge_range(first, 0, first + 2, 0, problem)
            sheet.merge_range(first, 1, first + 2, 1, int(votes))
            for at, idea in enumerate(ideas):
                sheet.write(first + at, 2, idea)
    result = ingest(tmp_path, load_config())
    assert votes_of(result) == ([("Les horaires du bus", 12), ("Le bruit place Ronde", 5)], set())


def test_votes_of_each_idea_stay_its_own(tmp_path: Path) -> None:
    rows = "".join(f"{problem};{n};{idea}\n" for problem, _, ideas in PROBLEMS for n, idea in enumerate(ideas))
    assert votes_of(read(tmp_path, mur=f"Problématique;Votes;Idée\n{rows}")) == ([], {0, 1, 2})


def test_a_negative_number_of_votes_is_told(tmp_path: Path) -> None:
    result = read(tmp_path, mur="Texte;Votes\nUn banc près du lavoir;4\nUne fontaine;-3\nUn abri;2\n")
    assert result.contributions["votes"].fillna(-1).tolist() == [4, -1, 2]
    assert "un nombre de voix était attendu à la ligne 3 («\u00a0-3\u00a0»)" in result.ledger.loc[0, "detail"]


def test_an_answer_sent_twice_is_one_person(tmp_path: Path) -> None:
    long = "Il faudrait un bus le soir pour rentrer du travail sans voiture"
    rows = f"lundi;{long};5\nmardi;Des pistes;4\nmercredi;{long};5\njeudi;Des pistes;4\nvendredi;{long};2\n"
    result = read(tmp_path, bus=f"Horodateur;Que proposez-vous pour les déplacements ?;{SCALE}\n{rows}")
    assert result.contributions["voice"].tolist() == ["Réponse 1", "Réponse 2", "Réponse 1", "Réponse 3", "Réponse 4"]
    assert "une réponse a été envoyée deux fois (lignes 2 et 4)" in result.ledger.loc[0, "detail"]


RATED = (
    "Ville;Date;Note;Commentaire\nLannec;2 mai;5;Un accueil parfait au port\nKerfor;3 mai;1;Personne ne répond jamais\n"
)


def test_rows_that_nothing_asks_are_what_their_heading_says(tmp_path: Path) -> None:
    def rows(content: str) -> tuple[set[str], set[str]]:
        contributions = read(tmp_path, a=content).contributions
        natures = {json.loads(one).get("nature de la ligne", "") for one in contributions["attributes"]}
        return natures, set(contributions["channel"])

    assert rows(RATED) == ({"avis"}, {"enquete"})
    assert rows(RATED.replace(";5;", ";;").replace(";1;", ";;")) == ({"commentaire"}, {"enquete"})
    assert rows(RATED.replace("Commentaire", "Message").replace(";Note", ";Quai")) == ({"message"}, {"enquete"})
    assert rows(RATED.replace("Commentaire", "Que changer ?")) == ({""}, {"enquete"})
    assert rows(RATED.replace("Commentaire", "Texte")) == ({""}, {"enquete"})


def test_a_list_under_for_or_against_takes_a_side_on_the_heading_above_it() -> None:
    above = "Rallumer le four du bourg"
    entries = [
        Entry("l. 2", "Le pain serait chaud", f"{above} > Pour", headings=(above, "Pour")),
        Entry("l. 4", "La fumée gêne", f"{above} > Inconvénients", headings=(above, "Inconvénients")),
        Entry("l. 6", "Un tas de bois", "À éviter", headings=("À éviter",)),
        Entry("l. 7", "Le bruit du moulin", "Contre", headings=("Contre",)),
    ]
    rows = taken(*entries).positions_frame()
    told = ("about", "side", "evidence")
    assert rows[[*told]].to_numpy().tolist() == [[above, "pour", "liste"], [above, "contre", "liste"]]
    assert rows["contribution_id"].notna().all()
