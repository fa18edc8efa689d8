"""What each act does to the state. An act that cannot be done changes nothing and says why, in French."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.axes import COMPASS_CODES, HORS_AXE, compass
from pipeline.language.typography import counted
from pipeline.review.anchors import find_group, find_item, items_under
from pipeline.review.decisions import Decision
from pipeline.review.spread import count_again
from pipeline.review.state import Group, Item, Link, ReviewState, Theme

OTHER_THEME = "t-autres"
FIGURES = ("n_items", "n_ideas", "n_voices", "n_tables")


@dataclass(frozen=True)
class Outcome:
    """What became of an act: a state of `schemas.DECISION_STATES` and what to do, in French ("" when all is well)."""

    state: str
    message: str = ""


class ActError(Exception):
    """The act cannot be done here and now; `state` is orpheline or conflit."""

    def __init__(self, state: str, message: str) -> None:
        self.state = state
        super().__init__(message)


def apply(state: ReviewState, decision: Decision) -> Outcome:
    """Do one act (not undo or redo, which choose the acts that are replayed)."""
    try:
        message = _ACTS[decision.op](state, decision)
    except ActError as error:
        return Outcome(error.state, str(error))
    count_again(state)
    return Outcome("rejouee", message)


# finding targets -------------------------------------------------------------------------------------------


def _items(state: ReviewState, decision: Decision) -> tuple[list[Item], str]:
    """The items named, each once, and a word about those that are gone."""
    anchors = decision.target.items
    found = {item.item_id: item for anchor in anchors if (item := find_item(state, anchor)) is not None}
    lost = sum(find_item(state, anchor) is None for anchor in anchors)
    if not found:
        quoted = anchors[0].text[:80] if anchors else ""
        raise ActError("orpheline", f"« {quoted} » n'est plus dans les paroles lues. Refaites cet acte s'il le faut.")
    told = f"{counted(lost, 'parole', feminine=True)} sur {len(anchors)} n'est plus là." if lost else ""
    return list(found.values()), told.replace("n'est plus", "ne sont plus") if lost > 1 else told


def _group(state: ReviewState, decision: Decision, group_id: str) -> Group:
    found = find_group(state, group_id, decision.before.members.get(group_id, ()))
    if found is None:
        raise ActError(
            "orpheline",
            "Ce groupe n'existe plus : ses paroles ont été réparties autrement. Cherchez-les, et refaites cet acte.",
        )
    return state.groups[found]


def _groups(state: ReviewState, decision: Decision) -> list[Group]:
    found = [_group(state, decision, group_id) for group_id in decision.target.groups]
    return list({group.group_id: group for group in found}.values())


# moving items ----------------------------------------------------------------------------------------------


def _detach(state: ReviewState, item: Item) -> None:
    if item.group_id is None:
        return
    members = state.members[item.group_id]
    members.pop(item.item_id, None)
    if members:
        state.touched.add(item.group_id)
    else:
        _drop_group(state, item.group_id)
    item.group_id = None


def _drop_group(state: ReviewState, group_id: str) -> None:
    del state.groups[group_id], state.members[group_id]
    state.pins.pop(group_id, None)
    state.touched.discard(group_id)


def _attach(state: ReviewState, items: list[Item], group_id: str | None, author: str) -> None:
    for item in items:
        if item.group_id != group_id:
            if group_id is not None:
                state.members[group_id][item.item_id] = None
                state.touched.add(group_id)
            _detach(state, item)
            item.group_id = group_id
        item.membership_by = author
        if group_id is not None and item.axis != state.groups[group_id].axis:
            _set_item_axis(item, state.groups[group_id].axis, None, author)


def _set_item_axis(item: Item, axis: str, facet: str | None, author: str) -> None:
    if axis != item.axis or facet is not None:
        item.facet = facet
    item.axis, item.status, item.axis_by = axis, "sur", author


def _move(state: ReviewState, decision: Decision) -> str:
    items, told = _items(state, decision)
    destination = decision.after.group_id
    if destination is None:
        _attach(state, [item for item in items if item.axis != HORS_AXE], None, decision.author)
    else:
        _attach(state, items, _group(state, decision, destination).group_id, decision.author)
    return told


def _merge(state: ReviewState, decision: Decision) -> str:
    kept, *absorbed = _groups(state, decision)
    if not absorbed:
        raise ActError("conflit", "Ces groupes n'en font déjà plus qu'un : rien à faire.")
    if len({group.axis for group in (kept, *absorbed)}) > 1:
        raise ActError(
            "conflit",
            "Ces groupes ne sont plus sur le même axe. Changez l'axe de l'un d'eux, puis fusionnez à nouveau.",
        )
    for group in absorbed:
        _attach(state, state.items_of(group.group_id), kept.group_id, decision.author)
    if decision.after.title is not None:
        kept.title = decision.after.title
    kept.decided_by = decision.author
    return ""


def _split(state: ReviewState, decision: Decision) -> str:
    source = _group(state, decision, decision.target.groups[0])
    items, told = _items(state, decision)
    inside = [item for item in items if item.group_id == source.group_id]
    if not inside:
        raise ActError("conflit", "Les paroles cochées ne sont plus dans ce groupe. Cochez-les à nouveau.")
    _open_group(state, decision, source.axis, source.theme_id)
    _attach(state, inside, str(decision.after.group_id), decision.author)
    if source.group_id in state.groups:
        source.decided_by = decision.author
    return told


def _create(state: ReviewState, decision: Decision) -> str:
    items, told = _items(state, decision)
    axis = str(decision.after.axis)
    if axis == HORS_AXE:
        raise ActError("conflit", "Un groupe se crée sur un des quatre axes de la rose. Choisissez-en un.")
    _open_group(state, decision, axis, decision.after.theme_id or _usual_theme(state, items))
    _attach(state, items, str(decision.after.group_id), decision.author)
    return told


def _open_group(state: ReviewState, decision: Decision, axis: str, theme_id: str) -> None:
    group_id = str(decision.after.group_id)
    if group_id in state.groups:
        raise ActError("conflit", "Ce groupe a déjà été créé. Rien à faire.")
    title = str(decision.after.title)
    reason = f"Créé à la relecture par {decision.author}."
    state.groups[group_id] = Group(
        group_id, axis, _theme(state, theme_id, decision.author), title, None, (), 0, 0, None, 0, 0, 0, 0.0, 0.0,
        reason, (), decided_by=decision.author,
    )  # fmt: skip
    state.members[group_id] = {}


def _usual_theme(state: ReviewState, items: list[Item]) -> str:
    met = Counter(state.groups[item.group_id].theme_id for item in items if item.group_id is not None)
    return min(met, key=lambda theme: (-met[theme], theme)) if met else OTHER_THEME


def _theme(state: ReviewState, theme_id: str, author: str) -> str:
    if theme_id in state.themes:
        return theme_id
    if OTHER_THEME not in state.themes:
        position = 1 + max((theme.position for theme in state.themes.values()), default=-1)
        state.themes[OTHER_THEME] = Theme(OTHER_THEME, "Autres sujets", position, (), author)
    return OTHER_THEME


# groups ----------------------------------------------------------------------------------------------------


def _rename(state: ReviewState, decision: Decision) -> str:
    title = str(decision.after.title)
    if decision.target.theme_id is not None:
        theme = state.themes.get(decision.target.theme_id)
        if theme is None:
            raise ActError("orpheline", "Ce thème n'existe plus. Renommez celui qui l'a remplacé.")
        theme.title, theme.decided_by = title, decision.author
        return ""
    for group in _groups(state, decision):
        group.title, group.decided_by = title, decision.author
    return ""


def _set_theme(state: ReviewState, decision: Decision) -> str:
    theme_id = str(decision.after.theme_id)
    if theme_id not in state.themes:
        raise ActError("orpheline", "Ce thème n'existe plus. Choisissez-en un autre pour ce groupe.")
    for group in _groups(state, decision):
        group.theme_id, group.decided_by = theme_id, decision.author
    return ""


def _judge(state: ReviewState, decision: Decision) -> str:
    told = ""
    if decision.target.items:
        items, told = _items(state, decision)
        for item in items:
            item.status, item.axis_by = "sur", decision.author
    for group in _groups(state, decision):
        group.state = {"accept": "accepte", "revoir": "a_revoir", "reject": "rejete"}[decision.op]
        group.decided_by = decision.author
    return told


def _problematique(state: ReviewState, decision: Decision) -> str:
    for group in _groups(state, decision):
        group.question, group.decided_by = decision.after.question or None, decision.author
    return ""


def _order(state: ReviewState, decision: Decision) -> str:
    for group in _groups(state, decision):
        state.pins.pop(group.group_id, None)
        state.pins[group.group_id] = int(decision.after.position or 0)
        group.decided_by = decision.author
    return ""


def _hide(state: ReviewState, decision: Decision) -> str:
    told, value = "", bool(decision.after.value)
    if decision.target.items:
        items, told = _items(state, decision)
        for item in items:
            item.is_hidden, item.display_by = value, decision.author
    for group in _groups(state, decision):
        group.is_hidden, group.decided_by = value, decision.author
    return told


def _texte(state: ReviewState, decision: Decision) -> str:
    told = ""
    for group in _groups(state, decision):
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
        items, told = _items(state, decision)
        for item in items:
            if item.group_id is not None and state.groups[item.group_id].axis != axis:
                _detach(state, item)
                item.membership_by = decision.author
            _set_item_axis(item, axis, facet, decision.author)
    for group in _groups(state, decision):
        for item in state.items_of(group.group_id):
            if axis == HORS_AXE:
                _detach(state, item)
            _set_item_axis(item, axis, facet, decision.author)
        group.axis, group.decided_by = axis if axis in COMPASS_CODES else group.axis, decision.author
    return told


def _set_stance(state: ReviewState, decision: Decision) -> str:
    items, told = _items(state, decision)
    for item in items:
        item.stance, item.membership_by = str(decision.after.stance), decision.author
    return told


def _link(state: ReviewState, decision: Decision) -> str:
    anchors = (decision.target.obstacle, decision.target.answer)
    ends = [find_item(state, anchor) for anchor in anchors if anchor is not None]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        raise ActError("orpheline", "Une des deux paroles de ce lien n'est plus là. Reliez les nouvelles s'il le faut.")
    link = state.links.setdefault((ends[0].item_id, ends[1].item_id), Link(1.0))
    link.state, link.decided_by = str(decision.after.state), decision.author
    return ""


def _quote(state: ReviewState, decision: Decision) -> str:
    items, told = _items(state, decision)
    for item in items:
        item.quote_choice, item.display_by = decision.after.state, decision.author
    return told


def _ne_pas_citer(state: ReviewState, decision: Decision) -> str:
    items, told = _items(state, decision)
    for item in items:
        item.is_quotable, item.display_by = not decision.after.value, decision.author
    return told


def _mark_spans(state: ReviewState, decision: Decision) -> str:
    """`mask` hides a name, or says with False that it is none; `nommer` shows it, with the person's consent."""
    is_mask, value = decision.op == "mask", bool(decision.after.value)
    found = False
    for anchor in decision.target.items:
        source = state.sources.get(anchor.contribution_id)
        if source is None or source.text[anchor.start : anchor.end] != anchor.text:
            continue
        span = (anchor.start, anchor.end)
        for item in items_under(state, anchor):
            found = True
            item.masks = _with(item.masks, span, is_mask and value)
            item.named = _with(item.named, span, not is_mask and value)
            item.not_names = _with(item.not_names, span, is_mask and not value)
            item.display_by = decision.author
    if not found:
        quoted = decision.target.items[0].text[:40]
        raise ActError("orpheline", f"« {quoted} » n'est plus à cet endroit. Vérifiez les noms de ces paroles.")
    return ""


def _with(spans: tuple[tuple[int, int], ...], span: tuple[int, int], is_in: bool) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({*spans, span} if is_in else set(spans) - {span}))


def _corriger(state: ReviewState, decision: Decision) -> str:
    items, told = _items(state, decision)
    for item in items:
        text = decision.after.text
        item.shown_text, item.display_by = (text if text and text != item.text else None), decision.author
    return told


def _controle(state: ReviewState, decision: Decision) -> str:
    """A blind answer changes nothing; it only has to be about words that are still there."""
    return _items(state, decision)[1]


_ACTS: dict[str, Callable[[ReviewState, Decision], str]] = {
    "rename": _rename, "move": _move, "merge": _merge, "split": _split, "create": _create, "set_axis": _set_axis,
    "set_stance": _set_stance, "set_theme": _set_theme, "accept": _judge, "revoir": _judge, "reject": _judge,
    "link": _link, "problematique": _problematique, "order": _order, "hide": _hide, "quote": _quote,
    "ne_pas_citer": _ne_pas_citer, "mask": _mark_spans, "nommer": _mark_spans, "corriger_transcription": _corriger,
    "texte": _texte, "controle": _controle,
}  # fmt: skip
