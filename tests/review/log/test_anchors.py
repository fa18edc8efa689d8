"""What a decision named is found again in the tables of another run, or said to be gone."""

import dataclasses
import re

import pytest
from reading import group_named

from pipeline.contracts.titles import PERSON
from pipeline.review.log.anchors import (
    ActError,
    anchor_of,
    find_group,
    find_item,
    items_under,
    named_group,
    named_items,
)
from pipeline.review.log.decisions import Decision, ItemAnchor, Target
from pipeline.review.log.membership import attach
from pipeline.review.log.replay import replay
from pipeline.review.log.state import ReviewState
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review
from pipeline.workshop.records import GivenTitle, Item, MachineTables


def regrouped(machine: MachineTables, ids: dict[str, str]) -> MachineTables:
    """The same workshop after a run that gave other ids to some groups."""
    groups, memberships = machine.groups.copy(), machine.memberships.copy()
    groups["group_id"] = groups["group_id"].replace(ids)
    memberships["group_id"] = memberships["group_id"].replace(ids)
    return dataclasses.replace(machine, groups=groups, memberships=memberships)


def test_a_group_is_found_again_by_its_members(session: Session, bus: str, machine: MachineTables) -> None:
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus manque")
    result = review(regrouped(machine, {bus: "g-nouveau"}), session.run.decisions.lines(), None)
    renamed = result.reviewed_groups.set_index("group_id").loc["g-nouveau"]
    assert renamed["title"] == "Le bus manque"
    assert result.decision_states["state"].tolist() == ["rejouee"]


def without(machine: MachineTables, group: str) -> MachineTables:
    """The same workshop after a run that made nothing of what a group held."""
    is_its = machine.memberships["group_id"] == group
    return dataclasses.replace(
        machine,
        groups=machine.groups[machine.groups["group_id"] != group],
        memberships=machine.memberships.assign(group_id=machine.memberships["group_id"].mask(is_its)),
    )


def test_a_group_that_is_gone_leaves_an_orphan_with_what_to_do(
    session: Session, bus: str, machine: MachineTables
) -> None:
    session.act("Anne", Wish("revoir", groups=(bus,)))
    result = review(without(machine, bus), session.run.decisions.lines(), None)
    assert result.decision_states["state"].tolist() == ["orpheline"]
    assert "hors des titres" in result.decision_states["message"].iloc[0]
    assert "refaites" in result.decision_states["message"].iloc[0]
    assert any("une décision ne s'applique plus." in warning for warning in result.warnings)


def test_a_group_that_a_person_made_hers_outlives_another_run(
    session: Session, bus: str, machine: MachineTables
) -> None:
    held = set(session.state.members[bus])
    session.act("Anne", Wish("accept", groups=(bus,)))
    result = review(without(machine, bus), session.run.decisions.lines(), None)
    assert result.decision_states["state"].tolist() == ["rejouee"]
    group = result.reviewed_groups.set_index("group_id").loc[bus]
    assert (group["title"], group["state"]) == ("Pas assez de bus le soir", "accepte")
    own = result.reviewed_memberships
    assert set(own.loc[own["group_id"] == bus, "item_id"]) == held


def test_an_item_is_found_again_after_another_segmentation(session: Session, machine: MachineTables) -> None:
    item = next(item for item in session.state.items.values() if item.text.startswith("Le local est froid"))
    session.act("Anne", Wish("set_axis", items=(item.item_id,)), axis="ouest")
    items = machine.items.copy()
    row = items["item_id"] == item.item_id
    items.loc[row, ["item_id", "end", "text"]] = ["i-autre", item.end - 9, item.text[:-9]]
    rename = {item.item_id: "i-autre"}
    other = dataclasses.replace(
        machine,
        items=items,
        tags=machine.tags.assign(item_id=machine.tags["item_id"].replace(rename)),
        memberships=machine.memberships.assign(item_id=machine.memberships["item_id"].replace(rename)),
    )
    result = review(other, session.run.decisions.lines(), None)
    assert result.reviewed_tags.set_index("item_id").loc["i-autre", "axis"] == "ouest"


def test_a_renamed_file_keeps_its_decisions(session: Session, machine: MachineTables) -> None:
    item = next(item for item in session.state.items.values() if item.text.startswith("Planter une haie"))
    session.act("Anne", Wish("set_axis", items=(item.item_id,)), axis="nord")
    moved = {item.contribution_id: "c-autre-fichier"}
    other = dataclasses.replace(
        machine,
        contributions=machine.contributions.assign(
            contribution_id=machine.contributions["contribution_id"].replace(moved)
        ),
        items=machine.items.assign(contribution_id=machine.items["contribution_id"].replace(moved)),
    )
    result = review(other, session.run.decisions.lines(), None)
    assert result.reviewed_tags.set_index("item_id").loc[item.item_id, "axis"] == "nord"


def test_words_of_which_little_is_left_are_gone(session: Session) -> None:
    state = session.start.copy()
    item = next(item for item in state.items.values() if item.text.startswith("Le local est froid"))
    anchor = anchor_of(item)
    length = item.end - item.start
    item.end = item.start + length // 2 + 1
    assert find_item(state, anchor) is item
    item.end = item.start + length // 2 - 1
    assert find_item(state, anchor) is None


def test_of_two_people_who_say_the_same_none_is_taken_for_the_other(session: Session) -> None:
    state = session.start
    one, other = list(state.items.values())[:2]
    gone = ItemAnchor(contribution_id="c-renomme", start=0, end=9, text="Un bus !")
    state.by_text["Un bus !"] = [one.item_id]
    assert find_item(state, gone) is one
    state.by_text["Un bus !"] = [one.item_id, other.item_id]
    assert find_item(state, gone) is None


def test_a_group_that_keeps_its_id_but_not_its_words_is_another(session: Session) -> None:
    state = session.start.copy()
    bus = group_named(state, "Pas assez de bus le soir")
    other = next(key for key in state.groups if key != bus)
    members = tuple(state.members[bus])
    state.members[bus], state.members[other] = state.members[other], state.members[bus]
    for key in (bus, other):
        for item_id in state.members[key]:
            state.items[item_id].group_id = key
    assert find_group(state, bus, members) == other


def test_a_title_of_people_that_took_the_ideas_of_another_group_is_not_renamed_in_its_place(
    session: Session, bus: str
) -> None:
    session.act("Anne", Wish("rename", groups=(bus,)), title="Des navettes à la demande")
    session.act("Anne", Wish("accept", groups=(bus,)))
    state = session.start.copy()
    other = next(key for key in state.groups if key != bus)
    members = list(state.members[bus])
    attach(state, [state.items[key] for key in members], other, "", is_by_hand=False)  # a new reading put them there
    title = state.groups[other].title
    state.titled[other] = GivenTitle(title, state.groups[other].axis, "", PERSON, 0, other)
    assert find_group(state, bus, tuple(members)) is None
    again = replay(state, session.log)
    assert {one.state for one in again.outcomes.values()} == {"rejouee"}
    assert (again.state.groups[other].title, again.state.groups[other].state) == (title, "machine")
    assert (again.state.groups[bus].title, again.state.groups[bus].state) == ("Des navettes à la demande", "accepte")
    assert list(again.state.members[bus]) == members


def cut(state: ReviewState, *spans: tuple[int, int]) -> list[Item]:
    """Items of one contribution, cut at these places."""
    items = list(state.items.values())[: len(spans)]
    state.by_contribution["c-1"] = [item.item_id for item in items]
    for item, (item.start, item.end) in zip(items, spans, strict=True):
        item.contribution_id = "c-1"
    return items


def at(start: int, end: int) -> ItemAnchor:
    return ItemAnchor(contribution_id="c-1", start=start, end=end, text="ailleurs")


def test_the_same_span_goes_before_a_span_that_overlaps(session: Session) -> None:
    state = session.start.copy()
    ends_there, whole, starts_there = cut(state, (2, 12), (0, 12), (0, 11))
    assert find_item(state, at(0, 12)) is whole
    assert find_item(state, at(0, 11)) is starts_there
    assert find_item(state, at(3, 12)) is ends_there


def test_a_span_that_shares_less_than_half_is_another(session: Session) -> None:
    state = session.start.copy()
    (item,) = cut(state, (10, 20))
    assert find_item(state, at(14, 24)) is None
    assert find_item(state, at(6, 16)) is None
    assert find_item(state, at(13, 20)) is item
    assert find_item(state, at(10, 30)) is item  # just half


def test_items_under_a_span_share_a_character_with_it(session: Session) -> None:
    state = session.start.copy()
    first, second, third = cut(state, (0, 10), (10, 20), (20, 30))
    assert items_under(state, at(5, 12)) == [first, second]
    assert items_under(state, at(10, 20)) == [second]
    assert items_under(state, at(19, 21)) == [second, third]
    assert items_under(state, at(30, 40)) == []


def test_a_group_is_the_same_while_half_of_the_smaller_is_there(session: Session) -> None:
    state = session.start.copy()
    bus = group_named(state, "Pas assez de bus le soir")
    others = [key for key, item in state.items.items() if item.group_id != bus]
    own = list(state.members[bus])
    assert len(own) >= 4
    assert find_group(state, bus, tuple(own[:1] + others[:1])) == bus  # one of two
    assert find_group(state, bus, tuple(own[:1] + others[:3])) != bus  # one of four
    state.members[bus] = dict.fromkeys(own[:1])
    assert find_group(state, bus, tuple(own)) == bus  # the only one left
    assert find_group(state, bus, ()) == bus
    one, two = sorted(key for key in state.groups if key != bus)[:2]
    half = (*list(state.members[one])[:2], *list(state.members[two])[:2])
    assert len(half) == 4
    assert find_group(state, "g-gone", half) == find_group(state, "g-gone", half[::-1]) == one
    assert find_group(state, bus, ("i-gone",)) is None


def test_where_the_words_of_a_group_went_is_told_of_those_that_are_left(session: Session) -> None:
    state = session.state
    bus = group_named(state, "Pas assez de bus le soir")
    session.act("Anne", Wish("revoir", groups=(bus,)))
    (decision,) = session.log.decisions
    state = session.start.copy()
    gone, *left = state.members[bus]
    other = next(key for key in state.groups if key != bus)
    del state.items[gone], state.groups[bus], state.members[bus]
    for key in left:
        state.items[key].group_id = None
    with pytest.raises(ActError, match="hors des titres"):
        named_group(state, decision, bus)
    state.items[left[0]].group_id = other
    with pytest.raises(ActError, match="maintenant surtout dans « " + re.escape(state.groups[other].title)):
        named_group(state, decision, bus)
    for key in left:
        del state.items[key]
    with pytest.raises(ActError, match="ne sont plus lues"):
        named_group(state, decision, bus)


def test_words_that_are_gone_are_told_by_their_first_eighty_signs(session: Session) -> None:
    gone = ItemAnchor(contribution_id="c-gone", start=0, end=90, text="abcdefghi " * 9)
    act = Decision(decision_id="d", ts="", author="A", op="set_axis", target=Target(items=(gone,)))
    with pytest.raises(ActError) as refused:
        named_items(session.start, act)
    assert str(refused.value).startswith(f"« {gone.text[:80]} » n'est plus")
