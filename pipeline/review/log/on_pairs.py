"""« Est-ce la même chose ? »: an answer about two ideas.

The answer is kept whatever it changes. The groups of both ideas are formed again at once, unless a person decided about
one of them (a title, a verdict, its members): such a group changes only where she agreed, after she saw how. Ideas of
one group that were said to be the same are on one stack.
"""

from __future__ import annotations

from collections import Counter

from pipeline.language.text.typography import capitalized, counted, joined
from pipeline.review.log.anchors import ActError, named_items
from pipeline.review.log.decisions import Decision
from pipeline.review.log.moves import pile
from pipeline.review.log.op import Op
from pipeline.review.log.regroup import carry_out, form_again
from pipeline.review.log.state import Item, ReviewState
from pipeline.review.log.story import Story, quoted
from pipeline.review.pairs.answers import Answer
from pipeline.review.pairs.graph import Pair, pair_of

_GO = {True: "vont ensemble", False: "ne vont pas ensemble"}
GAINS = (
    ("joined", "groupe réuni à un autre", "groupes réunis à un autre", False),
    ("parted", "groupe séparé", "groupes séparés", False),
    ("formed", "groupe formé", "groupes formés", False),
    ("placed", "parole rangée dans un groupe", "paroles rangées dans un groupe", True),
    ("moved", "parole changée de groupe", "paroles changées de groupe", True),
)


def _answer(state: ReviewState, decision: Decision) -> str:
    items, _ = named_items(state, decision)
    if len(items) < 2:
        raise ActError("orpheline", "Une des deux paroles n'est plus là : cette réponse ne décide rien.")
    value, pair = decision.after.value, pair_of(items[0].item_id, items[1].item_id)
    if value is not None:
        _refuse(state, pair, value)
    told = _replaced(state.answers.said.get(pair), decision)
    state.answers.take(state.near, pair, Answer(value, decision.author))
    formed = form_again(state, state.answers, pair, decision.decision_id)
    if formed.hers and not decision.after.agreed:
        names = joined([quoted(state.groups[group].title) for group in formed.hers])
        return f"{told}{names} {'restent' if len(formed.hers) > 1 else 'reste'} comme vous l'avez décidé."
    gains = formed.gains(value)
    state.answers.gains.update(gains)
    carry_out(state, formed, decision.author)
    _pile(state, pair)
    return (told + tell_gains(gains)).strip()


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
        raise ActError("conflit", "Ces deux paroles ne sont plus sur le même axe : elles ne peuvent aller ensemble.")
    if not value and other.item_id in state.near.repeats(one.item_id):
        raise ActError("conflit", "Ces deux paroles n'en font qu'une, dite deux fois.")
    said = [_told(state, known) for known in state.answers.against(pair, value)[:2]]
    if said:
        raise ActError(
            "conflit", f"D'autres réponses disent le contraire : {joined(said)}. Annulez celle qui est fausse."
        )


def _told(state: ReviewState, pair: Pair) -> str:
    answer = state.answers.said[pair]
    one, other = (quoted(state.items[key].text, 50) for key in pair)
    return f"{answer.author} a dit que {one} et {other} {_GO[bool(answer.value)]}"


def _replaced(before: Answer | None, decision: Decision) -> str:
    if before is None or before.value in (None, decision.after.value):
        return ""
    return f"{before.author} avait répondu {'oui' if before.value else 'non'} : cette réponse la remplace. "


def tell_gains(gains: Counter[str]) -> str:
    """What answers changed, as a sentence; "" when nothing did."""
    told = [counted(gains[name], one, many, feminine) for name, one, many, feminine in GAINS if gains[name]]
    return f"{capitalized(', '.join(told))}." if told else ""


def _tell(story: Story) -> str:
    one, other = (quoted(anchor.text, 60) for anchor in story.decision.target.items)
    value = story.after.value
    return (
        f"a dit ne pas savoir si {one} et {other} vont ensemble"
        if value is None
        else f"a dit que {one} et {other} {_GO[value]}"
    )


PAIR_OPS = (Op("meme", "two items", apply=_answer, fields=("value", "agreed"), tell=_tell),)
