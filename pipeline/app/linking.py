"""Links: what answers, objects or supports, added by hand and taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from pipeline.app.desk import Desk
from pipeline.axes import COMPASS_CODES
from pipeline.review.finding import matcher
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Group, Item

N_SHOWN = 20
"""Groups, then sentences, that a search for the other end shows."""
_ANSWERS = ("sud", "nord")


@dataclass(frozen=True)
class Relation:
    """A way in which something may be linked, seen from its side.

    Attributes
    ----------
    is_from : whether it is what answers, objects or supports; else it is what that is about.
    here, there : axes of this end and of the other one.
    name : what the other end is to it.
    """

    key: str
    kind: str
    is_from: bool
    here: Sequence[str]
    there: Sequence[str]
    name: str


RELATIONS = (
    Relation("reponse", "answers", False, ("est",), _ANSWERS, "Ce qui y répond"),
    Relation("obstacle", "answers", True, _ANSWERS, ("est",), "L’obstacle auquel cela répond"),
    Relation("objection", "objects", False, ("sud",), COMPASS_CODES, "Ce qui s’y oppose"),
    Relation("soutien", "supports", False, ("sud",), COMPASS_CODES, "Ce qui l’appuie"),
    Relation("oppose", "objects", True, COMPASS_CODES, ("sud",), "La proposition à laquelle cela s’oppose"),
    Relation("appuie", "supports", True, COMPASS_CODES, ("sud",), "La proposition que cela appuie"),
)


@dataclass(frozen=True)
class Tie:
    """What is linked to a group or a sentence in one way: a group, or a sentence that stands in none.

    Attributes
    ----------
    pairs : ids of both ends of each link, as a form sends them back.
    """

    relation: Relation
    group: Group | None
    item: Item
    pairs: tuple[str, ...]
    decided_by: str | None


def ties(state: ReviewState, ids: Iterable[str]) -> list[Tie]:
    """What is linked to some items, links that were judged wrong left out; in the order of the relations."""
    own, by_end = set(ids), dict[tuple[str, bool, str], list[tuple[str, Item, str | None]]]()
    for (one, two), link in state.links.items():
        if link.state == "faux" or (one in own) == (two in own):
            continue
        other = state.items[two if one in own else one]
        key = (link.kind, one in own, other.group_id or other.item_id)
        by_end.setdefault(key, []).append((f"{one} {two}", other, link.decided_by))
    rows = []
    for relation in RELATIONS:
        for (kind, is_from, end), links in by_end.items():
            if (kind, is_from) == (relation.kind, relation.is_from):
                who = next((by for _, _, by in links if by), None)
                pairs = tuple(pair for pair, _, _ in links)
                rows.append(Tie(relation, state.groups.get(end), links[0][1], pairs, who))
    return rows


@dataclass(frozen=True)
class Candidate:
    """What may be linked: both ends as a form sends them, and whether they are linked already."""

    group: Group | None
    item: Item
    pair: str
    is_linked: bool


def link_by_hand(desk: Desk, request: Request) -> dict[str, Any]:
    """Choose what to link to a group or a sentence, by searching it."""
    state, given = desk.session.state, request.query_params
    group, item = state.groups.get(given.get("groupe", "")), state.items.get(given.get("parole", ""))
    items = state.items_of(group.group_id) if group else [item] if item else []
    if not items:
        raise HTTPException(404)
    axis = group.axis if group else items[0].axis
    offered = [relation for relation in RELATIONS if axis in relation.here]
    chosen = next((one for one in offered if one.key == given.get("lien")), offered[0] if offered else None)
    query = given.get("q", "")[:200]
    known = ties(state, (one.item_id for one in items))
    return {
        "group": group,
        "item": items[0],
        "axis": axis,
        "relations": offered,
        "chosen": chosen,
        "query": query,
        "ties": known,
        "found": _candidates(state, items, chosen, query, known) if chosen else [],
    }


def _candidates(
    state: ReviewState, items: Sequence[Item], relation: Relation, query: str, known: Sequence[Tie]
) -> list[Candidate]:
    """List the candidates of a relation that hold the words of a query, each with the pair that a form sends."""
    linked = {tie.group.group_id if tie.group else tie.item.item_id for tie in known if tie.relation == relation}
    own = {item.group_id for item in items}
    candidates = []
    for group, members in _search(state, relation.there, query, own):
        pair = _ends(items, members)
        if pair is not None:
            order = pair if relation.is_from else pair[::-1]
            key = group.group_id if group else members[0].item_id
            candidates.append(Candidate(group, pair[1], " ".join(one.item_id for one in order), key in linked))
    return candidates


def _search(
    state: ReviewState, axes: Sequence[str], query: str, own: Collection[str | None]
) -> list[tuple[Group | None, list[Item]]]:
    """Search groups of some axes by title, then by sentence, then weak signals; `own` groups are left out."""
    holds = matcher(query)
    groups = [group for code in axes for group in state.ordered_groups(code) if group.group_id not in own]
    titled = [group for group in groups if holds(group.title)]
    untitled = (group for group in groups if group not in titled)
    said = [one for one in untitled if any(holds(state.items[key].text) for key in state.members[one.group_id])]
    found: list[tuple[Group | None, list[Item]]] = [
        (group, state.items_of(group.group_id)) for group in [*titled, *said][:N_SHOWN]
    ]
    weak = [item for item in state.weak_signals() if item.axis in axes and holds(item.text)] if query else []
    found += [(None, [item]) for item in weak[:N_SHOWN]]
    return found


def _ends(items: Sequence[Item], others: Sequence[Item]) -> tuple[Item, Item] | None:
    """The most typical idea of each side, of two contributions: nobody answers herself in one breath."""
    pairs = ((one, other) for other in others for one in items if one.contribution_id != other.contribution_id)
    return next(pairs, None)
