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


def test_a_judged_link_is_told_or_not_whatever_its_score(session: Session) -> None:
    pair = next(iter(session.state.links))
    session.state.links[pair].kind = "objects"
    decision, _ = session.act("Anne", Wish("link", links=(pair,)), state="faux")
    link = session.state.links[pair]
    assert (link.state, link.is_told, decision.target.links[0].kind) == ("faux", False, "objects")
    session.act("Anne", Wish("link", links=(pair,)), state="juste")
    assert session.state.links[pair].is_told


def test_a_link_that_only_a_person_made_is_an_answer(session: Session) -> None:
    linked = {item for pair in session.state.links for item in pair}
    one, two = [item for item in session.state.items if item not in linked][:2]
    session.act("Anne", Wish("link", links=((one, two),)), state="juste")
    assert (session.state.links[one, two].kind, session.state.links[one, two].is_told) == ("answers", True)
