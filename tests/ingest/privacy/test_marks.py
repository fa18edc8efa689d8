"""Personal data found and marked, look-alikes and organisations' contacts left."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.ingest.privacy.marks import mask
from pipeline.ingest.privacy.names import NameFinder
from pipeline.workbench.ideas import evaluate_privacy

MASKED = [
    ("Écrivez à lea.martin@courrier.example", "Écrivez à [courriel]"),
    ("appelez-moi au 06 39 98 00 00", "appelez-moi au [téléphone]"),
    ("mon fixe : +33 (0)5 36 49 00 00", "mon fixe : [téléphone]"),
    ("appelez-moi au 09 39 98 00 00", "appelez-moi au [téléphone]"),
    ("La mairie, 07 39 98 00 00", "La mairie, [téléphone]"),
    ("RIB FR14 2004 1010 0505 0001 3M02 606 merci", "RIB [IBAN] merci"),
    ("RIB FR14 2004 1010 0505 0001 3M02 607, mal recopié", "RIB [IBAN], mal recopié"),
    ("sécu 2 55 08 14 168 025 38", "sécu [numéro de sécurité sociale]"),
    ("garé là : AB-123-CD", "garé là : [plaque]"),
    ("suivez @lea.dessine !", "suivez [pseudo] !"),
    ("j'habite 12 rue des Lilas à Montbrac", "j'habite [adresse] à Montbrac"),
]
KEPT = [
    "Mairie : contact@montbrac.example, 05 36 49 00 00",
    "Le numéro vert 0 800 00 00 00 ou le 3919",
    "appelez-moi au 08 39 98 00 00",
    "dossier n° 0612345678",
    "13 000 habitants, 06 communes, le 12/03/2026 à 14h30",
    "dossier n° FR1420041010050500013M02607",
    "les 05 06 07 08 09 juin",
    "@tous : rendez-vous mardi",
    "https://www.montbrac.example/agenda?page=2",
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_personal_data_is_marked(text: str, expected: str) -> None:
    counts: Counter[str] = Counter()
    assert mask(text, True, counts) == expected
    assert sum(counts.values()) == 1


@pytest.mark.parametrize("text", KEPT)
def test_public_contacts_and_look_alikes_stay(text: str) -> None:
    assert mask(text, True, Counter()) == text


def test_the_switch_masks_public_contacts_too() -> None:
    assert mask("contact@montbrac.example, 05 36 49 00 00", False, Counter()) == "[courriel], [téléphone]"


def test_benchmark_of_privacy_does_not_fall() -> None:
    result = evaluate_privacy()
    assert result.n_cases >= 400
    assert result.marks["test"].recall >= 0.85
    assert result.marks["test"].precision >= 0.90


def test_names_are_suggested_and_places_are_not() -> None:
    finder = NameFinder({"Nadia Belmahi"})

    def names(text: str) -> list[str]:
        return [found[2] for found in finder.find(text)]

    assert names("Merci à Bernard Vialle et à Nadia") == ["Bernard Vialle", "Nadia"]
    assert names("Mme Quéhan tient l'accueil") == ["Quéhan"]
    assert names("Voir avec Tanguy Le Bihan, Claire d'Arvor et Anne Du Pré") == [
        "Tanguy Le Bihan",
        "Claire d'Arvor",
        "Anne Du Pré",
    ]
    assert names("L'école Jacques Prévert et la rue Victor Hugo") == []
    assert names("Rose fanée. Pierre de taille.") == []
    assert names("Voir avec Odile") == ["Odile"]
