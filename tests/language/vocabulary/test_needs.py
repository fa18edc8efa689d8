"""What obstacles call for and what answers bring, as labelled texts."""

import pytest
from labelled import each

from pipeline.language.text.folding import fold
from pipeline.language.vocabulary.needs import is_cue_of_many, needs_met, needs_of_many, needs_told

ANSWERED = [
    ("La gare est à 20 km", "Une navette le matin"),
    ("Les loyers sont trop chers", "Loger les saisonniers au foyer"),
    ("Aucun médecin au port", "Ouvrir un centre de santé"),
    ("On habite à 1 h de la côte", "Un taxi à la demande"),
]


@pytest.mark.parametrize(("obstacle", "answer"), ANSWERED, ids=[pair[0] for pair in ANSWERED])
def test_an_answer_meets_a_need(obstacle: str, answer: str) -> None:
    assert needs_told(fold(obstacle)) & needs_met(fold(answer))


@pytest.mark.parametrize(
    ("obstacle", "other"), [("Les loyers sont trop chers", "Un pédibus"), ("La gare est à 20 km", "Un centre de santé")]
)
def test_another_thing_meets_no_need(obstacle: str, other: str) -> None:
    assert needs_told(fold(obstacle))
    assert not needs_told(fold(obstacle)) & needs_met(fold(other))


def test_a_cue_of_several_words_is_whole() -> None:
    care = needs_told("plus de medecin")
    assert needs_met("un centre de sante") & care
    assert not needs_met("un centre nautique") & care


test_a_text_without_a_need = each(lambda text: (needs_told(text), needs_met(text)), "", "xyzzy", is_told=(0, 0))


def test_a_need_of_many_things() -> None:
    assert needs_told("on ne recrute personne") & needs_of_many()
    assert not needs_told("plus de medecin") & needs_of_many()
    assert is_cue_of_many("recruter")
    assert not is_cue_of_many("medecin")
