"""The state before any decision, and copies of it."""

from dataclasses import replace

import pandas as pd

from pipeline.axes import COMPASS_CODES, HORS_AXE
from pipeline.review.log.anchors import anchor_of
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import MachineTables


def test_every_idea_stands_where_the_machine_put_it(machine: MachineTables) -> None:
    state = ReviewState.from_machine(machine)
    assert set(state.items) == set(machine.tags["item_id"])
    groups = machine.memberships.dropna(subset=["group_id"]).set_index("item_id")["group_id"]
    assert {key: item.group_id for key, item in state.items.items() if item.group_id} == groups.to_dict()
    assert {(group, item) for group, ids in state.members.items() for item in ids} == {
        (group, item) for item, group in groups.items()
    }


def test_an_anchor_says_where_the_words_stand(machine: MachineTables) -> None:
    state = ReviewState.from_machine(machine)
    assert state.items
    for item in state.items.values():
        anchor = anchor_of(item)
        assert state.sources[anchor.contribution_id].text[anchor.start : anchor.end] == anchor.text


def test_the_most_typical_come_first(machine: MachineTables) -> None:
    state = ReviewState.from_machine(machine)
    assert any(len(ids) > 1 for ids in state.members.values())
    for group in state.groups:
        strengths = [item.strength for item in state.items_of(group)]
        assert strengths == sorted(strengths, reverse=True)


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


def test_what_the_machine_put_under_a_title_of_people_is_known(machine: MachineTables) -> None:
    names = ("title_id", "title", "axis", "rubric", "origin", "order")
    titles = [("t1", "Le soir", None, None, "personne", 0), ("t2", "La route", "est", None, "programme", 1)]
    titles += [("t3", "Autres", None, None, "machine", 2)]
    known = ReviewState.from_machine(machine).items
    weak, gone, lost = next(key for key, item in known.items() if item.axis == HORS_AXE), "i-gone", "i-lost"
    far, taken = [key for key in known if key != weak][:2]
    rows = [(weak, None), (far, "t3"), (taken, "t1"), (gone, None), (lost, "t1")]
    placings = ("item_id", "title_id")
    tables = replace(
        machine,
        titles=pd.DataFrame(titles, columns=list(names), dtype=object),
        placings=pd.DataFrame(rows, columns=list(placings), dtype=object).assign(placed_by="machine"),
    )
    state = ReviewState.from_machine(tables)
    assert state.found == {taken: "t1"}
    assert ReviewState.from_machine(machine).found == {}
