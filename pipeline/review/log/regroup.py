"""An answer about two ideas → the groups of both, formed again: foreseen, then carried out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.language.text.typography import capitalized
from pipeline.review.log.decisions import new_group_id
from pipeline.review.log.moves import attach, open_group, usual_theme
from pipeline.review.log.state import Group, Item, ReviewState
from pipeline.review.pairs.answers import Answer, Answers
from pipeline.review.pairs.forming import Pool, form
from pipeline.review.pairs.graph import Pair

N_CENTRAL = 3
"""A group that answers make is called by the shortest of its so many most central ideas, until it is named again."""
Places = dict[str, str | None]
"""Item → its group, None for a weak signal."""


@dataclass(frozen=True)
class Formed:
    """What an answer does to groups.

    Attributes
    ----------
    before, after : where the items of both groups stand; a group of `after` that the state has not is a new one.
    hers : groups that a person decided about among those that would change.
    """

    before: Places
    after: Places
    hers: tuple[str, ...] = ()

    def gains(self, value: bool | None) -> Counter[str]:
        """What changes, counted: groups `joined` to another one, `parted` or `formed`; words `placed` in a group or
        `moved` to another one."""
        old, now = set(self.before.values()) - {None}, set(self.after.values()) - {None}
        if not value:
            return Counter(parted=len(old))
        gone = old - now
        split = {self.before[item] for item, group in self.after.items() if group is None}
        moved = [
            was
            for item, was in self.before.items()
            if was != self.after[item] and self.after[item] in old and was not in gone - split
        ]
        n_placed = moved.count(None)
        return +Counter(joined=len(gone - split), formed=len(now - old), placed=n_placed, moved=len(moved) - n_placed)


def foresee(state: ReviewState, pair: Pair, value: bool) -> Formed:
    """What an answer would do to groups; nothing is done."""
    answers = state.answers.copy()
    answers.take(state.near, pair, Answer(value, ""))
    return form_again(state, answers, pair, "")


def form_again(state: ReviewState, answers: Answers, pair: Pair, decision_id: str) -> Formed:
    """Where the ideas of the groups of a pair stand once it was answered."""
    one, other = (state.items[key] for key in pair)
    value, is_apart = answers.said[pair].value, one.group_id is None or one.group_id != other.group_id
    if value is None or value != is_apart:
        return Formed({}, {})
    groups = sorted({item.group_id for item in (one, other) if item.group_id is not None})
    hers = tuple(group for group in groups if is_hers(state, state.groups[group]))
    before = _pool(state, pair, groups)
    found = form(Pool(before, frozenset(hers) if value else frozenset()), state.near, answers, pair)
    return Formed(before, _named(found, before, hers, decision_id), hers)


def is_hers(state: ReviewState, group: Group) -> bool:
    """Whether a person decided about a group: its title, a verdict, its place, or some of its members."""
    return group.decided_by is not None or not state.placed.isdisjoint(state.members[group.group_id])


def _pool(state: ReviewState, pair: Pair, groups: list[str]) -> Places:
    """The items of the groups of both, or the weak signals among both and what repeats them."""
    found = {item for group in groups for item in state.members[group]}
    for key in pair:
        if state.items[key].group_id is None:
            axis = state.items[key].axis
            again = (state.items[other] for other in state.near.repeats(key) if other in state.items)
            found |= {key, *(item.item_id for item in again if item.group_id is None and item.axis == axis)}
    return {key: state.items[key].group_id for key in sorted(found)}


def _named(clusters: list[list[str]], before: Places, hers: tuple[str, ...], decision_id: str) -> Places:
    """Clusters by the id of the old group that gave them most, each id once; what is alone is weak."""
    kept = [cluster for cluster in clusters if len(cluster) > 1]
    shares = [
        (group not in hers, -n, group, number)
        for number, cluster in enumerate(kept)
        for group, n in Counter(before[item] for item in cluster).items()
        if group is not None
    ]
    names: dict[int, str] = {}
    for _, _, group, number in sorted(shares):
        if number not in names and group not in names.values():
            names[number] = group
    after: Places = dict.fromkeys(before)
    for number, cluster in enumerate(kept):
        name = names.get(number) or new_group_id(f"{decision_id}\t{cluster[0]}")
        after |= dict.fromkeys(cluster, name)
    return after


def carry_out(state: ReviewState, formed: Formed, author: str) -> None:
    """Put every item where it was foreseen.

    A group that changes is to be named again, unless a person decided about it; until then it keeps its title while it
    holds mostly what it held, and is called by the words of an item otherwise.
    """
    by_group: dict[str | None, list[Item]] = {}
    for key, group_id in formed.after.items():
        by_group.setdefault(group_id, []).append(state.items[key])
    weak, called = by_group.pop(None, []), list[Group]()
    for group_id, items in by_group.items():
        if group_id is None:
            continue
        if group_id not in state.groups:
            reason = f"Formé par les réponses de {author}."
            theme = usual_theme(state, items)
            group = open_group(state, group_id, items[0].axis, theme, "", reason, author)
            _call(state, group, items)
            called.append(group)
        elif len(items) > 2 * sum(item.group_id == group_id for item in items):
            _call(state, state.groups[group_id], items)
            called.append(state.groups[group_id])
        if {item.item_id for item in items} != set(state.members[group_id]):
            state.groups[group_id].is_provisional = state.groups[group_id].decided_by is None
        attach(state, [item for item in items if item.group_id != group_id], group_id, author, False)
    attach(state, [item for item in weak if item.group_id is not None], None, author, False)
    for group in called:
        group.is_counted = True


def _call(state: ReviewState, group: Group, items: list[Item]) -> None:
    if "title" not in group.worded:
        group.title, group.title_coverage = words_for(state, items), round(1 / len(items), 4)
        group.question = group.question if "question" in group.worded else None


def to_name(state: ReviewState) -> list[Group]:
    """The groups that answers made or changed and that no person decided about."""
    return [group for group in state.groups.values() if group.is_provisional and group.decided_by is None]


def name(group: Group, title: str, question: str | None, coverage: float | None) -> None:
    """Give a group that answers made or changed its title and question, and what the title covers."""
    group.title, group.question, group.title_coverage, group.is_counted = title, question, coverage, True


def words_for(state: ReviewState, items: list[Item]) -> str:
    """What a group of items is called until it is named: the words of a central one."""
    ids = {item.item_id for item in items}

    def company(item: Item) -> float:
        return round(sum(chance for other, chance in state.near.around(item.item_id).items() if other in ids), 6)

    central = sorted(items, key=lambda item: (-company(item), -item.strength, item.item_id))[:N_CENTRAL]
    chosen = min(central, key=lambda item: len(item.text))
    return capitalized(" ".join(chosen.text.split()).rstrip(" .;,:"))
