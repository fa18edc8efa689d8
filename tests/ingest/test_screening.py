"""What is set aside and why; courtesies and short answers are not."""

from __future__ import annotations

import pytest

from pipeline.ingest.preparing import freeze, reject_reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("???", "sans_mot"),
        ("👍 12", "sans_mot"),
        ("[téléphone]", "sans_mot"),
        ("test", "ligne_de_test"),
        ("ceci est un test", "ligne_de_test"),
        ("lorem ipsum dolor sit amet", "ligne_de_test"),
        ("qsdfghjklm", "ligne_de_test"),
        ("bcdfghjk", "illisible"),
        ("d\ufffdj\ufffd vu", "illisible"),
        ("We need more buses because there is nothing to do in the evening", "autre_langue"),
        ("Necesitamos más autobuses porque no hay nada para los jóvenes", "autre_langue"),
        ("نحتاج إلى المزيد من الحافلات", "autre_langue"),
        ("Gagnez de l'argent au casino https://x.example http://y.example", "spam"),
    ],
)
def test_set_aside(text: str, reason: str) -> None:
    found = reject_reason(text)
    assert found is not None
    assert found[0] == reason


@pytest.mark.parametrize(
    "text",
    ["RAS", "idem", "Bonjour", "Oui", "merci", "tester une navette le mardi", "Le test de la navette a plu", "SSIAD",
     "Convivialité, partage, respect", "No comment", "Coworking, fablab, living lab", "Rythme",
     "un essai de jardin partagé"],
)  # fmt: skip
def test_kept(text: str) -> None:
    assert reject_reason(text) is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  de\u0301ja\u0300 vu\r\n\r\n\r\nici ", "déjà vu\n\nici"),
        ("un\u200b mot\u202e caché", "un mot caché"),
        ("l’Ã©cole est fermÃ©e", "l’Ã©cole est fermÃ©e"),
        ("l'Ã©cole est fermÃ©e", "l'école est fermée"),
        ("espace\u202f! insécable\xa0: gardé", "espace\u202f! insécable\xa0: gardé"),
    ],
)
def test_freezing(raw: str, text: str) -> None:
    assert freeze(raw) == text
