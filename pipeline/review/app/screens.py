"""The screens: address, what it shows, template."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pipeline.axes import AXIS_CODES, COMPASS_CODES, compass
from pipeline.review.agreement import (
    Disagreement,
    agreements,
    control_sample,
    disagreements,
    judgements,
    precision_by_axis,
)
from pipeline.review.app import views
from pipeline.review.find import find_words, participants_page
from pipeline.review.history import STANCE_NAMES, describe
from pipeline.review.state import Group, Item

if TYPE_CHECKING:
    from pipeline.review.app.server import Desk

View = Callable[["Desk", Request], dict[str, Any]]
NAME_COOKIE = "rosace_prenom"
NOBODY = "Relecture"
TABS = (
    ("/", "Le brouillon"),
    ("/groupes", "Les groupes"),
    ("/a-relire", "À relire"),
    ("/liens", "Liens et positions"),
    ("/reste", "Le reste"),
    ("/noms", "Noms"),
    ("/historique", "Historique"),
    ("/retrouver", "Retrouver ma parole"),
)


def frame(desk: Desk, request: Request) -> dict[str, Any]:
    """What every screen shows around its own content."""
    query = f"?{request.url.query}" if request.url.query else ""
    names = views.names_to_check(desk.session, desk.names)
    return {
        "title": desk.title,
        "tabs": TABS,
        "path": request.url.path,
        "here": request.url.path + query,
        "progress": views.progress(desk.session, desk.draft),
        "n_names": sum(row["decided"] is None for row in names),
        "undoable": desk.session.undoable() is not None,
        "redoable": desk.session.redoable() is not None,
        "log_path": desk.session.run.path / "decisions.jsonl",
        "state": desk.session.state,
        "in_draft": set(desk.draft.group_ids),
        "session": desk.session,
    }


def author_of(request: Request) -> str:
    """Who acts: the first name given in this browser."""
    return unquote(request.cookies.get(NAME_COOKIE, ""))[:40].strip() or NOBODY


def _number(request: Request) -> int:
    given = request.query_params.get("p", "1")
    return int(given) if given.isdecimal() and len(given) < 9 else 1


def _choice(request: Request, name: str, allowed: tuple[str, ...]) -> str:
    given = request.query_params.get(name, "")
    return given if given in allowed else ""


def _group(desk: Desk, group_id: str) -> Group:
    group = desk.session.state.groups.get(group_id)
    if group is None:
        raise HTTPException(404)
    return group


def draft(desk: Desk, _: Request) -> dict[str, Any]:
    """The one-page draft beside the rose, and what to do next."""
    todo = [desk.session.state.groups[key] for key in desk.draft.group_ids if key in desk.session.state.groups]
    return {
        "sections": desk.draft.sections,
        "next_group": next((group for group in todo if not views.is_done(group)), None),
        "has_rose": desk.rose is not None,
        "is_stale": bool(desk.draft.sections) and _is_stale(desk),
    }


def _is_stale(desk: Desk) -> bool:
    """Whether acts were done since the draft was written."""
    return any(decision.decision_id not in desk.drafted for decision in desk.session.log.decisions)


def groups(desk: Desk, request: Request) -> dict[str, Any]:
    """Groups of the draft first, or all, filtered and searched."""
    scope = _choice(request, "portee", ("brouillon", "tous")) or "brouillon"
    axis = _choice(request, "axe", COMPASS_CODES)
    kept = _choice(request, "etat", ("machine", "accepte", "a_revoir", "rejete"))
    query = request.query_params.get("q", "")[:200]
    found = views.list_groups(desk.session, desk.draft, scope, axis, kept, query)
    page = views.cut(found, _number(request), desk.page_size // 2)
    return {"page": page, "scope": scope, "axis": axis, "kept": kept, "query": query}


def group(desk: Desk, request: Request) -> dict[str, Any]:
    """One group: its words, and all that can be done with it."""
    state = desk.session.state
    found = _group(desk, request.path_params["group_id"])
    items = state.items_of(found.group_id)
    siblings = state.ordered_groups(found.axis)
    order = [key for key in desk.draft.group_ids if key in state.groups]
    place = order.index(found.group_id) if found.group_id in order else -1
    return {
        "group": found,
        "page": views.cut(items, _number(request), desk.page_size),
        "n_doubtful": sum(item.status == "a_relire" for item in items),
        "n_against": sum(item.stance == "contre" for item in items),
        "siblings": [other for other in siblings if other is not found],
        "position": siblings.index(found),
        "next_group": state.groups[order[place + 1]] if 0 <= place < len(order) - 1 else None,
        "previous_group": state.groups[order[place - 1]] if place > 0 else None,
        "answers": _answers(desk, found),
    }


def _answers(desk: Desk, group: Group) -> list[tuple[Group, int]]:
    """Groups linked to this one, by number of links that nobody judged wrong."""
    state, met = desk.session.state, dict[str, int]()
    for (obstacle, answer), link in state.links.items():
        ends = (state.items[obstacle].group_id, state.items[answer].group_id)
        if link.state != "faux" and group.group_id in ends:
            other = ends[1] if ends[0] == group.group_id else ends[0]
            if other is not None:
                met[other] = met.get(other, 0) + 1
    return [(state.groups[key], met[key]) for key in sorted(met, key=lambda key: (-met[key], key))]


def merge(desk: Desk, request: Request) -> dict[str, Any]:
    """What two groups would be once merged."""
    kept = _group(desk, request.query_params.get("garder", ""))
    other = _group(desk, request.query_params.get("avec", ""))
    if kept is other or kept.axis != other.axis:
        raise HTTPException(404)
    both = [desk.session.state.items_of(group.group_id) for group in (kept, other)]
    tables = {
        (source.workshop, source.table)
        for items in both
        for item in items
        if (source := desk.session.state.sources[item.contribution_id]).table is not None
    }
    return {"kept": kept, "other": other, "both": both, "n_tables": len(tables)}


def doubtful(desk: Desk, request: Request) -> dict[str, Any]:
    """Items to re-read, in batches."""
    return {"page": views.cut(views.doubtful(desk.session, desk.draft), _number(request), desk.batch_size)}


def links(desk: Desk, request: Request) -> dict[str, Any]:
    """Links between obstacles and answers; groups with two sides."""
    page = views.cut(views.bundle_links(desk.session, desk.draft), _number(request), desk.batch_size)
    return {"page": page, "sides": views.stances(desk.session)[: desk.batch_size]}


def rest(desk: Desk, request: Request) -> dict[str, Any]:
    """Weak signals, items off the axes, hidden ones: to group, move, show."""
    kind = _choice(request, "voir", ("signaux", "hors_axe", "masquees", "toutes")) or "signaux"
    axis = _choice(request, "axe", AXIS_CODES)
    query = request.query_params.get("q", "")[:200]
    page = views.cut(views.rest(desk.session, kind, axis, query), _number(request), desk.page_size)
    return {"page": page, "kind": kind, "axis": axis, "query": query}


def names(desk: Desk, request: Request) -> dict[str, Any]:
    """Suspected names."""
    return {"page": views.cut(views.names_to_check(desk.session, desk.names), _number(request), desk.batch_size)}


def item(desk: Desk, request: Request) -> dict[str, Any]:
    """One item, its context, its source, its neighbours, and all that can be done with it."""
    found: Item | None = desk.session.state.items.get(request.path_params["item_id"])
    if found is None:
        raise HTTPException(404)
    return {"item": found, "source": desk.session.state.sources[found.contribution_id]}


def history(desk: Desk, request: Request) -> dict[str, Any]:
    """Every act, the last first; those that could not be replayed, with what to do."""
    session = desk.session
    undone = session.log.undone()
    acts = [decision for decision in reversed(session.log.decisions) if decision.op not in ("undo", "redo")]
    rows = [(decision, describe(session.state, decision), decision.decision_id in undone) for decision in acts]
    lost = [row for row in rows if session.outcomes[row[0].decision_id].state in ("orpheline", "conflit")]
    return {
        "page": views.cut(rows, _number(request), desk.page_size),
        "lost": lost,
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
        "page": views.cut(rows, _number(request), desk.batch_size),
        "n_sample": len(sample),
        "n_done": len(sample) - len(rows),
        "precision": precision_by_axis(session.start, blind),
        "agreements": agreements(judgements(session.state, session.log) + blind),
    }


def find(desk: Desk, request: Request) -> dict[str, Any]:
    """Some words → where they went."""
    query = request.query_params.get("q", "")[:300]
    return {"query": query, "found": find_words(desk.session.state, query, desk.draft.item_ids) if query else []}


def changes(desk: Desk, _: Request) -> dict[str, Any]:
    """What the draft has become."""
    return {"changes": desk.changes, "warnings": desk.warnings}


def participants_file(desk: Desk) -> Response:
    """The offline page of participants."""
    html = participants_page(desk.session.state, desk.draft.item_ids, desk.title, desk.small_table)
    headers = {"Content-Disposition": 'attachment; filename="retrouver-ma-parole.html"'}
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)


SCREENS: tuple[tuple[str, View, str], ...] = (
    ("/", draft, "draft.html"),
    ("/groupes", groups, "groups.html"),
    ("/groupe/{group_id}", group, "group.html"),
    ("/fusion", merge, "merge.html"),
    ("/a-relire", doubtful, "doubtful.html"),
    ("/liens", links, "links.html"),
    ("/reste", rest, "rest.html"),
    ("/noms", names, "names.html"),
    ("/parole/{item_id}", item, "item.html"),
    ("/historique", history, "history.html"),
    ("/controle", control, "control.html"),
    ("/retrouver", find, "find.html"),
    ("/changements", changes, "changes.html"),
)
