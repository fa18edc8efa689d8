"""How true a title is of the texts of a group."""

from __future__ import annotations

import pytest

from pipeline.cluster.naming.coverage import KIN, Coverage

TEXTS = ["Pas de ponton au port", "Le ponton est cassé", "Réparer le ponton du port", "La criée ferme"]


def test_a_phrase_covers_the_texts_that_say_it() -> None:
    coverage = Coverage(TEXTS)
    assert coverage.of(Coverage.stems_of("ponton")) == 0.75
    assert coverage.of(Coverage.stems_of("criée")) == 0.25
    assert coverage.of(frozenset()) == 0.0
    assert Coverage([]).of(Coverage.stems_of("ponton")) == 0.0


def test_most_of_a_longer_phrase_must_be_said() -> None:
    assert Coverage(TEXTS).of(Coverage.stems_of("ponton du port")) == 0.5


def test_a_word_of_the_same_concept_counts_for_less() -> None:
    coverage = Coverage(["Plus de médecin ici", "Le docteur est parti"])
    assert coverage.of(Coverage.stems_of("médecin")) == pytest.approx((1 + KIN) / 2)


def test_what_one_text_alone_says_is_known() -> None:
    coverage = Coverage(TEXTS)
    assert coverage.has_lone(Coverage.stems_of("ponton cassé"))
    assert coverage.lone_share(Coverage.stems_of("ponton cassé")) == 0.5
    assert not coverage.has_lone(Coverage.stems_of("ponton du port"))
    assert not Coverage(["Le ponton"]).has_lone(Coverage.stems_of("ponton"))


def test_a_rare_word_is_worth_a_little_more() -> None:
    coverage = Coverage(["Le ponton du village", "Le ponton du village"])
    assert coverage.rarity(Coverage.stems_of("ponton")) > coverage.rarity(Coverage.stems_of("village")) > 0


def test_a_phrase_touches_the_texts_that_say_one_of_its_words_or_a_like_one() -> None:
    assert Coverage(TEXTS).touched("le ponton vert") == 0.75
    assert Coverage(["Le docteur est parti", "La criée ferme"]).touched("un médecin") == 0.5
    assert Coverage([]).touched("un médecin") == 0.0
