"""Every kind of decision, one row each (`pipeline.review.log.op.Op`); the log, the page and the history read them here.

A new kind is a row in the module of what it is about, and its form in a template of the page.
"""

from __future__ import annotations

from typing import Final

from pipeline.review.log.decisions import REDO, UNDO, Decision
from pipeline.review.log.on_groups import GROUP_OPS, MOVE_OPS
from pipeline.review.log.on_items import ITEM_OPS, NAME_OPS
from pipeline.review.log.on_pairs import PAIR_OPS
from pipeline.review.log.on_titles import TITLE_OPS
from pipeline.review.log.op import Op, Story
from pipeline.review.log.state import ReviewState


def _nothing(_: ReviewState, __: Decision) -> str:
    return ""


_CHOICES = (  # undo and redo choose which acts are replayed; what people said to one another is of logs of 0.2.0
    Op(UNDO, "decision", apply=_nothing, tell=lambda _: "a annulé un acte"),
    Op(REDO, "decision", apply=_nothing, tell=lambda _: "a rétabli un acte"),
    Op("commenter", "items or groups", apply=_nothing, tell=lambda story: f"a commenté {story.what}", is_beside=True),
    Op("confier", "groups", apply=_nothing, tell=lambda story: f"a confié {story.group}", is_beside=True),
)
OPS: Final[dict[str, Op]] = {
    op.name: op for op in (*GROUP_OPS, *ITEM_OPS, *MOVE_OPS, *PAIR_OPS, *TITLE_OPS, *NAME_OPS, *_CHOICES)
}


def flaw(decision: Decision) -> str:
    """Why a decision cannot be done by anyone: an unknown op, or what it does not say; "" when it can."""
    op = OPS.get(decision.op)
    if op is None:
        return f"op : « {decision.op[:40]} »"
    lacking = op.lacks(decision)
    return f"il y manque {lacking}" if lacking else ""


def describe(state: ReviewState, decision: Decision) -> str:
    """What an act did, told in French: a clause whose subject is the person ("a renommé…")."""
    return OPS[decision.op].tell(Story(state, decision))
