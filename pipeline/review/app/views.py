"""What each screen shows, from the state in memory; lists are cut in pages so that every act stays quick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pipeline.axes import COMPASS_CODES
from pipeline.review.app.draft import ShownDraft
from pipeline.review.finding import matcher
from pipeline.review.log.anchors import items_under
from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.log.state import Group, Item, Link, Source
from pipeline.review.session import Session

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A part of a list: its rows, its number from 1, the number of pages and of rows in all."""

    rows: Sequence[Row]
    number: int
    n_pages: int
    total: int


def cut(rows: Sequence[Row], number: int, size: int) -> Page[Row]:
    """Page `number` of a list; a number out of range gives the nearest page."""
    n_pages = max(1, -(-len(rows) // size))
    number = min(max(1, number), n_pages)
    return Page(rows[(number - 1) * size : number * size], number, n_pages, len(rows))


# progress --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far the review is: groups of the draft, words to re-read, names."""

    n_draft: int
    n_draft_done: int
    n_doubtful: int
    n_acts: int

    @property
    def share(self) -> int:
        """Part of the draft's groups that are reviewed, in percent, for the bar."""
        return round(100 * self.n_draft_done / self.n_draft) if self.n_draft else 0


def is_done(group: Group) -> bool:
    """Whether a person judged the group."""
    return group.state in ("accepte", "rejete")


def progress(session: Session, draft: ShownDraft) -> Progress:
    """Counts of the header."""
    groups = [session.state.groups[key] for key in draft.group_ids if key in session.state.groups]
    undone = session.log.undone()
    return Progress(
        n_draft=len(groups),
        n_draft_done=sum(is_done(group) for group in groups),
        n_doubtful=sum(item.status == "a_relire" for item in session.state.items.values()),
        n_acts=sum(not d.is_undo_or_redo and d.decision_id not in undone for d in session.log.decisions),
    )


# screens ---------------------------------------------------------------------------------------------------


TO_TITLE = "titre"
"""What the list of groups asks for to see those whose title is doubtful, rather than those of one state."""


def list_groups(session: Session, draft: ShownDraft, scope: str, axis: str, kept: str, query: str) -> list[Group]:
    """Groups of the draft (or of the text, or all), of one axis and in one state (or all), that hold the words."""
    state, test = session.state, matcher(query)
    shown = set({"brouillon": draft.group_ids, "texte": draft.text_group_ids}.get(scope, ()))
    axes = [axis] if axis in COMPASS_CODES else COMPASS_CODES
    found = [group for code in axes for group in state.ordered_groups(code)]
    if shown:
        found = [group for group in found if group.group_id in shown]
    if kept:
        found = [group for group in found if (group.has_doubtful_title if kept == TO_TITLE else group.state == kept)]
    if query:
        texts = {
            group.group_id: [group.title, *(item.text for item in state.items_of(group.group_id))] for group in found
        }
        found = [group for group in found if any(test(text) for text in texts[group.group_id])]
    return found


COMMENTED = "commentes"
"""What the list of groups asks for to see those that were commented, rather than those of someone."""


def followed(groups: list[Group], turn: str) -> list[Group]:
    """Groups that were entrusted to someone, or commented; all when nothing is asked."""
    if turn == COMMENTED:
        return [group for group in groups if group.comments]
    return [group for group in groups if not turn or group.turn == turn]


def doubtful(session: Session, draft: ShownDraft) -> list[Item]:
    """Items to re-read: those that change the draft most, then the text; then of the most widely met groups."""
    state = session.state

    def rank(item: Item) -> tuple[int, float, float, str]:
        group = state.groups.get(item.group_id or "")
        return (draft.effect(item), -(group.recurrence if group else 0.0), item.confidence, item.item_id)

    return sorted((item for item in state.items.values() if item.status == "a_relire"), key=rank)


def n_doubtful(session: Session, group: Group) -> int:
    """How many words of a group the machine is not sure of."""
    items = session.state.items
    return sum(items[item_id].status == "a_relire" for item_id in session.state.members[group.group_id])


@dataclass(frozen=True)
class Bundle:
    """Links of one kind from one group to another, judged together; groups are None for loose items.

    Attributes
    ----------
    pairs : both items with their link, the surest first.
    state : what was said of all of them: machine, juste, faux, or partage when they differ.
    """

    kind: str
    one: Group | None
    other: Group | None
    pairs: list[tuple[Item, Item, Link]]
    state: str
    decided_by: str | None


def bundle_links(session: Session, draft: ShownDraft) -> list[Bundle]:
    """Links by pair of groups: those of the draft first, then the most numerous; loose items last."""
    state, in_draft = session.state, set(draft.group_ids)
    found: dict[tuple[str, str, str], list[tuple[Item, Item, Link]]] = {}
    for (one, two), link in state.links.items():
        ends = state.items[one], state.items[two]
        key = (ends[0].group_id or f"-{one}", ends[1].group_id or f"-{two}", link.kind)
        found.setdefault(key, []).append((*ends, link))

    def weight(key: tuple[str, str, str]) -> tuple[bool, bool, int, tuple[str, str, str]]:
        return (key[1] not in in_draft, any(end.startswith("-") for end in key), -len(found[key]), key)

    bundles = []
    for key in sorted(found, key=weight):
        pairs = sorted(found[key], key=lambda row: (-row[2].score, row[0].item_id, row[1].item_id))
        said = {row[2].state for row in pairs}
        verdict = said.pop() if len(said) == 1 else "partage"
        bundles.append(
            Bundle(key[2], state.groups.get(key[0]), state.groups.get(key[1]), pairs, verdict, pairs[0][2].decided_by)
        )
    return bundles


def stances(session: Session) -> list[tuple[Group, list[Item]]]:
    """Groups in which someone is against, or two sides were heard, with the items that take a side."""
    state = session.state
    sided: dict[str, list[Item]] = {}
    for item in state.items.values():
        if item.group_id is not None and item.stance in ("contre", "nuance"):
            sided.setdefault(item.group_id, []).append(item)
    return [(state.groups[key], state.items_of(key)) for key in sorted(sided, key=lambda key: -len(sided[key]))]


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
    found: dict[str, list[NamePlace]] = {}
    for row in suggestions:
        anchor = ItemAnchor(**{name: row[name] for name in ("contribution_id", "start", "end", "text")})
        if anchor.contribution_id in session.state.sources:
            found.setdefault(anchor.text, []).append(_name_place(session, anchor, row["reason"]))
    cards = [NameCard(name, tuple(places)) for name, places in found.items()]
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
