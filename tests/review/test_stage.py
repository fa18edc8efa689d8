"""The review stage: what it replays, tells and compares."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from reading import group_named, weak_signals

from pipeline.contracts.checks import validate
from pipeline.contracts.tables import TABLES
from pipeline.review.log.on_pairs import to_name
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


def test_groups_that_answers_made_are_named_once_and_the_page_calls_them_so(
    session: Session, machine: MachineTables
) -> None:
    haie = next(item.item_id for item in weak_signals(session.state) if item.axis == "sud")
    other = next(i.item_id for i in weak_signals(session.state) if i.axis == "sud" and i.item_id != haie)
    session.act("Anne", Wish("meme", items=(haie, other)), value=True)
    (made,) = to_name(session.state)
    asked: list[list[str]] = []

    def namer(groups: Sequence[Sequence[str]]) -> list[tuple[str, str | None, float | None]]:
        asked.extend(list(ids) for ids in groups)
        return [("Du vert autour", None, 0.5)] * len(groups)

    found = review(machine, session.run.decisions.lines(), None, namer)
    assert [set(ids) for ids in asked] == [{haie, other}]
    titles = dict(zip(found.reviewed_groups["group_id"], found.reviewed_groups["title"], strict=True))
    assert titles[made.group_id] == "Du vert autour"
    covered = dict(zip(found.reviewed_groups["group_id"], found.reviewed_groups["title_coverage"], strict=True))
    assert covered[made.group_id] == 0.5
    for name in ("reviewed_groups", "reviewed_memberships"):
        session.run.save_table(name, getattr(found, name))
    later = Session(session.run, machine)
    assert later.state.groups[made.group_id].title == "Du vert autour"
    assert later.state.groups[made.group_id].title_coverage == 0.5
    later.act("Anne", Wish("rename", groups=(made.group_id,)), title="À moi")
    assert to_name(later.state) == []
    assert later.state.groups[made.group_id].title == "À moi"
    assert later.state.groups[made.group_id].title_coverage is None


def test_changes_since_the_previous_run(machine: MachineTables, session: Session) -> None:
    before = review(machine, [], None)
    previous = {"items": machine.items, **vars(before)}
    assert review(machine, [], previous).changes.empty
    bus = group_named(session.state, "Pas assez de bus le soir")
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus manque")
    after = review(machine, session.run.decisions.lines(), previous)
    (change,) = after.changes.to_dict("records")
    assert (change["kind"], change["before"], change["after"]) == (
        "groupe_modifie", "Pas assez de bus le soir", "Le bus manque",
    )  # fmt: skip
