"""Whether a text says that something is, or that it is not, on labelled sentences."""

from __future__ import annotations

import pytest

from pipeline.language.claims.polarity import denies

DENIES = (
    "Pas de bus le soir",
    "Aucun médecin ne prend de nouveaux patients",
    "On n’a plus de boulanger",
    "Manque de places à la crèche",
    "Sans voiture, impossible de travailler",
    "Difficultés à se loger à l’année",
    "Le car ne passe pas et la gare est fermée",
    "La poste existe, mais elle n’ouvre jamais",
    "Rien à louer",
)
AFFIRMS = (
    "Un bus passe le soir",
    "On ne manque pas de bénévoles",
    "Il est possible de se soigner sans difficulté",
    "Ce n’est pas impossible",
    "Plus de bus !",
    "Ouvrir la salle le dimanche",
    "Merci aux bénévoles",
)


@pytest.mark.parametrize("text", DENIES)
def test_what_denies(text: str) -> None:
    assert denies(text)


@pytest.mark.parametrize("text", AFFIRMS)
def test_what_affirms(text: str) -> None:
    assert not denies(text)
