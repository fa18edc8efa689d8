"""Find again, in the tables of today, what a decision named the day it was taken."""

from __future__ import annotations

from collections import Counter

from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.log.state import Item, ReviewState

OVERLAP_MIN = 0.5


def find_item(state: ReviewState, anchor: ItemAnchor) -> Item | None:
    """The item that covers an anchor: same span, else overlap ≥ 0.5 of their union, else the only item with its text.

    The last case finds the words of a file that was renamed, whose contributions have other ids.
    """
    best: tuple[float, Item] | None = None
    for item_id in state.by_contribution.get(anchor.contribution_id, ()):
        item = state.items[item_id]
        if item.start == anchor.start and item.end == anchor.end:
            return item
        shared = min(item.end, anchor.end) - max(item.start, anchor.start)
        union = max(item.end, anchor.end) - min(item.start, anchor.start)
        overlap = round(shared / union, 6) if union else 0.0
        if overlap >= OVERLAP_MIN and (best is None or overlap > best[0]):
            best = (overlap, item)
    if best is not None:
        return best[1]
    if anchor.contribution_id in state.by_contribution:
        return None
    twins = state.by_text.get(anchor.text, [])
    return state.items[twins[0]] if len(twins) == 1 else None


def items_under(state: ReviewState, anchor: ItemAnchor) -> list[Item]:
    """Items that share at least one character with a span of a contribution."""
    found = (state.items[item_id] for item_id in state.by_contribution.get(anchor.contribution_id, ()))
    return [item for item in found if min(item.end, anchor.end) > max(item.start, anchor.start)]


def find_group(state: ReviewState, group_id: str, members: tuple[str, ...]) -> str | None:
    """The group that a decision named, by its id or by what it held.

    Parameters
    ----------
    members : ids of its items when the act was done; those that are gone do not count.

    Returns
    -------
    The same id when it still holds mostly the same items (half of the smaller of the two sets), else the group that
    holds at least half of them, else None.
    """
    known = [item_id for item_id in members if item_id in state.items]
    if group_id in state.groups:
        now = state.members[group_id]
        shared = sum(item_id in now for item_id in known)
        if not members or (known and shared / min(len(known), len(now)) >= OVERLAP_MIN):
            return group_id
    if not known:
        return None
    holders = Counter(state.items[item_id].group_id for item_id in known)
    candidates = [(-n, group) for group, n in holders.items() if group is not None and n / len(known) >= OVERLAP_MIN]
    return min(candidates)[1] if candidates else None
