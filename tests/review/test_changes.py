"""What is not as it was before this run."""

from __future__ import annotations

from reading import group_named

from pipeline.config import Config
from pipeline.review.log.state import MachineTables
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review


def test_changes_since_the_previous_run(machine: MachineTables, session: Session, config: Config) -> None:
    from pipeline.review.stage import PreviousTables

    before = review(machine, [], None, config)
    previous = PreviousTables(machine.items, before.reviewed_tags, before.reviewed_groups, before.reviewed_memberships)
    assert review(machine, [], previous, config).changes.empty
    bus = group_named(session.state, "Pas assez de bus le soir")
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus manque")
    after = review(machine, session.run.decisions.lines(), previous, config)
    (change,) = after.changes.to_dict("records")
    assert (change["kind"], change["before"], change["after"]) == (
        "groupe_modifie", "Pas assez de bus le soir", "Le bus manque",
    )  # fmt: skip
