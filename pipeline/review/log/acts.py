"""What each act does to the state. An act that cannot be done changes nothing and says why, in French."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.axes import COMPASS_CODES, HORS_AXE, compass
from pipeline.review.log.anchors import find_item
from pipeline.review.log.decisions import Decision
from pipeline.review.log.masking import mark_spans
from pipeline.review.log.moves import (
    ActError,
    create,
    detach,
    merge,
    move,
    named_groups,
    named_items,
    set_item_axis,
    split,
    word_title,
)
from pipeline.review.log.spread import count_again
from pipeline.review.log.state import Group, Link, ReviewState

VERDICTS = {"accept": "accepte", "revoir": "a_revoir", "reject": "rejete", "rouvrir": "machine"}
FIGURES = ("n_items", "n_ideas", "n_voices", "n_tables")


@dataclass(frozen=True)
class Outcome:
    """What became of an act: a state of `schemas.DECISION_STATES` and what to do, in French ("" when all is well)."""

    state: str
    message: str = ""


def apply(state: ReviewState, decision: Decision) -> Outcome:
    """Do one act (not undo or redo, which choose the acts that are replayed)."""
    try:
        message = _ACTS[decision.op](state, decision)
    except ActError as error:
        return Outcome(error.state, str(error))
    count_again(state)
    return Outcome("rejouee", message)


# groups ----------------------------------------------------------------------------------------------------


def _rename(state: ReviewState, decision: Decision) -> str:
    title = str(decision.after.title)
    if decision.target.theme_id is not None:
        theme = state.themes.get(decision.target.theme_id)
        if theme is None:
            raise ActError("orpheline", "Ce thème n'existe plus. Renommez celui qui l'a remplacé.")
        theme.title, theme.decided_by = title, decision.author
        return ""
    for group in named_groups(state, decision):
        word_title(group, decision, title)
        group.decided_by = decision.author
    return ""


def _set_theme(state: ReviewState, decision: Decision) -> str:
    theme_id = str(decision.after.theme_id)
    if theme_id not in state.themes:
        raise ActError("orpheline", "Ce thème n'existe plus. Choisissez-en un autre pour ce groupe.")
    for group in named_groups(state, decision):
        group.theme_id, group.decided_by = theme_id, decision.author
    return ""


def _judge(state: ReviewState, decision: Decision) -> str:
    told = ""
    if decision.target.items:
        items, told = named_items(state, decision)
        for item in items:
            item.status, item.axis_by = "sur", decision.author
    for group in named_groups(state, decision):
        group.state = VERDICTS[decision.op]
        group.decided_by = decision.author
    return told


def _problematique(state: ReviewState, decision: Decision) -> str:
    for group in named_groups(state, decision):
        group.question, group.decided_by = decision.after.question or None, decision.author
        group.worded |= {"question"}
    return ""


def _order(state: ReviewState, decision: Decision) -> str:
    for group in named_groups(state, decision):
        state.pins.pop(group.group_id, None)
        state.pins[group.group_id] = int(decision.after.position or 0)
        group.decided_by = decision.author
    return ""


def _hide(state: ReviewState, decision: Decision) -> str:
    told, value = "", bool(decision.after.value)
    if decision.target.items:
        items, told = named_items(state, decision)
        for item in items:
            item.is_hidden, item.display_by = value, decision.author
    for group in named_groups(state, decision):
        group.is_hidden, group.decided_by = value, decision.author
    return told


def _texte(state: ReviewState, decision: Decision) -> str:
    told = ""
    for group in named_groups(state, decision):
        then = decision.before.value
        now = figures(group)
        if isinstance(then, dict) and then != now and decision.after.text:
            told = "Les chiffres de ce groupe ont changé depuis que ce paragraphe a été écrit : relisez-le."
        group.author_text, group.decided_by = decision.after.text or None, decision.author
    return told


def figures(group: Group) -> dict[str, int | None]:
    """The counts that a paragraph about a group may tell."""
    return {name: getattr(group, name) for name in FIGURES}


# items -----------------------------------------------------------------------------------------------------


def _set_axis(state: ReviewState, decision: Decision) -> str:
    axis, told = str(decision.after.axis), ""
    facet = decision.after.facet if decision.after.facet in compass()[axis].facets else None
    if decision.target.items:
        items, told = named_items(state, decision)
        for item in items:
            if item.group_id is not None and state.groups[item.group_id].axis != axis:
                detach(state, item)
                item.membership_by = decision.author
            set_item_axis(item, axis, facet, decision.author)
    for group in named_groups(state, decision):
        for item in state.items_of(group.group_id):
            if axis == HORS_AXE:
                detach(state, item)
            set_item_axis(item, axis, facet, decision.author)
        group.axis, group.decided_by = axis if axis in COMPASS_CODES else group.axis, decision.author
    return told


def _set_stance(state: ReviewState, decision: Decision) -> str:
    items, told = named_items(state, decision)
    for item in items:
        item.stance, item.membership_by = str(decision.after.stance), decision.author
    return told


def _link(state: ReviewState, decision: Decision) -> str:
    found: list[tuple[str, str]] = []
    for anchor in decision.target.links:
        ends = find_item(state, anchor.obstacle), find_item(state, anchor.answer)
        if ends[0] is not None and ends[1] is not None:
            found.append((ends[0].item_id, ends[1].item_id))
    if not found:
        raise ActError("orpheline", "Une des deux paroles de ce lien n'est plus là. Reliez les nouvelles s'il le faut.")
    for pair in found:
        link = state.links.setdefault(pair, Link(1.0))
        link.state, link.decided_by = str(decision.after.state), decision.author
    return ""


def _quote(state: ReviewState, decision: Decision) -> str:
    items, told = named_items(state, decision)
    for item in items:
        item.quote_choice, item.display_by = decision.after.state, decision.author
    return told


def _ne_pas_citer(state: ReviewState, decision: Decision) -> str:
    items, told = named_items(state, decision)
    for item in items:
        item.is_quotable, item.display_by = not decision.after.value, decision.author
    return told


def _corriger(state: ReviewState, decision: Decision) -> str:
    items, told = named_items(state, decision)
    for item in items:
        text = decision.after.text
        item.shown_text, item.display_by = (text if text and text != item.text else None), decision.author
    return told


def _controle(state: ReviewState, decision: Decision) -> str:
    """A blind answer changes nothing; it only has to be about words that are still there."""
    return named_items(state, decision)[1]


_ACTS: dict[str, Callable[[ReviewState, Decision], str]] = {
    "rename": _rename, "move": move, "merge": merge, "split": split, "create": create, "set_axis": _set_axis,
    "set_stance": _set_stance, "set_theme": _set_theme, "accept": _judge, "revoir": _judge, "reject": _judge,
    "rouvrir": _judge,
    "link": _link, "problematique": _problematique, "order": _order, "hide": _hide, "quote": _quote,
    "ne_pas_citer": _ne_pas_citer, "mask": mark_spans, "nommer": mark_spans, "corriger_transcription": _corriger,
    "texte": _texte, "controle": _controle,
}  # fmt: skip
