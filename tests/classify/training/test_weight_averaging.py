"""A soup of fine-tunings: where each member starts, and how their weights become one."""

from __future__ import annotations

import numpy as np

from pipeline.axes import AXIS_CODES
from pipeline.classify.training.weight_averaging import mean_weights, with_head


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
