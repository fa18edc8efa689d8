"""Cues of stance, wish and lack, as labelled texts."""

import re

import pytest

from pipeline.language.text.folding import fold
from pipeline.language.vocabulary import cues

FOLDED = [
    ("Je suis contre le péage du pont", cues.AGAINST, True),
    ("Le péage ne servira à rien", cues.AGAINST, True),
    ("Le quai contre la digue", cues.AGAINST, False),
    ("Je suis pour le bac gratuit", cues.FOR, True),
    ("Un bac gratuit, très bonne idée", cues.FOR, True),
    ("Le bac gratuit, fausse bonne idée", cues.FOR, False),
    ("Oui mais pas le dimanche", cues.HEDGES, True),
    ("Oui le dimanche", cues.HEDGES, False),
    ("Interdire les jet-skis", cues.RESTRICTION, True),
    ("Ouvrir la cale", cues.RESTRICTION, False),
    ("Une fête des gréements", cues.FESTIVITY, True),
    ("Un abri pour les gréements", cues.FESTIVITY, False),
    ("Manque de mouillages", cues.WANT, True),
    ("Des mouillages en plus", cues.WANT, False),
    ("À condition de garder la cale", cues.CONDITION, True),
    ("Garder la cale", cues.CONDITION, False),
    ("Qui va payer le ponton ?", cues.OBJECTION, True),
    ("Le maire va payer le ponton", cues.OBJECTION, False),
]


@pytest.mark.parametrize(("text", "cue", "expected"), FOLDED, ids=[text for text, *_ in FOLDED])
def test_a_cue_on_a_folded_text(text: str, cue: re.Pattern[str], expected: bool) -> None:
    assert (cue.search(fold(text)) is not None) is expected


WRITTEN = [
    ("La cale est trop loin", cues.OBSTACLE, True),
    ("Le ponton n'a aucun éclairage", cues.OBSTACLE, True),
    ("Un ponton neuf", cues.OBSTACLE, False),
    ("La ferme est belle", cues.OBSTACLE, False),
]


@pytest.mark.parametrize(("text", "cue", "expected"), WRITTEN, ids=[text for text, *_ in WRITTEN])
def test_a_cue_on_a_text_as_it_is_written(text: str, cue: re.Pattern[str], expected: bool) -> None:
    assert (cue.search(text) is not None) is expected
