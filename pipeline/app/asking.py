"""« Est-ce la même chose ? »: the screen that asks, what each answer would do, and what answers have brought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from pipeline.app.desk import Desk
from pipeline.axes import COMPASS_CODES
from pipeline.language.text.typography import joined
from pipeline.review.log.on_pairs import GAINS, Question, Regrouping, best_question, foresee
from pipeline.review.log.op import quoted
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Group, Item

N_BESIDE = 3
"""Words of its group that are shown beside a sentence."""


@dataclass(frozen=True)
class Side:
    """One sentence of a question, its group, and a few of the words that stand there with it."""

    item: Item
    group: Group | None
    beside: tuple[Item, ...]


@dataclass(frozen=True)
class Asked:
    """A question as the screen shows it.

    Attributes
    ----------
    yes, no : what each answer would do, told before it is given.
    decided : groups that a person decided about and that « oui » would change; `come` would enter them, `leave` leave.
    """

    sides: tuple[Side, Side]
    yes: str
    no: str
    decided: tuple[Group, ...]
    come: tuple[Item, ...]
    leave: tuple[Item, ...]


def ask(desk: Desk, request: Request) -> dict[str, Any]:
    """The best question of an axis, or of all, and what was gained so far."""
    state, axis = desk.session.state, request.query_params.get("axe", "")
    axis = axis if axis in COMPASS_CODES else ""
    question = best_question(state, axis)
    said = [answer.value for answer in state.answers.said.values()]
    return {
        "asked": _asked(state, question) if question else None,
        "axis": axis,
        "n_said": len(said),
        "n_unknown": said.count(None),
        "gains": [(state.answers.gains[name], one, many) for name, one, many, _ in GAINS if state.answers.gains[name]],
    }


def _asked(state: ReviewState, question: Question) -> Asked:
    pair = (question.one, question.other)
    yes, no = (foresee(state, pair, value) for value in (True, False))
    decided = tuple(state.groups[group] for group in yes.decided)
    moving = [(state.items[key], was, yes.after[key]) for key, was in yes.before.items() if was != yes.after[key]]
    return Asked(
        sides=(_side(state, question.one), _side(state, question.other)),
        yes=_told(state, yes, True),
        no=_told(state, no, False),
        decided=decided,
        come=tuple(item for item, _, now in moving if now in yes.decided),
        leave=tuple(item for item, was, _ in moving if was in yes.decided),
    )


def _side(state: ReviewState, item_id: str) -> Side:
    item = state.items[item_id]
    if item.group_id is None:
        return Side(item, None, ())
    others = [other for other in state.items_of(item.group_id) if other is not item and not other.is_hidden]
    return Side(item, state.groups[item.group_id], tuple(others[:N_BESIDE]))


def _told(state: ReviewState, formed: Regrouping, value: bool) -> str:
    """What an answer would do, its subject being the answer."""
    titles = {group: quoted(state.groups[group].title) for group in formed.before.values() if group is not None}
    gains = formed.gains(value)
    if not +gains:
        return "ne change aucun groupe"
    if not value:
        return f"sépare {joined(list(titles.values()))} en deux"
    if gains["formed"]:
        return "forme un groupe avec ces deux paroles"
    if gains["joined"]:
        return f"réunit {joined(list(titles.values()))}"
    kept = Counter(formed.after[key] for key, was in formed.before.items() if was != formed.after[key])
    target = max((group for group in kept if group is not None), key=lambda group: kept[group])
    n = sum(kept.values())
    what = "cette parole" if n == 1 else f"{n} paroles"
    return f"range {what} dans {titles[target]}" if gains["placed"] else f"déplace {what} vers {titles[target]}"
