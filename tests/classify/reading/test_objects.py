"""The object of an idea: the phrase of its text that a title would name."""

from __future__ import annotations

from dataclasses import replace

from pipeline.classify.reading.beside import load_natures
from pipeline.classify.reading.objects import FEATURES, candidates, plain


def test_what_is_lacking_is_the_object() -> None:
    ranker = replace(load_natures().rankers["est"], least=-1.0)
    assert ranker.choose("Il manque un médecin") == "médecin"
    assert ranker.choose("Pas assez de places de stationnement") == "places de stationnement"


def test_a_text_without_a_noun_or_a_doubtful_one_has_no_object() -> None:
    ranker = load_natures().rankers["est"]
    assert ranker.choose("non") is None
    assert replace(ranker, least=10.0).choose("Il manque un médecin") is None


def test_features_are_told_in_order_for_each_phrase() -> None:
    groups, features = candidates("Pas de bancs au parc")
    told = {group.text: dict(zip(FEATURES, row, strict=True)) for group, row in zip(groups, features, strict=True)}
    assert told["bancs"]["lacking"] == 1.0 and told["parc"]["lacking"] == 0.0
    assert told["bancs au parc"]["by_to"] == 1.0 and told["bancs"]["by_to"] == 0.0
    assert told["bancs"]["then_tied"] == 1.0


def test_a_phrase_loses_the_capital_of_its_sentence_and_keeps_that_of_a_name() -> None:
    assert plain("Manque  d’accès") == "manque d'accès"
    assert plain("SIVOM") == "SIVOM"
