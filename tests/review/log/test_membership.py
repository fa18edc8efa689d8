"""Who stands in which group and on which stack after an act, and what is counted of it."""

from dataclasses import replace
from math import sqrt

import pytest
from reading import group_named, weak_signals

from pipeline.review.log.membership import (
    OTHER_THEME,
    attach,
    count_again,
    detach,
    open_group,
    pile,
    set_item_axis,
    usual_theme,
)
from pipeline.review.log.state import ReviewState
from pipeline.review.session import Session
from pipeline.workshop.records import Item, Source


@pytest.fixture
def state(session: Session) -> ReviewState:
    return session.start.copy()


@pytest.fixture
def bus(state: ReviewState) -> str:
    return group_named(state, "Pas assez de bus le soir")


def members(state: ReviewState, group: str) -> list[Item]:
    return [state.items[key] for key in state.members[group]]


def test_items_are_piled_on_the_first_name_with_what_is_on_their_stacks(state: ReviewState, bus: str) -> None:
    one, two, three, *rest = members(state, bus)
    for item in members(state, bus):
        item.stack_id = item.item_id
    two.stack_id = one.item_id
    state.touched.clear()
    pile(state, [one, two])
    assert state.touched == set()  # they were on one stack
    three.stack_id = None  # it was on none
    pile(state, [two, three])
    assert {one.stack_id, two.stack_id, three.stack_id} == {min(one.item_id, three.item_id)}
    assert all(item.stack_id == item.item_id for item in rest)
    assert state.touched == {bus}
    lone = weak_signals(state)[:2]
    pile(state, lone)
    assert all(item.stack_id is None for item in lone)


def test_those_that_leave_one_stack_together_stay_together_and_each_half_has_a_name_of_its_own(
    state: ReviewState, bus: str
) -> None:
    other = next(key for key in state.groups if key != bus and state.groups[key].axis == "est")
    stacked = sorted(members(state, bus), key=lambda item: item.item_id)[:4]
    for item in stacked:
        item.stack_id = stacked[0].item_id
    attach(state, stacked[:2], other, "Anne")
    assert [item.stack_id for item in stacked] == [stacked[0].item_id] * 2 + [stacked[2].item_id] * 2
    assert [item.group_id for item in stacked] == [other, other, bus, bus]
    assert all(item.item_id in state.members[other] and item.item_id not in state.members[bus] for item in stacked[:2])
    assert state.touched == {bus, other}
    assert not state.groups[bus].is_counted
    assert not state.groups[other].is_counted
    assert {item.item_id for item in stacked[:2]} <= state.placed
    assert [item.membership_by for item in stacked] == ["Anne", "Anne", None, None]
    assert all(item.axis_by is None for item in stacked)
    state.touched.clear()
    attach(state, stacked[:2], other, "Luc")
    assert (state.touched, stacked[0].membership_by) == (set(), "Luc")  # they were there


def test_one_voice_is_one_person_on_a_side(state: ReviewState, bus: str) -> None:
    for item in members(state, bus):
        source = state.sources[item.contribution_id]
        state.sources[item.contribution_id] = replace(source, voice="v1", table=None)
        item.stance, item.tied_to = "pour", None
    state.sided.add(bus)
    count_again(state)
    assert (state.groups[bus].n_for, state.groups[bus].n_against) == (1, 0)


def test_an_empty_group_goes_away_with_its_place(state: ReviewState, bus: str) -> None:
    state.pins[bus] = 0
    all_of_it = members(state, bus)
    detach(state, all_of_it[:-1])
    assert bus in state.groups
    assert state.touched == {bus}
    detach(state, all_of_it[-1:])
    assert bus not in state.groups
    assert bus not in state.members
    assert bus not in state.pins
    assert bus not in state.touched
    assert all(item.group_id is None and item.stack_id is None for item in all_of_it)


def test_an_item_takes_the_axis_of_its_group_and_loses_a_facet_of_another(state: ReviewState, bus: str) -> None:
    item = next(item for item in weak_signals(state) if item.axis != state.groups[bus].axis)
    item.facet = "ancienne"
    attach(state, [item], bus, "Anne", is_by_hand=False)
    assert (item.axis, item.facet, item.status, item.axis_by) == (state.groups[bus].axis, None, "sur", "Anne")
    assert item.item_id not in state.placed
    item.facet = "sienne"
    set_item_axis(item, item.axis, None, "Luc")
    assert (item.facet, item.axis_by) == ("sienne", "Luc")
    set_item_axis(item, item.axis, "autre", "Luc")
    assert item.facet == "autre"
    attach(state, [item], None, "Luc")
    assert (item.group_id, item.axis, item.axis_by) == (None, state.groups[bus].axis, "Luc")


def test_what_a_person_puts_by_hand_is_to_re_read_no_more(state: ReviewState, bus: str) -> None:
    put, kept = members(state, bus)[:2]
    put.status = kept.status = "a_relire"
    attach(state, [put], bus, "Anne")
    attach(state, [kept], bus, "Anne", is_by_hand=False)
    assert (put.status, kept.status) == ("sur", "a_relire")


def test_the_usual_theme_is_that_of_most_then_the_first_by_name(state: ReviewState, bus: str) -> None:
    one, two, three, *_ = members(state, bus)
    groups = list(state.groups)[:3]
    for item, group, theme in zip((one, two, three), groups, ("t-b", "t-a", "t-b"), strict=True):
        item.group_id, state.groups[group].theme_id = group, theme
    assert usual_theme(state, [one, two, three]) == "t-b"
    assert usual_theme(state, [one, two]) == "t-a"
    assert usual_theme(state, weak_signals(state)[:1]) == OTHER_THEME


def test_a_group_of_no_theme_opens_one_after_the_others(state: ReviewState) -> None:
    last = max(theme.position for theme in state.themes.values())
    known = next(iter(state.themes))
    assert open_group(state, "g-1", "est", known, "Un", "Anne").theme_id == known
    assert open_group(state, "g-2", "est", "t-inconnu", "Deux", "Anne").theme_id == OTHER_THEME
    theme = state.themes[OTHER_THEME]
    assert (theme.title, theme.position, theme.decided_by) == ("Autres sujets", last + 1, "Anne")
    open_group(state, "g-3", "est", "t-inconnu", "Trois", "Luc")
    assert state.themes[OTHER_THEME] is theme
    assert state.members["g-3"] == {}
    empty = state.groups["g-3"]
    assert (empty.n_items, empty.votes, empty.recurrence) == (0, 0, 0.0)


def test_what_is_counted_of_a_group(state: ReviewState, bus: str) -> None:
    """Two voices of one table, one of them twice; two post-its of nobody known, at another, one tied to the other."""
    items = members(state, bus)[:5]
    state.members[bus] = {item.item_id: None for item in items}
    rows = [("A", "1", 4), ("A", "1", None), ("B", "1", None), (None, "2", 5), (None, "2", None)]
    for rank, (item, (voice, table, votes)) in enumerate(zip(items, rows, strict=True)):
        source = state.sources[item.contribution_id]
        changed = {"voice": voice, "table": table, "votes": votes, "workshop": "atelier", "channel": "postit"}
        state.sources[item.contribution_id] = Source(**{**_fields(source), **changed})
        item.strength, item.tied_to = 0.1 * rank, None
    items[4].tied_to = items[3].item_id
    state.touched = {bus, "g-gone"}
    count_again(state)
    group = state.groups[bus]
    assert (group.n_items, group.n_ideas) == (5, 4)
    assert (group.n_tables, group.n_channels, group.votes) == (2, 1, 9)
    assert group.n_people == 2
    assert group.recurrence == round((2 + 1 + sqrt(9)) * (1.5 - 0.5 / 2), 3)
    assert state.touched == set()


def _fields(source: Source) -> dict[str, object]:
    return {name: getattr(source, name) for name in Source.__dataclass_fields__}


def test_votes_are_those_of_the_proposal_that_a_card_comes_to(state: ReviewState, bus: str) -> None:
    """As the document counts them: the obstacle above it on the card gets none."""
    obstacle, *_ = members(state, bus)
    proposal = next(one for one in state.items.values() if one.axis == "sud" and one.group_id)
    group = str(proposal.group_id)
    state.sources[obstacle.contribution_id] = Source(**{**_fields(state.sources[obstacle.contribution_id]), "votes": 3})
    for key in (bus, group):
        for item_id in state.members[key]:
            if item_id not in (obstacle.item_id, proposal.item_id):
                contribution = state.items[item_id].contribution_id
                state.sources[contribution] = Source(**{**_fields(state.sources[contribution]), "votes": 0})
    proposal.contribution_id, proposal.start, proposal.end = (
        obstacle.contribution_id,
        obstacle.end + 1,
        obstacle.end + 9,
    )
    proposal.status = obstacle.status = "sur"
    state.by_contribution[obstacle.contribution_id] = [obstacle.item_id, proposal.item_id]
    state.touched = {bus, group}
    count_again(state)
    assert (state.groups[bus].votes, state.groups[group].votes) == (0, 3)
