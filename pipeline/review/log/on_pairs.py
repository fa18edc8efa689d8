"""Decision about two ideas, « Est-ce la même chose ? »: foreseen, then carried out.

Two ideas that are the same are on one stack: one of them, with what is on its stack, joins the group of the other. Of
two that are not and stand in one group, the less typical leaves it. What a person decided about (a title, a verdict,
members) changes only where she agreed. The last answer about a pair is the one that holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.axes import HORS_AXE
from pipeline.language.text.typography import capitalized, joined
from pipeline.review.log.anchors import ActError, named_items
from pipeline.review.log.decisions import Decision, new_group_id
from pipeline.review.log.membership import attach, open_group, pile, usual_theme
from pipeline.review.log.op import Op, Story, quoted
from pipeline.review.log.state import Answer, Pair, ReviewState, pair_of
from pipeline.workshop.records import Group, Item


@dataclass(frozen=True)
class Effect:
    """What an answer does.

    `moving` : ideas that change groups; none when it changes none. `source, target` : the groups that they leave and
    join, None for a weak signal; both None: they make a new one. `decided` : those of the two that a person decided
    about.
    """

    moving: tuple[Item, ...] = ()
    source: str | None = None
    target: str | None = None
    decided: tuple[str, ...] = ()

    def told(self, state: ReviewState) -> str:
        """What it does, its subject being the answer."""
        if not self.moving:
            return "ne change aucun groupe"
        if self.source is None and self.target is None:
            return "forme un groupe avec ces deux idées"
        what = "cette idée" if len(self.moving) == 1 else f"{len(self.moving)} idées"
        source, target = (quoted(state.groups[key].title) if key else "" for key in (self.source, self.target))
        if not target:
            return f"sort {what} de {source}"
        return f"déplace {what} vers {target}" if source else f"range {what} dans {target}"


def foresee(state: ReviewState, pair: Pair, value: bool | None) -> Effect:
    """What an answer would do; nothing is done.

    The idea that goes is the one of no group, else of a group that nobody decided about, else of the smaller group.
    """
    one, other = (state.items[key] for key in pair)
    is_together = one.group_id is not None and one.group_id == other.group_id
    if value is None or value == is_together:
        return Effect()
    if not value:
        goes, stays = sorted((one, other), key=lambda item: (item.strength, item.item_id))
        stack = goes.stack_id if goes.stack_id != stays.stack_id else None
        return Effect(tuple(_together(state, goes, stack)), goes.group_id, None, _decided(state, goes))
    goes, stays = sorted((one, other), key=lambda item: _weight(state, item))
    moving, decided = _together(state, goes, goes.stack_id), _decided(state, goes, stays)
    if stays.group_id is None or _are_apart(state, moving, stays.group_id):
        return Effect((*moving, *_together(state, stays, stays.stack_id)), None, None, decided)
    return Effect(tuple(moving), goes.group_id, stays.group_id, decided)


def _are_apart(state: ReviewState, items: list[Item], group_id: str) -> bool:
    ids, members = {item.item_id for item in items}, state.members[group_id]
    return any(
        answer.value is False and ((one in ids and other in members) or (other in ids and one in members))
        for (one, other), answer in state.answers.items()
    )


def _together(state: ReviewState, item: Item, stack_id: str | None) -> list[Item]:
    """An idea, what repeats it where it stands, and what is on a stack there."""
    keys = [item.item_id, *state.near.repeats(item.item_id)]
    if item.group_id is not None and stack_id is not None:
        keys += [key for key in state.members[item.group_id] if state.items[key].stack_id == stack_id]
    found = (state.items[key] for key in dict.fromkeys(keys) if key in state.items)
    return [one for one in found if (one.group_id, one.axis) == (item.group_id, item.axis)]


def _weight(state: ReviewState, item: Item) -> tuple[bool, bool, int, str]:
    if item.group_id is None:
        return False, False, 0, item.item_id
    return True, bool(_decided(state, item)), len(state.members[item.group_id]), item.item_id


def _decided(state: ReviewState, *items: Item) -> tuple[str, ...]:
    groups = dict.fromkeys(item.group_id for item in items if item.group_id is not None)
    return tuple(group for group in groups if is_decided(state, state.groups[group]))


def is_decided(state: ReviewState, group: Group) -> bool:
    """Whether a person decided about a group: its title, given before or during the review, a verdict, its place, or
    some of its members."""
    return (
        group.group_id in state.titled
        or group.decided_by is not None
        or not state.placed.isdisjoint(state.members[group.group_id])
    )


def _answer(state: ReviewState, decision: Decision) -> str:
    items, _ = named_items(state, decision)
    if len(items) < 2:
        raise ActError("orpheline", "Une des deux idées n'est plus là : cette réponse ne décide rien.")
    value, pair = decision.after.value, pair_of(items[0].item_id, items[1].item_id)
    if value and items[0].axis != items[1].axis:
        raise ActError("conflit", "Ces deux idées ne sont plus sur le même axe : elles ne peuvent aller ensemble.")
    if value is False and pair[1] in state.near.repeats(pair[0]):
        raise ActError("conflit", "Ces deux idées n'en font qu'une, dite deux fois.")
    note, before = "", state.answers.get(pair)
    if before is not None and before.value not in (None, value):
        note = f"{before.author} avait répondu {'oui' if before.value else 'non'} : cette réponse la remplace."
    state.answers[pair] = Answer(value, decision.author)
    effect = foresee(state, pair, value)
    if effect.decided and not decision.after.agreed:
        names = joined([quoted(state.groups[group].title) for group in effect.decided])
        stay = "restent" if len(effect.decided) > 1 else "reste"
        return f"{note} {names} {stay} comme vous l'avez décidé.".strip()
    told = f"Cette réponse {effect.told(state)}." if effect.moving else ""
    if effect.moving:
        target = effect.target
        if value and not target:  # two weak signals, whose group is called by the shorter one
            target, words = new_group_id(decision.decision_id), min((item.text for item in items), key=len)
            title = capitalized(" ".join(words.split()).rstrip(" .;,:"))
            open_group(state, target, items[0].axis, usual_theme(state, items), title, decision.author)
        attach(state, list(effect.moving), target, decision.author, is_by_hand=False)
    if value:
        pile(state, items)
    return f"{note} {told}".strip()


def _tell(story: Story) -> str:
    both = " et ".join(quoted(anchor.text, 60) for anchor in story.decision.target.items)
    if story.after.value is None:
        return f"a dit ne pas savoir si {both} vont ensemble"
    return f"a dit que {both} {'vont' if story.after.value else 'ne vont pas'} ensemble"


PAIR_OPS = (Op("meme", "two items", apply=_answer, fields=("value", "agreed"), tell=_tell),)


TOGETHER = 0.3
"""What a pair of one group is worth beside one that is apart, for as much doubt."""
LEAST = 0.05
"""A pair that is worth less is not asked about."""


@dataclass(frozen=True)
class Question:
    """Two ideas of one axis.

    `chance` : how likely they go together, in [0, 1]. `worth` : in [0, 1], by which questions are put in order.
    """

    one: str
    other: str
    chance: float
    worth: float


def rank(one: Question) -> tuple[float, str, str]:
    """Key by which the best question comes first."""
    return (-one.worth, one.one, one.other)


def best_question(state: ReviewState, axis: str = "") -> Question | None:
    """The first of `questions` by `rank`, None when there is none."""
    best: Question | None = None
    for one in questions(state, axis):
        best = min(best or one, one, key=rank)
        if best.worth >= TOGETHER:  # the likeliest of those that are apart, which no other pair is worth
            break
    return best


def questions(state: ReviewState, axis: str = "") -> Iterator[Question]:
    """Yield the questions of one axis, or all, the likeliest pairs first: those that no answer nor decision settles."""
    decided = {group.group_id for group in state.groups.values() if is_decided(state, group)}
    closed = {group.group_id for group in state.groups.values() if group.state == "rejete" or group.is_hidden}
    answered = {_stacks(state, pair) for pair in state.answers}
    for key, other_key, chance in state.near.pairs:
        one, other = state.items.get(key), state.items.get(other_key)
        if one is None or other is None or not _are_comparable(one, other, axis):
            continue
        groups = {one.group_id, other.group_id}
        is_together = one.group_id is not None and len(groups) == 1
        stacks = _stacks(state, (key, other_key))
        is_settled = groups <= decided or stacks[0] == stacks[1] or stacks in answered
        worth = round(TOGETHER * (1.0 - chance) if is_together else chance, 6)
        if worth >= LEAST and not is_settled and groups.isdisjoint(closed):
            yield Question(key, other_key, chance, worth)


def _stacks(state: ReviewState, pair: Pair) -> Pair:
    """The stacks of both ideas, in order: what is answered of one idea of a stack is answered of the others."""
    return pair_of(*(state.items[key].stack_id or key for key in pair))


def _are_comparable(one: Item, other: Item, axis: str) -> bool:
    are_shown = not (one.is_hidden or other.is_hidden)
    return are_shown and one.axis == other.axis != HORS_AXE and axis in ("", one.axis)
