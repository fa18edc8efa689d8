"""What is not as it was before this run: groups, axes, items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.axes import compass
from pipeline.contracts.checks import conform, empty, is_among
from pipeline.language.text.typography import counted
from pipeline.review.frames import ReviewedTables
from pipeline.review.log.anchors import OVERLAP_MIN


@dataclass(frozen=True)
class PreviousTables:
    """The state before this run, for the list of changes."""

    items: pd.DataFrame
    reviewed_tags: pd.DataFrame
    reviewed_groups: pd.DataFrame
    reviewed_memberships: pd.DataFrame


def list_changes(previous: PreviousTables | None, items: pd.DataFrame, now: ReviewedTables) -> pd.DataFrame:
    """The table `changes`, sorted by kind and target; empty on a first run."""
    if previous is None:
        return empty("changes")
    rows = [*_item_changes(previous.items, items), *_axis_changes(previous, now), *_group_changes(previous, now)]
    if not rows:
        return empty("changes")
    return conform("changes", pd.DataFrame(rows).sort_values(["kind", "target_id"]))


def _row(kind: str, target: str, before: Any, after: Any, detail: str) -> dict[str, Any]:
    return {"kind": kind, "target_id": target, "before": before, "after": after, "detail": detail}


def _item_changes(before: pd.DataFrame, after: pd.DataFrame) -> list[dict[str, Any]]:
    gone, come = _only_in(before, after), _only_in(after, before)
    return [
        *(_row("item_disparu", key, text, pd.NA, "Parole qui n'est plus lue.") for key, text in gone),
        *(_row("item_nouveau", key, pd.NA, text, "Parole nouvelle.") for key, text in come),
    ]


def _only_in(one: pd.DataFrame, other: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Id and text of the items of one table that the other has not."""
    own = one[~is_among(one["item_id"], other["item_id"])]
    return zip(own["item_id"], own["text"], strict=True)


def _axis_changes(previous: PreviousTables, now: ReviewedTables) -> list[dict[str, Any]]:
    both = previous.reviewed_tags[["item_id", "axis"]].merge(
        now.reviewed_tags[["item_id", "axis"]], on="item_id", suffixes=("_before", "_after")
    )
    moved = both[both["axis_before"] != both["axis_after"]]
    names = {code: axis.name for code, axis in compass().items()}
    return [
        _row("axe_modifie", key, old, new, f"{names[old]} → {names[new]}")
        for key, old, new in moved.itertuples(index=False, name=None)
    ]


def _group_changes(previous: PreviousTables, now: ReviewedTables) -> list[dict[str, Any]]:
    """Groups are matched by id, else by half of their items."""
    before, after = (tables.reviewed_memberships[["item_id", "group_id"]] for tables in (previous, now))
    old, new = (dict(table["group_id"].value_counts()) for table in (before, after))
    met = _met(before, after)
    old_titles = dict(zip(previous.reviewed_groups["group_id"], previous.reviewed_groups["title"], strict=True))
    new_titles = dict(zip(now.reviewed_groups["group_id"], now.reviewed_groups["title"], strict=True))
    rows, matched = [], set[str]()
    for group, n in sorted(old.items()):
        shared = met.get(group, Counter())
        successor = group if group in new else _successor(shared, n)
        if successor is None or successor in matched:
            detail = f"{counted(n, 'parole', feminine=True).capitalize()} réparties autrement."
            rows.append(_row("groupe_disparu", group, old_titles.get(group, ""), pd.NA, detail))
            continue
        matched.add(successor)
        gained, lost = new[successor] - shared[successor], n - shared[successor]
        titles = old_titles.get(group, ""), new_titles[successor]
        if gained or lost or titles[0] != titles[1]:
            rows.append(_row("groupe_modifie", successor, *titles, f"+{gained} −{lost}"))
    for group in new.keys() - matched:
        detail = f"{counted(new[group], 'parole', feminine=True).capitalize()}."
        rows.append(_row("groupe_nouveau", group, pd.NA, new_titles[group], detail))
    return rows


def _met(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, Counter[str]]:
    """Group of before → the groups that its items are in now, and how many in each."""
    found: dict[str, Counter[str]] = {}
    both = before.merge(after, on="item_id", suffixes=("", "_now"))
    pairs = both.groupby(["group_id", "group_id_now"]).size().reset_index(name="n")
    for group, now, n in pairs.itertuples(index=False, name=None):
        found.setdefault(group, Counter())[now] = n
    return found


def _successor(shared: Counter[str], n: int) -> str | None:
    best = min(shared, key=lambda group: (-shared[group], group), default=None)
    return best if best is not None and shared[best] / n >= OVERLAP_MIN else None
