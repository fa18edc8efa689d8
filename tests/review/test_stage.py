"""The review stage: what it replays, tells and compares."""

import pandas as pd

from pipeline.contracts.checks import validate
from pipeline.contracts.tables import TABLES
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review
from pipeline.workshop.records import MachineTables

REVIEWED = {"reviewed_tags": "tags", "reviewed_groups": "groups", "reviewed_memberships": "memberships",
            "reviewed_links": "links", "reviewed_themes": "themes"}  # fmt: skip


def test_without_decision_nothing_changes(machine: MachineTables) -> None:
    result = review(machine, [], None)
    for reviewed, name in REVIEWED.items():
        validate(reviewed, getattr(result, reviewed))
        columns = TABLES[name].column_names
        pd.testing.assert_frame_equal(getattr(result, reviewed)[columns], getattr(machine, name)[columns])
        assert getattr(result, reviewed)["decided_by"].isna().all()
    assert (result.reviewed_groups["state"] == "machine").all()
    assert not result.reviewed_groups["is_hidden"].any()
    est = result.reviewed_groups[result.reviewed_groups["axis"] == "est"].sort_values("position")
    assert est["recurrence"].is_monotonic_decreasing
    assert est["position"].tolist() == list(range(len(est)))
    assert validate("reviewed_items", result.reviewed_items)["is_quotable"].all()
    assert result.decision_states.empty
    assert result.changes.empty
    assert result.warnings == ()


def test_the_order_of_rows_moves_nothing(machine: MachineTables) -> None:
    shuffled = MachineTables(
        **{
            name: getattr(machine, name).iloc[::-1].reset_index(drop=True)
            for name in MachineTables.__dataclass_fields__
        }
    )
    a, b = review(machine, [], None), review(shuffled, [], None)
    for name, key in (("reviewed_groups", "group_id"), ("reviewed_memberships", "item_id")):
        left, right = (getattr(result, name).sort_values(key).reset_index(drop=True) for result in (a, b))
        pd.testing.assert_frame_equal(left, right)


def test_changes_since_the_previous_run(machine: MachineTables, session: Session, bus: str) -> None:
    before = review(machine, [], None)
    previous = {"items": machine.items, **vars(before)}
    assert review(machine, [], previous).changes.empty
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus manque")
    after = review(machine, session.run.decisions.lines(), previous)
    (change,) = after.changes.to_dict("records")
    assert (change["kind"], change["before"], change["after"]) == (
        "groupe_modifie", "Pas assez de bus le soir", "Le bus manque",
    )  # fmt: skip
