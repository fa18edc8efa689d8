"""Nouns, first names and the infinitives of what people propose, labelled by hand."""

import pytest
from labelled import each, false_of

from pipeline.language.lexicon.nouns import ambiguous_names, first_names, gender_of, is_invariable, is_noun


@pytest.mark.parametrize("name", ["Thérèse", "Mohamed", "Benoît", "Fatou", "Chloé"])
def test_a_first_name(name: str) -> None:
    assert name in first_names()
    assert name not in ambiguous_names()


@pytest.mark.parametrize("name", ["Pierre", "Rose", "Olive", "Victoire"])
def test_a_first_name_that_is_a_word(name: str) -> None:
    assert name in ambiguous_names()
    assert is_noun(name.lower())


test_what_is_no_first_name = false_of(
    lambda word: word in first_names() | ambiguous_names(), "Quai", "Région", "Dimanche", "thérèse"
)


def test_a_name_is_sure_or_not() -> None:
    assert first_names() & ambiguous_names() == frozenset()


MASCULINE = (
    "stade musée lycée numérique risque manque domaine patrimoine critère ministère caractère silence territoire site "
    "revenu poste livre côté comité service bus prix temps cours lieux locaux travaux élève wifi covoiturage "
    "éco-quartier micro-trottoir week-end cœur"
).split()
FEMININE = (
    "réunion région réflexion religion connexion commune loi demande recherche base fois personne plage page main fin "
    "part peau forêt tribune digue grange écoles vacances sage-femme déchèterie amap œuvre non-discrimination"
).split()


@pytest.mark.parametrize(
    ("noun", "gender"),
    [*((noun, "m") for noun in MASCULINE), *((noun, "f") for noun in FEMININE)],
    ids=[*MASCULINE, *FEMININE],
)
def test_a_noun_has_its_gender(noun: str, gender: str) -> None:
    assert gender_of(noun) == gender_of(noun.upper()) == gender


@pytest.mark.parametrize("noun", ["grelinettation", "zorglubette"])
def test_the_ending_tells_the_gender_of_a_noun_that_nobody_listed(noun: str) -> None:
    assert not is_noun(noun)
    assert gender_of(noun) == "f"


test_what_is_no_noun_has_no_gender = each(gender_of, "xyz", "", "-", "zzz-", is_told="")

test_nouns_written_alike_in_the_plural = each(
    is_invariable,
    *(("choix", True), ("bus", True), ("accès", True), ("prix", True), ("fonds", True), ("parcours", True)),
    *(("bancs", False), ("lieux", False), ("horaires", False), ("travaux", False), ("toilettes", False)),
)
