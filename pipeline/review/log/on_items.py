"""Decisions about items: their axis, stance, links, whether and how their words are shown, and the names in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from pipeline.axes import COMPASS_CODES, HORS_AXE, compass
from pipeline.contracts.labels import STANCE_NAMES
from pipeline.review.log.anchors import ActError, find_item, items_under, named_groups, named_items
from pipeline.review.log.decisions import After, Decision, ItemAnchor
from pipeline.review.log.membership import detach, set_item_axis
from pipeline.review.log.op import Op
from pipeline.review.log.state import ReviewState
from pipeline.workshop.labels import FILE
from pipeline.workshop.records import Item, Link, Source

NO_LINK = "aucun"
"""What an act tells to have stood where a person made a link."""
_QUOTE_ACTS = {"choisie": "choisi de citer", "bannie": "écarté des citations", None: "laissé Rosace choisir pour"}

_ACCENTED = {
    code: base[0]
    for code in range(0xC0, 0x250)
    if len(base := unicodedata.normalize("NFD", chr(code))) > 1 and base[0].isascii()
} | {ord("’"): "'", ord("_"): " "}  # one character for one, so that places stay where they are


def _set_axis(state: ReviewState, decision: Decision) -> str:
    axis, note = str(decision.after.axis), ""
    facet = decision.after.facet if decision.after.facet in compass()[axis].facets else None
    if decision.target.items:
        items, note = named_items(state, decision)
        leaving = [item for item in items if item.group_id is not None and state.groups[item.group_id].axis != axis]
        detach(state, leaving)
        for item in leaving:
            item.membership_by = decision.author
        for item in items:
            set_item_axis(item, axis, facet, decision.author)
    for group in named_groups(state, decision):
        members = state.items_of(group.group_id)
        if axis == HORS_AXE:
            detach(state, members)
        for item in members:
            set_item_axis(item, axis, facet, decision.author)
        group.axis, group.decided_by = axis if axis in COMPASS_CODES else group.axis, decision.author
    return note


def _link(state: ReviewState, decision: Decision) -> str:
    linked = [
        ((one.item_id, other.item_id), anchor.kind)
        for anchor in decision.target.links
        if (one := find_item(state, anchor.from_item)) and (other := find_item(state, anchor.to_item))
    ]
    if not linked:
        raise ActError("orpheline", "Une des deux idées de ce lien n'est plus là. Reliez les nouvelles s'il le faut.")
    told = [(pair, kind) for pair, kind in linked if pair in state.links or decision.after.state == "juste"]
    for pair, kind in told:
        link = state.links.get(pair)
        if link is None or (link.kind != kind and decision.after.state == "juste"):
            link = state.links[pair] = Link(1.0, kind)
        link.state, link.decided_by = str(decision.after.state), decision.author
    return "" if told else "Rosace ne propose plus ce lien."


def _hide(state: ReviewState, decision: Decision) -> str:
    note, value = "", bool(decision.after.value)
    if decision.target.items:
        items, note = named_items(state, decision)
        for item in items:
            item.is_hidden, item.display_by = value, decision.author
    for group in named_groups(state, decision):
        group.is_hidden, group.decided_by = value, decision.author
    return note


def _shows(name: str, value: Callable[[Item, After], Any]) -> Callable[[ReviewState, Decision], str]:
    def apply(state: ReviewState, decision: Decision) -> str:
        items, note = named_items(state, decision)
        for item in items:
            setattr(item, name, value(item, decision.after))
            item.display_by = decision.author
        return note

    return apply


def _set_stance(state: ReviewState, decision: Decision) -> str:
    items, note = named_items(state, decision)
    for item in items:
        item.stance, item.membership_by = str(decision.after.stance), decision.author
    state.sided |= {item.group_id for item in items if item.group_id is not None}
    return note


def _set_aside(state: ReviewState, decision: Decision) -> str:
    items, note = named_items(state, decision)
    detach(state, items)
    for item in items:
        state.placed.discard(item.item_id)
        set_item_axis(item, HORS_AXE, None, decision.author)
        item.aside, item.is_hidden = str(decision.after.text), True
        item.membership_by = item.display_by = decision.author
    return " ".join(filter(None, (note, f"Pas une parole : {decision.after.text}.")))


def _controle(state: ReviewState, decision: Decision) -> str:
    """A blind answer changes nothing; it only has to be about words that are still there."""
    return named_items(state, decision)[1]


ITEM_OPS = (
    Op(
        "set_axis", "items or groups", apply=_set_axis, needs=("axis",), fields=("axis", "facet"),
        was_group=lambda group: group.axis, was_item=lambda _, item: item.axis,
        tell=lambda story: f"a mis {story.what} "
        + (f"sur l’axe {story.axis}" if story.after.axis != HORS_AXE else "hors axe"),
    ),
    Op(
        "set_stance", "items", apply=_set_stance, needs=("stance",), fields=("stance",), is_on_ticked=True,
        was_item=lambda _, item: item.stance,
        tell=lambda story: f"a noté la position de {story.what} : {STANCE_NAMES.get(story.after.stance or '', '')}",
    ),
    Op(
        "link", "links", apply=_link, needs=("state",), fields=("state",),
        tell=lambda story: story.new_link
        if story.decision.before.value == NO_LINK
        else f"a jugé {story.after.state} {story.links}",
    ),
    Op(
        "hide", "items or groups", apply=_hide, needs=("value",), fields=("value",),
        tell=lambda story: f"a {'masqué' if story.after.value else 'montré'} {story.what} dans la restitution",
    ),
    Op(
        "quote", "items", apply=_shows("quote_choice", lambda _, after: after.state), fields=("state",),
        is_on_ticked=True,
        tell=lambda story: f"a {_QUOTE_ACTS.get(story.after.state, '')} {story.what}",
    ),
    Op(
        "ne_pas_citer", "items", apply=_shows("is_quotable", lambda _, after: not after.value), needs=("value",),
        fields=("value",), is_on_ticked=True,
        tell=lambda story: f"a demandé de {'ne pas ' if story.after.value else ''}citer {story.what}",
    ),
    Op(
        "pas_une_parole", "items", apply=_set_aside, needs=("text",), fields=("text",), is_on_ticked=True,
        asks={"text": "Dites d’un mot pourquoi ce n’est pas une parole : un titre, une consigne…"},
        tell=lambda story: f"a mis de côté {story.items}",
    ),
    Op(
        "corriger_transcription", "items", fields=("text",),
        apply=_shows("shown_text", lambda item, after: after.text if after.text not in ("", item.text) else None),
        tell=lambda story: f"a corrigé la transcription de {story.what}",
    ),
    Op(
        "controle", "items", apply=_controle, needs=("axis",), fields=("axis",),
        tell=lambda story: f"a répondu au contrôle à l’aveugle pour {story.what}", is_beside=True,
    ),
    Op(
        "controle_titre", "items", apply=_controle, fields=("group_id",),
        was_item=lambda state, item: state.found.get(item.item_id),
        tell=lambda story: f"a répondu au contrôle à l’aveugle pour {story.what}", is_beside=True,
    ),
)  # fmt: skip


def places_of(words: str, sources: Iterable[Source]) -> list[ItemAnchor]:
    """Where `words` stand as whole words in contributions and around them, accents and surplus spaces aside.

    A word written with a capital is found where it has one ("Rose" is not "un pull rose"), and in names of files; a
    word written without is found in any case.
    """
    pieces = [re.escape(piece) for piece in _flat(words).split()]
    if not pieces:
        return []
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(pieces) + r"(?!\w)")
    wants_capital = words.lstrip()[:1].isupper()
    anchors = []
    for source in sources:
        for match in pattern.finditer(_flat(source.text)):
            start, end = match.span()
            text = source.text[start:end]
            if text[0].isupper() or not wants_capital or source.locator == FILE:
                anchors.append(ItemAnchor(contribution_id=source.contribution_id, start=start, end=end, text=text))
    return anchors


def _flat(text: str) -> str:
    return text.translate(_ACCENTED).lower()


def _mark_spans(state: ReviewState, decision: Decision) -> str:
    """`mask` hides a name, or says with False that it is none; `nommer` shows it, with the person's consent. With
    `after.text`, everywhere that these words stand today, and in what a later run will read."""
    text, own = decision.after.text, decision.target.items
    anchors = places_of(text, state.texts.values()) if text else own
    marked = [_mark(state, decision, anchor) for anchor in anchors]
    if not any(marked):
        raise ActError("orpheline", f"« {own[0].text[:40]} » n'est plus à cet endroit. Vérifiez les noms de ces idées.")
    return ""


def _mark(state: ReviewState, decision: Decision, anchor: ItemAnchor) -> bool:
    is_mask, value = decision.op == "mask", bool(decision.after.value)
    source = state.texts.get(anchor.contribution_id)
    if source is None or source.text[anchor.start : anchor.end] != anchor.text:
        return False
    holders, span = items_under(state, anchor), (anchor.start, anchor.end)
    for item in holders:
        item.masks = _with(item.masks, span, is_mask and value)
        item.named = _with(item.named, span, not is_mask and value)
        item.not_names = _with(item.not_names, span, is_mask and not value)
        item.display_by = decision.author
    return bool(holders)


def _with(spans: tuple[tuple[int, int], ...], span: tuple[int, int], is_in: bool) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({*spans, span} if is_in else set(spans) - {span}))


NAME_OPS = (
    Op(
        "mask", "items", apply=_mark_spans, needs=("value",), fields=("value", "text"),
        tell=lambda story: f"a {'masqué le nom' if story.after.value else 'gardé le mot'} {story.names}",
    ),
    Op(
        "nommer", "items", apply=_mark_spans, needs=("value",), fields=("value", "text"),
        tell=lambda story: f"a {'noté' if story.after.value else 'retiré'} l’accord pour nommer {story.names}",
    ),
)  # fmt: skip
