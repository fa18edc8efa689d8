"""Decisions about titles of people: titles typed during the review, alone or for ideas at hand, ideas taken under one,
or taken away from it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.axes import COMPASS_CODES, HORS_AXE, compass
from pipeline.contracts.titles import PERSON, group_of_title
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import counted, joined
from pipeline.review.log.anchors import ActError, find_item, named_group, named_items
from pipeline.review.log.decisions import Decision, new_group_id
from pipeline.review.log.membership import attach, detach, open_titled, set_item_axis
from pipeline.review.log.op import ASKS_PLACE, Op, Story, quoted
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import GivenTitle, Group, Item, groups_of_title

FOLLOWING, SET_AXIS = "page", "axe_du_titre"


def typed_title_id(decision_id: str, rank: int) -> str:
    """The id of a title typed during the review, by its place in the act."""
    return new_group_id(f"{decision_id}\ttitre\t{rank}")


def _add_titles(state: ReviewState, decision: Decision) -> str:
    """Add titles; one that is there already, in the same words on the same axis, is not added twice. The words that the
    act names go under the first."""
    known = {(fold(one.text), one.axis): key for key, one in state.titled.items() if one.axis or key == one.title_id}
    order, again, keys = 1 + max((one.order for one in state.titled.values()), default=-1), list[str](), list[str]()
    for rank, new in enumerate(decision.after.titles or ()):
        title_id, same = typed_title_id(decision.decision_id, rank), (fold(new.title), new.axis or "")
        is_there = any(one.title_id == title_id for one in state.titled.values())
        keys.append(title_id if is_there else known.setdefault(same, title_id))
        if keys[-1] != title_id:
            again.append(quoted(new.title))
        elif not is_there:
            state.titled |= groups_of_title(title_id, new.title, new.axis, new.rubric or "", PERSON, order + rank)
    told = [f"{joined(again)} : déjà là."] if again else []
    state.is_listed = state.is_listed or not decision.target.items
    if decision.target.items:
        items, note = named_items(state, decision)
        told += [note, put_under(state, decision, items, keys[0])]
    return " ".join(filter(None, told))


def groups_under(state: ReviewState, title_id: str) -> list[Group]:
    """The groups of a title that hold ideas, one an axis."""
    own = (key for key, one in state.titled.items() if one.title_id == title_id)
    return [state.groups[key] for key in own if key in state.groups]


def reword(state: ReviewState, title_id: str, text: str) -> None:
    """Call a title otherwise, on all its axes."""
    for key, one in list(state.titled.items()):
        if one.title_id == title_id:
            state.titled[key] = one._replace(text=text)


def put_under(state: ReviewState, decision: Decision, items: list[Item], key: str, is_by_hand: bool = True) -> str:
    """Put items in a group or under a title, each on its own axis when the title is on all of them; what is told of the
    axes that change. A group that holds what a person put there alone, under a title, was looked at."""
    title, moved = state.titled.get(key), list[str]()
    is_wide = title is not None and not title.axis
    by_group: dict[str, list[Item]] = {}
    for item in items:
        own = next((axis for axis in (item.axis, item.second_axis) if axis in COMPASS_CODES), COMPASS_CODES[0])
        by_group.setdefault(group_of_title(key, None, str(own)) if is_wide else key, []).append(item)
    axes: set[str] = set()
    for group_id, some in by_group.items():
        open_titled(state, group_id, decision.author)
        group = named_group(state, decision, group_id)
        changing = [item.axis for item in some if item.axis != group.axis]
        moved += changing
        axes |= {group.axis} if changing else set()
        attach(state, some, group.group_id, decision.author if is_by_hand else None, is_by_hand)
        if title is not None and group.state == "machine" and state.placed.issuperset(state.members[group.group_id]):
            group.state = "accepte"
    if not moved:
        return ""
    was = joined(sorted({compass()[axis].name if axis != HORS_AXE else "hors axe" for axis in moved}))
    now = joined(sorted(compass()[axis].name for axis in axes))
    told = counted(len(moved), "idée change", "idées changent", feminine=True).capitalize()
    return f"{told} d'axe : {was} → {now}."


def whole_title(state: ReviewState, key: str) -> GivenTitle | None:
    """The title of people that a key names, on all its axes: its own, or that of one of its groups."""
    given = state.titled.get(key)
    return state.titled[given.title_id] if given else None


def _change_axis(state: ReviewState, decision: Decision) -> str:
    """Put a title on another axis, or on all of them, with what is under it, where it stands as it did then; its groups
    become one."""
    key = decision.target.groups[0]
    title_id, _, of = key.rpartition("-")
    title = whole_title(state, key if key in state.titled or of not in COMPASS_CODES else title_id)
    if title is None:
        raise ActError("orpheline", "Ce titre n'existe plus. Refaites l'acte sur celui qui l'a remplacé.")
    axis = "" if decision.after.axis == HORS_AXE else str(decision.after.axis)
    if title.axis == axis or title.axis != (decision.before.value or ""):
        return ""
    held = sorted(groups_under(state, title.title_id), key=lambda one: -len(state.members[one.group_id]))
    given = groups_of_title(title.title_id, title.text, axis or None, title.rubric, title.origin, title.order)
    state.titled = {key: one for key, one in state.titled.items() if one.title_id != title.title_id} | given
    if held:
        _into_one(state, held, group_of_title(title.title_id, axis or None, held[0].axis), axis, decision.author)
    return ""


def _into_one(state: ReviewState, held: list[Group], key: str, axis: str, author: str) -> None:
    """Make of the groups of a title, the largest first, one on an axis, "" for that of the largest."""
    first, is_read = held[0], all(one.state == "accepte" for one in held)
    members = [item_id for group in held for item_id in state.members[group.group_id]]
    for group in held:
        if group.state == "accepte" and not is_read:  # what a person read there stays read
            state.placed.update(state.members[group.group_id])
        del state.groups[group.group_id], state.members[group.group_id]
        state.pins.pop(group.group_id, None)
    text = next(filter(None, (one.author_text for one in held)), None)
    verdict = first.state if is_read or len(held) == 1 else "machine"
    one = replace(first, group_id=key, axis=axis or first.axis, state=verdict, author_text=text, decided_by=author)
    state.groups[key], state.members[key] = one, dict.fromkeys(members)
    for item in (state.items[item_id] for item_id in members):
        item.group_id = key
        if item.axis != one.axis:
            set_item_axis(item, one.axis, None, author)
    state.touched.add(key)
    state.sided.add(key)


def _take(state: ReviewState, decision: Decision) -> str:
    """Put ideas under a title; with `value`, the title is accepted whole: what only a machine put there leaves."""
    items, note = named_items(state, decision)
    key = str(decision.after.group_id)
    told = put_under(state, decision, items, key)
    if decision.after.value:
        title = state.titled.get(key)
        groups = groups_under(state, title.title_id) if title else [named_group(state, decision, key)]
        state.closed |= {title.title_id} if title else set()
        for group in groups:
            is_decided = group.state == "accepte"  # with all that it holds
            members = [] if is_decided else state.members[group.group_id]
            left = [state.items[one] for one in members if one not in state.placed]
            group.state, group.decided_by = "accepte", decision.author
            detach(state, left)
            for item in left:
                item.membership_by = decision.author
    return " ".join(filter(None, (note, told)))


def _refuse(state: ReviewState, decision: Decision) -> str:
    items, note = named_items(state, decision)
    own = {state.titled[key].title_id if key in state.titled else key for key in decision.target.groups}
    for item in items:
        state.refused[item.item_id] = state.refused.get(item.item_id, frozenset()) | own
        given = state.titled.get(item.group_id or "")
        if item.group_id is not None and (given.title_id if given else item.group_id) in own:
            detach(state, [item])
            state.placed.discard(item.item_id)
        item.membership_by = decision.author
    return note


def may_follow(state: ReviewState, item: Item, title_id: str) -> bool:
    """Whether an idea may go under a title by the page that a language model wrote: no person put it elsewhere, took it
    away from there, nor judged what holds it or what would."""
    title, held, key = state.titled.get(title_id), state.groups.get(item.group_id or ""), item.item_id
    if title is None or key in state.placed or item.membership_by is not None:
        return False
    is_machine = key in state.found or key in state.chosen or item.group_id not in state.titled
    is_free = (held is None or held.state == "machine") and (item.axis_by is None or title.axis in ("", item.axis))
    shut = state.closed | state.refused.get(key, frozenset())
    shut |= {title_id for one in groups_under(state, title_id) if one.state != "machine"}
    return is_machine and is_free and title_id not in shut


def _follow_page(state: ReviewState, decision: Decision) -> str:
    """Put ideas under the titles under which a written page tells them, where no person decided, as a language model's
    choice; the wall shows them there, and nobody looked at what holds them."""
    by_title: dict[str, list[Item]] = {}
    for anchor in decision.target.items:
        item, title_id = find_item(state, anchor), anchor.under or ""
        if item is not None and may_follow(state, item, title_id):
            by_title.setdefault(title_id, []).append(item)
    for title_id, items in by_title.items():
        put_under(state, decision, items, title_id, is_by_hand=False)
        state.chosen |= {item.item_id: title_id for item in items}
    state.settled = decision.decision_id
    return ""


def _told_titles(story: Story) -> str:
    titles = [quoted(one.title) for one in story.after.titles or ()]
    told = joined(titles) if len(titles) < 4 else f"{len(titles)} titres, dont {titles[0]}"
    return f"a ajouté {told}{f' avec {story.items}' if story.decision.target.items else ''}"


TITLE_OPS = (
    Op(
        "titres", "titles", apply=_add_titles, needs=("titles",), fields=("titles",), is_followed=True,
        tell=_told_titles,
    ),
    Op(
        "prendre", "items", apply=_take, needs=("group_id",), fields=("group_id", "value"), asks=ASKS_PLACE,
        is_followed=True,
        tell=lambda story: f"a accepté {story.destination} avec {story.items}"
        if story.after.value
        else f"a rangé {story.items} sous {story.destination}",
    ),
    Op(
        "refuser", "items of a group", apply=_refuse, is_followed=True,
        tell=lambda story: f"a écarté {story.items} de {story.group}",
    ),
    Op(
        SET_AXIS, "groups", apply=_change_axis, needs=("axis",), fields=("axis",), is_followed=True,
        was_title=lambda title: title.axis,
        tell=lambda story: f"a mis {story.group} sur "
        + ("tous les axes" if story.after.axis == HORS_AXE else f"l’axe {story.axis}"),
    ),
    Op(
        FOLLOWING, "items", apply=_follow_page,
        tell=lambda story: f"a rangé {story.items} comme dans la page de l’assistant",
    ),
)  # fmt: skip
