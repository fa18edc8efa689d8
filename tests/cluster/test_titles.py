"""Titles, questions and actions: what people wrote, and what may be shown for it."""

from __future__ import annotations

import pytest

from pipeline.cluster.actions import as_action
from pipeline.cluster.phrases import Phrase, read, segments
from pipeline.cluster.questions import as_debate, as_problem
from pipeline.cluster.titles import GroupTexts, title_groups
from pipeline.language.parsing import parse

ACTIONS = [
    ("Il faudrait créer un café associatif", "créer un café associatif"),
    ("On pourrait mutualiser les minibus des clubs", "mutualiser les minibus des clubs"),
    ("Pourquoi ne pas ouvrir la bibliothèque le lundi ?", "ouvrir la bibliothèque le lundi"),
    ("Création d'un jardin partagé", "créer un jardin partagé"),
    ("Organisation de rencontres entre voisins", "organiser des rencontres entre voisins"),
    ("Une navette le dimanche", "mettre en place une navette le dimanche"),
    ("Fête de la soupe en octobre", "organiser une fête de la soupe en octobre"),
    ("La Région doit maintenir l'arrêt du car", "demander à la Région de maintenir l'arrêt du car"),
    ("Les communes devraient acheter un minibus", "demander aux communes d'acheter un minibus"),
    ("Que les cantines achètent ensemble", "faire en sorte que les cantines achètent ensemble"),
    ("Je veux bien prêter ma grange", "prêter une grange"),
]

PROBLEMS = [
    ("Pas assez de bus le soir", "Comment faire alors qu'il n'y a pas assez de bus le soir ?"),
    ("Plus aucun médecin dans le canton", "Comment faire alors qu'il n'y a plus aucun médecin dans le canton ?"),
    ("Manque de bénévoles", "Comment remédier au manque de bénévoles ?"),
    ("L'absence de lieu pour les jeunes", "Comment remédier à l'absence de lieu pour les jeunes ?"),
    ("Trop de dossiers à remplir", "Comment faire alors qu'il y a trop de dossiers à remplir ?"),
    ("Rien à louer à l'année", "Comment faire alors qu'il n'y a rien à louer à l'année ?"),
    ("Les loyers trop élevés", "Comment faire face aux loyers trop élevés ?"),
    ("Horaires de bus inadaptés", "Comment faire face à des horaires de bus inadaptés ?"),
    (
        "Les aides à domicile roulent à leurs frais",
        "Comment faire alors que les aides à domicile roulent à leurs frais ?",
    ),
    ("Comment toucher ceux qui ne viennent pas ?", "Comment toucher ceux qui ne viennent pas ?"),
    ("On ne sait pas à qui s'adresser", "Comment faire alors qu’on ne sait pas à qui s'adresser ?"),
]


def phrase_of(text: str) -> tuple[Phrase, object]:
    doc = next(iter(parse(segments(text)[:1])))
    phrase = read(doc)
    assert phrase is not None
    return phrase, doc


@pytest.mark.parametrize(("text", "expected"), ACTIONS, ids=[text for text, _ in ACTIONS])
def test_a_proposal_becomes_an_infinitive(text: str, expected: str) -> None:
    phrase, doc = phrase_of(text)
    assert as_action(phrase, doc).text == expected


@pytest.mark.parametrize(("text", "expected"), PROBLEMS, ids=[text for text, _ in PROBLEMS])
def test_an_obstacle_becomes_a_question(text: str, expected: str) -> None:
    question = as_problem(phrase_of(text)[0])
    assert question is not None
    assert question.replace("’", "'") == expected.replace("’", "'")


def test_a_disagreement_is_titled_as_a_question() -> None:
    assert as_debate(Phrase("ouvrir l'école le soir", "infinitive")) == "Faut-il ouvrir l'école le soir ?"


@pytest.mark.parametrize(
    "text",
    ["avec les", "le prix de", "parce que le bus est loin", "Thank you"],
    ids=["avec", "de", "parce que", "anglais"],
)
def test_what_depends_on_something_else_is_no_title(text: str) -> None:
    assert read(next(iter(parse([text])))) is None


def test_votes_bullets_and_fillers_are_left_out() -> None:
    assert segments("- Euh, alors créer un local pour les jeunes (14 voix)")[0] == "créer un local pour les jeunes"


def test_two_groups_of_an_axis_never_share_a_title() -> None:
    same = ["Plus de bus le soir dans les villages", "Des bus le soir, et des arrêts éclairés dans les villages"]
    groups = [GroupTexts("sud", same, [False, False], False), GroupTexts("sud", same, [False, False], False)]
    first, second = title_groups(groups)
    assert first.text != second.text


def test_a_title_comes_even_from_texts_without_a_phrase() -> None:
    title = title_groups([GroupTexts("est", ["???", "et de"], [False, False], False)])[0]
    assert title.text
