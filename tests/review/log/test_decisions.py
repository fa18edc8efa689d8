"""What one line of the log holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.review.log.decisions import REDO, UNDO, After, Decision, ItemAnchor, LinkAnchor, Target, new_group_id

ANCHOR = ItemAnchor(contribution_id="c1", start=0, end=8, text="Le four…")


def decision(**values: Any) -> Decision:
    given = {"decision_id": "d1", "ts": "2026-05-04", "author": "Odile", "op": "accept", "target": Target()}
    return Decision(**(given | values))


def test_a_line_holds_what_was_said_and_no_more() -> None:
    line = decision(target=Target(items=(ANCHOR,)), after=After(title="Le four")).to_line()
    assert "\n" not in line
    assert "…" in line
    assert json.loads(line) == {
        "decision_id": "d1",
        "ts": "2026-05-04",
        "author": "Odile",
        "op": "accept",
        "target": {"items": [{"contribution_id": "c1", "start": 0, "end": 8, "text": "Le four…"}]},
        "after": {"title": "Le four"},
    }


@pytest.mark.parametrize(("op", "chooses"), [(UNDO, True), (REDO, True), ("accept", False)])
def test_some_choose_which_others_are_replayed(op: str, chooses: bool) -> None:
    assert decision(op=op).is_undo_or_redo is chooses


@pytest.mark.parametrize(
    "values",
    [
        {"author": ""},
        {"decision_id": "d" * 81},
        {"other": 1},
        {"after": {"axis": "nord-est"}},
        {"after": {"position": -1}},
    ],
    ids=["nobody", "a long id", "an unknown field", "an unknown axis", "a place before the first"],
)
def test_what_no_act_may_hold(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        decision(**values)


def test_a_group_that_an_act_opens_has_the_same_id_at_each_replay() -> None:
    assert new_group_id("d1") == new_group_id("d1") != new_group_id("d2")
    assert new_group_id("d1").startswith("g-")


def test_a_link_of_an_older_log_is_an_answer() -> None:
    obstacle = ItemAnchor(contribution_id="c2", start=0, end=9, text="Pas de bus")
    older = LinkAnchor.model_validate({"obstacle": obstacle.model_dump(), "answer": ANCHOR.model_dump()})
    assert older == LinkAnchor(from_item=ANCHOR, to_item=obstacle, kind="answers")
    line = decision(op="link", target=Target(links=(older,))).to_line()
    assert set(json.loads(line)["target"]["links"][0]) >= {"from_item", "to_item"}
