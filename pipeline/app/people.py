"""Who does what: history, disagreements, the blind control; and who else is on the page, asked every two seconds."""

from __future__ import annotations

import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline.app.desk import NOBODY, Desk, author_of, cut, page_number
from pipeline.axes import compass
from pipeline.contracts.labels import STANCE_NAMES
from pipeline.contracts.numbers import whole_number
from pipeline.language.text.typography import joined, typeset
from pipeline.review.agreement import (
    Disagreement,
    agreements,
    control_sample,
    disagreements,
    judgements,
    precision_by_axis,
)
from pipeline.review.log.ops import describe

WATCH = "Rosace-Veille"
"""The header of a page that asks for itself again because others did something."""
GONE_S = 8.0
"""Without a sign for so long, someone has closed the page."""
N_TOLD = 3
"""Acts of others that are told one by one; of more, only their number."""


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
        "page": cut(rows, page_number(request), desk.settings.review.paroles_par_page),
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
        "address": f"parole/{row.target}" if is_item else f"groupe/{row.target}",
        "votes": [(who, names.get(value, value)) for who, value in row.votes],
    }


def control(desk: Desk, request: Request) -> dict[str, Any]:
    """The blind sample, for the analyst; what the person at the keyboard has answered is left out."""
    session, author = desk.session, author_of(request)
    sample = control_sample(session.start, desk.settings.graine, desk.settings.review.controle_par_axe)
    blind = judgements(session.state, session.log, blind=True)
    done = {judgement.target for judgement in blind if judgement.author == author}
    rows = [session.state.items[key] for key in sample if key not in done]
    return {
        "page": cut(rows, page_number(request), desk.settings.review.taille_lot),
        "n_sample": len(sample),
        "n_done": len(sample) - len(rows),
        "precision": precision_by_axis(session.start, blind),
        "agreements": agreements(judgements(session.state, session.log) + blind),
    }


def look(desk: Desk, request: Request) -> Response:
    """How many acts there are, what those that this page has not seen are, and who else is there."""
    desk.session.sync()
    author, seen = author_of(request), request.query_params.get("depuis", "")
    desk.presence[author] = time.monotonic()
    acts = desk.session.log.decisions
    known = whole_number(seen)
    start = len(acts) if known is None else known
    news = acts[start:]
    if len(news) > N_TOLD:
        what = f"{len(news)} actes viennent d’être faits par {joined(sorted({act.author for act in news}))}."
    else:
        what = " ".join(typeset(f"{act.author} {describe(desk.session.state, act)}.") for act in news)
    return JSONResponse({"n": len(acts), "quoi": what, "avec": others(desk, author)})


def others(desk: Desk, author: str) -> str:
    """Who else is on the page now, "" when nobody is."""
    now = time.monotonic()
    names = sorted(name for name, at in desk.presence.items() if now - at < GONE_S and name not in (author, NOBODY))
    return f"Avec {joined(names)}" if names else ""


def company(desk: Desk, author: str) -> dict[str, Any]:
    """What every screen shows of the others: who is there, who has decided or is there, how many acts are shown."""
    acts = desk.session.log.decisions
    names = {act.author for act in acts} | set(desk.presence)
    return {"others": others(desk, author), "people": sorted(names - {NOBODY, ""}), "n_seen": len(acts)}
