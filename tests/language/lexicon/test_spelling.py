"""Words that our own sentence may hold are spelt: forms of the dictionary, elisions, compounds, our lexicon."""

import pytest

from pipeline.language.lexicon.spelling import is_spelt

SPELT = (
    "le stationnement des vélos est compliqué",
    "le covoiturage et la médiathèque, un tiers-lieu numérique",
    "on pourrait mutualiser les minibus du foot et de l’EHPAD",
    "jusqu’à la visioconférence d'hier, quoi qu'on dise",
    "les communes alentour, de Brandelles à Courvielle",
)
MISSPELT = (
    "pas dwadaptation des circulations",
    "des pistes séparées surtoute vers la gare",
    "félicitations aux employés communau",
    "une voirie amenagee pour les cyclistes",
)


@pytest.mark.parametrize("text", SPELT)
def test_words_of_the_dictionary_are_known(text: str) -> None:
    assert is_spelt(text)


@pytest.mark.parametrize("text", MISSPELT)
def test_a_slip_is_seen(text: str) -> None:
    assert not is_spelt(text)
