"""Decisions that move items between groups: move, merge, split, create."""

from __future__ import annotations

from collections import Counter

from pipeline.axes import HORS_AXE
from pipeline.review.log.anchors import ActError, named_group, named_groups, named_items
from pipeline.review.log.decisions import Decision
from pipeline.review.log.on_groups import word_title
from pipeline.review.log.op import Op
from pipeline.review.log.state import Group, Item, ReviewState, Theme

OTHER_THEME = "t-autres"


def detach(state: ReviewState, items: list[Item]) -> None:
    """Take items out of their groups and stacks; an empty group goes away."""
    _part_stacks(state, items)
    for item in items:
        if item.group_id is not None:
            _leave(state, item, item.group_id)
        item.group_id = item.stack_id = None


def _leave(state: ReviewState, item: Item, group_id: str) -> None:
    members = state.members[group_id]
    members.pop(item.item_id, None)
    if members:
        state.touched.add(group_id)
        state.groups[group_id].is_counted = False
    else:
        _drop_group(state, group_id)


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
    names = {item.stack_id or item.item_id for item in items}
    group_id = items[0].group_id
    if group_id is None or len(names) < 2:
        return
    for key in state.members[group_id]:
        item = state.items[key]
        if (item.stack_id or key) in names:
            item.stack_id = min(names)
    state.touched.add(group_id)


def _drop_group(state: ReviewState, group_id: str) -> None:
    del state.groups[group_id], state.members[group_id]
    state.pins.pop(group_id, None)
    state.touched.discard(group_id)


def attach(state: ReviewState, items: list[Item], group_id: str | None, author: str, is_by_hand: bool = True) -> None:
    """Put items in a group (None: weak signals); they take its axis, and leave their stack unless it comes whole."""
    if is_by_hand:
        state.placed.update(item.item_id for item in items)
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


def set_item_axis(item: Item, axis: str, facet: str | None, author: str) -> None:
    """Set the axis as a person says it: sure from then on."""
    if axis != item.axis or facet is not None:
        item.facet = facet
    item.axis, item.status, item.axis_by = axis, "sur", author


def _move(state: ReviewState, decision: Decision) -> str:
    items, told = named_items(state, decision)
    destination = decision.after.group_id
    if destination is None:
        attach(state, [item for item in items if item.axis != HORS_AXE], None, decision.author)
    else:
        attach(state, items, named_group(state, decision, destination).group_id, decision.author)
    return told


def _merge(state: ReviewState, decision: Decision) -> str:
    kept, *absorbed = named_groups(state, decision)
    if not absorbed:
        raise ActError("conflit", "Ces groupes n'en font déjà plus qu'un : rien à faire.")
    if len({group.axis for group in (kept, *absorbed)}) > 1:
        raise ActError(
            "conflit",
            "Ces groupes ne sont plus sur le même axe. Changez l'axe de l'un d'eux, puis fusionnez à nouveau.",
        )
    for group in absorbed:
        attach(state, state.items_of(group.group_id), kept.group_id, decision.author)
        kept.comments += group.comments
        kept.turn = kept.turn or group.turn
    if decision.after.title is not None:
        word_title(kept, decision, decision.after.title)
    kept.decided_by = decision.author
    return ""


def _split(state: ReviewState, decision: Decision) -> str:
    source = named_group(state, decision, decision.target.groups[0])
    items, told = named_items(state, decision)
    inside = [item for item in items if item.group_id == source.group_id]
    if not inside:
        raise ActError("conflit", "Les paroles cochées ne sont plus dans ce groupe. Cochez-les à nouveau.")
    _create_group(state, decision, source.axis, source.theme_id)
    attach(state, inside, str(decision.after.group_id), decision.author)
    if source.group_id in state.groups:
        source.decided_by = decision.author
    return told


def _create(state: ReviewState, decision: Decision) -> str:
    items, told = named_items(state, decision)
    axis = str(decision.after.axis)
    if axis == HORS_AXE:
        raise ActError("conflit", "Un groupe se crée sur un des quatre axes de la rose. Choisissez-en un.")
    _create_group(state, decision, axis, decision.after.theme_id or usual_theme(state, items))
    attach(state, items, str(decision.after.group_id), decision.author)
    return told


def _create_group(state: ReviewState, decision: Decision, axis: str, theme_id: str) -> None:
    group_id = str(decision.after.group_id)
    if group_id in state.groups:
        raise ActError("conflit", "Ce groupe a déjà été créé. Rien à faire.")
    reason = f"Créé à la relecture par {decision.author}."
    group = open_group(state, group_id, axis, theme_id, str(decision.after.title), reason, decision.author)
    group.decided_by, group.worded = decision.author, frozenset({"title"})


def open_group(
    state: ReviewState, group_id: str, axis: str, theme_id: str, title: str, reason: str, author: str
) -> Group:
    """A group without members yet, whose counts are to be made; `author` signs the theme when there is none yet."""
    theme = _theme(state, theme_id, author)
    group = Group(
        group_id, axis, theme, title, None, (), 0, 0, 0, 0, None, 0, 0, 0, 0.0, 0.0, reason, ()
    )  # fmt: skip
    state.groups[group_id], state.members[group_id] = group, {}
    return group


def usual_theme(state: ReviewState, items: list[Item]) -> str:
    """The theme of most of the groups of some items."""
    met = Counter(state.groups[item.group_id].theme_id for item in items if item.group_id is not None)
    return min(met, key=lambda theme: (-met[theme], theme)) if met else OTHER_THEME


def _theme(state: ReviewState, theme_id: str, author: str) -> str:
    if theme_id in state.themes:
        return theme_id
    if OTHER_THEME not in state.themes:
        position = 1 + max((theme.position for theme in state.themes.values()), default=-1)
        state.themes[OTHER_THEME] = Theme(OTHER_THEME, "Autres sujets", position, (), author)
    return OTHER_THEME


def _title_of_group(state: ReviewState, item: Item) -> str | None:
    return state.groups[item.group_id].title if item.group_id is not None else None


MOVE_OPS = (
    Op(
        "move", "items", apply=_move, fields=("group_id",), asks=("group_id",), is_on_ticked=True,
        was_item=_title_of_group, tell=lambda story: f"a déplacé {story.what} vers {story.destination}",
    ),
    Op(
        "merge", "two groups", apply=_merge, fields=("title",),
        tell=lambda story: f"a réuni {story.groups}{story.new_title}",
    ),
    Op(
        "split", "items of a group", apply=_split, needs=("group_id", "title"), fields=("title",), asks=("title",),
        is_on_ticked=True, opens_group=True,
        tell=lambda story: f"a séparé {story.items} de {story.group} dans {story.title}",
    ),
    Op(
        "create", "items", apply=_create, needs=("group_id", "title", "axis"), fields=("title", "axis"),
        asks=("title",), is_on_ticked=True, opens_group=True,
        tell=lambda story: f"a créé {story.title} avec {story.items}",
    ),
)  # fmt: skip
