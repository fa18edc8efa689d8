"""What answers an obstacle, and what never does."""

import pytest

from pipeline.cluster.links import answer_score, read_text

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
    assert answer_score(OBSTACLE, read_text(answer), 0.9, {}) == 0.0


def test_an_action_on_the_same_object_answers_more_than_one_elsewhere() -> None:
    near = answer_score(OBSTACLE, read_text("Salarier un médecin dans un centre de santé du canton"), 0.6, {})
    far = answer_score(OBSTACLE, read_text("Repeindre la salle des fêtes"), 0.1, {})
    assert near > 0.5 > far


def test_an_idea_without_a_word_of_sense_is_no_obstacle() -> None:
    assert answer_score(read_text("…"), read_text("Salarier un médecin"), 0.9, {}) == 0.0


def test_an_idea_told_in_one_word_is_no_obstacle_to_answer() -> None:
    assert answer_score(read_text("Le logement !"), read_text("Repérer les logements vacants"), 0.9, {}) == 0.0
