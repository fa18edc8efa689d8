"""What must hold of stacks."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.contracts.rules import stacks_are_in_groups, stacks_are_nested


def memberships(*rows: tuple[str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["group_id", "stack_id"], dtype="string[pyarrow]")


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        pytest.param([("g", "a"), ("g", "a"), (None, None)], True, id="weak signals are in none"),
        pytest.param([("g", None)], False, id="a group without a stack"),
        pytest.param([(None, "a")], False, id="a stack without a group"),
    ],
)
def test_what_is_in_a_group_is_in_a_stack(rows: list[tuple[str | None, str | None]], kept: bool) -> None:
    assert stacks_are_in_groups(memberships(*rows)) is kept


def test_a_stack_is_inside_one_group() -> None:
    assert stacks_are_nested(memberships(("g", "a"), ("g", "a"), ("h", "b"), (None, None)))
    assert not stacks_are_nested(memberships(("g", "a"), ("h", "a")))
