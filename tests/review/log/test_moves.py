"""Decisions that move items between groups."""

from __future__ import annotations

from reading import group_named

from pipeline.review.session import Session, Wish


def test_rename_move_merge_split_create(session: Session) -> None:
    bus, temps = (
        group_named(session.state, t) for t in ("Pas assez de bus le soir", "Le temps manque pour se coordonner")
    )
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus manque")
    assert session.state.groups[bus].title == "Le bus manque"
    assert session.state.groups[bus].decided_by == "Anne"
    assert session.state.groups[bus].worded == {"title"}

    moved = session.state.items_of(bus)[0].item_id
    n = session.state.groups[bus].n_items
    session.act("Anne", Wish("move", items=(moved,)), group_id=temps)
    assert session.state.items[moved].group_id == temps
    assert session.state.groups[bus].n_items == n - 1

    ticked = tuple(item.item_id for item in session.state.items_of(temps)[:2])
    decision, _ = session.act("Anne", Wish("split", items=ticked, groups=(temps,)), title="À part")
    new = str(decision.after.group_id)
    assert set(session.state.members[new]) == set(ticked)
    assert session.state.groups[new].axis == "est"

    session.act("Anne", Wish("merge", groups=(bus, new)))
    assert new not in session.state.groups
    assert set(ticked) <= set(session.state.members[bus])

    weak = tuple(item.item_id for item in session.state.weak_signals() if item.axis == "sud")
    decision, _ = session.act("Anne", Wish("create", items=weak), title="Du commun", axis="sud")
    assert session.state.groups[str(decision.after.group_id)].n_items == len(weak)


def test_merging_groups_of_two_axes_is_a_conflict(session: Session) -> None:
    groups = tuple(group_named(session.state, t) for t in ("Pas assez de bus le soir", "Tenir un agenda partagé"))
    _, outcome = session.act("Anne", Wish("merge", groups=groups))
    assert outcome.state == "conflit"
    assert "axe" in outcome.message
    assert set(groups) <= set(session.state.groups)


def stack_of(session: Session, group_id: str) -> tuple[str, ...]:
    """The two items of a group that say the same thing."""
    items = session.state.items_of(group_id)
    stacked = [item.item_id for item in items if sum(other.stack_id == item.stack_id for other in items) > 1]
    assert len(stacked) == 2
    return tuple(stacked)


def test_an_item_that_is_moved_leaves_its_stack(session: Session) -> None:
    bus, temps = (
        group_named(session.state, t) for t in ("Pas assez de bus le soir", "Le temps manque pour se coordonner")
    )
    first, second = stack_of(session, bus)
    n = session.state.groups[bus].n_stacks, session.state.groups[temps].n_stacks
    session.act("Anne", Wish("move", items=(first,)), group_id=temps)
    items = session.state.items
    assert items[first].stack_id != items[second].stack_id
    assert (session.state.groups[bus].n_stacks, session.state.groups[temps].n_stacks) == (n[0], n[1] + 1)
    session.act("Anne", Wish("move", items=(first,)), group_id=bus)
    assert session.state.groups[bus].n_stacks == n[0] + 1


def test_what_says_the_same_thing_stays_together_when_it_is_moved_together(session: Session) -> None:
    bus, temps = (
        group_named(session.state, t) for t in ("Pas assez de bus le soir", "Le temps manque pour se coordonner")
    )
    stacked = stack_of(session, bus)
    session.act("Anne", Wish("move", items=stacked), group_id=temps)
    assert len({session.state.items[key].stack_id for key in stacked}) == 1


def test_groups_that_are_merged_keep_their_stacks(session: Session) -> None:
    bus, temps = (
        group_named(session.state, t) for t in ("Pas assez de bus le soir", "Le temps manque pour se coordonner")
    )
    n = sum(session.state.groups[key].n_stacks for key in (bus, temps))
    before = {item.item_id: item.stack_id for item in session.state.items_of(temps)}
    session.act("Anne", Wish("merge", groups=(bus, temps)))
    assert session.state.groups[bus].n_stacks == n
    assert {key: session.state.items[key].stack_id for key in before} == before


def test_a_weak_signal_is_in_no_stack(session: Session) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    first, second = stack_of(session, bus)
    session.act("Anne", Wish("move", items=(first,)), group_id=None)
    assert session.state.items[first].stack_id is None
    assert session.state.items[second].stack_id == second


def test_an_axis_that_a_person_chose_is_sure(session: Session) -> None:
    item = next(iter(session.state.weak_signals()))
    item.status = "a_relire"
    session.act("Anne", Wish("set_axis", items=(item.item_id,)), axis="ouest")
    assert (item.axis, item.status, item.axis_by) == ("ouest", "sur", "Anne")
