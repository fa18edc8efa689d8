"""Reading a state of the review in tests."""

from __future__ import annotations

import dataclasses
from typing import Any

from pipeline.axes import HORS_AXE
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Item


def group_named(state: ReviewState, title: str) -> str:
    (found,) = [key for key, group in state.groups.items() if group.title == title]
    return found


def weak_signals(state: ReviewState) -> list[Item]:
    return [item for item in state.items.values() if item.group_id is None and item.axis != HORS_AXE]


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
