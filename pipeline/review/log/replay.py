"""Replay the log: choose the acts that stand, do them in order, and tell what became of each line."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.review.log.anchors import ActError
from pipeline.review.log.decisions import Decision
from pipeline.review.log.lines import Log
from pipeline.review.log.ops import OPS
from pipeline.review.log.spread import count_again
from pipeline.review.log.state import ReviewState


@dataclass(frozen=True)
class Outcome:
    """What became of an act: one of `DECISION_STATES`, and what to do, in French ("" when all is well)."""

    state: str
    message: str = ""


def apply(state: ReviewState, decision: Decision) -> Outcome:
    """Do one act (not undo or redo, which choose the acts that are replayed), and count what it changed."""
    outcome = _done(state, decision)
    count_again(state)
    return outcome


def _done(state: ReviewState, decision: Decision) -> Outcome:
    try:
        return Outcome("rejouee", OPS[decision.op].apply(state, decision))
    except ActError as error:
        return Outcome(error.state, str(error))


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
        if decision.is_undo_or_redo:
            is_known = decision.target.decision_id in known
            outcomes[decision.decision_id] = (
                Outcome("rejouee") if is_known else Outcome("orpheline", "L'acte à annuler ou rétablir est inconnu.")
            )
        elif decision.decision_id in undone:
            outcomes[decision.decision_id] = UNDONE
        else:
            outcomes[decision.decision_id] = _done(state, decision)
    count_again(state)
    return Replayed(state, outcomes)
