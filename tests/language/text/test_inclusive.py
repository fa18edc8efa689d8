"""Inclusive forms fold to one key."""

from __future__ import annotations

import pytest

from pipeline.language.text.folding import fold_inclusive

FORMS = [
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
]


@pytest.mark.parametrize(("text", "folded"), FORMS, ids=[text for text, _ in FORMS])
def test_an_inclusive_form_is_folded(text: str, folded: str) -> None:
    assert fold_inclusive(text) == folded
