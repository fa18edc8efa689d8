"""From a form to an act, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from starlette.datastructures import FormData

from pipeline.app.titles import named_already
from pipeline.app.workspace import Message
from pipeline.contracts.draft import Sentence
from pipeline.contracts.numbers import whole_number
from pipeline.place.given import lines_of_text
from pipeline.place.titles import Given, checked, title_fault
from pipeline.review.exchange.own_words import cited_in
from pipeline.review.log.decisions import REDO, UNDO, ItemAnchor, NewTitle, Part
from pipeline.review.log.on_groups import VERDICTS
from pipeline.review.log.ops import OPS, describe
from pipeline.review.session import Session, Wish

GONE = "Cela vient de changer : la page a été rechargée. Recommencez si besoin, rien n’est perdu."
INCOMPLETE = "Cet acte est incomplet : rien n’a changé. Rechargez la page et recommencez."
_NOWHERE = "aucun"
"""The choice of a form that sends words to the weak signals."""


def do_act(session: Session, author: str, form: FormData, sentences: Sequence[Sentence] = ()) -> Message:
    """Do what a form asks, or say in French why not.

    `sentences` : those of the text, of which one that is written by hand keeps what it cites.
    """
    op = "move" if "vers" in form else "refuser" if "non" in form else str(form.get("op", ""))
    try:
        if op in (UNDO, REDO):
            return _undo_or_redo(session, author, op == UNDO, str(form.get("decision_id") or ""))
        given = _titles_of(session, form) if op == "titres" else Given()
        complaint = _complaint(op, form, given) or _no_change(session, op, form) or _named_twice(session, op, form)
        if complaint:
            return Message(complaint, is_error=True)
        renamed = _renamed_first(session, author, op, form)
        wish = _wish(op, form)
        if op == "texte":
            wish = replace(wish, spans=cited_in(session.state, str(form.get("text") or ""), sentences))
        decision, outcome = session.act(author, wish, **_after(op, form, given))
    except KeyError:
        return Message(GONE, is_error=True)
    except ValueError:  # an act that lacks something, a malformed number or span
        return Message(INCOMPLETE, is_error=True)
    if outcome.state != "rejouee":
        return Message(outcome.message, is_error=True)
    clause = describe(session.state, decision)
    clause = f"{renamed}, puis {clause.removeprefix('a ')}" if renamed else clause
    extra = f"\n{outcome.message}" if outcome.message else ""  # a line of its own: it is read whole
    told = "\n".join([f"C’est enregistré : {_yours(author, clause)}.{extra}", *given.told[:5]])
    return Message(told, is_error=bool(given.told), decision_id=decision.decision_id)


def _yours(author: str, clause: str, had: str = "avez") -> str:
    """What somebody did, told to her; a clause that tells no past act (« ne confie plus… ») names her."""
    return f"vous {had} {clause.removeprefix('a ')}" if clause.startswith("a ") else f"{author} {clause}"


def _complaint(name: str, form: FormData, given: Given) -> str:
    op = OPS.get(name)
    if name == "titres" and not given.titles:
        return "\n".join(given.told[:5]) or "Écrivez d’abord un titre, un par ligne."
    if op is None:
        return "Cet acte est inconnu."
    if op.is_on_ticked and not form.getlist("item"):
        return "Cochez d’abord une ou plusieurs idées."
    if op.about == "two groups" and len(set(form.getlist("group"))) < 2:
        return "Cochez d’abord deux groupes au moins."
    if asked := next((asked for field, asked in op.asks.items() if not str(form.get(field) or "").strip()), ""):
        return asked
    title = " ".join(str(form.get("title") or "").split())
    fault = title_fault(title) if title else ""
    return f"Rien n’est changé\u00a0: {fault}." if fault else ""


def _no_change(session: Session, op: str, form: FormData) -> str:
    """What is told of a title that is sent as it stands: nothing is written in the history for it."""
    groups = form.getlist("group")
    if op != "rename" or len(groups) != 1:
        return ""
    now = session.title_of(str(groups[0])) or ""
    is_same = str(form.get("title")).split() == now.split()
    return "C’est déjà le titre de ce groupe : rien n’a changé." if is_same else ""


def _named_twice(session: Session, op: str, form: FormData) -> str:
    """What is told of a title that is given to one group and is another's already."""
    groups, title = form.getlist("group"), str(form.get("title") or "")
    if op not in ("rename", *VERDICTS) or len(groups) != 1:
        return ""
    state, key = session.state, str(groups[0])
    if title.split() == (session.title_of(key) or "").split():
        return ""
    given, group = state.titled.get(key), state.groups.get(key)
    axis = given.axis if given else group.axis if group else ""
    there = named_already(state)(title, axis, {key, given.title_id if given else ""})
    return f"{there} : rien n’est changé. Pour n’en faire qu’un titre, réunissez les deux." if there else ""


def _renamed_first(session: Session, author: str, op: str, form: FormData) -> str:
    """A title typed beside a verdict is kept with it; what is told of that."""
    title, groups = " ".join(str(form.get("title") or "").split()), form.getlist("group")
    if op not in VERDICTS or len(groups) != 1 or not title or _no_change(session, "rename", form):
        return ""
    decision, _ = session.act(author, Wish("rename", groups=(str(groups[0]),)), title=title)
    return describe(session.state, decision)


def _wish(op: str, form: FormData) -> Wish:
    return Wish(
        op=op,
        items=tuple(
            dict.fromkeys(key for value in form.getlist("non") or form.getlist("item") for key in str(value).split())
        ),
        groups=tuple(dict.fromkeys(str(value) for value in form.getlist("group") if value)),
        theme_id=_text(form, "theme") if OPS[op].about == "group or theme" else None,
        part=cast(Part | None, _text(form, "partie")),
        spans=tuple(_span(str(value)) for value in form.getlist("span")),
    )


def _text(form: FormData, name: str) -> str | None:
    return str(form.get(name) or "") or None


def _span(value: str) -> ItemAnchor:
    contribution_id, start, end, text = value.split("|", 3)
    ends = {"start": whole_number(start), "end": whole_number(end)}  # none that is read is refused
    return ItemAnchor.model_validate({"contribution_id": contribution_id, "text": text, **ends})


def _after(op: str, form: FormData, given: Given) -> dict[str, Any]:
    """The fields of this op alone, trimmed; an empty field is left out."""
    typed = {name: str(form[name]).strip() for name in OPS[op].fields if name in form}
    values: dict[str, Any] = {name: value for name, value in typed.items() if value}
    if "vers" in form:  # a proposed card that goes under the next title
        values["group_id"] = str(form["vers"])
    for name in ("title", "question"):
        if name in values:
            values[name] = " ".join(values[name].split())
    for name in ("value", "agreed"):
        if name in values:
            values[name] = values[name] == "oui"
    if op == "titres":
        values["titles"] = tuple(
            NewTitle(title=one.text, axis=cast(Any, one.axis), rubric=one.rubric or None) for one in given.titles
        )
    if values.get("group_id") == _NOWHERE:
        del values["group_id"]
    return values


def _titles_of(session: Session, form: FormData) -> Given:
    """The titles that were typed or pasted, those without an axis on the one that is chosen, and what is told of the
    lines that are none, or that stand on the wall already."""
    axis = str(form.get("axis") or "")
    lines = lines_of_text(str(form.get("titles") or "").replace("\r\n", "\n"), "Vos titres")
    typed = checked(replace(line, axis=line.axis or axis) for line in lines)
    named, then = named_already(session.state), "il n’est pas ajouté"
    if form.getlist("item"):
        then = "choisissez-le dans « Déplacer vers »"
    there = {one: named(one.text, one.axis or "", ()) for one in typed.titles}
    told = (*typed.told, *(f"{place} : {then}." for place in there.values() if place))
    return Given(tuple(one for one, place in there.items() if not place), told)


def _undo_or_redo(session: Session, author: str, is_undone: bool, decision_id: str) -> Message:
    session.sync()
    by_id = {decision.decision_id: decision for decision in session.log.decisions}
    decision = by_id.get(decision_id) or (session.undoable() if is_undone else session.redoable())
    if decision is None:
        return Message("Il n’y a rien à annuler." if is_undone else "Il n’y a rien à rétablir.", is_error=True)
    clause = describe(session.state, decision)
    session.set_undone(author, decision.decision_id, is_undone)
    done = "annulé" if is_undone else "rétabli"
    if decision.author == author:
        return Message(f"C’est {done} : {_yours(author, clause, 'aviez' if is_undone else 'avez')}.")
    clause = f"av{clause.replace('a ', 'ait ', 1)}" if is_undone and clause.startswith("a ") else clause
    return Message(f"Vous avez {done} l’acte de {decision.author} : {decision.author} {clause}.")
