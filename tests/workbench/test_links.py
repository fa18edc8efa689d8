"""Links: learnt again as they are shipped, measured on the judged ones, told by their card."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from pipeline.api.grouping import axis_reader
from pipeline.axes import AXIS_CODES
from pipeline.classify.stage import load_axis_model
from pipeline.cluster.linking.signs import (
    ANSWERS,
    LINKS,
    SIDES,
    SIGNS,
    SIGNS_OF,
    KindWeights,
    answer_score,
    is_no_answer,
    load_weights,
    read_text,
    signs,
)
from pipeline.config import load_config
from pipeline.language.models.encoders import load_encoder
from pipeline.learned import METRICS, Linear
from pipeline.workbench.learning import precision_recall
from pipeline.workbench.links import (
    LEFT_OUT,
    N_BOUND,
    SIDED,
    JudgedPair,
    JudgedWorkshop,
    bound,
    judged_pairs,
    judged_sides,
    learn_answers,
    measure_links,
    measure_sides,
    random_pairs,
    read_pairs,
)

PAIRS = judged_pairs()
TEXTS = read_pairs(PAIRS, load_encoder())
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
    assert found["precision_at_1"] >= load_config().evaluation["groups"]["liens_premier"]
    assert found["precision"] >= 0.9


def test_the_measures_are_what_the_code_writes() -> None:
    metrics = json.loads((LINKS.path / METRICS).read_text(encoding="utf-8"))
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
    found, true = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert precision_recall(found, true) == {"precision": 0.5, "recall": 0.5}
    assert precision_recall(~found & ~true, true)["recall"] == 0.0


RIGHT = [(0.9 - place / 100, True) for place in range(20)]


@pytest.mark.parametrize(
    ("links", "precision", "expected"),
    [
        (RIGHT, 0.8, 0.71),
        ([*RIGHT, *((0.5 - place / 100, False) for place in range(20))], 0.8, 0.46),
        ([(score, False) for score, _ in RIGHT], 0.5, 1.0),
        (RIGHT[: N_BOUND - 1], 0.5, 1.0),
        ([*RIGHT[:10], *[(0.5, False)] * 20], 0.8, 0.81),
        ([], 0.5, 1.0),
    ],
    ids=["all right", "a few wrong", "all wrong", "too few", "equal ones go together", "none"],
)
def test_the_lowest_probability_that_is_right_often_enough(
    links: list[tuple[float, bool]], precision: float, expected: float
) -> None:
    assert bound(links, precision) == pytest.approx(expected)


def test_sides_hold_where_they_never_learnt() -> None:
    measured = json.loads((LINKS.path / METRICS).read_text(encoding="utf-8"))["sides"]["test"]
    for kind in SIDES:
        assert measured["each"][kind]["precision_kept"] >= 0.65
        assert measured["each"][kind]["precision_told"] >= 0.75
        assert load_weights()[kind].kept < load_weights()[kind].told < 1.0


LINES = [json.loads(line) for line in SIDED.read_text(encoding="utf-8").splitlines()]


def no_axis(texts: Sequence[str], _: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({"facet": [None] * len(texts), **{f"p_{code}": [0.2] * len(texts) for code in AXIS_CODES}})


@pytest.fixture(scope="module")
def workshops() -> list[JudgedWorkshop]:
    return judged_sides(no_axis, load_encoder())


def test_the_benchmark_is_what_its_description_says() -> None:
    roles = pd.DataFrame(LINES)
    sided = roles[roles["role"].isin(SIDES)]
    assert (sided["role"] == "objects").sum() >= 200
    assert (sided["role"] == "supports").sum() >= 80
    assert sided["about"].isna().sum() >= 60
    proposals = roles[roles["role"] == "proposal"].groupby("theme")
    assert proposals.size().between(5, 12).all()
    known = {(row["theme"], row["text"]) for row in LINES if row["role"] == "proposal"}
    assert {(row["theme"], row["about"]) for row in LINES if row["about"]} <= known
    assert roles.groupby("theme")["half"].nunique().eq(1).all()
    assert roles["text"].is_unique


def test_each_workshop_then_all_those_of_a_half(workshops: list[JudgedWorkshop]) -> None:
    assert [one.is_whole for one in workshops] == [False] * len({row["theme"] for row in LINES}) + [True] * 2
    assert sum(len(one.rows) for one in workshops if one.is_whole) == len(LINES)
    for one in workshops:
        right = one.are_true("objects") | one.are_true("supports")
        assert np.bincount(one.pairs.one[right], minlength=len(one.rows)).max() == 1


def test_measures_of_a_score_that_takes_the_nearest(workshops: list[JudgedWorkshop]) -> None:
    kinds = {}
    for kind, told in zip(SIDES, (0.0, 2.0), strict=True):
        weights = np.zeros((1, len(SIGNS_OF[kind])))
        weights[0, SIGNS_OF[kind].index("meaning")] = 1.0 if kind == "objects" else -1.0
        kinds[kind] = KindWeights(Linear(weights, np.zeros(1), SIGNS_OF[kind]), 0.0, told)
    found = measure_sides(workshops, kinds, "test", whole=False)
    assert found["objects"]["n"] == sum(
        row["half"] == "test" and row["role"] == "objects" and bool(row["about"]) for row in LINES
    )
    assert 0.0 < found["objects"]["recall_kept"] < 1.0
    assert found["supports"]["n_told"] == 0.0
    assert found["supports"]["precision_told"] == 0.0


def test_axes_and_facets_of_texts_are_read_in_order() -> None:
    read = axis_reader(load_axis_model("rapide"), load_encoder())
    found = read(["Il n'y a plus de boulanger", "Créer une épicerie associative"], ["Ce qui manque", ""])
    assert found["axis"].tolist() == ["est", "sud"]
    assert {f"p_{code}" for code in AXIS_CODES} | {"facet"} <= set(found.columns)
