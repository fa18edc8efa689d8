"""Acts told in French, for the history, the messages and the list of what could not be replayed."""

from __future__ import annotations

from pipeline.review.log.decisions import Decision
from pipeline.review.log.ops import OPS
from pipeline.review.log.state import ReviewState
from pipeline.review.log.story import Story


def describe(state: ReviewState, decision: Decision) -> str:
    """What an act did: a clause whose subject is the person ("a renommé…")."""
    return OPS[decision.op].tell(Story(state, decision))
