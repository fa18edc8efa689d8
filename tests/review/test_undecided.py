"""Reviewed tables when nobody decided: those that a replay of no act gives."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline.contracts.checks import validate
from pipeline.review.frames import ReviewedTables, to_tables
from pipeline.review.log.state import MachineTables, ReviewState
from pipeline.review.undecided import undecided_tables

KEYS = {
    "reviewed_tags": ["item_id"],
    "reviewed_groups": ["group_id"],
    "reviewed_memberships": ["item_id"],
    "reviewed_links": ["from_item", "to_item"],
    "reviewed_themes": ["theme_id"],
    "reviewed_items": ["item_id"],
}


@pytest.mark.parametrize("name", ReviewedTables.__dataclass_fields__)
def test_as_a_replay_of_nothing(machine: MachineTables, name: str) -> None:
    short, replayed = (
        validate(name, getattr(found, name)).sort_values(KEYS[name], ignore_index=True)
        for found in (undecided_tables(machine), to_tables(ReviewState.from_machine(machine), machine))
    )
    pd.testing.assert_frame_equal(short, replayed)


def test_groups_have_their_place_in_their_axis(machine: MachineTables) -> None:
    groups = undecided_tables(machine).reviewed_groups
    for _, part in groups.sort_values("position").groupby("axis"):
        assert part["position"].tolist() == list(range(len(part)))
        assert part["recurrence"].is_monotonic_decreasing


def test_what_the_machine_gave_is_not_shared(machine: MachineTables) -> None:
    found = undecided_tables(machine)
    found.reviewed_groups["exemplars"].iloc[0].append("x")
    assert "x" not in machine.groups["exemplars"].iloc[0]


def test_an_idea_without_axis_is_not_reviewed(machine: MachineTables) -> None:
    fewer = replace(machine, tags=machine.tags.iloc[1:].reset_index(drop=True))
    assert len(undecided_tables(fewer).reviewed_items) == len(machine.items) - 1
