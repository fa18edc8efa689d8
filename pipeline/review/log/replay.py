"""Decision log: its lines read, the acts that stand done in order, and what became of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from pipeline.axes import COMPASS_CODES
from pipeline.review.log.anchors import ActError, find_item
from pipeline.review.log.decisions import REDO, UNDO, Decision
from pipeline.review.log.membership import count_again
from pipeline.review.log.on_titles import FOLLOWING
from pipeline.review.log.ops import OPS, flaw
from pipeline.review.log.state import ReviewState


@dataclass(frozen=True)
class BadLine:
    """A line that is no decision: its number from 1, an id for the table of states, and why, in French."""

    number: int
    decision_id: str
    message: str


@dataclass(frozen=True)
class Log:
    """What the log says: decisions in order, each once; lines that could not be read."""

    decisions: tuple[Decision, ...]
    bad_lines: tuple[BadLine, ...]

    def undone(self) -> dict[str, Decision]:
        """Id of each act that is undone at the end of the log → the act that undid it."""
        undone: dict[str, Decision] = {}
        for decision in self.decisions:
            if decision.op == UNDO:
                undone[str(decision.target.decision_id)] = decision
            elif decision.op == REDO:
                undone.pop(str(decision.target.decision_id), None)
        return undone


def read_log(lines: Sequence[str], lacking: Callable[[Decision], str] = flaw) -> Log:
    """Decisions of the log, in order; a line met twice is one act (a file imported twice).

    `lacking` : why a decision cannot be done by anyone, "" when it can.
    """
    decisions: dict[str, Decision] = {}
    bad: list[BadLine] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            decision = Decision.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where, given = ".".join(map(str, first["loc"])) or "acte", first["input"]
            told = f"{where} : « {str(given)[:40]} »" if isinstance(given, str | int | float) else where
            bad.append(_bad_line(number, line, told))
            continue
        if wrong := lacking(decision):
            bad.append(_bad_line(number, line, wrong))
            continue
        known = decisions.setdefault(decision.decision_id, decision)
        if known != decision:
            message = "Deux actes portent le même identifiant : le premier est gardé. Refaites le second s'il le faut."
            bad.append(BadLine(number, f"{decision.decision_id}#ligne-{number}", message))
    return Log(tuple(decisions.values()), tuple(bad))


def _bad_line(number: int, line: str, wrong: str) -> BadLine:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        message = (
            f"La ligne {number} de decisions.jsonl est coupée ou abîmée : elle n'est pas appliquée. "
            "Les autres le sont ; refaites cet acte s'il manque."
        )
    else:
        message = (
            f"La ligne {number} de decisions.jsonl n'est pas un acte connu ({wrong}) : "
            "elle n'est pas appliquée. Mettez Rosace à jour, ou refaites cet acte."
        )
    return BadLine(number, f"ligne-{number}", message)


@dataclass(frozen=True)
class Outcome:
    """What became of an act: one of `DECISION_STATES`, and what to do, in French ("" when all is well)."""

    state: str
    message: str = ""


def apply(state: ReviewState, decision: Decision) -> Outcome:
    """Do one act (not undo or redo, which choose the acts that are replayed); groups are to be counted again."""
    try:
        return Outcome("rejouee", OPS[decision.op].apply(state, _with_axes_of_today(state, decision)))
    except ActError as error:
        return Outcome(error.state, str(error))


def _with_axes_of_today(state: ReviewState, decision: Decision) -> Decision:
    """An act that names a title on one of its axes, since when it was given one alone: it is about that title."""

    def today(key: str) -> str:
        title_id, _, axis = key.rpartition("-")
        return title_id if key not in state.titled and axis in COMPASS_CODES and title_id in state.titled else key

    target, before, after = decision.target, decision.before, decision.after
    named = {*target.groups, *before.members, *before.titles, after.group_id or ""}
    if all(today(key) == key for key in named):
        return decision
    held = {name: {today(key): of for key, of in getattr(before, name).items()} for name in ("members", "titles")}
    own = {
        "target": target.model_copy(update={"groups": tuple(dict.fromkeys(map(today, target.groups)))}),
        "before": before.model_copy(update=held),
        "after": after.model_copy(update={"group_id": after.group_id and today(after.group_id)}),
    }
    return decision.model_copy(update=own)


def followed(state: ReviewState, log: Log) -> tuple[int, str]:
    """How many ideas stand where a written page tells them, nobody having decided of them since, and the act that put
    them there."""
    undone = log.undone()
    act = next((one for one in log.decisions[::-1] if one.op == FOLLOWING and one.decision_id not in undone), None)
    if act is None:
        return 0, ""
    found = filter(None, (find_item(state, anchor) for anchor in act.target.items))
    open_ones = [item for item in found if item.group_id in state.titled and item.item_id not in state.placed]
    titles = ((state.titled[str(item.group_id)].title_id, state.chosen.get(item.item_id)) for item in open_ones)
    return sum(now == chosen for now, chosen in titles), act.decision_id


UNDONE = Outcome("annulee", "Annulé ; se rétablit depuis l'historique.")


@dataclass(frozen=True)
class Replayed:
    """The state after the log, and decision id → what became of it."""

    state: ReviewState
    outcomes: dict[str, Outcome]


def replay(start: ReviewState, log: Log, is_kept: bool = True) -> Replayed:
    """Do every act that is not undone, in order, on a copy of `start`, or on itself when it need not be kept."""
    state = start.copy() if is_kept else start
    undone, outcomes = log.undone(), dict[str, Outcome]()
    known = {decision.decision_id for decision in log.decisions}
    for decision in log.decisions:
        if not decision.is_undo_or_redo:
            outcome = UNDONE if decision.decision_id in undone else apply(state, decision)
        elif decision.target.decision_id in known:
            outcome = Outcome("rejouee")
        else:
            outcome = Outcome("orpheline", "L'acte à annuler ou rétablir est inconnu.")
        outcomes[decision.decision_id] = outcome
    count_again(state)
    return Replayed(state, outcomes)
