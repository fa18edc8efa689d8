"""Decision about two ideas, « Est-ce la même chose ? », and the groups formed again of it: foreseen, then carried out.

The answer is kept whatever it changes. The groups of both ideas are formed again at once, unless a person decided about
one of them (a title, a verdict, its members): such a group changes only where she agreed, after she saw how. Ideas of
one group that were said to be the same are on one stack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.axes import HORS_AXE
from pipeline.language.text.typography import capitalized, counted, joined
from pipeline.review.log.anchors import ActError, named_items
from pipeline.review.log.decisions import Decision, new_group_id
from pipeline.review.log.membership import attach, open_group, pile, usual_theme
from pipeline.review.log.op import Op, Story, quoted
from pipeline.review.log.state import ReviewState
from pipeline.review.pairs import Answer, Answers, Pair, Pool, form, pair_of
from pipeline.workshop.records import Group, Item

N_CENTRAL = 3
"""A group that answers make is called by the shortest of its so many most central ideas, until it is named again."""
_GO = {True: "vont ensemble", False: "ne vont pas ensemble"}
GAINS = (
    ("joined", "groupe réuni à un autre", "groupes réunis à un autre", False),
    ("parted", "groupe séparé", "groupes séparés", False),
    ("formed", "groupe formé", "groupes formés", False),
    ("placed", "idée rangée dans un groupe", "idées rangées dans un groupe", True),
    ("moved", "idée changée de groupe", "idées changées de groupe", True),
)
GroupOf = dict[str, str | None]
"""Item → its group, None for a weak signal."""


@dataclass(frozen=True)
class Regrouping:
    """What an answer does to groups.

    Attributes
    ----------
    before, after : where the items of both groups stand; a group of `after` that the state has not is a new one.
    decided : groups that a person decided about among those that would change.
    """

    before: GroupOf
    after: GroupOf
    decided: tuple[str, ...] = ()

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


def foresee(state: ReviewState, pair: Pair, value: bool) -> Regrouping:
    """What an answer would do to groups; nothing is done."""
    answers = state.answers.copy()
    answers.take(state.near, pair, Answer(value, ""))
    return regroup(state, answers, pair, "")


def regroup(state: ReviewState, answers: Answers, pair: Pair, decision_id: str) -> Regrouping:
    """Where the ideas of the groups of a pair stand once it was answered."""
    one, other = (state.items[key] for key in pair)
    value, is_apart = answers.said[pair].value, one.group_id is None or one.group_id != other.group_id
    if value is None or value != is_apart:
        return Regrouping({}, {})
    groups = sorted({item.group_id for item in (one, other) if item.group_id is not None})
    decided = tuple(group for group in groups if is_decided(state, state.groups[group]))
    before = _pool(state, pair, groups)
    clusters = form(Pool(before, frozenset(decided) if value else frozenset()), state.near, answers, pair)
    return Regrouping(before, _identified(clusters, before, decided, decision_id), decided)


def is_decided(state: ReviewState, group: Group) -> bool:
    """Whether a person decided about a group: its title, given before or during the review, a verdict, its place, or
    some of its members."""
    return (
        group.group_id in state.titled
        or group.decided_by is not None
        or not state.placed.isdisjoint(state.members[group.group_id])
    )


def _pool(state: ReviewState, pair: Pair, groups: list[str]) -> GroupOf:
    """The items of the groups of both, or the weak signals among both and what repeats them."""
    pool = {item for group in groups for item in state.members[group]}
    for key in pair:
        if state.items[key].group_id is None:
            axis = state.items[key].axis
            again = (state.items[other] for other in state.near.repeats(key) if other in state.items)
            pool |= {key, *(item.item_id for item in again if item.group_id is None and item.axis == axis)}
    return {key: state.items[key].group_id for key in sorted(pool)}


def _identified(clusters: list[list[str]], before: GroupOf, decided: tuple[str, ...], decision_id: str) -> GroupOf:
    """Clusters by the id of the old group that gave them most, each id once; what is alone is weak."""
    kept = [cluster for cluster in clusters if len(cluster) > 1]
    shares = [
        (group not in decided, -n, group, number)
        for number, cluster in enumerate(kept)
        for group, n in Counter(before[item] for item in cluster).items()
        if group is not None
    ]
    names: dict[int, str] = {}
    for _, _, group, number in sorted(shares):
        if number not in names and group not in names.values():
            names[number] = group
    after: GroupOf = dict.fromkeys(before)
    for number, cluster in enumerate(kept):
        group_id = names.get(number) or new_group_id(f"{decision_id}\t{cluster[0]}")
        after |= dict.fromkeys(cluster, group_id)
    return after


def carry_out(state: ReviewState, regrouping: Regrouping, author: str) -> None:
    """Put every item where it was foreseen.

    A group that changes is to be named again, unless a person decided about it; until then it keeps its title while it
    holds mostly what it held, and is called by the words of an item otherwise.
    """
    by_group: dict[str | None, list[Item]] = {}
    for key, group_id in regrouping.after.items():
        by_group.setdefault(group_id, []).append(state.items[key])
    weak, called = by_group.pop(None, []), list[Group]()
    for group_id, items in by_group.items():
        if group_id is None:
            continue
        if group_id not in state.groups:
            reason = f"Formé par les réponses de {author}."
            theme = usual_theme(state, items)
            group = open_group(state, group_id, items[0].axis, theme, "", reason, author)
            _call_by_words(state, group, items)
            called.append(group)
        elif len(items) > 2 * sum(item.group_id == group_id for item in items):
            _call_by_words(state, state.groups[group_id], items)
            called.append(state.groups[group_id])
        if {item.item_id for item in items} != set(state.members[group_id]):
            state.groups[group_id].is_provisional = state.groups[group_id].decided_by is None
        attach(state, [item for item in items if item.group_id != group_id], group_id, author, False)
    attach(state, [item for item in weak if item.group_id is not None], None, author, False)
    for group in called:
        group.is_counted = True


def _call_by_words(state: ReviewState, group: Group, items: list[Item]) -> None:
    if "title" not in group.worded:
        group.title, group.title_coverage = words_for(state, items), round(1 / len(items), 4)
        group.question = group.question if "question" in group.worded else None


def to_name(state: ReviewState) -> list[Group]:
    """The groups that answers made or changed and that no person decided about."""
    return [group for group in state.groups.values() if group.is_provisional and group.decided_by is None]


def name_group(group: Group, title: str, question: str | None, coverage: float | None) -> None:
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


def _answer(state: ReviewState, decision: Decision) -> str:
    items, _ = named_items(state, decision)
    if len(items) < 2:
        raise ActError("orpheline", "Une des deux idées n'est plus là : cette réponse ne décide rien.")
    value, pair = decision.after.value, pair_of(items[0].item_id, items[1].item_id)
    if value is not None:
        _refuse(state, pair, value)
    note = _replaced(state.answers.said.get(pair), decision)
    state.answers.take(state.near, pair, Answer(value, decision.author))
    regrouping = regroup(state, state.answers, pair, decision.decision_id)
    if regrouping.decided and not decision.after.agreed:
        names = joined([quoted(state.groups[group].title) for group in regrouping.decided])
        return f"{note}{names} {'restent' if len(regrouping.decided) > 1 else 'reste'} comme vous l'avez décidé."
    gains = regrouping.gains(value)
    state.answers.gains.update(gains)
    carry_out(state, regrouping, decision.author)
    _pile(state, pair)
    return (note + tell_gains(gains)).strip()


def _pile(state: ReviewState, pair: Pair) -> None:
    """Bring onto one stack those of a group that were said to be the same, through others or not."""
    for group_id in {state.items[key].group_id for key in pair} - {None}:
        said: dict[str, list[Item]] = {}
        for item in state.items_of(str(group_id)):
            if (root := state.answers.roots.get(item.item_id)) is not None:
                said.setdefault(root, []).append(item)
        for items in said.values():
            pile(state, items)


def _refuse(state: ReviewState, pair: Pair, value: bool) -> None:
    """`ActError` for an answer that nothing can follow."""
    one, other = (state.items[key] for key in pair)
    if value and one.axis != other.axis:
        raise ActError("conflit", "Ces deux idées ne sont plus sur le même axe : elles ne peuvent aller ensemble.")
    if not value and other.item_id in state.near.repeats(one.item_id):
        raise ActError("conflit", "Ces deux idées n'en font qu'une, dite deux fois.")
    said = [_contradiction(state, known) for known in state.answers.against(pair, value)[:2]]
    if said:
        raise ActError(
            "conflit", f"D'autres réponses disent le contraire : {joined(said)}. Annulez celle qui est fausse."
        )


def _contradiction(state: ReviewState, pair: Pair) -> str:
    answer = state.answers.said[pair]
    one, other = (quoted(state.items[key].text, 50) for key in pair)
    return f"{answer.author} a dit que {one} et {other} {_GO[bool(answer.value)]}"


def _replaced(before: Answer | None, decision: Decision) -> str:
    if before is None or before.value in (None, decision.after.value):
        return ""
    return f"{before.author} avait répondu {'oui' if before.value else 'non'} : cette réponse la remplace. "


def tell_gains(gains: Counter[str]) -> str:
    """What answers changed, as a sentence; "" when nothing did."""
    changed = [counted(gains[name], one, many, feminine) for name, one, many, feminine in GAINS if gains[name]]
    return f"{capitalized(', '.join(changed))}." if changed else ""


def _tell(story: Story) -> str:
    one, other = (quoted(anchor.text, 60) for anchor in story.decision.target.items)
    value = story.after.value
    return (
        f"a dit ne pas savoir si {one} et {other} vont ensemble"
        if value is None
        else f"a dit que {one} et {other} {_GO[value]}"
    )


PAIR_OPS = (Op("meme", "two items", apply=_answer, fields=("value", "agreed"), tell=_tell),)


TOGETHER = 0.3
"""What a pair of one group is worth beside one that is apart, for as much doubt."""
LEAST = 0.05
"""A pair that is worth less is not asked about."""


@dataclass(frozen=True)
class Question:
    """Two ideas of one axis.

    Attributes
    ----------
    chance : how likely they go together, in [0, 1], given what was answered.
    worth : in [0, 1], by which questions are put in order.
    """

    one: str
    other: str
    chance: float
    worth: float


def rank(one: Question) -> tuple[float, str, str]:
    """Key by which the best question comes first."""
    return (-one.worth, one.one, one.other)


def best_question(state: ReviewState, axis: str = "") -> Question | None:
    """The first of `questions` by `rank`, None when there is none; most pairs need not be read for it."""
    better: list[Question] = []
    for one in questions(state, axis, better):
        if not better or rank(one) < rank(better[-1]):
            better.append(one)
    return better[-1] if better else None


def questions(state: ReviewState, axis: str = "", better: Sequence[Question] = ()) -> Iterator[Question]:
    """Yield the questions of one axis, or all: pairs that neither an answer nor a decision settles.

    Parameters
    ----------
    better : grows while pairs are read; those that are worth less than the last one may be left out.
    """
    decided = {group.group_id for group in state.groups.values() if is_decided(state, group)}
    closed = {group.group_id for group in state.groups.values() if group.state == "rejete" or group.is_hidden}
    for key, other_key, first in state.near.pairs:
        one, other = state.items.get(key), state.items.get(other_key)
        if one is None or other is None or not _are_comparable(one, other, axis):
            continue
        is_together = one.group_id is not None and one.group_id == other.group_id
        if (TOGETHER if is_together else first) < (better[-1].worth if better else LEAST):
            continue
        groups = {one.group_id, other.group_id}
        if (key, other_key) in state.answers.said or groups <= decided or not groups.isdisjoint(closed):
            continue
        chance = state.answers.chance(state.near, key, other_key)
        worth = round(TOGETHER * (1.0 - chance) if is_together else chance, 6)
        if worth >= LEAST and state.answers.known(key, other_key) is None:
            yield Question(key, other_key, chance, worth)


def _are_comparable(one: Item, other: Item, axis: str) -> bool:
    """Tell whether two items are shown on the same axis of the compass, the one that is asked for if any."""
    if one.is_hidden or other.is_hidden:
        return False
    return one.axis == other.axis != HORS_AXE and axis in ("", one.axis)
