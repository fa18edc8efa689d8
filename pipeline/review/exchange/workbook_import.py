"""Read a workbook back as decisions: a diff against what it held when it was written and against the state of today.

Tolerant: columns by heading, rows by id, spaces and case aside; a missing row or an unreadable cell decides nothing,
and is told cell by cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.axes import HORS_AXE
from pipeline.contracts.labels import GROUP_STATE_NAMES, STANCE_NAMES
from pipeline.errors import RefusedFileError
from pipeline.review.exchange import workbook as book
from pipeline.review.exchange.sheets import FILE_OF_DECISIONS, LINE, Row, fold, read_sheets
from pipeline.review.log.decisions import Decision
from pipeline.review.log.history import describe
from pipeline.review.log.lines import read_log
from pipeline.review.log.on_groups import VERDICTS
from pipeline.review.log.state import Group, Item
from pipeline.review.session import Session, Wish

_VERDICT_OPS = {state: op for op, state in VERDICTS.items()}
_YES, _NO = ("oui", "x", "1", "vrai", "true", "o"), ("non", "", "0", "faux", "false", "n")


@dataclass
class ImportPlan:
    """What a file asks for.

    Attributes
    ----------
    decisions : acts ready to be recorded, in order.
    lines : one sentence in French per act, shown before anything is done.
    conflicts : cells that decide nothing, and why.
    """

    decisions: list[Decision] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def plan_import(session: Session, path: Path, author: str) -> ImportPlan:
    """The acts that a workbook asks for, against the state of today; nothing is recorded.

    Raises
    ------
    RefusedFileError : see `read_sheets`.
    """
    sheets, plan = read_sheets(path), ImportPlan()
    reader = _Reader(session, author, plan)
    for row in sheets.get(fold(book.GROUPS), []):
        reader.read_group(row)
    reader.read_items(sheets.get(fold(book.ITEMS), []))
    for row in sheets.get(fold(book.LINKS), []):
        reader.read_link(row)
    for row in sheets.get(fold(book.PAIRS), []):
        reader.read_answer(row)
    return plan


class _Reader:
    """Compares cells with the state and writes acts; each sheet has its method."""

    def __init__(self, session: Session, author: str, plan: ImportPlan) -> None:
        self.session, self.state = session, session.state
        self.author, self.plan = author, plan
        self.group_rows = {row[book.GROUP_ID]: row for row in book.group_rows(self.state)}
        self.titles: dict[tuple[str, str], list[str]] = {}
        for group in self.state.groups.values():
            self.titles.setdefault((group.axis, fold(group.title)), []).append(group.group_id)

    def _add(self, wish: Wish, told: str, **after: Any) -> None:
        self.plan.decisions.append(self.session.propose(self.author, wish, **after))
        self.plan.lines.append(told)

    def _conflict(self, sheet: str, row: Row, heading: str, why: str) -> None:
        self.plan.conflicts.append(f"{sheet}, ligne {row[LINE]}, colonne « {heading} » : {why}")

    def _choice(self, sheet: str, row: Row, heading: str, names: dict[str, str]) -> str | None:
        """The code of a cell; None when it is absent or not one of the choices (then told)."""
        if fold(heading) not in row:
            return None
        given = fold(row[fold(heading)])
        for code, name in names.items():
            if given in (fold(name), fold(code)):
                return code
        if given:
            allowed = ", ".join(name for name in names.values() if name)
            self._conflict(sheet, row, heading, f"« {row[fold(heading)]} » n'est pas un choix ({allowed}).")
        return None

    def _is_yes(self, sheet: str, row: Row, heading: str, now: bool) -> bool:
        """Whether a cell says yes; as it is now when it is absent or says something else (then told)."""
        given = fold(row.get(fold(heading), "oui" if now else ""))
        if given not in (*_YES, *_NO):
            why = f"« {row[fold(heading)]} » n'est pas un choix ({book.YES}, ou rien)."
            self._conflict(sheet, row, heading, why)
            return now
        return given in _YES

    def _settle(self, sheet: str, row: Row, now: dict[str, Any]) -> None:
        """Leave in `row` only what the person changed: a cell as it was exported takes the value of today.

        A cell that was changed both here and on the page since is told, and the page is kept.
        """
        try:
            before = json.loads(row.get(fold(book.BEFORE)) or "{}")
        except ValueError:
            before = {}
        for heading in book.EDITABLE[sheet]:
            key, today = fold(heading), str(now[heading])
            if key not in row or heading not in before:
                continue
            given, exported = fold(row[key]), fold(before[heading])
            if given != exported and fold(today) not in (exported, given):
                why = f"le classeur dit « {row[key]} », la page a décidé « {today} » depuis ; la page est gardée."
                self._conflict(sheet, row, heading, why)
            elif given != exported:
                continue
            row[key] = today

    def read_group(self, row: Row) -> None:
        """Title, state, question, hidden."""
        group = self.state.groups.get(row.get(fold(book.GROUP_ID), ""))
        if group is None:
            if row.get(fold(book.TITLE)):
                self._conflict(book.GROUPS, row, book.GROUP_ID, "ce groupe n'existe plus ; la ligne ne décide rien.")
            return
        self._settle(book.GROUPS, row, self.group_rows[group.group_id])
        target = (group.group_id,)
        title = row.get(fold(book.TITLE), group.title)
        if not title:
            self._conflict(book.GROUPS, row, book.TITLE, f"un groupe a un titre ; « {group.title} » est gardé.")
        if title and fold(title) != fold(group.title):
            self._add(Wish("rename", groups=target), f"« {group.title} » devient « {title} »", title=title[:300])
            self.titles.setdefault((group.axis, fold(title)), []).append(group.group_id)
        state = self._choice(book.GROUPS, row, book.STATE, GROUP_STATE_NAMES)
        if state is not None and state != group.state:
            self._add(Wish(_VERDICT_OPS[state], groups=target), f"« {group.title} » : {GROUP_STATE_NAMES[state]}")
        self._read_group_details(row, group)

    def _read_group_details(self, row: Row, group: Group) -> None:
        question = row.get(fold(book.QUESTION), group.question or "")
        if question != (group.question or ""):
            wish = Wish("problematique", groups=(group.group_id,))
            self._add(wish, f"« {group.title} » : question « {question} »", question=question[:1000])
        hidden = self._is_yes(book.GROUPS, row, book.HIDE, group.is_hidden)
        if hidden != group.is_hidden:
            told = f"« {group.title} » : {'masqué' if hidden else 'montré'}"
            self._add(Wish("hide", groups=(group.group_id,)), told, value=hidden)

    def read_items(self, rows: list[Row]) -> None:
        """Axis, group, stance, quotation; items sent to one new title make one group."""
        created: dict[tuple[str, str], tuple[str, list[str]]] = {}
        for row in rows:
            item = self.state.items.get(row.get(fold(book.ITEM_ID), ""))
            if item is None:
                if row.get(fold("Parole")):
                    self._conflict(book.ITEMS, row, book.ITEM_ID, "cette parole n'existe plus : rien n'est décidé.")
                continue
            self._settle(book.ITEMS, row, book.item_row(self.state, item))
            axis = self._read_axis(row, item)
            self._read_item_group(row, item, axis, created)
            self._read_item_display(row, item)
        for (axis, _), (title, items) in created.items():
            told = f"nouveau groupe « {title} » avec {len(items)} parole{'s' if len(items) > 1 else ''}"
            self._add(Wish("create", items=tuple(items)), told, title=title[:300], axis=axis)

    def _read_axis(self, row: Row, item: Item) -> str:
        axis = self._choice(book.ITEMS, row, book.AXIS, book.AXIS_NAMES) or item.axis
        if axis != item.axis:
            self._add(
                Wish("set_axis", items=(item.item_id,)), f"{_said(item)} : axe {book.AXIS_NAMES[axis]}", axis=axis
            )
        return axis

    def _read_item_group(
        self, row: Row, item: Item, axis: str, created: dict[tuple[str, str], tuple[str, list[str]]]
    ) -> None:
        if fold(book.GROUP) not in row or axis == HORS_AXE:
            return
        wanted, now = row[fold(book.GROUP)], self.session.title_of(item.group_id) or ""
        if fold(wanted) == fold(now):  # left as it was; on another axis the item becomes a weak signal
            return
        if not wanted:
            if axis == item.axis:
                self._add(Wish("move", items=(item.item_id,)), f"{_said(item)} : signal faible")
            return
        found = self.titles.get((axis, fold(wanted)), [])
        if len(found) > 1:
            self._conflict(book.ITEMS, row, book.GROUP, f"plusieurs groupes s'appellent « {wanted} ».")
        elif found:
            told = f"{_said(item)} : groupe « {wanted} »"
            self._add(Wish("move", items=(item.item_id,)), told, group_id=found[0])
        else:
            created.setdefault((axis, fold(wanted)), (wanted, []))[1].append(item.item_id)

    def _read_item_display(self, row: Row, item: Item) -> None:
        target = (item.item_id,)
        stance = self._choice(book.ITEMS, row, book.STANCE, STANCE_NAMES)
        if stance is not None and stance != item.stance:
            self._add(Wish("set_stance", items=target), f"{_said(item)} : {STANCE_NAMES[stance]}", stance=stance)
        quote = self._choice(book.ITEMS, row, book.QUOTE, {**book.QUOTE_NAMES, "": ""})
        if quote is not None and (quote or None) != item.quote_choice:
            told = f"{_said(item)} : {book.QUOTE_NAMES.get(quote, 'citation laissée à Rosace')}"
            self._add(Wish("quote", items=target), told, state=quote or None)
        refused = self._is_yes(book.ITEMS, row, book.NO_QUOTE, not item.is_quotable)
        if refused == item.is_quotable:
            told = f"{_said(item)} : {'ne pas citer' if refused else 'peut être citée'}"
            self._add(Wish("ne_pas_citer", items=target), told, value=refused)
        hidden = self._is_yes(book.ITEMS, row, book.HIDE, item.is_hidden)
        if hidden != item.is_hidden:
            told = f"{_said(item)} : {'masquée' if hidden else 'montrée'}"
            self._add(Wish("hide", items=target), told, value=hidden)

    def read_link(self, row: Row) -> None:
        """Right or wrong."""
        one, _, two = row.get(fold(book.LINK_ID), "").partition(" ")
        link = self.state.links.get((one, two))
        if link is not None:
            now = {book.VERDICT: book.VERDICT_NAMES.get(link.state, "")}
            self._settle(book.LINKS, row, now)
        verdict = self._choice(book.LINKS, row, book.VERDICT, book.VERDICT_NAMES)
        if verdict is None:
            return
        if link is None:
            self._conflict(book.LINKS, row, book.LINK_ID, "ce lien n'existe plus ; la ligne ne décide rien.")
        elif verdict != link.state:
            told = f"lien {verdict} : {_said(self.state.items[one])} → {_said(self.state.items[two])}"
            self._add(Wish("link", links=((one, two),)), told, state=verdict)

    def read_answer(self, row: Row) -> None:
        """Whether two ideas go together; an empty cell answers nothing."""
        given = fold(row.get(fold(book.SAME), ""))
        one, _, other = row.get(fold(book.PAIR_ID), "").partition(" ")
        if not given:
            return
        if one not in self.state.items or other not in self.state.items:
            self._conflict(book.PAIRS, row, book.PAIR_ID, "ces paroles n'existent plus ; la ligne ne décide rien.")
            return
        value = self._choice(book.PAIRS, row, book.SAME, book.SAME_NAMES)
        if value is not None:
            said = f"{_said(self.state.items[one])} et {_said(self.state.items[other])}"
            self._add(Wish("meme", items=(one, other)), f"{said} : {book.SAME_NAMES[value]}", **_VALUES[value])


_VALUES: dict[str, dict[str, bool]] = {"oui": {"value": True}, "non": {"value": False}, "": {}}


def _said(item: Item) -> str:
    return f"« {item.text[:60].strip()}{'…' if len(item.text) > 60 else ''} »"


def plan_decisions(session: Session, lines: Iterator[str] | list[str], name: str) -> ImportPlan:
    """The acts of a file of decisions (the offline page's), those that the log already holds left out.

    Raises
    ------
    RefusedFileError : no line of the file is an act.
    """
    log = read_log(list(lines), name)
    if not log.decisions:
        raise RefusedFileError(name, "ce fichier ne contient aucune décision", FILE_OF_DECISIONS)
    known = {decision.decision_id for decision in session.log.decisions}
    plan = ImportPlan(conflicts=[bad.message for bad in log.bad_lines])
    for decision in log.decisions:
        if decision.decision_id not in known:
            plan.decisions.append(decision)
            plan.lines.append(f"{decision.author} {describe(session.state, decision)}")
    return plan
