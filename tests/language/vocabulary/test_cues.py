"""Cues of stance, wish and lack; how a meeting goes; what obstacles call for: as labelled texts."""

import pytest
from labelled import each

from pipeline.language.text.folding import fold
from pipeline.language.vocabulary import cues
from pipeline.language.vocabulary.meetings import COURSE, SOMEBODY, procedure_in
from pipeline.language.vocabulary.needs import is_cue_of_many, needs_met, needs_of_many, needs_told

test_a_cue_on_a_folded_text = each(
    lambda text, cue: cue.search(fold(text)) is not None,
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
)

test_a_cue_on_a_text_as_it_is_written = each(
    lambda text, cue: cue.search(text) is not None,
    ("La cale est trop loin", cues.OBSTACLE, True),
    ("Le ponton n'a aucun éclairage", cues.OBSTACLE, True),
    ("Un ponton neuf", cues.OBSTACLE, False),
    ("La ferme est belle", cues.OBSTACLE, False),
)

test_what_a_sentence_tells_of_a_meeting = each(
    procedure_in,
    ("La séance est levée à 22 h.", COURSE),
    ("L’assemblée générale est ouverte à 18 h.", COURSE),
    ("Elle passe la parole à la salle.", COURSE),
    ("Mme Le Goff prend la parole.", SOMEBODY),
    ("Le maire est absent.", SOMEBODY),
    ("L’assemblée est ouverte à tous les voisins.", ""),
    ("La réunion commence trop tard pour les familles.", ""),
    ("Les habitants prennent la barque.", ""),
    ("Un temps de parole identique pour chacun.", ""),
    ("Les arceaux présents devant la halle sont rouillés.", ""),
)


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
