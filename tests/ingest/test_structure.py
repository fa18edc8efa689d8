"""Headings without what says nothing; tables and groups that they name; what a text answers."""

import pytest
from labelled import FIRST, each

from pipeline.ingest.structure import (
    CONTEXT_MAX,
    bare_heading,
    context_of,
    named_group,
    named_table,
)

HEADINGS = [
    ("a date alone", "Mercredi 5 octobre 2022", ""),
    ("a month", "Bilan du mois de novembre 2022", "Bilan"),
    ("a date after", "Réunion du mardi 3 mars 2021", "Réunion"),
    ("several days", "Rencontres du port 9-10-11 juin 2023", "Rencontres du port"),
    ("days in words", "Ateliers des 9, 10 et 11 juin", "Ateliers"),
    ("a number before a day", "Quai 3, 4 mai 2022", "Quai 3"),
    ("a date in brackets", "Envies (03/03/2021)", "Envies"),
    ("a day of a month told above", "Samedi 26", ""),
    ("half a day", "Samedi 26 juin matin", ""),
    ("where and when", "Café du Pont - 11h15", "Café du Pont"),
    ("an hour that a question tells", "Faut-il fermer la rue après 20 h ?", "Faut-il fermer la rue après 20 h ?"),
    ("who brought it", "Quel four à pain ? (Odile) :", "Quel four à pain ?"),
    ("hours before", "11h-12h ? Le four", "Le four"),
    ("a day", "Jeudi : le four à pain", "le four à pain"),
    ("no date", "Ouverture le samedi", "Ouverture le samedi"),
    ("a year alone says something", "Budget 2023", "Budget 2023"),
    ("a number", "12. Le four à pain", "Le four à pain"),
    ("a number of a number", "2.1. Le four à pain", "Le four à pain"),
    ("a Roman number", "IV – Le four à pain", "Le four à pain"),
    ("a letter", "B) Le four à pain", "Le four à pain"),
    ("an article", "Article 7 bis - Le four à pain", "Le four à pain"),
    ("a question of a survey", "Q3. Que manque-t-il ?", "Que manque-t-il ?"),
    ("emoji", "🗳️ Les votes", "Les votes"),
    ("a number in a box", "2️⃣ Ce qui coince", "Ce qui coince"),
    ("signs of markup", "## **Pistes**", "Pistes"),
    ("a number without a stop", "2.1 Le four à pain", "Le four à pain"),
    ("a bullet", "• Le four à pain", "Le four à pain"),
    ("hours in brackets", "Envies (10h–11h30)", "Envies"),
    ("a distance", "3.5 km de digue", "3.5 km de digue"),
    ("ages", "18-25 ans", "18-25 ans"),
    ("a person", "M. le recteur", "M. le recteur"),
    ("a date, a number, an emoji", "📌 3) 4 mai 2020 : Envies", "Envies"),
]
TABLES = [
    ("Groupe 1 – La digue", "Groupe 1", "La digue"),
    ("Atelier 2", "Atelier 2", ""),
    ("Atelier 2 – Quel four choisir ?", "Atelier 2", "Quel four choisir ?"),
    ("Atelier 1/2 — mardi matin", None, "Atelier 1/2 — mardi matin"),
    ("Table ronde 3 : la digue", "3", "la digue"),
    ("Table n°03 : se loger", "3", "se loger"),
    ("Sous-groupe B : la cantine", "Sous-groupe B", "la cantine"),
    ("Groupe de travail 4", "Groupe 4", ""),
    ("Encore le groupe 3 – Le port", "Groupe 3", "Le port"),
    ("Retour de l’atelier 2 : la vase", "Atelier 2", "la vase"),
    ("La table 4", "4", ""),
    ("Le groupe a parlé", None, "Le groupe a parlé"),
    ("Groupe des marins", None, "Groupe des marins"),
    ("Atelier à venir", None, "Atelier à venir"),
    ("Tableau 2", None, "Tableau 2"),
    ("Table A - Le bois et la scierie", "A", "Le bois et la scierie"),
    ("table d – l'eau", "D", "l'eau"),
    ("Table à repasser", None, "Table à repasser"),
    ("Table apéro du soir", None, "Table apéro du soir"),
]

test_a_heading_keeps_what_it_says = each(bare_heading, *HEADINGS, names=FIRST)


@pytest.mark.parametrize(("heading", "table", "rest"), TABLES, ids=[case[0] for case in TABLES])
def test_a_heading_may_name_a_table(heading: str, table: str | None, rest: str) -> None:
    assert named_table(heading) == (table, rest)


def test_a_heading_may_name_the_group_that_people_made() -> None:
    assert named_group("Problématique 2 : venir sans bateau") == "venir sans bateau"
    assert named_group("Les bateaux") is None


def test_the_context_is_the_nearest_headings_that_say_something() -> None:
    assert context_of(("Le port", "La criée", "Compte rendu")) == "Le port > La criée"
    assert context_of(("Le port", "La criée", "Freins")) == "La criée > Freins"
    assert context_of(("Freins",), "Freins", "le gel") == "Freins > le gel"
    assert context_of(("Réunion",)) == ""
    assert len(context_of(("a" * 300,))) == CONTEXT_MAX
