"""`revue.html`: the review in one file, for a facilitator without Python; her decisions come back as a file."""

from __future__ import annotations

from typing import Any

from pipeline.axes import COMPASS_CODES, compass
from pipeline.review.find import masked
from pipeline.review.history import STATE_NAMES
from pipeline.review.participants import fill_offline_page
from pipeline.review.state import Group, ReviewState


def offline_page(state: ReviewState, in_draft: tuple[str, ...], title: str, identity: str) -> str:
    """The page as text.

    Parameters
    ----------
    in_draft : groups that the draft speaks of: they come first.
    identity : of the run: decisions are kept in the browser under it, and the file that comes back holds them.
    """
    ordered = [group for code in COMPASS_CODES for group in state.ordered_groups(code)]
    ordered.sort(key=lambda group: group.group_id not in in_draft)
    value = {
        "identity": identity,
        "title": title,
        "axes": {code: axis.name for code, axis in compass().items()},
        "states": STATE_NAMES,
        "groups": [_group(state, group, group.group_id in in_draft) for group in ordered],
        "weak": [_item(state, item.item_id) for item in state.weak_signals()],
    }
    return fill_offline_page("revue.html", title, value, scripts=("revue.js",))


def _group(state: ReviewState, group: Group, is_in_draft: bool) -> dict[str, Any]:
    return {
        "id": group.group_id,
        "axis": group.axis,
        "title": group.title,
        "state": group.state,
        "isInDraft": is_in_draft,
        "nTables": group.n_tables,
        "items": [_item(state, item.item_id) for item in state.items_of(group.group_id)],
    }


def _item(state: ReviewState, item_id: str) -> dict[str, Any]:
    """An item with its anchor: contribution, span and exact text, which its decisions name."""
    item = state.items[item_id]
    source = state.sources[item.contribution_id]
    return {
        "id": item_id,
        "anchor": item.anchor.model_dump(),
        "shown": masked(item),
        "axis": item.axis,
        "isDoubtful": item.status == "a_relire",
        "context": source.context,
        "source": f"{source.source}, {source.locator}",
    }
