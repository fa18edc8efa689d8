"""What two writings of the same words share."""

from __future__ import annotations

import pytest

from pipeline.language.text.folding import fold, fold_word, strip_accents


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("L’Œuvre des Élu·e·s", "l'oeuvre des elus"),
        ("NOËL à la mi-août", "noel a la mi-aout"),
        ("Ça va", "ca va"),
        ("deja plat", "deja plat"),
    ],
)
def test_a_key_has_no_accent_no_capital_and_no_inclusive_ending(text: str, key: str) -> None:
    assert fold(text) == fold_word(text) == key


def test_accents_go_and_capitals_stay() -> None:
    assert strip_accents("Élève d'ÆGIDE") == "Eleve d'AEGIDE"
