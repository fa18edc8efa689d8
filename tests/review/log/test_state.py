"""The state before any decision, and copies of it."""

from pipeline.axes import COMPASS_CODES
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import MachineTables


def test_groups_stand_where_people_placed_them(machine: MachineTables) -> None:
    state = ReviewState.from_machine(machine)
    axis = next(code for code in COMPASS_CODES if len(state.ordered_groups(code)) > 1)
    before = [group.group_id for group in state.ordered_groups(axis)]
    state.pins[before[-1]] = 0
    assert [group.group_id for group in state.ordered_groups(axis)] == [before[-1], *before[:-1]]
    assert state.positions()[before[-1]] == 0
    state.pins[before[-1]] = 99
    assert [group.group_id for group in state.ordered_groups(axis)] == before


def test_a_copy_shares_nothing_that_an_act_changes(machine: MachineTables) -> None:
    state = ReviewState.from_machine(machine)
    other = state.copy()
    item, group = next(item for item in other.items.values() if item.group_id), next(iter(other.groups.values()))
    item.axis, group.title = "hors_axe", "autre"
    other.members[group.group_id].clear()
    other.pins[group.group_id] = 1
    assert state.items[item.item_id].axis != "hors_axe"
    assert state.groups[group.group_id].title != "autre"
    assert state.members[group.group_id]
    assert not state.pins
