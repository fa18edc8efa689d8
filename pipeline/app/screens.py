"""Screens of a run: address, what it shows from the state in memory, template; its words looked for, linked, asked
about; who does what. Lists are cut in pages so that every act stays quick.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pipeline.app.desk import BATCH, LENGTHS, Desk, cut, page_number
from pipeline.app.document import Passage, in_places, passages
from pipeline.app.places import document_options, documents
from pipeline.app.rendering import n_of
from pipeline.app.titles import deciding, places_to_go
from pipeline.app.wall import wall
from pipeline.app.workspace import at_of, author_of
from pipeline.assistant.by_hand import MOVED, PAGE, REMADE, TAKEN_OUT, is_by_hand, judged, requests
from pipeline.axes import AXIS_CODES, COMPASS_CODES, HORS_AXE
from pipeline.contracts.draft import Refused, Sentence
from pipeline.contracts.labels import PART_NAMES
from pipeline.folder.kept import AnswerFiles
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.quantifiers import place_noun
from pipeline.restitution.rewriting.request import words_wanted
from pipeline.review.agreement import N_PLACINGS, drawn, judgements, precisions
from pipeline.review.exchange.alignment import flat
from pipeline.review.exchange.own_words import asked_as, group_of, how_told, item_of, participants_page, trace
from pipeline.review.finding import KINDS, find
from pipeline.review.log.anchors import find_item, items_under
from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.log.on_items import places_of
from pipeline.review.log.on_pairs import Question, best_question, foresee
from pipeline.review.log.on_titles import groups_under
from pipeline.review.log.ops import describe
from pipeline.review.log.replay import followed
from pipeline.review.log.state import ReviewState
from pipeline.review.session import Session
from pipeline.stances.counting import told_sides
from pipeline.workshop.records import Group, Item, Source, masking

View = Callable[[Desk, Request], dict[str, Any]]
N_TO_QUOTE = 12
"""Words of a group that the text proposes to quote; all of them stand on the screen of the group."""
TABS = (
    ("", "Atelier"),
    ("/mur", "Le mur"),
    ("/brouillon", "Le texte"),
    ("/meme", "La même chose ?"),
    ("/paroles", "Les idées"),
    ("/noms", "Noms"),
    ("/historique", "Historique"),
    ("/echanger", "Échanger"),
)
"""Screens of a workshop, the first ones always in sight."""


# progress --------------------------------------------------------------------------------------------------


def progress(session: Session) -> dict[str, int]:
    """Count the ideas that people put somewhere, or under a title that they accepted; those titles; the words to
    re-read; the acts: of the state of now, the text may be older."""
    state, undone = session.state, session.log.undone()
    accepted = {key for key, group in state.groups.items() if group.state == "accepte"}
    return {
        "n_read": sum(item.membership_by is not None or item.group_id in accepted for item in state.ideas),
        "n_accepted": len({state.titled[key].title_id if key in state.titled else key for key in accepted}),
        "n_doubtful": sum(item.status == "a_relire" for item in state.ideas),
        "n_acts": sum(not d.is_undo_or_redo and d.decision_id not in undone for d in session.log.decisions),
    }


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


N_SPANS_MAX = 5000
"""Places of names that one act may settle."""


def names_to_check(session: Session, suggestions: Iterable[dict[str, Any]]) -> list[NameCard]:
    """Suspected names, each once with all its places, those not yet settled first, then the most frequent."""
    by_name: dict[str, list[NamePlace]] = {}
    for row in suggestions:
        anchor = ItemAnchor(**{name: row[name] for name in ("contribution_id", "start", "end", "text")})
        if anchor.contribution_id in session.state.texts:
            by_name.setdefault(anchor.text.casefold(), []).append(_name_place(session, anchor, row["reason"]))
    cards = [NameCard(min(one.anchor.text for one in places), tuple(places)) for places in by_name.values()]
    return sorted(cards, key=lambda card: (card.is_settled, -len(card.places), card.name))


def _name_place(session: Session, anchor: ItemAnchor, reason: str) -> NamePlace:
    state, span = session.state, (anchor.start, anchor.end)
    items = items_under(state, anchor)
    said = (("masqué", "masks"), ("nommé avec accord", "named"), ("gardé", "not_names"))
    decided = next((name for name, field in said if any(span in getattr(item, field) for item in items)), "")
    return NamePlace(anchor, state.texts[anchor.contribution_id], reason, decided)


# screens ---------------------------------------------------------------------------------------------------


def frame(desk: Desk, request: Request) -> dict[str, Any]:
    """What every screen shows around its own content."""
    return {
        "title": desk.title,
        "tabs": TABS,
        "screen": unquote(request.url.path).removeprefix(unquote(at_of(request))),
        "progress": progress(desk.session),
        "n_names": _n_names(desk),
        "next_step": partial(next, steps(desk)),
        **{way: getattr(desk.session, way)() is not None for way in ("undoable", "redoable")},
        "state": desk.session.state,
        "session": desk.session,
        "around": desk.around,
        "places": partial(places_to_go, desk.session.state),
    } | {
        "asked_as": asked_as,
        "group_of": group_of,
        "how_told": how_told,
        "item_of": item_of,
        "sides_told": told_sides,
        "table_noun": partial(_table_noun, desk.session.state),
        "words": shown_words,
        "unnamed": masking(desk.session.state.masked_names()),
    }


def _n_names(desk: Desk) -> int:
    return sum(not card.is_settled for card in names_to_check(desk.session, desk.names))


def _table_noun(state: ReviewState) -> str:
    return place_noun({one.table for one in state.sources.values() if one.table}).singular


def shown_words(item: Item) -> str:
    """The words of an idea as a card shows them: corrected, or without the names that people masked."""
    return item.shown_text or item.hiding(item.masks)


class Step(NamedTuple):
    """One thing to do: its name, what the page says, where it is done, and why."""

    key: str
    told: str
    address: str
    why: str = ""


def steps(desk: Desk) -> Iterator[Step]:
    """What is left to do until the document goes out, in its order: the first is what to do next."""
    state, n_names, n_doubted = desk.session.state, _n_names(desk), len(doubted(desk))
    told = desk.draft.groups(state)
    left = [one for one in told if one.state not in ("accepte", "rejete")]
    if desk.draft.sections and is_stale(desk):
        why = "Le texte et les documents suivent vos décisions."
        yield Step("regenerer", "Récrire le texte", "/brouillon#suite", why)
    if not told or not all(state.is_listed and one.is_proposed for one in left):
        why = "Seul ce que quelqu’un a relu est compté dans le texte."
        yield Step("mur", "Relire le mur, titre par titre", "/mur", why)
    if n_names:
        yield Step("noms", n_of(n_names, "nom à vérifier", "noms à vérifier"), "/noms")
    if n_doubted:
        yield Step("doutes", f"{n_of(n_doubted, 'phrase')} à vérifier de vos yeux", "/assistant#doutes")
    if not desk.settings.modele.url and not written(desk):
        why = "Chaque phrase est vérifiée contre les paroles."
        yield Step("assistant", "Faire écrire la page par votre assistant", "/assistant", why)
    yield Step("word", "Prendre le document pour Word", "/document/restitution.docx")


def is_stale(desk: Desk) -> bool:
    """Whether the text would say something else, were it written again."""
    gone = {text for text, is_right in judged(AnswerFiles(desk.run.path)).items() if not is_right}
    return desk.is_stale() or not gone.isdisjoint(written(desk))


def text(desk: Desk, _: Request) -> dict[str, Any]:
    """The text, which can be edited where it stands, and what to do next."""
    state = desk.session.state
    told = desk.draft.groups(state)
    places = state.positions() if desk.is_stale("order") else {}
    gone = {text for text, is_right in judged(AnswerFiles(desk.run.path)).items() if not is_right}
    found = [
        (section, in_places(passages(section, state), places))
        for section in desk.draft.sections
        if not section.is_annex
    ]
    shown: dict[str, Any] = {
        "sections": found,
        "moves": {key: moves for _, here in found for key, moves in _moves(state, here).items()},
        "parts": PART_NAMES,
        "lacking": desk.draft.lacking,
        "empty": {key: one.text for key, one in deciding(state).items() if not groups_under(state, key)},
        "members": {group.group_id: _to_quote(desk, group) for group in told},
        "quoted": desk.draft.item_ids,
        "why_untold": partial(why_untold, state),
        "documents": documents(desk.run.path),
        "drawn": next((one.stat().st_mtime_ns for one in desk.session.run.path.glob("rose_carre.svg")), 0),
    }
    left = list(steps(desk))
    return shown | {
        "steps": left,
        "asked_for": document_options(desk.run.path),
        "lengths": LENGTHS,
        "n_words": sum(one.n_words for section, _ in found for one in section.sentences),
        "words_wanted": _words_wanted(desk),
        "is_stale": left[0].key == "regenerer",
        "is_rewriting": desk.is_rewriting,
        "is_out": partial(is_out, state, gone),
        "reworded": _reworded(desk),
    }


def _reworded(desk: Desk) -> list[tuple[str, str]]:
    """The titles that were renamed, before and after, of which L’essentiel still says a word that the new one leaves
    out."""
    told = (one.text for section in desk.draft.sections if section.key == "essentiel" for one in section.sentences)
    said, undone = set(content_stems(" ".join(told))), desk.session.log.undone()
    acts = (one for one in desk.session.log.decisions if one.op == "rename" and one.decision_id not in undone)
    pairs = [(str(one.before.value), str(one.after.title)) for one in acts]
    return [(was, now) for was, now in pairs if ({*content_stems(was)} - {*content_stems(now)}) & said]


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


def group(desk: Desk, request: Request) -> dict[str, Any]:
    """One group: its words, and all that can be done with it."""
    state, key = desk.session.state, request.path_params["group_id"]
    if (shown := state.groups.get(key)) is None:
        if (became := desk.session.became(key)) is None:
            raise HTTPException(404)
        raise HTTPException(303, headers={"Location": f"{at_of(request)}/groupe/{became}"})
    items = state.items_of(shown.group_id)
    siblings = state.ordered_groups(shown.axis)
    order = [one.group_id for one in desk.draft.groups(state)]
    place = order.index(shown.group_id) if shown.group_id in order else -1
    given = state.titled.get(shown.group_id)
    under = groups_under(state, given.title_id) if given else []
    return {
        "group": shown,
        "n_elsewhere": sum(other.n_items for other in under if other is not shown),
        "page": cut(items, page_number(request)),
        "n_doubtful": sum(item.status == "a_relire" for item in items),
        "siblings": [other for other in siblings if other is not shown],
        "next_group": state.groups[order[place + 1]] if 0 <= place < len(order) - 1 else None,
        "previous_group": state.groups[order[place - 1]] if place > 0 else None,
    }


def names(desk: Desk, request: Request) -> dict[str, Any]:
    """Suspected names, and where any other word stands."""
    query, session = " ".join(request.query_params.get("mot", "").split())[:100], desk.session
    found = places_of(query, session.state.texts.values()) if query else ()
    cards = names_to_check(session, desk.names)
    open_places = ((card, tuple(place for place in card.places if not place.decided)) for card in cards)
    return {
        "page": cut(cards, page_number(request), BATCH),
        "left": [replace(card, places=places) for card, places in open_places if places],
        "n_spans_max": N_SPANS_MAX,
        "query": query,
        "looked_up": NameCard(query, tuple(_name_place(session, one, "") for one in found)) if query else None,
    }


def item(desk: Desk, request: Request) -> dict[str, Any]:
    """One item, its context, its source, its neighbours, and all that can be done with it."""
    shown: Item | None = desk.session.state.items.get(request.path_params["item_id"])
    if shown is None:
        raise HTTPException(404)
    state = desk.session.state
    standing = (one for one in reversed(desk.session.log.decisions) if one.decision_id not in desk.session.log.undone())
    aside = (
        one
        for one in standing
        if one.op == "pas_une_parole" and shown in map(partial(find_item, state), one.target.items)
    )
    return {
        "item": shown,
        "set_aside_by": next(aside, None),
        "source": state.sources[shown.contribution_id],
        "trace": trace(state, shown, desk.draft.places),
    }


def exchange(desk: Desk, request: Request) -> dict[str, Any]:
    """What can be sent, and what the file that came back asks for."""
    return {"pending": desk.pending.get(author_of(request))}


def by_hand(desk: Desk, _: Request) -> dict[str, Any]:
    """What is to be copied into an assistant of hers, and which of its sentences she should look at."""
    kept = AnswerFiles(desk.run.path)
    return {
        "is_begun": is_by_hand(kept),
        "requests": requests(kept),
        "has_own": bool(desk.settings.modele.url),
        **_new_titles(desk.session.state, kept.get(PAGE) or {}),
        "is_written": bool(written(desk)),
        "doubted": doubted(desk),
        "page_followed": followed(desk.session.state, desk.session.log),
        "n_written": len(written(desk)),
        "refused": refused(desk),
        "moved": MOVED,
        "changed": [one for one in desk.draft.refused if one.reason in REMADE],
        "homes": _homes(desk),
    } | {"words_wanted": _words_wanted(desk)}


def _words_wanted(desk: Desk) -> int | None:
    """Words of the text at most, of the length that is chosen with its documents."""
    length, state = document_options(desk.run.path).get("longueur", "standard"), desk.session.state
    return words_wanted(length, len(deciding(state)), (one.text for one in state.items.values()))


def _new_titles(state: ReviewState, asked: Mapping[str, Any]) -> dict[str, list[str]]:
    """The titles of people that the last request to an assistant was not shown, and those that it is the first to be
    shown."""
    shown, before = (
        {name for names in one.get("titres", {}).values() for name in names}
        for one in (asked, asked.get("avant") or {})
    )
    titles = {
        one.text: {one.text, *(group.group_id for group in groups_under(state, key))}
        for key, one in deciding(state).items()
        if not any(group.author_text for group in groups_under(state, key))
    }
    unshown = [text for text, names in titles.items() if asked and shown.isdisjoint(names)]
    first = [text for text, names in titles.items() if before and before.isdisjoint(names) and text not in unshown]
    return {"unshown": unshown, "first_shown": first}


def _homes(desk: Desk) -> dict[str, tuple[str, str, str, str]]:
    """Title, or part of the text → the act that writes it by hand, its field, what it names, and its text of today."""
    state, homes = desk.session.state, dict[str, tuple[str, str, str, str]]()
    for section in desk.draft.sections:
        found = passages(section, state)
        if section.key in PART_NAMES:
            own = state.parts.get(section.key)
            text = own.text if own else "\n".join(one.text for one in found)
            homes[PART_NAMES[section.key]] = ("ecrire", "partie", section.key, text)
        for passage in found:
            if (group := state.groups.get(passage.group_id)) is not None:
                homes[group.title] = ("texte", "group", group.group_id, group.author_text or passage.text)
    return homes


def written(desk: Desk) -> dict[str, Sentence]:
    """The sentences that an assistant wrote, by their text."""
    return {one.text: one for section in desk.draft.sections for one in section.sentences if one.rewritten}


def doubted(desk: Desk) -> list[Refused]:
    """The sentences of a language model that stand once somebody finds them right."""
    return [one for one in desk.draft.refused if one.may_stand and one.reason not in (TAKEN_OUT, *REMADE)]


def refused(desk: Desk) -> list[Refused]:
    """The others that do not stand, but those that a person set aside and that could not stand anyhow, or that stand in
    what she writes herself."""
    aside = {text for text, is_right in judged(AnswerFiles(desk.run.path)).items() if not is_right}
    state = desk.session.state
    own = [*(one.author_text for one in state.groups.values()), *(one.text for one in state.parts.values())]
    hers = flat(" ".join(filter(None, own)))
    left = [one for one in desk.draft.refused if one.reason not in REMADE and flat(one.text) not in hers]
    return [one for one in left if (one.reason == TAKEN_OUT if one.may_stand else one.text not in aside)]


def is_out(state: ReviewState, gone: Collection[str], sentence: Sentence) -> bool:
    """Whether a sentence will go when the text is written again: a person took it out, or the words that it tells."""
    items = (state.items[key] for key in sentence.quoted_items if key in state.items)
    is_said_out = any(item.is_hidden or item.quote_choice == "bannie" for item in items)
    return is_said_out or (sentence.rewritten and sentence.text in gone)


def rose(desk: Desk, _: Request) -> Response:
    """The rose of the run, as the document shows it."""
    path = desk.session.run.path / "rose_carre.svg"
    if not path.is_file():
        raise HTTPException(404)
    policy = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}  # a drawing runs nothing
    return FileResponse(path, media_type="image/svg+xml", headers=policy)


def changes(desk: Desk, _: Request) -> dict[str, Any]:
    """What the draft has become; which words that people chose to quote are not in it, why, and whether the paragraph
    of their title is."""
    state = desk.session.state
    chosen = [item for item in state.items.values() if item.quote_choice == "choisie"]
    left = [item for item in chosen if item.item_id not in desk.draft.item_ids]
    told = {one.group_id for section in desk.draft.sections for one in passages(section, state)}
    unquoted = [(item, why_untold(state, item), item.group_id in told) for item in left]
    return {"changes": desk.changes, "warnings": desk.warnings, "unquoted": unquoted}


def why_untold(state: ReviewState, item: Item) -> str:
    """Why the text shows nothing of words that a person chose."""
    group = state.groups.get(item.group_id or "")
    if item.is_hidden or not item.is_quotable:
        return "elle est cachée, ou à ne pas citer"
    if item.axis == HORS_AXE:
        return "elle est hors de la rose"
    if group is not None and group.author_text:
        return "le paragraphe de son titre est écrit de votre main"
    return "ses mots sont masqués, ou le texte les dit déjà"


def participants_file(desk: Desk, _: Request) -> Response:
    """« Retrouver ma parole » in one file."""
    rejects, small = desk.run.load_table("rejects"), desk.settings.review.petite_table
    html = participants_page(desk.session.state, desk.draft.sections, rejects, desk.title, small)
    headers = {"Content-Disposition": 'attachment; filename="retrouver-ma-parole.html"'}
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)


# « Est-ce la même chose ? » ------------------------------------------------------------------------------


N_BESIDE = 3
"""Words of its group that are shown beside a sentence."""


def ask(desk: Desk, request: Request) -> dict[str, Any]:
    """The best question of an axis, or of all, and how many were answered."""
    state, axis = desk.session.state, request.query_params.get("axe", "")
    axis = axis if axis in COMPASS_CODES else ""
    question = best_question(state, axis)
    said = [answer.value for answer in state.answers.values()]
    return {
        "asked": _asked(state, question) if question else None,
        "axis": axis,
        "n_said": len(said),
        "n_unknown": said.count(None),
    }


def _asked(state: ReviewState, question: Question) -> dict[str, Any]:
    """A question: both sentences, what each answer would do, and of « oui » the groups that people decided about and
    that it would change."""
    pair = (question.one, question.other)
    yes, no = (foresee(state, pair, value) for value in (True, False))
    return {
        "sides": [_side(state, item_id) for item_id in pair],
        "yes": yes.told(state),
        "no": no.told(state),
        "decided": [state.groups[group] for group in yes.decided],
    }


def _side(state: ReviewState, item_id: str) -> dict[str, Any]:
    """One sentence, its group, and a few of the words that stand there with it."""
    item = state.items[item_id]
    members = state.items_of(item.group_id) if item.group_id is not None else []
    beside = [other for other in members if other is not item and not other.is_hidden][:N_BESIDE]
    return {"item": item, "group": state.groups.get(item.group_id or ""), "beside": beside}


# all sentences -------------------------------------------------------------------------------------------


def search(desk: Desk, request: Request) -> dict[str, Any]:
    """The sentences wanted, and how many each axis would leave."""
    state, asked = desk.session.state, request.query_params
    axis, kind, group_id = (asked.get(name, "") for name in ("axe", "voir", "groupe"))
    wanted = {
        "query": asked.get("q", "")[:200],
        "kind": kind if kind in KINDS else "",
        "axis": axis if axis in AXIS_CODES else "",
        "group_id": group_id if group_id in state.groups else "",
    }
    found, counts = find(state, **wanted)
    given = ((quote(key, safe=""), quote(value, safe="")) for key, value in asked.multi_items() if key != "p")
    return {
        "page": cut(found, page_number(request)),
        "wanted": wanted,
        "kinds": {key: name for key, (name, _) in KINDS.items()},
        "counts": counts,
        "found": found,
        "group": state.groups.get(wanted["group_id"]),
        "is_filtered": any(wanted.values()),
        "query": "".join(f"{key}={value}&" for key, value in given),
    }


# who does what --------------------------------------------------------------------


def history(desk: Desk, request: Request) -> dict[str, Any]:
    """Every act, the last first; those that could not be replayed, with what to do."""
    session, undone = desk.session, desk.session.log.undone()
    acts = [decision for decision in reversed(session.log.decisions) if not decision.is_undo_or_redo]
    rows = [(decision, describe(session.state, decision), undone.get(decision.decision_id)) for decision in acts]
    lost = [row for row in rows if session.outcomes[row[0].decision_id].state in ("orpheline", "conflit")]
    return {
        "page": cut(rows, page_number(request)),
        "lost": lost,
        "bad_lines": session.log.bad_lines,
        "outcomes": session.outcomes,
    }


def control(desk: Desk, request: Request) -> dict[str, Any]:
    """What is judged blind, one idea at a time: its title among those of the run; what the person at the keyboard has
    answered is left out."""
    session = desk.session
    given, blind = deciding(session.state), judgements(session.state, session.log)
    placed = {key for key, title_id in session.start.found.items() if title_id in given}
    done = {one.target for one in blind if one.author == author_of(request)}
    left = drawn(placed - done, desk.settings.graine, max(0, N_PLACINGS - len(done)))
    return {
        "item": session.state.items[left[0]] if left else None,
        "given": given,
        "n_sample": len(done) + len(left),
        "n_done": len(done),
        "precision": precisions(blind),
    }


SCREENS: tuple[tuple[str, View, str], ...] = (
    ("/brouillon", text, "text.html"),
    ("/groupe/{group_id}", group, "group.html"),
    ("/mur", wall, "wall.html"),
    ("/meme", ask, "ask.html"),
    ("/paroles", search, "search.html"),
    ("/noms", names, "names.html"),
    ("/parole/{item_id}", item, "item.html"),
    ("/historique", history, "history.html"),
    ("/controle", control, "control.html"),
    ("/echanger", exchange, "exchange.html"),
    ("/changements", changes, "changes.html"),
    ("/assistant", by_hand, "assistant.html"),
)
