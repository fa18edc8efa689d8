"""Nouns as the lexicon tells them, labelled by hand."""

from __future__ import annotations

import pytest

from pipeline.language.lexicon.nouns import gender_of, is_invariable, is_mass, is_noun, is_person, is_plural

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
