"""Linear layers in integers: the widest inputs are left to floats, and what is wide moves to the weights."""

from __future__ import annotations

import numpy as np

from pipeline.workbench.axes.integers import N_WIDE, WEIGHT_LIMIT, coded_linear, coded_wide


def test_the_widest_inputs_are_left_to_floats_and_nothing_is_counted_twice() -> None:
    random = np.random.default_rng(3)
    weight = random.normal(0, 1, (6, 200)).astype(np.float32)
    inputs = random.normal(0, 0.2, (50, 200)).astype(np.float32)
    inputs[:, [7, 150]] *= 200
    coded = coded_wide(weight, inputs.min(axis=0), inputs.max(axis=0))
    assert {7, 150} <= set(coded["wide"].tolist())
    assert len(coded["wide"]) == N_WIDE
    assert not coded["codes"][coded["wide"]].any()
    steps = inputs * coded["smooth"] / coded["step"]
    steps = np.clip(np.round(steps) + coded["middle"], 0, 255) - coded["middle"].astype(float)
    steps[:, coded["wide"]] = 0
    found = steps * coded["step"] @ (coded["codes"] * coded["scales"]) + inputs[:, coded["wide"]] @ coded["wide_weight"]
    assert np.abs(found - inputs @ weight.T).max() < 0.1
    alone = coded_linear(weight, inputs.min(axis=0), inputs.max(axis=0))
    assert float(alone["step"]) > 1.5 * float(coded["step"])


def test_smoothing_moves_what_is_wide_from_the_inputs_to_the_weights() -> None:
    weight = np.random.default_rng(4).normal(0, 1, (6, 10)).astype(np.float32)
    low, high = np.full(10, -1.0, np.float32), np.array([1.0] * 9 + [50.0], np.float32)
    coded = coded_linear(weight, low, high)
    assert np.abs(coded["codes"]).max() == WEIGHT_LIMIT
    back = coded["codes"].T * coded["scales"][:, None] * coded["smooth"]
    assert np.allclose(back, weight, atol=0.12)
    assert high[9] * coded["smooth"][9] < 50 / 4
    assert 0 <= int(coded["middle"]) <= 255
