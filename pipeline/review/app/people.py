"""Screens about who did what: history, disagreements, the blind control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from starlette.requests import Request

from pipeline.axes import compass
from pipeline.contracts.labels import STANCE_NAMES
from pipeline.review.agreement import (
    Disagreement,
    agreements,
    control_sample,
    disagreements,
    judgements,
    precision_by_axis,
)
from pipeline.review.app import views
from pipeline.review.log.ops import describe

if TYPE_CHECKING:
    from pipeline.review.app.desk import Desk

NAME_COOKIE = "rosace_prenom"
NOBODY = "Relecture"


def author_of(request: Request) -> str:
    """Who acts: the first name given in this browser."""
    return unquote(request.cookies.get(NAME_COOKIE, ""))[:40].strip() or NOBODY


def page_number(request: Request) -> int:
    """The page of a list that the address asks for, from 1."""
    given = request.query_params.get("p", "1")
    return int(given) if given.isdecimal() and len(given) < 9 else 1


def history(desk: Desk, request: Request) -> dict[str, Any]:
    """Every act, the last first; those that could not be replayed, with what to do.

    Blind answers are the analyst's: they are listed apart.
    """
    session, is_blind = desk.session, request.query_params.get("controle") == "oui"
    undone = session.log.undone_by()
    done = [decision for decision in reversed(session.log.decisions) if not decision.is_undo_or_redo]
    acts = [decision for decision in done if (decision.op == "controle") == is_blind]
    rows = [(decision, describe(session.state, decision), undone.get(decision.decision_id)) for decision in acts]
    lost = [row for row in rows if session.outcomes[row[0].decision_id].state in ("orpheline", "conflit")]
    return {
        "page": views.cut(rows, page_number(request), desk.page_size),
        "lost": lost,
        "is_blind": is_blind,
        "disputes": [_dispute(desk, row) for row in disagreements(judgements(session.state, session.log))],
        "bad_lines": session.log.bad_lines,
        "outcomes": session.outcomes,
    }


def _dispute(desk: Desk, row: Disagreement) -> dict[str, Any]:
    """A disagreement as shown: what it is about, where to settle it, who says what."""
    state, is_item = desk.session.state, row.target in desk.session.state.items
    names = {code: axis.name for code, axis in compass().items()} | STANCE_NAMES
    names |= {"accept": "accepté", "revoir": "à revoir", "reject": "rejeté"}
    return {
        "field": row.field,
        "text": state.items[row.target].text if is_item else state.groups[row.target].title,
        "address": f"/parole/{row.target}" if is_item else f"/groupe/{row.target}",
        "votes": [(who, names.get(value, value)) for who, value in row.votes],
    }


def control(desk: Desk, request: Request) -> dict[str, Any]:
    """The blind sample, for the analyst; what the person at the keyboard has answered is left out."""
    session, author = desk.session, author_of(request)
    sample = control_sample(session.start, desk.seed, desk.control_size)
    blind = judgements(session.state, session.log, blind=True)
    done = {judgement.target for judgement in blind if judgement.author == author}
    rows = [session.state.items[key] for key in sample if key not in done]
    return {
        "page": views.cut(rows, page_number(request), desk.batch_size),
        "n_sample": len(sample),
        "n_done": len(sample) - len(rows),
        "precision": precision_by_axis(session.start, blind),
        "agreements": agreements(judgements(session.state, session.log) + blind),
    }
