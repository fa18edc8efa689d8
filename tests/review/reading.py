"""Reading a state of the review in tests."""

import dataclasses
from typing import Any

from pipeline.axes import HORS_AXE
from pipeline.review.log.anchors import anchor_of
from pipeline.review.log.decisions import After, Before, Decision, LinkAnchor, Target
from pipeline.review.log.state import ReviewState
from pipeline.review.session import Session
from pipeline.workshop.records import Item


def group_named(state: ReviewState, title: str) -> str:
    (found,) = [key for key, group in state.groups.items() if group.title == title]
    return found


def weak_signals(state: ReviewState) -> list[Item]:
    return [item for item in state.items.values() if item.group_id is None and item.axis != HORS_AXE]


def link_of(session: Session, ends: tuple[str, str], state: str, kind: Any = "answers") -> Decision:
    """A decision on a link between two ideas, as the page of an earlier version wrote it."""
    one, other = (anchor_of(session.state.items[key]) for key in ends)
    known = session.state.links.get(ends)
    return Decision(
        decision_id=f"lien-{len(session.log.decisions)}",
        ts="2026-02-03T10:00:00+00:00",
        author="Anne",
        op="link",
        target=Target(links=(LinkAnchor(from_item=one, to_item=other, kind=kind),)),
        before=Before(value=known.state if known else "aucun"),
        after=After(state=state),
    )


def facts(state: ReviewState) -> dict[str, Any]:
    """Everything that an act can change, ready to compare."""
    return {
        "items": {key: dataclasses.astuple(item) for key, item in state.items.items()},
        "groups": {key: dataclasses.astuple(group) for key, group in state.groups.items()},
        "members": {key: frozenset(ids) for key, ids in state.members.items()},
        "links": {key: dataclasses.astuple(link) for key, link in state.links.items()},
        "themes": {key: dataclasses.astuple(theme) for key, theme in state.themes.items()},
        "pins": dict(state.pins),
        "answers": dict(state.answers),
    }
