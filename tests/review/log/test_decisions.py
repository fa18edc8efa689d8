"""What one line of the log holds."""

import json
from typing import Any

import pytest
from labelled import each
from pydantic import ValidationError

from pipeline.review.log.decisions import (
    PLACES_MAX,
    REDO,
    UNDO,
    After,
    Decision,
    ItemAnchor,
    LinkAnchor,
    NewTitle,
    Target,
    new_group_id,
)

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


test_some_choose_which_others_are_replayed = each(
    lambda op: decision(op=op).is_undo_or_redo, (UNDO, True), (REDO, True), ("accept", False)
)


@pytest.mark.parametrize(
    "values",
    [{"author": ""}, {"other": 1}, {"after": {"axis": "nord-est"}}],
    ids=["nobody", "an unknown field", "an unknown axis"],
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


@pytest.mark.parametrize(
    ("kind", "name", "least", "most"),
    [
        (After, "title", 0, 300), (After, "question", 0, 1000), (After, "text", 0, 100_000),
        (NewTitle, "title", 1, 300),
        (NewTitle, "rubric", 0, 300), (Decision, "decision_id", 1, 80), (Decision, "author", 1, 80),
    ],
)  # fmt: skip
def test_texts_have_bounds(kind: type[After | NewTitle | Decision], name: str, least: int, most: int) -> None:
    others: dict[str, Any] = {"title": "Le four"} if kind is NewTitle else {}
    others |= decision().model_dump() if kind is Decision else {}

    def holds(n: int) -> bool:
        try:
            kind.model_validate(others | {name: "a" * n})
        except ValidationError:
            return False
        return True

    assert [holds(n) for n in (least, most, most + 1)] == [True, True, False]
    assert least == 0 or not holds(least - 1)


def test_places_and_titles_have_bounds() -> None:
    one = {"title": "Le four"}
    for wrong in ({"position": -1}, {"position": PLACES_MAX + 1}, {"titles": []}, {"titles": [one] * 301}):
        with pytest.raises(ValidationError):
            After.model_validate(wrong)
    for right in ({"position": 0}, {"position": PLACES_MAX}, {"titles": [one]}, {"titles": [one] * 300}):
        After.model_validate(right)
    for wrong in ({"start": -1}, {"end": -1}):
        with pytest.raises(ValidationError):
            ItemAnchor.model_validate(ANCHOR.model_dump() | wrong)
    ItemAnchor.model_validate(ANCHOR.model_dump() | {"end": 0})
