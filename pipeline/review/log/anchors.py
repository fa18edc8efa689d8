"""Find again, in the tables of today, what a decision named the day it was taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Sized

from pipeline.axes import COMPASS_CODES
from pipeline.language.text.typography import counted, joined
from pipeline.review.log.decisions import Decision, ItemAnchor
from pipeline.review.log.membership import attach, open_group, usual_theme
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Group, Item

OVERLAP_MIN = 0.5
KEEPING = frozenset({"accept", "merge", "prendre", "rename", "texte"})
"""Acts by which a person makes a group hers."""


class ActError(Exception):
    """The act cannot be done here and now; `state` is orpheline or conflit."""

    def __init__(self, state: str, message: str) -> None:
        self.state = state
        super().__init__(message)


def anchor_of(item: Item) -> ItemAnchor:
    """How a decision names an item."""
    return ItemAnchor(contribution_id=item.contribution_id, start=item.start, end=item.end, text=item.text)


def find_item(state: ReviewState, anchor: ItemAnchor) -> Item | None:
    """The item that covers an anchor: same span, else overlap ≥ 0.5 of their union, else the only item with its text.

    The last case finds the words of a file that was renamed, whose contributions have other ids.
    """
    keys = state.by_contribution.get(anchor.contribution_id)
    if keys is None:
        twins = state.by_text.get(anchor.text, [])
        return state.items[twins[0]] if len(twins) == 1 else None

    def overlap(item: Item) -> float:
        if (item.start, item.end) == (anchor.start, anchor.end):
            return 1.0
        shared = min(item.end, anchor.end) - max(item.start, anchor.start)
        return round(shared / (max(item.end, anchor.end) - min(item.start, anchor.start)), 6)

    best = max((state.items[key] for key in keys), key=overlap)
    return best if overlap(best) >= OVERLAP_MIN else None


def items_under(state: ReviewState, anchor: ItemAnchor) -> list[Item]:
    """What bears a span: the items that share at least one character with it, or what stands around them."""
    if (label := state.labels.get(anchor.contribution_id)) is not None:
        return [label]
    items = (state.items[item_id] for item_id in state.by_contribution.get(anchor.contribution_id, ()))
    return [item for item in items if min(item.end, anchor.end) > max(item.start, anchor.start)]


def find_group(state: ReviewState, group_id: str, members: tuple[str, ...]) -> str | None:
    """The group that a decision named, by its id or by what it held.

    `members` : ids of its items when the act was done; those that are gone do not count.

    The same id when it is that of a title of people, or still holds mostly the same items (half of the smaller of the
    two sets), else the group that holds at least half of them, else None. What was done to another group is never done
    to a title of people, whatever it has taken.
    """
    if group_id in state.titled and group_id in state.groups:
        return group_id
    holders = {item_id: state.items[item_id].group_id or "" for item_id in members if item_id in state.items}
    heir = heir_of(group_id, members, state.members, holders)
    own, given = state.titled.get(group_id), state.titled.get(heir or "")
    return heir if given is None or heir == group_id or (own and own.title_id == given.title_id) else None


def heir_of(key: str, members: Sequence[str], now: Mapping[str, Sized], holders: Mapping[str, str]) -> str | None:
    """What a group that was named with its members has become: itself while it shares half of the smaller of the two
    sets, else what holds half of them.

    `now` : groups of now and their members. `holders` : each member of then that is still there, and its group, "" for
    none.
    """
    held = Counter(holders[member] for member in members if member in holders)
    n = held.total()
    if key in now and (not members or (n and held[key] / min(n, len(now[key])) >= OVERLAP_MIN)):
        return key
    candidates = [(-n_held, group) for group, n_held in held.items() if group and n_held / n >= OVERLAP_MIN]
    return min(candidates)[1] if candidates else None


def named_items(state: ReviewState, decision: Decision) -> tuple[list[Item], str]:
    """The items named, each once, and a word about those that are gone."""
    anchors = decision.target.items
    found = [find_item(state, anchor) for anchor in anchors]
    items, lost = {item.item_id: item for item in found if item is not None}, found.count(None)
    if not items:
        quoted = anchors[0].text[:80] if anchors else ""
        raise ActError("orpheline", f"« {quoted} » n'est plus dans ce qui est lu. Refaites cet acte s'il le faut.")
    note = f"{counted(lost, 'idée', feminine=True)} sur {len(anchors)} n'est plus là." if lost else ""
    return list(items.values()), note.replace("n'est plus", "ne sont plus") if lost > 1 else note


def named_group(state: ReviewState, decision: Decision, group_id: str) -> Group:
    """One group named by the act, opened again with what it held where it is gone: what a person called, took or
    accepted outlives a new reading. `ActError` when nothing of it is left, but what people put elsewhere."""
    members = decision.before.members.get(group_id, ())
    group_key = find_group(state, group_id, members) or _opened_again(state, decision, group_id)
    if group_key is None:
        raise ActError(
            "orpheline",
            f"Ce groupe n'existe plus : {_whereabouts(state, members)} Si l'acte vaut encore, refaites-le là.",
        )
    return state.groups[group_key]


def _opened_again(state: ReviewState, decision: Decision, group_id: str) -> str | None:
    before = decision.before
    there = (state.items[key] for key in before.members.get(group_id, ()) if key in state.items)
    held = [item for item in there if item.item_id not in state.placed]
    title = before.titles.get(group_id)
    if decision.op not in KEEPING or not title or not held or group_id in state.groups:
        return None
    axes = Counter(item.axis for item in held if item.axis in COMPASS_CODES)
    axis = axes.most_common(1)[0][0] if axes else COMPASS_CODES[0]
    open_group(state, group_id, axis, usual_theme(state, held), title, decision.author)
    attach(state, held, group_id, decision.author, is_by_hand=False)
    return group_id


def _whereabouts(state: ReviewState, members: tuple[str, ...]) -> str:
    here = [state.items[key] for key in members if key in state.items]
    holders = Counter(item.group_id for item in here if item.group_id is not None)
    titles = [f"« {state.groups[key].title} »" for key, _ in sorted(holders.items(), key=lambda row: (-row[1], row[0]))]
    if not titles:
        return "ses idées sont hors des titres." if here else "ses idées ne sont plus lues."
    return f"ses idées sont maintenant surtout dans {joined(titles[:2])}."


def named_groups(state: ReviewState, decision: Decision) -> list[Group]:
    """The groups named as targets, each once."""
    groups = [named_group(state, decision, group_id) for group_id in decision.target.groups]
    return list({group.group_id: group for group in groups}.values())
