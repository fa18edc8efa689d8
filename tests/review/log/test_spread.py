"""Counts of groups whose members changed."""

from __future__ import annotations

import dataclasses

from reading import group_named

from pipeline.review.log.spread import count_again
from pipeline.review.log.state import MachineTables, ReviewState


def test_counts_are_made_as_the_grouping_stage_makes_them(machine: MachineTables) -> None:
    state = ReviewState.from_machine(machine)
    expected = {key: dataclasses.astuple(group) for key, group in state.groups.items()}
    state.touched = set(state.groups)
    count_again(state)
    assert {key: dataclasses.astuple(group) for key, group in state.groups.items()} == expected


def test_the_votes_of_a_contribution_count_once_however_many_ideas_it_holds(machine: MachineTables) -> None:
    state = ReviewState.from_machine(machine)
    bus = group_named(state, "Pas assez de bus le soir")
    one, other, *_ = state.items_of(bus)
    for item in state.items_of(bus):
        source = state.sources[item.contribution_id]
        state.sources[item.contribution_id] = dataclasses.replace(source, votes=None)
    before = state.groups[bus].n_items
    state.sources[one.contribution_id] = dataclasses.replace(state.sources[one.contribution_id], votes=5)
    other.contribution_id = one.contribution_id
    state.touched.add(bus)
    count_again(state)
    assert (state.groups[bus].votes, state.groups[bus].n_items) == (5, before)
