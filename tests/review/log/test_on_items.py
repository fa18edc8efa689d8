"""Decisions about items."""

from __future__ import annotations

from reading import group_named

from pipeline.config import Config
from pipeline.contracts.checks import validate
from pipeline.review.log.state import MachineTables
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review


def test_an_item_that_changes_axis_leaves_its_group(session: Session, machine: MachineTables, config: Config) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    item = session.state.items_of(bus)[0]
    session.act("Anne", Wish("set_axis", items=(item.item_id,)), axis="hors_axe")
    result = review(machine, session.run.decisions.lines(), None, config)
    assert item.item_id not in set(result.reviewed_memberships["item_id"])
    row = result.reviewed_tags.set_index("item_id").loc[item.item_id]
    assert (row["axis"], row["status"], row["decided_by"]) == ("hors_axe", "sur", "Anne")
    for name in ("reviewed_tags", "reviewed_groups", "reviewed_memberships", "reviewed_items", "decision_states"):
        validate(name, getattr(result, name))
