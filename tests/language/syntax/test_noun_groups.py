"""Noun phrases by the lexicon alone."""

from __future__ import annotations

from pipeline.language.syntax.noun_phrases import MAX_CHARACTERS, noun_groups, tokens_of


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
