"""What people decided about which ideas go together, for the pair model to learn from."""

from __future__ import annotations

import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.review.log.state import ReviewState

COLUMNS = ("context", "text", "axis", "issue", "same", "is_settled", "is_placed")


def decided_pairs(state: ReviewState) -> tuple[pd.DataFrame, list[tuple[int, int, bool]]]:
    """The ideas of a review, as a wall that its people sorted, and what they answered about pairs of its rows.

    Returns
    -------
    items : columns `COLUMNS`; `issue` is the group, or the item itself when it is in none or in one that was rejected.
    answers : rows of two items, and whether they go together.
    """
    settled = {key for key, group in state.groups.items() if group.decided_by is not None and group.state != "rejete"}
    refused = {key for key, group in state.groups.items() if group.state == "rejete"}
    shown = [item for item in state.items.values() if item.axis in COMPASS_CODES and not item.is_hidden]
    rows = [
        (
            state.sources[item.contribution_id].context,
            item.text,
            item.axis,
            item.item_id if item.group_id is None or item.group_id in refused else item.group_id,
            item.stack_id or item.item_id,
            item.group_id in settled,
            item.item_id in state.placed,
        )
        for item in shown
    ]
    places = {item.item_id: row for row, item in enumerate(shown)}
    answers = [
        (places[one], places[other], answer.value)
        for (one, other), answer in state.answers.said.items()
        if answer.value is not None and one in places and other in places
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)), answers
