"""Counts of groups whose members changed."""

from __future__ import annotations

import dataclasses

from pipeline.review.log.spread import count_again
from pipeline.review.log.state import MachineTables, ReviewState


def test_counts_are_made_as_the_grouping_stage_makes_them(machine: MachineTables) -> None:
    state = ReviewState.from_machine(machine)
    expected = {key: dataclasses.astuple(group) for key, group in state.groups.items()}
    state.touched = set(state.groups)
    count_again(state)
    assert {key: dataclasses.astuple(group) for key, group in state.groups.items()} == expected
