"""The reviewed tables when nobody has decided anything: the machine's own, without an object per idea."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from pipeline.contracts.checks import conform, is_among
from pipeline.review.frames import ReviewedTables
from pipeline.review.log.state import MachineTables

_SHOWN = {"is_hidden": False, "is_quotable": True, "quote_choice": pd.NA, "shown_text": pd.NA}


def undecided_tables(machine: MachineTables) -> ReviewedTables:
    """What `to_tables` gives of a state on which no act was done."""
    items = machine.items[is_among(machine.items["item_id"], machine.tags["item_id"])]
    spans = {name: _empty_lists(len(items)) for name in ("masks", "named")}
    return ReviewedTables(
        reviewed_tags=_with("reviewed_tags", machine.tags, {}),
        reviewed_groups=_groups(machine.groups),
        reviewed_memberships=_with("reviewed_memberships", machine.memberships, {}),
        reviewed_links=_with("reviewed_links", machine.links, {"state": "machine"}),
        reviewed_themes=_with(
            "reviewed_themes", machine.themes.assign(keywords=_lists(machine.themes["keywords"])), {}
        ),
        reviewed_items=_with("reviewed_items", items[["item_id"]].reset_index(drop=True), _SHOWN | spans),
    )


def _with(name: str, table: pd.DataFrame, values: Mapping[str, Any]) -> pd.DataFrame:
    return conform(name, table.assign(**values, decided_by=None))


def _groups(groups: pd.DataFrame) -> pd.DataFrame:
    """Groups with their place in their axis, the most widely met first."""
    ranked = groups.assign(rank=-groups["recurrence"]).sort_values(["axis", "rank", "group_id"])
    places = ranked.groupby("axis").cumcount().reindex(groups.index)
    by_people = {"author_text": pd.NA, "is_titled": False, "is_asked": False}
    values = {"state": "machine", "is_hidden": False, "position": places, **by_people}
    lists = {name: _lists(groups[name]) for name in ("keywords", "exemplars")}
    return _with("reviewed_groups", groups.assign(**lists), values)


def _lists(column: pd.Series) -> pd.Series:
    return pd.Series([list(values) for values in column], index=column.index, dtype=object)


def _empty_lists(n: int) -> np.ndarray[Any, np.dtype[np.object_]]:
    """`n` times one empty list, which nothing may change."""
    found = np.empty(n, dtype=object)
    found.fill([])
    return found
