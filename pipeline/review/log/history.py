"""Acts told in French, for the history, the messages and the list of what could not be replayed."""

from __future__ import annotations

from pipeline.axes import compass
from pipeline.contracts.labels import STANCE_NAMES
from pipeline.language.text.typography import NO_BREAK, counted
from pipeline.review.log.decisions import Decision, ItemAnchor
from pipeline.review.log.state import ReviewState


def quoted(text: str, limit: int = 70) -> str:
    """A text between French quotation marks, cut when long."""
    words = " ".join(text.split())
    shown = words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " […]"
    return f"«{NO_BREAK}{shown}{NO_BREAK}»"


def describe(state: ReviewState, decision: Decision) -> str:
    """What an act did: a clause whose subject is the person ("a renommé…")."""
    after, target = decision.after, decision.target
    group = _title(state, decision, target.groups[0]) if target.groups else ""
    what = group or _items(target.items)
    axis = compass()[after.axis].name if after.axis else ""
    told = {
        "rename": f"a renommé {quoted(str(decision.before.value))} en {quoted(after.title or '')}",
        "move": f"a déplacé {what} vers {_destination(state, decision)}",
        "merge": f"a réuni {counted(len(target.groups), 'groupe')} : {quoted(after.title) if after.title else group}",
        "split": f"a séparé {_items(target.items)} de {group} dans {quoted(after.title or '')}",
        "create": f"a créé {quoted(after.title or '')} avec {_items(target.items)}",
        "set_axis": f"a mis {what} sur l’axe {axis}" if after.axis != "hors_axe" else f"a mis {what} hors axe",
        "set_stance": f"a noté la position de {what} : {STANCE_NAMES.get(after.stance or '', '')}",
        "set_theme": f"a changé le thème de {group}",
        "accept": f"a accepté {what}" if group else f"a confirmé l’axe de {what}",
        "revoir": f"a mis {group} à revoir",
        "reject": f"a rejeté {group}",
        "rouvrir": f"a remis {group} à relire",
        "link": f"a jugé {after.state} {_links(decision)}",
        "problematique": f"a écrit la question de {group} : {quoted(after.question or '')}",
        "order": f"a placé {group} en position {(after.position or 0) + 1}",
        "hide": f"a {'masqué' if after.value else 'montré'} {what} dans la restitution",
        "quote": f"a {_QUOTE_ACTS.get(after.state, '')} {what}",
        "ne_pas_citer": f"a demandé de {'ne pas ' if after.value else ''}citer {what}",
        "mask": f"a {'masqué le nom' if after.value else 'gardé le mot'} {_names(decision)}",
        "nommer": f"a {'noté' if after.value else 'retiré'} l’accord pour nommer {_names(decision)}",
        "corriger_transcription": f"a corrigé la transcription de {what}",
        "texte": f"a écrit un paragraphe pour {group}",
        "controle": f"a répondu au contrôle à l’aveugle pour {what}",
        "undo": "a annulé un acte",
        "redo": "a rétabli un acte",
    }
    return told[decision.op]


_QUOTE_ACTS = {"choisie": "choisi de citer", "bannie": "écarté des citations", None: "laissé Rosace choisir pour"}


def _links(decision: Decision) -> str:
    links = decision.target.links
    if len(links) > 1:
        return f"{counted(len(links), 'lien')} depuis {quoted(links[0].obstacle.text, 40)}"
    return " et ".join(f"le lien entre {_items((link.obstacle, link.answer))}" for link in links)


def _items(anchors: tuple[ItemAnchor, ...]) -> str:
    if len(anchors) == 1:
        return quoted(anchors[0].text)
    return (
        f"{counted(len(anchors), 'parole', feminine=True)}"
        if len(anchors) != 2
        else (f"{quoted(anchors[0].text, 40)} et {quoted(anchors[1].text, 40)}")
    )


def _names(decision: Decision) -> str:
    return f"{quoted(decision.after.text)} partout" if decision.after.text else _items(decision.target.items)


def _title(state: ReviewState, decision: Decision, group_id: str) -> str:
    if group_id in state.groups:
        return quoted(state.groups[group_id].title)
    value = decision.before.value
    return quoted(value) if isinstance(value, str) and decision.op in ("merge", "split") else "un groupe"


def _destination(state: ReviewState, decision: Decision) -> str:
    group_id = decision.after.group_id
    return "les signaux faibles" if group_id is None else _title(state, decision, group_id)
