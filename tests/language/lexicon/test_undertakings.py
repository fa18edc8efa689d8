"""The infinitives of what people propose, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.lexicon.nouns import infinitives_of_nouns, verbs_of_objects
from pipeline.language.lexicon.verbs import is_infinitive


@pytest.mark.parametrize(
    ("noun", "infinitive"),
    [("atelier", "organiser"), ("tournoi", "organiser"), ("annuaire", "créer"), ("navette", "mettre en place")],
)
def test_what_one_does_to_have_a_thing(noun: str, infinitive: str) -> None:
    assert verbs_of_objects()[noun] == infinitive


@pytest.mark.parametrize("noun", ["impôts", "idée", "peur"])
def test_a_thing_that_one_may_raise_or_cut(noun: str) -> None:
    assert noun not in verbs_of_objects()


@pytest.mark.parametrize(
    ("noun", "infinitive"), [("création", "créer"), ("ouverture", "ouvrir"), ("mise en commun", "mettre en commun")]
)
def test_the_infinitive_of_an_action(noun: str, infinitive: str) -> None:
    assert infinitives_of_nouns()[noun] == infinitive


def test_each_is_told_by_an_infinitive_of_the_lexicon() -> None:
    told = {*verbs_of_objects().values(), *infinitives_of_nouns().values()}
    assert [one for one in sorted(told) if not is_infinitive(one.split()[0].removeprefix("s'"))] == []
