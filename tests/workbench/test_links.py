"""Links: learnt again as they are shipped, measured on the judged ones, told by their card."""

import json
from pathlib import Path

import numpy as np

from pipeline.cluster.linking.signs import LINKS, SIGNS, answer_score, is_no_answer, load_weights, read_text, signs
from pipeline.config import load_config
from pipeline.language.models.encoders import load_encoder
from pipeline.learned import METRICS
from pipeline.workbench.learning import precision_recall
from pipeline.workbench.links import (
    LEFT_OUT,
    JudgedPair,
    judged_pairs,
    measure_links,
    random_pairs,
    read_pairs,
)
from pipeline.workbench.training import Request, train

PAIRS = judged_pairs()
TEXTS = read_pairs(PAIRS, load_encoder())
THRESHOLD = load_config().cluster.liens.seuil
SHIPPED = load_weights()


def test_learning_again_gives_the_shipped_files(tmp_path: Path) -> None:
    train(Request("liens", out=tmp_path), print)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in LINKS.path.iterdir()
    }


def test_the_shipped_weights_hold_on_pairs_that_did_not_teach_them() -> None:
    found = measure_links([pair for pair in PAIRS if pair.half == LEFT_OUT], TEXTS, SHIPPED, THRESHOLD)
    assert found["n_pairs"] >= 40
    assert found["precision_at_1"] >= 0.8
    assert found["average_precision"] >= 0.75
    assert found["precision"] >= 0.9
    assert found == json.loads((LINKS.path / METRICS).read_text(encoding="utf-8"))["answers"][LEFT_OUT]


def test_the_shipped_weights_hold_on_all_pairs() -> None:
    found = measure_links(PAIRS, TEXTS, SHIPPED, THRESHOLD)
    assert found["precision_at_1"] >= load_config().evaluation["groups"]["liens_premier"]
    assert found["precision"] >= 0.9


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
    assert answer_score(objection, answer, 0.9, SHIPPED) == 0.0


def test_precision_and_recall_of_a_small_case() -> None:
    found, true = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert precision_recall(found, true) == {"precision": 0.5, "recall": 0.5}
    assert precision_recall(~found & ~true, true)["recall"] == 0.0
