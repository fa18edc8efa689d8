"""A soup of fine-tunings: what each member learns from, where it starts, and how their weights become one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES
from pipeline.classify.training.examples import WRITTEN
from pipeline.classify.training.finetune import Recipe
from pipeline.classify.training.weight_averaging import mean_weights, part_of_member, with_head


@pytest.fixture(scope="module")
def examples() -> pd.DataFrame:
    n_written, n_real = 4000, 500
    return pd.DataFrame(
        {
            "id": [f"t{row}" for row in range(n_written + n_real)],
            "source": [WRITTEN] * n_written + ["compte_rendu"] * n_real,
        }
    )


def ids_of(examples: pd.DataFrame, recipe: Recipe, member: int, source: str) -> set[str]:
    part = part_of_member(examples, recipe, member)
    return set(part.loc[part["source"] == source, "id"])


@pytest.mark.parametrize("first", [0, 2])
def test_two_members_share_the_written_ideas_between_them(examples: pd.DataFrame, first: int) -> None:
    recipe = Recipe(n_members=4)
    one, other = (ids_of(examples, recipe, member, WRITTEN) for member in (first, first + 1))
    assert not one & other
    assert one | other == set(examples.loc[examples["source"] == WRITTEN, "id"])
    assert abs(len(one) - len(other)) < 300


def test_the_next_two_members_share_them_otherwise(examples: pd.DataFrame) -> None:
    recipe = Recipe(n_members=4)
    first, third = (ids_of(examples, recipe, member, WRITTEN) for member in (0, 2))
    assert 0.4 < len(first & third) / len(first) < 0.6


def test_every_member_learns_from_every_real_text(examples: pd.DataFrame) -> None:
    recipe = Recipe(n_members=4)
    for member in range(4):
        assert len(ids_of(examples, recipe, member, "compte_rendu")) == 500


@pytest.mark.parametrize("n_members", [1, 3])
def test_the_last_of_an_odd_number_learns_from_everything(examples: pd.DataFrame, n_members: int) -> None:
    recipe = Recipe(n_members=n_members)
    pd.testing.assert_frame_equal(part_of_member(examples, recipe, n_members - 1), examples)


def test_the_mean_of_weights_is_that_of_each_weight() -> None:
    members = [
        {"a": np.full((2, 3), value, np.float32), "b": np.array([value, -value], np.float32)} for value in (1, 4)
    ]
    mean = mean_weights(members)
    assert list(mean) == ["a", "b"]
    np.testing.assert_array_equal(mean["a"], np.full((2, 3), 2.5, np.float32))
    np.testing.assert_array_equal(mean["b"], np.array([2.5, -2.5], np.float32))
    assert {value.dtype for value in mean.values()} == {np.dtype(np.float32)}


def test_the_mean_of_one_set_of_weights_repeated_is_itself() -> None:
    weights = {"a": np.random.default_rng(0).normal(size=(7, 5)).astype(np.float32)}
    np.testing.assert_array_equal(mean_weights([weights] * 3)["a"], weights["a"])


def test_all_members_start_from_one_head() -> None:
    start = {"pos.weight": np.zeros((10, 384), np.float32)}
    one, other = with_head(start, 0), with_head(start, 0)
    assert one["head.weight"].shape == (len(AXIS_CODES), 384)
    np.testing.assert_array_equal(one["head.weight"], other["head.weight"])
    assert not one["head.bias"].any()
    assert "head.weight" not in start


def test_a_head_that_has_learnt_stays() -> None:
    start = {"pos.weight": np.zeros((10, 384), np.float32), "head.weight": np.ones((5, 384), np.float32)}
    assert with_head(start, 0) is start
