"""The machine tables with the advice that was taken: new frames, the artefacts stay as the stages wrote them.

No person decided anything there: nothing is signed, and what people decide is replayed on top.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.axes import HORS_AXE
from pipeline.contracts.checks import conform
from pipeline.contracts.tables import TABLES
from pipeline.review.frames import to_tables
from pipeline.review.log.membership import count_again, detach
from pipeline.review.log.on_pairs import carry_out, name_group, regroup
from pipeline.review.log.state import Link, MachineTables, ReviewState
from pipeline.review.pairs import Answer, Answers, pair_of

AUTHOR = "l’assistant"
LINK_SCORE = 0.5
"""Of a link that a model proposes: below those that our own model tells."""
ADVISED = ("tags", "groups", "memberships", "links")


@dataclass(frozen=True)
class Advice:
    """One piece of advice: `other` and `value` are "" where it has none."""

    task: str
    target: str
    other: str
    value: str


def with_advice(machine: MachineTables) -> MachineTables:
    """The tables as review starts from them."""
    rows = machine.advice[machine.advice["refusal"] == ""]
    if rows.empty:
        return machine
    state = ReviewState.from_machine(machine)
    follow(state, [Advice(*row) for row in rows[list(Advice.__dataclass_fields__)].itertuples(index=False)])
    reviewed = to_tables(state, machine)
    found = {name: _unsigned(name, getattr(reviewed, f"reviewed_{name}")) for name in ADVISED}
    return replace(machine, **found)


def _unsigned(name: str, table: pd.DataFrame) -> pd.DataFrame:
    return conform(name, table[list(TABLES[name].column_names)])


def follow(state: ReviewState, advice: list[Advice]) -> None:
    """Do what is advised, in order; what is about an idea or a group that is not there any more does nothing."""
    answers = Answers()
    for one in advice:
        if one.task == "meme_idee":
            _pair(state, answers, one)
        else:
            _DO[one.task](state, one)
        count_again(state)


def _axis(state: ReviewState, one: Advice) -> None:
    item = state.items.get(one.target)
    if item is not None and item.axis != one.value:
        detach(state, [item])
        item.axis, item.facet, item.axis_by = one.value, None, AUTHOR  # it still waits for a person


def _pair(state: ReviewState, answers: Answers, one: Advice) -> None:
    pair = pair_of(one.target, one.other)
    items = [state.items.get(key) for key in pair]
    if any(item is None or item.axis == HORS_AXE for item in items) or len({item.axis for item in items if item}) > 1:
        return
    is_yes = one.value == "oui"
    if answers.against(pair, is_yes):
        return
    answers.take(state.near, pair, Answer(is_yes, AUTHOR))
    carry_out(state, regroup(state, answers, pair, "\t".join(pair)), AUTHOR)


def _title(state: ReviewState, one: Advice) -> None:
    group = state.groups.get(one.target)
    if group is not None:
        name_group(group, one.value, group.question, float(one.other) if one.other else None)


def _question(state: ReviewState, one: Advice) -> None:
    group = state.groups.get(one.target)
    if group is not None:
        group.question = one.value or None


def _answer(state: ReviewState, one: Advice) -> None:
    if one.target in state.items and one.other in state.items:
        state.links.setdefault((one.other, one.target), Link(LINK_SCORE, "answers", True))


_DO: dict[str, Callable[[ReviewState, Advice], None]] = {
    "axe": _axis,
    "titre": _title,
    "nom": _title,
    "question": _question,
    "reponse": _answer,
}
