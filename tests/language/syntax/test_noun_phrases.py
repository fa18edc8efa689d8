"""Noun phrases by the lexicon alone, and the articles that they need, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.syntax.noun_phrases import (
    MAX_CHARACTERS,
    definite,
    first_noun,
    indefinite,
    is_people,
    noun_groups,
    tokens_of,
)


def groups(text: str) -> list[str]:
    return [group.text for group in noun_groups(text, tokens_of(text))]


def test_a_phrase_grows_with_its_adjectives_and_complements() -> None:
    found = groups("Il manque une place de stationnement près de la gare")
    assert found[:2] == ["place", "place de stationnement"]
    assert "gare" in found


def test_the_adjective_before_a_noun_is_part_of_it() -> None:
    assert groups("Un petit marché couvert")[:2] == ["petit marché", "petit marché couvert"]


def test_a_verb_after_its_subject_is_no_noun() -> None:
    assert "marche" not in groups("on marche dans la boue")
    assert "marche" in groups("la marche est trop longue")


def test_a_complement_keeps_its_article_and_elision() -> None:
    assert "accès à l'école" in groups("L'accès à l'école")


def test_what_is_between_two_things_has_both() -> None:
    found = groups("Aucun lien entre la cale et la criée")
    assert "lien entre la cale et la criée" in found and "lien entre la cale" not in found
    assert "liens entre voisins" in groups("Peu de liens entre voisins")


def test_places_are_those_of_the_tokens_and_long_texts_are_cut() -> None:
    text = "Plus de boulanger au village"
    tokens = tokens_of(text)
    for group in noun_groups(text, tokens):
        assert text[tokens[group.first].start : tokens[group.end - 1].end] == group.text
        assert group.first <= group.head < group.end
    assert tokens_of("mot " * MAX_CHARACTERS)[-1].end <= MAX_CHARACTERS
    assert groups("") == []


ARTICLES = [
    ("médecin", "médecin", "le médecin", "un médecin"),
    ("réunion", "réunion", "la réunion", "une réunion"),
    ("accès à la cale", "accès", "l'accès à la cale", "un accès à la cale"),
    ("rampes", "rampes", "les rampes", "des rampes"),
    ("vraies rampes", "rampes", "les vraies rampes", "de vraies rampes"),
    ("temps payé", "temps", "le temps payé", "du temps payé"),
    ("eau chaude", "eau", "l'eau chaude", "de l'eau chaude"),
    ("petit ponton", "ponton", "le petit ponton", "un petit ponton"),
    ("cours du soir", "cours", None, None),
    ("xyz", "xyz", None, None),
]


@pytest.mark.parametrize(("phrase", "head", "known", "new"), ARTICLES, ids=[row[0] for row in ARTICLES])
def test_a_noun_phrase_takes_its_article(phrase: str, head: str, known: str | None, new: str | None) -> None:
    assert definite(phrase, head) == known
    assert indefinite(phrase, head) == new


def test_the_first_noun() -> None:
    assert first_noun("horaires du bus") == "horaires"
    assert first_noun("entretien") == "entretien"


@pytest.mark.parametrize(("who", "expected"), [("les pêcheurs", True), ("la criée", False), ("nos apprentis", True)])
def test_who_is_people(who: str, expected: bool) -> None:
    assert is_people(who) is expected
