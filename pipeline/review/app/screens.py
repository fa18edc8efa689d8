"""The screens: address, what it shows, template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pipeline.axes import COMPASS_CODES
from pipeline.review.app import views
from pipeline.review.app.asking import ask
from pipeline.review.app.exchanging import exchange
from pipeline.review.app.linking import link_by_hand, ties
from pipeline.review.app.live import company
from pipeline.review.app.people import author_of, control, history, page_number
from pipeline.review.app.search import search, who
from pipeline.review.app.wall import wall
from pipeline.review.exchange.heart import heart, heart_told
from pipeline.review.exchange.own_words import find_words, trace
from pipeline.review.exchange.participants import participants_page
from pipeline.review.log.on_items import places_of
from pipeline.review.log.ops import OPS
from pipeline.review.log.state import Group, Item
from pipeline.review.recordings import KINDS, recording_of

if TYPE_CHECKING:
    from pipeline.review.app.desk import Desk

View = Callable[["Desk", Request], dict[str, Any]]
TABS = (
    ("/", "Le brouillon"),
    ("/groupes", "Les groupes"),
    ("/mur", "Le mur"),
    ("/meme", "La même chose ?"),
    ("/a-relire", "À relire"),
    ("/liens", "Liens"),
    ("/paroles", "Les paroles"),
    ("/noms", "Noms"),
    ("/historique", "Historique"),
    ("/retrouver", "Retrouver"),
)


def frame(desk: Desk, request: Request) -> dict[str, Any]:
    """What every screen shows around its own content."""
    query = f"?{request.url.query}" if request.url.query else ""
    return {
        "title": desk.title,
        "tabs": TABS,
        "path": request.url.path,
        "here": request.url.path + query,
        "progress": views.progress(desk.session, desk.draft),
        "n_names": sum(not card.is_settled for card in views.names_to_check(desk.session, desk.names)),
        "undoable": desk.session.undoable() is not None,
        "redoable": desk.session.redoable() is not None,
        "log_path": desk.session.run.path / "decisions.jsonl",
        "state": desk.session.state,
        "in_draft": set(desk.draft.group_ids),
        "session": desk.session,
        **company(desk, author_of(request)),
    }


def _choice(request: Request, name: str, allowed: tuple[str, ...]) -> str:
    given = request.query_params.get(name, "")
    return given if given in allowed else ""


def _group(desk: Desk, group_id: str) -> Group:
    group = desk.session.state.groups.get(group_id)
    if group is None:
        became = desk.session.became(group_id)
        if became is None:
            raise HTTPException(404)
        raise HTTPException(303, headers={"Location": f"/groupe/{became}"})
    return group


def draft(desk: Desk, request: Request) -> dict[str, Any]:
    """The one-page draft beside the rose, its groups, and what to do next."""
    state = desk.session.state
    todo = [state.groups[key] for key in desk.draft.group_ids if key in state.groups]
    beyond = [group for group in _in_text(desk) if group.group_id not in set(desk.draft.group_ids)]
    return {
        "sections": desk.draft.brief,
        "groups": sorted(todo, key=lambda group: COMPASS_CODES.index(group.axis)),
        "next_group": next((group for group in todo if not views.is_done(group)), None),
        "n_beyond": len(beyond),
        "n_urgent": sum(desk.draft.effect(item) < 2 for item in views.doubtful(desk.session, desk.draft)),
        "per_axis": {axis: [views.is_done(group) for group in todo if group.axis == axis] for axis in COMPASS_CODES},
        "rose_alt": desk.draft.rose_alt if desk.rose is not None else "",
        "heart_told": heart_told(desk.draft.ideas) if heart(desk.draft.ideas) else "",
        "n_titles": sum(group.has_doubtful_title for group in _in_text(desk)),
        "n_turns": sum(group.turn == author_of(request) for group in state.groups.values()),
        "is_stale": bool(desk.draft.sections) and _is_stale(desk),
    }


def _in_text(desk: Desk) -> list[Group]:
    """The groups that the text speaks of and that are still there."""
    groups = desk.session.state.groups
    return [groups[key] for key in desk.draft.text_group_ids if key in groups]


def text(desk: Desk, _: Request) -> dict[str, Any]:
    """The whole text, of which the draft is the first page."""
    return {"sections": desk.draft.sections}


def _is_stale(desk: Desk) -> bool:
    """Whether acts that may change the text were done since the draft was written."""
    acts = (decision for decision in desk.session.log.decisions if not OPS[decision.op].is_beside)
    return any(decision.decision_id not in desk.drafted for decision in acts)


def groups(desk: Desk, request: Request) -> dict[str, Any]:
    """Groups of the draft first, or all, filtered and searched."""
    scope = _choice(request, "portee", ("brouillon", "texte", "tous")) or "brouillon"
    axis = _choice(request, "axe", COMPASS_CODES)
    kept = _choice(request, "etat", ("machine", "accepte", "a_revoir", "rejete", views.TO_TITLE))
    query = request.query_params.get("q", "")[:200]
    turn = request.query_params.get("suivi", "")[:40]
    found = views.followed(views.list_groups(desk.session, desk.draft, scope, axis, kept, query), turn)
    page = views.cut(found, page_number(request), desk.page_size // 2)
    return {
        "page": page, "scope": scope, "axis": axis, "kept": kept, "query": query, "turn": turn,
        "n_doubtful": {group.group_id: views.n_doubtful(desk.session, group) for group in page.rows},
        "has_map": desk.exporter is not None,
    }  # fmt: skip


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
        "page": views.cut(items, page_number(request), desk.page_size),
        "n_doubtful": sum(item.status == "a_relire" for item in items),
        "n_against": sum(item.stance == "contre" for item in items),
        "siblings": [other for other in siblings if other is not found],
        "position": siblings.index(found),
        "next_group": state.groups[order[place + 1]] if 0 <= place < len(order) - 1 else None,
        "previous_group": state.groups[order[place - 1]] if place > 0 else None,
        "ties": ties(state, state.members[found.group_id]),
        "who": who(state, found.group_id),
    }


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
    found = views.doubtful(desk.session, desk.draft)
    page = views.cut(found, page_number(request), desk.batch_size)
    return {
        "page": page,
        "effects": {item.item_id: desk.draft.effect(item) for item in page.rows},
        "n_urgent": sum(desk.draft.effect(item) < 2 for item in found),
    }


def links(desk: Desk, request: Request) -> dict[str, Any]:
    """What answers obstacles, objects to proposals or supports them; groups with two sides."""
    page = views.cut(views.bundle_links(desk.session, desk.draft), page_number(request), desk.batch_size)
    return {"page": page, "sides": views.stances(desk.session)[: desk.batch_size]}


def names(desk: Desk, request: Request) -> dict[str, Any]:
    """Suspected names, and where any other word stands."""
    query = " ".join(request.query_params.get("mot", "").split())[:100]
    return {
        "page": views.cut(views.names_to_check(desk.session, desk.names), page_number(request), desk.batch_size),
        "query": query,
        "looked_up": views.name_card(desk.session, query, places_of(query, desk.session.state.sources.values()))
        if query
        else None,
    }


def item(desk: Desk, request: Request) -> dict[str, Any]:
    """One item, its context, its source, its neighbours, and all that can be done with it."""
    found: Item | None = desk.session.state.items.get(request.path_params["item_id"])
    if found is None:
        raise HTTPException(404)
    state = desk.session.state
    return {
        "item": found,
        "source": state.sources[found.contribution_id],
        "trace": trace(state, found, desk.draft.places),
        "ties": ties(state, [found.item_id]),
        "is_heard": heard(desk, found) is not None,
    }


def heard(desk: Desk, item: Item) -> Path | None:
    """The recording of an item, when it lies beside its transcript."""
    corpus = desk.session.run.load_manifest().get("corpus")
    return recording_of(desk.session.state.sources[item.contribution_id], Path(corpus)) if corpus else None


def sound(desk: Desk, request: Request) -> Response:
    """The recording of an item, by parts as the browser asks for them; it goes in no file that leaves."""
    found = desk.session.state.items.get(request.path_params["item_id"])
    path = heard(desk, found) if found is not None else None
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type=KINDS[path.suffix])


def find(desk: Desk, request: Request) -> dict[str, Any]:
    """Some words → where they went."""
    query = request.query_params.get("q", "")[:300]
    left = desk.rejects[desk.rejects["reason"] != "vide"].to_dict("records")
    return {
        "query": query,
        "found": find_words(desk.session.state, query, desk.draft.places) if query else [],
        "rejects": left,
        "n_blank": len(desk.rejects) - len(left),
    }


def changes(desk: Desk, _: Request) -> dict[str, Any]:
    """What the draft has become."""
    return {"changes": desk.changes, "warnings": desk.warnings}


def participants_file(desk: Desk) -> Response:
    """The offline page of participants."""
    html = participants_page(desk.session.state, desk.draft.sections, desk.rejects, desk.title, desk.small_table)
    headers = {"Content-Disposition": 'attachment; filename="retrouver-ma-parole.html"'}
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)


SCREENS: tuple[tuple[str, View, str], ...] = (
    ("/", draft, "draft.html"),
    ("/texte", text, "text.html"),
    ("/groupes", groups, "groups.html"),
    ("/groupe/{group_id}", group, "group.html"),
    ("/fusion", merge, "merge.html"),
    ("/mur", wall, "wall.html"),
    ("/relier", link_by_hand, "link.html"),
    ("/meme", ask, "ask.html"),
    ("/a-relire", doubtful, "doubtful.html"),
    ("/liens", links, "links.html"),
    ("/paroles", search, "search.html"),
    ("/noms", names, "names.html"),
    ("/parole/{item_id}", item, "item.html"),
    ("/historique", history, "history.html"),
    ("/controle", control, "control.html"),
    ("/echanger", exchange, "exchange.html"),
    ("/retrouver", find, "find.html"),
    ("/changements", changes, "changes.html"),
)
