"""What a sentence reports, denies, weighs and counts, on labelled sentences."""

from __future__ import annotations

import pytest

from pipeline.language.claims.reporter_words import acts, content, negations, numbers, weighty


@pytest.mark.parametrize(
    ("sentence", "reported"),
    [
        ("Une piste a été avancée à la table 2", {"proposer"}),
        ("Il est demandé à la mairie un abri", {"demander"}),
        ("On s’est interrogé sur l’accueil", {"questionner"}),
        ("Un frein a été pointé, une piste y répond", {"freiner", "proposer"}),
        ("Il a été dit et noté que la salle est froide", set()),
    ],
    ids=["proposal", "demand", "question", "obstacle and proposal", "neutral"],
)
def test_what_is_reported(sentence: str, reported: set[str]) -> None:
    assert acts(sentence) == reported


def test_the_reporter_s_voice_is_no_content() -> None:
    assert content("Il a été souligné que la salle est froide") == content("On a noté que la salle est froide")
    assert content("La salle est froide") != content("La salle est chaude")


def test_negations_are_counted_elided_or_not() -> None:
    assert negations("On n’a jamais rien su, et ne saura pas") == ["jamais", "ne", "ne", "pas", "rien"]


def test_words_that_weigh() -> None:
    assert weighty("Beaucoup en parlent, surtout le soir") == {"beaucoup", "surtout"}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("12 % des réponses", {"12", "%"}),
        ("les deux tiers", {"deux", "tiers"}),
        ("une dizaine de fois", {"dizaine"}),
        ("la majorité", {"majorite"}),
        ("une table en parle", set()),
    ],
    ids=["figures", "a share", "a collective", "accent", "an article"],
)
def test_numbers(sentence: str, found: set[str]) -> None:
    assert numbers(sentence) == found
