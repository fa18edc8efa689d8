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
