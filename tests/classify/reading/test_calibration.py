"""From readings to one: pooled, moved by neighbours, told with a status."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.calibration import (
    AFTER,
    AROUND,
    BEFORE,
    OWN,
    Calibration,
    pooled,
    read_chances,
    with_neighbours,
)

WEIGHTS = {OWN: 1.0, BEFORE: 0.3, AFTER: 0.1, AROUND: 0.3}
PLAIN = Calibration({"lineaire": 1.0}, WEIGHTS, 0.5, 0.25, 0.2, 0.3)

LAMENT = [0.02, 0.90, 0.04, 0.02, 0.02]
FLAT = [0.46, 0.40, 0.06, 0.05, 0.03]
PROPOSAL = [0.02, 0.06, 0.88, 0.02, 0.02]


def test_readings_are_pooled_by_their_logarithms() -> None:
    one, other = np.log([[0.6, 0.1, 0.1, 0.1, 0.1]]), np.log([[0.1, 0.6, 0.1, 0.1, 0.1]])
    even = pooled({"a": one, "b": other}, {"a": 1.0, "b": 1.0})
    assert even[0, 0] == even[0, 1] == pytest.approx(0.6 / (1.2 + 0.3), abs=1e-3)
    assert pooled({"a": one, "b": other, "unused": other}, {"a": 2.0, "b": 1.0}).argmax() == 0
    assert pooled({"a": one, "b": other}, {"a": 1.0, "b": 2.0}).argmax() == 1
    assert pooled({"a": one[:0]}, {"a": 1.0}).shape == (0, 5)


def test_a_close_second_axis_is_given_and_a_far_one_is_not() -> None:
    tags = read_chances(np.array([[0.5, 0.4, 0.05, 0.03, 0.02], [0.9, 0.04, 0.03, 0.02, 0.01]]), PLAIN, ["", ""])
    assert tags["second_axis"].tolist()[0] == "est"
    assert tags["second_axis"].isna().tolist() == [False, True]
    assert tags["status"].tolist() == ["sur", "sur"]


def test_a_text_without_a_letter_is_surely_off_the_compass_and_a_foreign_one_is_to_reread() -> None:
    chances = np.array([[0.96, 0.01, 0.01, 0.01, 0.01]] * 2)
    tags = read_chances(chances, PLAIN, ["vide", "autre_langue"])
    assert tags["axis"].tolist() == ["hors_axe", "nord"]
    assert tags["status"].tolist() == ["sur", "a_relire"]


def test_ideas_of_one_list_pull_an_unsure_one_and_leave_a_sure_one() -> None:
    chances = np.array([LAMENT, FLAT, PROPOSAL, FLAT])
    moved = with_neighbours(chances, np.array([7, 7, 7, 3]), WEIGHTS)
    assert [AXIS_CODES[row] for row in moved.argmax(axis=1)] == ["est", "est", "sud", "nord"]
    assert moved[3].tolist() == FLAT


def test_the_idea_before_counts_by_its_own_weight_and_only_inside_its_list() -> None:
    only_before = {OWN: 1.0, BEFORE: 0.5, AFTER: 0.0, AROUND: 0.0}
    chances = np.array([PROPOSAL, FLAT, LAMENT])
    moved = with_neighbours(chances, np.zeros(3, dtype=np.int64), only_before)
    assert moved[0] == pytest.approx(PROPOSAL, abs=1e-3)
    assert moved[1, 2] > FLAT[2]
    assert moved[1, 1] < FLAT[1]
    apart = with_neighbours(chances, np.array([0, 1, 1]), only_before)
    assert apart[1] == pytest.approx(FLAT, abs=1e-3)


@given(
    st.lists(
        st.lists(st.floats(0, 1), min_size=5, max_size=5).filter(lambda row: sum(row) > 0.01), min_size=1, max_size=12
    ),
    st.lists(st.integers(0, 3), min_size=12, max_size=12),
)
def test_neighbours_keep_probabilities_and_lists_may_stand_in_any_order(
    rows: list[list[float]], lists: list[int]
) -> None:
    chances = np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    together = np.array(lists[: len(rows)])
    moved = with_neighbours(chances, together, WEIGHTS)
    assert np.abs(moved.sum(axis=1) - 1).max() < 1e-3
    assert moved.min() >= 0
    order = np.argsort(-together, kind="stable")
    assert np.abs(with_neighbours(chances[order], together[order], WEIGHTS) - moved[order]).max() < 2e-4
