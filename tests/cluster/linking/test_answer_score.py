"""What answers an obstacle, and what never does."""

import pytest

from pipeline.cluster.linking.answer_score import answer_score, read_text
from pipeline.cluster.linking.weights import ANSWERS, load_weights

WEIGHTS = load_weights()[ANSWERS].weights
OBSTACLE = read_text("Pas de médecin dans le canton, les gens renoncent à se soigner")


@pytest.mark.parametrize(
    "answer",
    [
        "Plus un médecin qui prenne de nouveaux patients",
        "Les médecins n'ont pas de remplaçant",
        "Personne ne veut reprendre le cabinet du médecin",
        "Pas de médecin dans le canton, les gens renoncent à se soigner",
    ],
)
def test_a_lack_or_the_same_words_answer_nothing(answer: str) -> None:
    assert answer_score(OBSTACLE, read_text(answer), 0.9, WEIGHTS) == 0.0


def test_an_action_on_the_same_object_answers_more_than_one_elsewhere() -> None:
    near = answer_score(OBSTACLE, read_text("Salarier un médecin dans un centre de santé du canton"), 0.6, WEIGHTS)
    far = answer_score(OBSTACLE, read_text("Repeindre la salle des fêtes"), 0.1, WEIGHTS)
    assert near > 0.5 > far


def test_an_idea_without_a_word_of_sense_is_no_obstacle() -> None:
    assert answer_score(read_text("…"), read_text("Salarier un médecin"), 0.9, WEIGHTS) == 0.0


def test_an_idea_told_in_one_word_is_no_obstacle_to_answer() -> None:
    assert answer_score(read_text("Le logement !"), read_text("Repérer les logements vacants"), 0.9, WEIGHTS) == 0.0


LINKED = [
    ("Le dernier bus du village part à 17 h 30", "Ajouter un départ de bus à 19 h", True),
    ("Pas un studio à louer pour un remplaçant", "Retaper le presbytère pour loger les remplaçants", True),
    ("Les invendus du marché partent à la benne", "Un point glanage à la fin du marché", True),
    ("Le gymnase est réservé aux clubs, les jeunes restent dehors", "Ouvrir le gymnase le dimanche", True),
    ("On change d'école tous les ans", "Ouvrir l'école en soirée et le samedi", False),
    ("On n'est jamais invitées aux réunions d'équipe", "Prêter une grange pour une rencontre", False),
    ("Les ados n'ont aucun endroit où aller", "Livrer les paniers au lieu de rentrer à vide", False),
    ("On ne trouve plus d'aides à domicile", "Un cahier commun au domicile", False),
    ("Le boulanger ne trouve pas d'apprenti", "Acheter le pain de la cantine chez le boulanger", False),
    ("On ne trouve plus de boucher", "Recruter deux médiateurs de nuit", False),
    ("Les papiers de la CAF, on n'y comprend rien", "Une collecte de vieux papiers pour l'école", False),
    ("La cantine jette un tiers de ce qu'elle sert", "Refaire la peinture de la cantine", False),
]


@pytest.mark.parametrize(("obstacle", "answer", "expected"), LINKED, ids=[f"{one} ← {two}" for one, two, _ in LINKED])
def test_an_answer_brings_what_the_obstacle_calls_for(obstacle: str, answer: str, expected: bool) -> None:
    likeness = 0.4  # the same for all: what they are about does not tell which answers
    assert (answer_score(read_text(obstacle), read_text(answer), likeness, WEIGHTS) >= 0.8) is expected
