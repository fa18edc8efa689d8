"""Acts that move items between groups: finding what a decision names, move, merge, split, create."""

from __future__ import annotations

from collections import Counter

from pipeline.axes import HORS_AXE
from pipeline.language.text.typography import counted, joined
from pipeline.review.log.anchors import find_group, find_item
from pipeline.review.log.decisions import Decision
from pipeline.review.log.state import Group, Item, ReviewState, Theme

OTHER_THEME = "t-autres"


class ActError(Exception):
    """The act cannot be done here and now; `state` is orpheline or conflit."""

    def __init__(self, state: str, message: str) -> None:
        self.state = state
        super().__init__(message)


# finding targets -------------------------------------------------------------------------------------------


def named_items(state: ReviewState, decision: Decision) -> tuple[list[Item], str]:
    """The items named, each once, and a word about those that are gone."""
    anchors = decision.target.items
    found = {item.item_id: item for anchor in anchors if (item := find_item(state, anchor)) is not None}
    lost = sum(find_item(state, anchor) is None for anchor in anchors)
    if not found:
        quoted = anchors[0].text[:80] if anchors else ""
        raise ActError("orpheline", f"« {quoted} » n'est plus dans les paroles lues. Refaites cet acte s'il le faut.")
    told = f"{counted(lost, 'parole', feminine=True)} sur {len(anchors)} n'est plus là." if lost else ""
    return list(found.values()), told.replace("n'est plus", "ne sont plus") if lost > 1 else told


def named_group(state: ReviewState, decision: Decision, group_id: str) -> Group:
    """One group named by the act; `ActError` when it is gone."""
    members = decision.before.members.get(group_id, ())
    found = find_group(state, group_id, members)
    if found is None:
        raise ActError(
            "orpheline",
            f"Ce groupe n'existe plus : {_whereabouts(state, members)} Si l'acte vaut encore, refaites-le là.",
        )
    return state.groups[found]


def _whereabouts(state: ReviewState, members: tuple[str, ...]) -> str:
    """Where most of the words of a group that is gone now stand."""
    here = [state.items[key] for key in members if key in state.items]
    holders = Counter(item.group_id for item in here if item.group_id is not None)
    titles = [f"« {state.groups[key].title} »" for key, _ in sorted(holders.items(), key=lambda row: (-row[1], row[0]))]
    if not titles:
        return "ses paroles sont dans les signaux faibles." if here else "ses paroles ne sont plus lues."
    return f"ses paroles sont maintenant surtout dans {joined(titles[:2])}."


def named_groups(state: ReviewState, decision: Decision) -> list[Group]:
    """The groups named as targets, each once."""
    found = [named_group(state, decision, group_id) for group_id in decision.target.groups]
    return list({group.group_id: group for group in found}.values())


# moving items ----------------------------------------------------------------------------------------------


def detach(state: ReviewState, item: Item) -> None:
    """Take an item out of its group; an empty group goes away."""
    if item.group_id is None:
        return
    members = state.members[item.group_id]
    members.pop(item.item_id, None)
    if members:
        state.touched.add(item.group_id)
    else:
        _drop_group(state, item.group_id)
    item.group_id = None


def _drop_group(state: ReviewState, group_id: str) -> None:
    del state.groups[group_id], state.members[group_id]
    state.pins.pop(group_id, None)
    state.touched.discard(group_id)


def attach(state: ReviewState, items: list[Item], group_id: str | None, author: str) -> None:
    """Put items in a group (None: weak signals); they take its axis."""
    for item in items:
        if item.group_id != group_id:
            if group_id is not None:
                state.members[group_id][item.item_id] = None
                state.touched.add(group_id)
            detach(state, item)
            item.group_id = group_id
        item.membership_by = author
        if group_id is not None and item.axis != state.groups[group_id].axis:
            set_item_axis(item, state.groups[group_id].axis, None, author)


def set_item_axis(item: Item, axis: str, facet: str | None, author: str) -> None:
    """Set the axis as a person says it: sure from then on."""
    if axis != item.axis or facet is not None:
        item.facet = facet
    item.axis, item.status, item.axis_by = axis, "sur", author


def move(state: ReviewState, decision: Decision) -> str:
    """See `decisions.Op`."""
    items, told = named_items(state, decision)
    destination = decision.after.group_id
    if destination is None:
        attach(state, [item for item in items if item.axis != HORS_AXE], None, decision.author)
    else:
        attach(state, items, named_group(state, decision, destination).group_id, decision.author)
    return told


def merge(state: ReviewState, decision: Decision) -> str:
    """See `decisions.Op`."""
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
    if decision.after.title is not None:
        word_title(kept, decision, decision.after.title)
    kept.decided_by = decision.author
    return ""


def word_title(group: Group, decision: Decision, title: str) -> None:
    """Give a group a title; left as the page proposed it, the machine's stays the machine's (its names are hidden)."""
    if title.split() != str(decision.before.value).split():  # a form makes all spaces plain
        group.title, group.worded = title, group.worded | {"title"}


def split(state: ReviewState, decision: Decision) -> str:
    """See `decisions.Op`."""
    source = named_group(state, decision, decision.target.groups[0])
    items, told = named_items(state, decision)
    inside = [item for item in items if item.group_id == source.group_id]
    if not inside:
        raise ActError("conflit", "Les paroles cochées ne sont plus dans ce groupe. Cochez-les à nouveau.")
    _open_group(state, decision, source.axis, source.theme_id)
    attach(state, inside, str(decision.after.group_id), decision.author)
    if source.group_id in state.groups:
        source.decided_by = decision.author
    return told


def create(state: ReviewState, decision: Decision) -> str:
    """See `decisions.Op`."""
    items, told = named_items(state, decision)
    axis = str(decision.after.axis)
    if axis == HORS_AXE:
        raise ActError("conflit", "Un groupe se crée sur un des quatre axes de la rose. Choisissez-en un.")
    _open_group(state, decision, axis, decision.after.theme_id or _usual_theme(state, items))
    attach(state, items, str(decision.after.group_id), decision.author)
    return told


def _open_group(state: ReviewState, decision: Decision, axis: str, theme_id: str) -> None:
    group_id = str(decision.after.group_id)
    if group_id in state.groups:
        raise ActError("conflit", "Ce groupe a déjà été créé. Rien à faire.")
    title = str(decision.after.title)
    reason = f"Créé à la relecture par {decision.author}."
    state.groups[group_id] = Group(
        group_id, axis, _theme(state, theme_id, decision.author), title, None, (), 0, 0, None, 0, 0, 0, 0.0, 0.0,
        reason, (), decided_by=decision.author, worded=frozenset({"title"}),
    )  # fmt: skip
    state.members[group_id] = {}


def _usual_theme(state: ReviewState, items: list[Item]) -> str:
    met = Counter(state.groups[item.group_id].theme_id for item in items if item.group_id is not None)
    return min(met, key=lambda theme: (-met[theme], theme)) if met else OTHER_THEME


def _theme(state: ReviewState, theme_id: str, author: str) -> str:
    if theme_id in state.themes:
        return theme_id
    if OTHER_THEME not in state.themes:
        position = 1 + max((theme.position for theme in state.themes.values()), default=-1)
        state.themes[OTHER_THEME] = Theme(OTHER_THEME, "Autres sujets", position, (), author)
    return OTHER_THEME
