"""The review stage: machine tables + decision log → reviewed tables, states of the decisions, changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.config import Config
from pipeline.language.text.typography import counted
from pipeline.review.advice.apply import with_advice
from pipeline.review.agreement import Precision, judgements, precision_by_axis
from pipeline.review.changes import PreviousTables, list_changes
from pipeline.review.frames import UNREADABLE, ReviewedTables, control_rows, state_rows, to_tables
from pipeline.review.log.decisions import REDO, UNDO
from pipeline.review.log.lines import Log, read_log
from pipeline.review.log.regroup import name, to_name
from pipeline.review.log.replay import Outcome, replay
from pipeline.review.log.state import MachineTables, ReviewState
from pipeline.review.undecided import undecided_tables

__all__ = ["MachineTables", "PreviousTables", "ReviewResult", "review"]

_BAD_LINES_TOLD = 5
Namer = Callable[[Sequence[Sequence[str]]], Sequence[tuple[str, str | None, float | None]]]
"""Ids of the items of groups, the most central first → title and question of each."""


@dataclass(frozen=True)
class ReviewResult:
    """Frames of the schemas of the same names, and sentences for the person who ran it."""

    reviewed_tags: pd.DataFrame
    reviewed_groups: pd.DataFrame
    reviewed_memberships: pd.DataFrame
    reviewed_links: pd.DataFrame
    reviewed_themes: pd.DataFrame
    reviewed_items: pd.DataFrame
    decision_states: pd.DataFrame
    control: pd.DataFrame
    changes: pd.DataFrame
    warnings: tuple[str, ...]


def review(
    machine: MachineTables,
    decision_lines: Sequence[str],
    previous: PreviousTables | None,
    config: Config,  # noqa: ARG001 - every stage takes the configuration
    namer: Namer | None = None,
) -> ReviewResult:
    """Replay the decision log on the machine tables.

    Parameters
    ----------
    namer : names the groups that answers made; without it they are called by the words of one of their items.

    Stale and conflicting decisions change nothing and are told in `decision_states`.
    """
    log, machine = read_log(decision_lines), with_advice(machine)
    tables, outcomes, control = _replayed(machine, log, namer) if log.decisions else (undecided_tables(machine), {}, [])
    states = state_rows(log, outcomes)
    return ReviewResult(
        **{name: getattr(tables, name) for name in type(tables).__dataclass_fields__},
        decision_states=states,
        control=control_rows(control),
        changes=list_changes(previous, machine.items, tables),
        warnings=_warnings(states),
    )


def _replayed(
    machine: MachineTables, log: Log, namer: Namer | None
) -> tuple[ReviewedTables, dict[str, Outcome], list[Precision]]:
    start = ReviewState.from_machine(machine)
    # a large corpus is held twice only when people judged the machine's axes blind
    replayed = replay(start, log, is_kept=any(decision.op == "controle" for decision in log.decisions))
    groups = to_name(replayed.state) if namer is not None else []
    if namer is not None and groups:
        members = [[item.item_id for item in replayed.state.items_of(group.group_id)] for group in groups]
        for group, named in zip(groups, namer(members), strict=True):
            name(group, *named)
    control = precision_by_axis(start, judgements(replayed.state, log, blind=True))
    return to_tables(replayed.state, machine), replayed.outcomes, control


def _warnings(states: pd.DataFrame) -> tuple[str, ...]:
    acts = states[~states["op"].isin([UNDO, REDO, UNREADABLE])]
    n = {state: int((acts["state"] == state).sum()) for state in ("rejouee", "orpheline", "conflit")}
    told = []
    if not acts.empty:
        told.append(f"Relecture : {counted(n['rejouee'], 'décision rejouée', 'décisions rejouées', feminine=True)}.")
    lost = [
        counted(n["orpheline"], "décision orpheline", "décisions orphelines", feminine=True) if n["orpheline"] else "",
        counted(n["conflit"], "décision en conflit", "décisions en conflit", feminine=True) if n["conflit"] else "",
    ]
    if any(lost):
        told.append(f"À revoir : {', '.join(filter(None, lost))}. L'historique de « rosace review » dit quoi faire.")
    told += states.loc[states["op"] == UNREADABLE, "message"].tolist()[:_BAD_LINES_TOLD]
    return tuple(told)
