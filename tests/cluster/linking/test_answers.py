"""Who answers an obstacle, and what never does; what stands when items come and go."""

import numpy as np
import pandas as pd
import pytest
from labelled import each

from pipeline.cluster.linking.answers import N_CANDIDATES, _nearest, link, link_sides, linkable
from pipeline.cluster.linking.signs import answer_score, least_likeness, load_weights, read_text
from pipeline.language.models.encoders import load_encoder

WEIGHTS = load_weights()
NO_DOCTOR = read_text("Pas de médecin dans le canton, les gens renoncent à se soigner")

test_a_lack_or_the_same_words_answer_nothing = each(
    lambda answer: answer_score(NO_DOCTOR, read_text(answer), 0.9, WEIGHTS),
    "Plus un médecin qui prenne de nouveaux patients",
    "Les médecins n'ont pas de remplaçant",
    "Personne ne veut reprendre le cabinet du médecin",
    "Pas de médecin dans le canton, les gens renoncent à se soigner",
    is_told=0.0,
)


def test_an_action_on_the_same_object_answers_more_than_one_elsewhere() -> None:
    near = answer_score(NO_DOCTOR, read_text("Salarier un médecin dans un centre de santé du canton"), 0.6, WEIGHTS)
    far = answer_score(NO_DOCTOR, read_text("Repeindre la salle des fêtes"), 0.1, WEIGHTS)
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


def test_nothing_below_the_least_likeness_answers() -> None:
    obstacles, answers = ([read_text(texts[place]) for texts in LINKED] for place in (0, 1))
    kept = 0
    for obstacle in obstacles:
        for answer in answers:
            least = least_likeness((obstacle.needs & answer.meets) > 0, 0.8, WEIGHTS)
            kept += least < 0
            assert answer_score(obstacle, answer, min(1.0, least) - 1e-9, WEIGHTS) < 0.8 or least < 0
    assert 0 < kept < len(obstacles) * len(answers) / 2  # a need met leaves the other signs to tell


OBSTACLE = "Le dernier bus du village part à 17 h 30, on rentre à pied"
ANSWERS = [
    "Ajouter un départ de bus à 19 h au village",
    "Un taxi à la demande après le dernier bus du village",
    "Covoiturage du soir après le dernier bus vers le village",
]
THRESHOLD = 0.5


def frame(texts: list[str], axes: list[str], status: str = "sur", facet: str | None = None) -> pd.DataFrame:
    ids = [f"i{row}" for row in range(len(texts))]
    table = {"item_id": ids, "contribution_id": ids, "text": texts, "axis": axes, "status": status, "facet": facet}
    return pd.DataFrame(table).astype({"facet": "string"})


SOURCES = frame([OBSTACLE, *ANSWERS, "Repeindre la halle"], ["est", "sud", "sud", "nord", "sud"])
VECTORS = load_encoder().encode(SOURCES["text"].tolist()).astype(np.float16)


def test_an_obstacle_and_an_action_that_are_each_other_s_likeliest_are_linked() -> None:
    found = link(SOURCES, VECTORS, THRESHOLD)
    ((answer, obstacle, kind, score),) = found.itertuples(index=False)
    assert (obstacle, kind) == ("i0", "answers")
    assert answer in ("i1", "i2")  # a resource that exists answers nothing by itself
    assert score >= THRESHOLD


def test_an_action_answers_one_obstacle() -> None:
    texts = [OBSTACLE, "Le bus du village s'arrête trop tôt le soir", ANSWERS[0]]
    sources = frame(texts, ["est", "est", "sud"])
    assert len(link(sources, load_encoder().encode(texts), THRESHOLD)) == 1


def test_an_action_in_a_place_that_the_obstacle_does_not_name_answers_it_not() -> None:
    texts = [OBSTACLE, "Ajouter un départ de bus à 19 h au village de Courvielle"]
    assert link(frame(texts, ["est", "sud"]), load_encoder().encode(texts), THRESHOLD).empty
    texts[0] = "Le dernier bus du village de Courvielle part à 17 h 30, on rentre à pied"
    assert len(link(frame(texts, ["est", "sud"]), load_encoder().encode(texts), THRESHOLD)) == 1


def test_nobody_answers_herself() -> None:
    own = SOURCES.assign(contribution_id=["c", "c", "c", *SOURCES["contribution_id"][3:]])
    assert link(own, VECTORS, THRESHOLD).empty


def test_a_threshold_out_of_reach_leaves_no_link() -> None:
    assert link(SOURCES, VECTORS, 0.999).empty


def test_the_order_of_rows_moves_no_link() -> None:
    order = [4, 2, 0, 3, 1]
    other = link(SOURCES.iloc[order].reset_index(drop=True), VECTORS[order], THRESHOLD)
    pd.testing.assert_frame_equal(other, link(SOURCES, VECTORS, THRESHOLD))


test_what_is_unsure_or_tells_a_tension_is_not_linked = each(
    lambda rows: len(linkable(rows)),
    (frame(["a"], ["est"], status="a_relire"), 0),
    (frame(["a"], ["est"], facet="tension"), 0),
    (frame(["a"], ["sud"]), 1),
    names=["unsure", "a tension", "a sure proposal"],
)


def test_the_nearest_are_chosen_whatever_their_place() -> None:
    values = np.linspace(0, 1, 100, dtype=np.float32)[np.random.default_rng(3).permutation(100)]
    found = _nearest(values)
    assert len(found) == N_CANDIDATES
    assert values[found].min() > np.delete(values, found).max()
    assert _nearest(values[:5]).tolist() == [0, 1, 2, 3, 4]


HEARD = pd.DataFrame(
    [
        ("c0", "i0", 0, "Le dernier bus part à 17 h", "est"),
        ("c0", "i1", 30, "Il faudrait une navette le soir", "sud"),
        ("c0", "i2", 70, "On pourrait agrandir le parking", "sud"),
        ("c1", "i3", 0, "Trop cher pour le bourg", "est"),
        ("c2", "i4", 12, "les jeunes rentreraient", "sud"),
        ("c3", "i5", 200, "Le préau fuit", "est"),
        ("c4", "i6", 0, "On verra", "ouest"),
        ("c5", "i7", 0, "Le préau fuit", "est"),
        ("c6", "i8", 0, "Un four à pain ?", "hors_axe"),
    ],
    columns=["contribution_id", "item_id", "start", "text", "axis"],
)
NAVETTE, PARKING = "Le dernier bus part à 17 h. Il faudrait une navette le soir", "On pourrait agrandir le parking"


def _linked(*answered: tuple[str, str, str, str]) -> list[tuple[str, str, str]]:
    table = pd.DataFrame(answered, columns=["contribution_id", "target", "about", "stance"])
    found = link_sides(HEARD, table)
    return list(found[["from_item", "to_item", "kind"]].itertuples(index=False, name=None))


def test_who_answers_a_proposal_opposes_or_backs_it() -> None:
    found = _linked(("c1", "c0", NAVETTE, "contre"), ("c2", "c0", PARKING, "pour"))
    found += _linked(("c1", "c6", "Un four à pain ?", "contre"))
    assert found == [("i3", "i1", "objects"), ("i4", "i2", "supports"), ("i3", "i8", "objects")]


def test_a_title_that_is_answered_is_that_of_the_first_proposal() -> None:
    assert _linked(("c1", "c0", "Se déplacer", "contre")) == [("i3", "i1", "objects")]


@pytest.mark.parametrize(
    "answered",
    [
        ("c3", "c0", NAVETTE, "contre"),
        ("c4", "c0", NAVETTE, "nuance"),
        ("c1", "c5", "Le préau fuit", "contre"),
        ("c1", "c0", "Le dernier bus part à 17 h", "contre"),
        ("c1", "c9", "Une navette", "contre"),
        ("c9", "c0", NAVETTE, "contre"),
    ],
    ids=["said later", "on a condition", "no proposal", "an obstacle", "answers nobody", "no idea"],
)
def test_what_answers_no_proposal_surely_is_no_link(answered: tuple[str, str, str, str]) -> None:
    assert _linked(answered) == []
