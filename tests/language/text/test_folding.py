"""The key of a text for matching: inclusive forms, accents, apostrophes."""

import pytest
from labelled import each

from pipeline.language.text.folding import fold, fold_inclusive, fold_word, strip_accents

test_an_inclusive_form_is_folded = each(
    fold_inclusive,
    ("les habitant·e·s", "les habitants"),
    ("les habitant.e.s", "les habitants"),
    ("les habitant(e)s", "les habitants"),
    ("les habitant-e-s", "les habitants"),
    ("un·e animateur·rice", "un animateur"),
    ("des acteur·trices", "des acteurs"),
    ("un(e) voisin(e)", "un voisin"),
    ("des veilleur·euse·s", "des veilleurs"),
    ("le porte-à-porte", "le porte-à-porte"),
    ("fin. Et puis", "fin. Et puis"),
)


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
