"""Nouns, first names and the infinitives of what people propose, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.lexicon.nouns import (
    ambiguous_names,
    first_names,
    gender_of,
    infinitives_of_nouns,
    is_invariable,
    is_mass,
    is_noun,
    is_person,
    is_plural,
    verbs_of_objects,
)
from pipeline.language.lexicon.verbs import is_infinitive


@pytest.mark.parametrize("name", ["Thérèse", "Mohamed", "Benoît", "Fatou", "Chloé"])
def test_a_first_name(name: str) -> None:
    assert name in first_names()
    assert name not in ambiguous_names()


@pytest.mark.parametrize("name", ["Pierre", "Rose", "Olive", "Victoire"])
def test_a_first_name_that_is_a_word(name: str) -> None:
    assert name in ambiguous_names()
    assert is_noun(name.lower())


@pytest.mark.parametrize("word", ["Quai", "Région", "Dimanche", "thérèse"])
def test_what_is_no_first_name(word: str) -> None:
    assert word not in first_names() | ambiguous_names()


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


@pytest.mark.parametrize("word", ["xyz", "", "-", "zzz-"])
def test_what_is_no_noun_has_no_gender(word: str) -> None:
    assert gender_of(word) == ""


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        *(("horaires", True), ("travaux", True), ("vacances", True), ("toilettes", True), ("gens", True)),
        *(("bus", False), ("accès", False), ("prix", False), ("fonds", False), ("parcours", False), ("banc", False)),
        ("CCAS", False),
    ],
)
def test_the_plural_is_a_mark_that_a_noun_has_not_always(noun: str, plural: bool) -> None:
    assert is_plural(noun) is plural


@pytest.mark.parametrize(("noun", "invariable"), [("choix", True), ("bus", True), ("bancs", False), ("lieux", False)])
def test_nouns_written_alike_in_the_plural(noun: str, invariable: bool) -> None:
    assert is_invariable(noun) is invariable


@pytest.mark.parametrize(
    ("noun", "person"),
    [
        *(("médecin", True), ("bénévoles", True), ("animatrice", True), ("menuisier", True), ("musicienne", True)),
        *(("secteur", False), ("chantier", False), ("lumière", False), ("banc", False), ("ordinateurs", False)),
    ],
)
def test_nouns_of_people(noun: str, person: bool) -> None:
    assert is_person(noun) is person


def test_one_has_some_water_and_a_bench() -> None:
    assert (is_mass("eau"), is_mass("banc")) == (True, False)


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
