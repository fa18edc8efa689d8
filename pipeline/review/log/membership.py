"""Membership of groups: items put in and taken out, stacks, new groups, and the counts of the groups that changed."""

from __future__ import annotations

from collections import Counter

from pipeline.axes import HORS_AXE
from pipeline.language.vocabulary.concepts import OTHERS
from pipeline.review.log.state import ReviewState
from pipeline.stances.counting import Heard, OfCard, conclusion, count_sides, count_spread
from pipeline.stances.objects import side_under
from pipeline.workshop.records import Group, Item, Theme

OTHER_THEME = "t-autres"


def detach(state: ReviewState, items: list[Item]) -> None:
    """Take items out of their groups and stacks; an empty group goes away."""
    _part_stacks(state, items)
    for item in items:
        group_id, item.group_id, item.stack_id = item.group_id, None, None
        if group_id is None:
            continue
        state.members[group_id].pop(item.item_id, None)
        if state.members[group_id]:
            state.touched.add(group_id)
            state.groups[group_id].is_counted = False
        else:
            del state.groups[group_id], state.members[group_id]
            state.pins.pop(group_id, None)
            state.touched.discard(group_id)


def _part_stacks(state: ReviewState, leaving: list[Item]) -> None:
    """Part items that leave from the rest of their stacks; those that leave one stack together stay together.

    A stack is named after one of its items: the half that has lost it takes the name of another one.
    """
    gone = {item.item_id for item in leaving}
    halves: dict[str, tuple[list[Item], list[Item]]] = {}
    for item in leaving:
        halves.setdefault(item.stack_id or item.item_id, ([], []))[0].append(item)
    for group_id in dict.fromkeys(item.group_id for item in leaving if item.group_id is not None):
        for key in state.members[group_id]:
            stack_id = state.items[key].stack_id
            if key not in gone and stack_id in halves:
                halves[stack_id][1].append(state.items[key])
    for stack_id, parts in halves.items():
        for half in parts:
            ids = sorted(item.item_id for item in half)
            for item in half:
                item.stack_id = stack_id if stack_id in ids else ids[0]


def pile(state: ReviewState, items: list[Item]) -> None:
    """Put items of one group on one stack, with what is already on theirs; it keeps the first of their names."""
    names, group_id = {item.stack_id or item.item_id for item in items}, items[0].group_id
    if group_id is None or len(names) < 2:
        return
    for key in state.members[group_id]:
        item = state.items[key]
        if (item.stack_id or key) in names:
            item.stack_id = min(names)
    state.touched.add(group_id)


def attach(
    state: ReviewState, items: list[Item], group_id: str | None, author: str | None, is_by_hand: bool = True
) -> None:
    """Put items in a group (None: weak signals), by a person unless `author` is None; they take its axis, and leave
    their stack unless it comes whole."""
    if is_by_hand:
        state.placed.update(item.item_id for item in items)
        for item in items:
            item.status = "sur"
    moving = [item for item in items if item.group_id != group_id]
    _part_stacks(state, moving)
    stacks = [item.stack_id for item in moving]
    detach(state, moving)
    if group_id is not None and moving:
        state.touched.add(group_id)
        state.groups[group_id].is_counted = False
        for item, stack_id in zip(moving, stacks, strict=True):
            state.members[group_id][item.item_id] = None
            item.group_id, item.stack_id = group_id, stack_id
    for item in items:
        item.membership_by = author
        if group_id is not None and item.axis != state.groups[group_id].axis:
            set_item_axis(item, state.groups[group_id].axis, None, author)


def set_item_axis(item: Item, axis: str, facet: str | None, author: str | None) -> None:
    """Set the axis as a person, or a title, says it: sure from then on; what was set aside comes back on an axis."""
    if item.aside and axis != HORS_AXE:
        item.aside, item.is_hidden = "", False
    if axis != item.axis or facet is not None:
        item.facet = facet
    item.axis, item.status, item.axis_by = axis, "sur", author


def open_group(state: ReviewState, group_id: str, axis: str, theme_id: str, title: str, author: str) -> Group:
    """A group without members yet, whose counts are to be made; `author` signs the theme when there is none yet."""
    if theme_id not in state.themes:
        theme_id, position = OTHER_THEME, 1 + max((theme.position for theme in state.themes.values()), default=-1)
        state.themes.setdefault(OTHER_THEME, Theme(OTHER_THEME, OTHERS, position, author))
    group = Group(group_id, axis, theme_id, title, None, 0, 0, 0, None, 0, 0, 0, 0, 0, 0, 0.0)
    state.groups[group_id], state.members[group_id] = group, {}
    return group


def open_titled(state: ReviewState, group_id: str, author: str) -> None:
    """Open the group of a title of people that held no idea, when it is one."""
    title = state.titled.get(group_id)
    if title is None or group_id in state.groups:
        return
    themes = {theme.title: theme_id for theme_id, theme in state.themes.items()}
    group = open_group(state, group_id, title.axis, themes.get(title.theme, OTHER_THEME), title.text, author)
    group.origin = title.origin


def usual_theme(state: ReviewState, items: list[Item]) -> str:
    """The theme of most of the groups of some items."""
    met = Counter(state.groups[item.group_id].theme_id for item in items if item.group_id is not None)
    return min(met, key=lambda theme: (-met[theme], theme)) if met else OTHER_THEME


def count_again(state: ReviewState) -> None:
    """Update the counts and the recurrence of every touched group, and the sides of those that are sided."""
    for group_id in sorted((state.touched | state.sided) & set(state.groups)):
        group, items = state.groups[group_id], state.items_of(group_id)
        sources = [state.sources[item.contribution_id] for item in items]
        heard = [
            Heard(
                item.item_id, item.tied_to or "", source.voice or "", source.workshop, source.table or "",
                source.channel, side_under(group.title, item.stance, item.stance_on or ""),
            )
            for item, source in zip(items, sources, strict=True)
        ]  # fmt: skip
        group.n_for, group.n_against, group.n_if, group.n_without = count_sides(heard)
        if group_id in state.touched:
            voted = ((item, source.votes) for item, source in zip(items, sources, strict=True) if source.votes)
            votes = sum(n for item, n in voted if _concludes(state, item))
            for name, value in count_spread(heard, votes)._asdict().items():
                setattr(group, name, value)
    state.touched.clear()
    state.sided.clear()


def _concludes(state: ReviewState, item: Item) -> bool:
    card = sorted((state.items[key] for key in state.by_contribution[item.contribution_id]), key=lambda one: one.start)
    told = [OfCard(one.axis, one.status == "sur", one.text, one.lead or "") for one in card]
    return card[conclusion(told)] is item
