"""Several people on one run: what the others have just done, and who is there. The page asks every two seconds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline.language.text.typography import joined, typeset
from pipeline.review.app.people import NOBODY, author_of
from pipeline.review.log.decisions import Decision
from pipeline.review.log.ops import describe

if TYPE_CHECKING:
    from pipeline.review.app.desk import Desk

WATCH = "Rosace-Veille"
"""The header of a page that asks for itself again because others did something."""
GONE_S = 8.0
"""Without a sign for so long, someone has closed the page."""
N_TOLD = 3
"""Acts of others that are told one by one; of more, only their number."""


def look(desk: Desk, request: Request) -> Response:
    """How many acts there are, what those that this page has not seen are, and who else is there."""
    desk.session.sync()
    author, seen = author_of(request), request.query_params.get("depuis", "")
    desk.presence[author] = time.monotonic()
    acts = desk.session.log.decisions
    start = int(seen) if seen.isdecimal() and len(seen) < 9 else len(acts)
    return JSONResponse({"n": len(acts), "quoi": _told(desk, acts[start:]), "avec": others(desk, author)})


def _told(desk: Desk, acts: tuple[Decision, ...]) -> str:
    if len(acts) > N_TOLD:
        return f"{len(acts)} actes viennent d’être faits par {joined(sorted({act.author for act in acts}))}."
    return " ".join(typeset(f"{act.author} {describe(desk.session.state, act)}.") for act in acts)


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
