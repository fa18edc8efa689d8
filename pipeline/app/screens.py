"""Screens of the page: address, what it shows from the state in memory, template.

Lists are cut in pages so that every act stays quick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pipeline.app.asking import ask
from pipeline.app.desk import Desk, at_of, author_of, cut, page_number
from pipeline.app.document import Passage, ShownDraft, in_places, passages
from pipeline.app.linking import link_by_hand, ties
from pipeline.app.people import company, control, history
from pipeline.app.places import documents
from pipeline.app.search import search, who
from pipeline.app.titles import deciding, items_to_place
from pipeline.app.wall import wall
from pipeline.contracts.labels import PART_NAMES
from pipeline.review.exchange.own_words import trace
from pipeline.review.exchange.participants import participants_page
from pipeline.review.log.anchors import items_under
from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.log.on_items import places_of
from pipeline.review.log.ops import OPS
from pipeline.review.log.state import ReviewState
from pipeline.review.session import Session
from pipeline.workshop.records import Group, Item, Source

View = Callable[[Desk, Request], dict[str, Any]]
N_PLANNED = 200
"""Lines of a plan that the screen shows."""
N_TO_QUOTE = 12
"""Words of a group that the text proposes to quote; all of them stand on the screen of the group."""
RECORDINGS = {".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".wav": "audio/wav", ".m4a": "audio/mp4"}
"""Ends of names that a browser plays, and how they are told to it."""
TABS = (
    ("", "Atelier"),
    ("/mur", "Le mur"),
    ("/a-placer", "À placer"),
    ("/brouillon", "Le texte"),
    ("/meme", "La même chose ?"),
    ("/a-relire", "À relire"),
    ("/paroles", "Les paroles"),
    ("/noms", "Noms"),
    ("/historique", "Historique"),
    ("/echanger", "Échanger"),
)
"""Screens of a workshop, the first ones always in sight."""


# progress --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far the review is: titles that a person gave or accepted, of them those accepted, words to re-read, acts."""

    n_titles: int
    n_accepted: int
    n_doubtful: int
    n_acts: int


def is_done(group: Group) -> bool:
    """Whether a person judged the group."""
    return group.state in ("accepte", "rejete")


def progress(session: Session) -> Progress:
    """Counts of the header, of the state of now: the text may be older."""
    state, undone = session.state, session.log.undone()

    def title_of(key: str) -> str:
        return state.titled[key].title_id if key in state.titled else key

    accepted = {title_of(key) for key, group in state.groups.items() if group.state == "accepte"}
    return Progress(
        n_titles=len(accepted | set(deciding(state))),
        n_accepted=len(accepted),
        n_doubtful=sum(item.status == "a_relire" for item in state.items.values()),
        n_acts=sum(not d.is_undo_or_redo and d.decision_id not in undone for d in session.log.decisions),
    )


# lists -----------------------------------------------------------------------------------------------------


def items_to_reread(session: Session, draft: ShownDraft) -> list[Item]:
    """Items to re-read: those that change the text most; then of the most widely met groups."""
    state = session.state

    def rank(item: Item) -> tuple[int, float, float, str]:
        group = state.groups.get(item.group_id or "")
        return (draft.effect(item), -(group.recurrence if group else 0.0), item.confidence, item.item_id)

    return sorted((item for item in state.items.values() if item.status == "a_relire"), key=rank)


# names -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NamePlace:
    """A name in a contribution, what the machine saw in it, and what was decided: masqué, nommé avec accord, gardé."""

    anchor: ItemAnchor
    source: Source
    reason: str
    decided: str

    @property
    def span(self) -> str:
        """As a form sends it back."""
        anchor = self.anchor
        return f"{anchor.contribution_id}|{anchor.start}|{anchor.end}|{anchor.text}"


@dataclass(frozen=True)
class NameCard:
    """A suspected name and its places; settled once something was decided about each."""

    name: str
    places: tuple[NamePlace, ...]

    @property
    def is_settled(self) -> bool:
        """Whether something was decided about every place."""
        return all(place.decided for place in self.places)


def names_to_check(session: Session, suggestions: Iterable[dict[str, Any]]) -> list[NameCard]:
    """Suspected names, each once with all its places, those not yet settled first, then the most frequent."""
    by_name: dict[str, list[NamePlace]] = {}
    for row in suggestions:
        anchor = ItemAnchor(**{name: row[name] for name in ("contribution_id", "start", "end", "text")})
        if anchor.contribution_id in session.state.sources:
            by_name.setdefault(anchor.text, []).append(_name_place(session, anchor, row["reason"]))
    cards = [NameCard(name, tuple(places)) for name, places in by_name.items()]
    return sorted(cards, key=lambda card: (card.is_settled, -len(card.places), card.name))


def name_card(session: Session, words: str, anchors: Iterable[ItemAnchor]) -> NameCard:
    """Words that someone looked up, as a card."""
    return NameCard(words, tuple(_name_place(session, anchor, "") for anchor in anchors))


def _name_place(session: Session, anchor: ItemAnchor, reason: str) -> NamePlace:
    state, span = session.state, (anchor.start, anchor.end)
    items = items_under(state, anchor)
    said = (("masqué", "masks"), ("nommé avec accord", "named"), ("gardé", "not_names"))
    decided = next((name for name, field in said if any(span in getattr(item, field) for item in items)), "")
    return NamePlace(anchor, state.sources[anchor.contribution_id], reason, decided)


# screens ---------------------------------------------------------------------------------------------------


def frame(desk: Desk, request: Request) -> dict[str, Any]:
    """What every screen shows around its own content."""
    return {
        "title": desk.title,
        "tabs": TABS,
        "screen": unquote(request.url.path).removeprefix(unquote(at_of(request))),
        "progress": progress(desk.session),
        "n_names": sum(not card.is_settled for card in names_to_check(desk.session, desk.names)),
        "undoable": desk.session.undoable() is not None,
        "redoable": desk.session.redoable() is not None,
        "state": desk.session.state,
        "in_draft": set(desk.draft.group_ids),
        "session": desk.session,
        **company(desk, author_of(request)),
    }


def _group(desk: Desk, request: Request, group_id: str) -> Group:
    group = desk.session.state.groups.get(group_id)
    if group is None:
        became = desk.session.became(group_id)
        if became is None:
            raise HTTPException(404)
        raise HTTPException(303, headers={"Location": f"{at_of(request)}/groupe/{became}"})
    return group


def text(desk: Desk, request: Request) -> dict[str, Any]:
    """The text, which can be edited where it stands, and what to do next."""
    state = desk.session.state
    told = [state.groups[key] for key in desk.draft.group_ids if key in state.groups]
    places = state.positions() if _is_stale(desk, "order") else {}
    found = [
        (section, in_places(passages(section, state), places))
        for section in desk.draft.sections
        if not section.is_annex
    ]
    return {
        "sections": found,
        "moves": {key: moves for _, here in found for key, moves in _moves(state, here).items()},
        "parts": PART_NAMES,
        "members": {group.group_id: _to_quote(desk, group) for group in told},
        "quoted": desk.draft.item_ids,
        "documents": documents(desk.session.run.path),
        "has_rose": _rose(desk).is_file(),
        "groups": told,
        "is_stale": bool(desk.draft.sections) and _is_stale(desk),
        **_to_do(desk, request, told),
    }


def _to_do(desk: Desk, request: Request, told: Sequence[Group]) -> dict[str, Any]:
    """What is left to look at before the text is signed."""
    state = desk.session.state
    return {
        "next_group": next((group for group in told if not is_done(group)), None),
        "n_urgent": sum(desk.draft.effect(item) < 2 for item in items_to_reread(desk.session, desk.draft)),
        "n_proposed": sum(group.group_id in state.titled and not is_done(group) for group in told),
        "turns": [group for group in state.groups.values() if group.turn == author_of(request)],
    }


def _moves(state: ReviewState, here: Sequence[Passage]) -> dict[str, tuple[int | None, int | None]]:
    """Group of a section → the place on its axis of the one told before it and of the one told after it, which an act
    gives it; None where there is none."""
    told = [passage.group_id for passage in here if passage.group_id]
    axes = {state.groups[key].axis for key in told}
    places = {group.group_id: rank for axis in axes for rank, group in enumerate(state.ordered_groups(axis))}
    around = zip(told, [None, *told], [*told[1:], None], strict=False)
    return {key: (places.get(before or ""), places.get(after or "")) for key, before, after in around}


def _to_quote(desk: Desk, group: Group) -> list[Item]:
    """Members of a group among which a person may choose who is quoted: those who are first, then the others."""
    items = [item for item in desk.session.state.items_of(group.group_id) if item.is_quotable and not item.is_hidden]
    return sorted(items, key=lambda item: item.item_id not in desk.draft.item_ids)[:N_TO_QUOTE]


def _is_stale(desk: Desk, op: str = "") -> bool:
    """Whether acts that may change the text, of one op when asked, were done since the draft was written."""
    acts = (one for one in desk.session.log.decisions if not OPS[one.op].is_beside and op in ("", one.op))
    return any(decision.decision_id not in desk.drafted for decision in acts)


def group(desk: Desk, request: Request) -> dict[str, Any]:
    """One group: its words, and all that can be done with it."""
    state = desk.session.state
    shown = _group(desk, request, request.path_params["group_id"])
    items = state.items_of(shown.group_id)
    siblings = state.ordered_groups(shown.axis)
    order = [key for key in desk.draft.group_ids if key in state.groups]
    place = order.index(shown.group_id) if shown.group_id in order else -1
    return {
        "group": shown,
        "page": cut(items, page_number(request), desk.settings.review.paroles_par_page),
        "n_doubtful": sum(item.status == "a_relire" for item in items),
        "siblings": [other for other in siblings if other is not shown],
        "next_group": state.groups[order[place + 1]] if 0 <= place < len(order) - 1 else None,
        "previous_group": state.groups[order[place - 1]] if place > 0 else None,
        "ties": ties(state, state.members[shown.group_id]),
        "who": who(state, shown.group_id),
    }


def doubtful(desk: Desk, request: Request) -> dict[str, Any]:
    """Items to re-read, in batches."""
    items = items_to_reread(desk.session, desk.draft)
    page = cut(items, page_number(request), desk.settings.review.taille_lot)
    return {
        "page": page,
        "effects": {item.item_id: desk.draft.effect(item) for item in page.rows},
        "n_urgent": sum(desk.draft.effect(item) < 2 for item in items),
    }


def to_place(desk: Desk, request: Request) -> dict[str, Any]:
    """What no title of people takes, what goes together side by side, each with its two likeliest titles."""
    state, sorting = desk.session.state, desk.sorting()
    page = cut(items_to_place(state, sorting), page_number(request), desk.settings.review.taille_lot)
    return {
        "page": page,
        "likeliest": {item.item_id: sorting.likeliest[item.item_id] for item in page.rows},
        "given": deciding(state),
    }


def names(desk: Desk, request: Request) -> dict[str, Any]:
    """Suspected names, and where any other word stands."""
    query = " ".join(request.query_params.get("mot", "").split())[:100]
    return {
        "page": cut(names_to_check(desk.session, desk.names), page_number(request), desk.settings.review.taille_lot),
        "query": query,
        "looked_up": name_card(desk.session, query, places_of(query, desk.session.state.sources.values()))
        if query
        else None,
    }


def item(desk: Desk, request: Request) -> dict[str, Any]:
    """One item, its context, its source, its neighbours, and all that can be done with it."""
    shown: Item | None = desk.session.state.items.get(request.path_params["item_id"])
    if shown is None:
        raise HTTPException(404)
    state = desk.session.state
    return {
        "item": shown,
        "source": state.sources[shown.contribution_id],
        "trace": trace(state, shown, desk.draft.places),
        "ties": ties(state, [shown.item_id]),
        "is_heard": heard(desk, shown) is not None,
        "given": deciding(state),
    }


def recording_of(source: Source, corpus: Path) -> Path | None:
    """The recording of a contribution: named as its transcript, in the same folder of the corpus; None without one."""
    place = PurePosixPath(source.source)
    if source.start_s is None or place.is_absolute() or ".." in place.parts:
        return None
    transcript = corpus / place
    recordings = (transcript.with_suffix(end) for end in RECORDINGS) if transcript.is_file() else ()
    return next((path for path in recordings if path.is_file() and not path.is_symlink()), None)


def heard(desk: Desk, item: Item) -> Path | None:
    """The recording of an item, when it lies beside its transcript."""
    corpus = desk.session.run.load_manifest().get("corpus")
    return recording_of(desk.session.state.sources[item.contribution_id], Path(corpus)) if corpus else None


def sound(desk: Desk, request: Request) -> Response:
    """The recording of an item, by parts as the browser asks for them; it goes in no file that leaves."""
    heard_item = desk.session.state.items.get(request.path_params["item_id"])
    path = heard(desk, heard_item) if heard_item is not None else None
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type=RECORDINGS[path.suffix])


def exchange(desk: Desk, request: Request) -> dict[str, Any]:
    """What can be sent, and what the file that came back asks for."""
    return {"pending": desk.pending.get(author_of(request)), "n_shown": N_PLANNED}


def _rose(desk: Desk) -> Path:
    return desk.session.run.path / "rose_carre.svg"


def rose(desk: Desk, _: Request) -> Response:
    """The rose of the run, as the document shows it."""
    if not _rose(desk).is_file():
        raise HTTPException(404)
    return FileResponse(_rose(desk), media_type="image/svg+xml")


def changes(desk: Desk, _: Request) -> dict[str, Any]:
    """What the draft has become."""
    return {"changes": desk.changes, "warnings": desk.warnings}


def participants_file(desk: Desk, _: Request) -> Response:
    """« Retrouver ma parole » in one file."""
    html = participants_page(
        desk.session.state, desk.draft.sections, desk.rejects, desk.title, desk.settings.review.petite_table
    )
    headers = {"Content-Disposition": 'attachment; filename="retrouver-ma-parole.html"'}
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)


SCREENS: tuple[tuple[str, View, str], ...] = (
    ("/brouillon", text, "text.html"),
    ("/groupe/{group_id}", group, "group.html"),
    ("/mur", wall, "wall.html"),
    ("/relier", link_by_hand, "link.html"),
    ("/meme", ask, "ask.html"),
    ("/a-placer", to_place, "to_place.html"),
    ("/a-relire", doubtful, "doubtful.html"),
    ("/paroles", search, "search.html"),
    ("/noms", names, "names.html"),
    ("/parole/{item_id}", item, "item.html"),
    ("/historique", history, "history.html"),
    ("/controle", control, "control.html"),
    ("/echanger", exchange, "exchange.html"),
    ("/changements", changes, "changes.html"),
)
