"""Workbook read back as decisions: a diff against what it held when it was written and against the state of today.

Tolerant: columns by heading, rows by id, spaces and case aside; a missing row or an unreadable cell decides nothing,
and is told cell by cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.axes import COMPASS_CODES, HORS_AXE
from pipeline.contracts.labels import GROUP_STATE_NAMES, STANCE_NAMES
from pipeline.errors import RefusedFileError
from pipeline.language.text.typography import NO_BREAK
from pipeline.review.exchange import workbook as book
from pipeline.review.exchange.sheets import FILE_OF_DECISIONS, LINE, Row, fold, read_sheets
from pipeline.review.log.on_groups import VERDICTS
from pipeline.review.log.ops import describe
from pipeline.review.log.replay import read_log
from pipeline.review.session import ImportPlan, Session, Wish
from pipeline.workshop.records import Group, Item

_YES, _NO = ("oui", "x", "1", "vrai", "true", "o"), ("non", "", "0", "faux", "false", "n")


_VERDICT_OPS = {state: op for op, state in VERDICTS.items()}
_VALUES: dict[str, dict[str, bool]] = {"oui": {"value": True}, "non": {"value": False}, "": {}}


def plan_import(session: Session, path: Path, author: str) -> ImportPlan:
    """The acts that a workbook asks for, against the state of today; nothing is recorded.

    Raises
    ------
    RefusedFileError : see `read_sheets`.
    """
    sheets, plan = read_sheets(path), ImportPlan()
    reader = WorkbookReader(session, author, plan)
    rows = {name: reader.whole(name, sheets.get(fold(name), [])) for name in book.EDITABLE}
    reader.read_groups(rows[book.GROUPS])
    reader.read_items(rows[book.ITEMS])
    for row in rows[book.LINKS]:
        reader.read_link(row)
    for row in rows[book.PAIRS]:
        reader.read_answer(row)
    return plan


class WorkbookReader:
    """The cells of a workbook against the state of today, and the acts that they ask for; each sheet has its method."""

    def __init__(self, session: Session, author: str, plan: ImportPlan) -> None:
        self.session, self.state = session, session.state
        self.author, self.plan = author, plan
        self.titles: dict[tuple[str, str], list[str]] = {}

    def read_groups(self, rows: list[Row]) -> None:
        """Title, state, question, hidden; groups that are given one title become one group."""
        now = {row[book.GROUP_ID]: row for row in book.group_rows(self.state)}
        known = [(row, group) for row in rows if (group := self._group_of(row)) is not None]
        titles = {group.group_id: group.title for group in self.state.groups.values()}
        for row, group in known:
            self.settle(book.GROUPS, row, now[group.group_id])
            title = row.get(fold(book.TITLE), group.title)
            if not title:
                self.conflict(book.GROUPS, row, book.TITLE, f"un groupe a un titre ; « {group.title} » est gardé.")
            titles[group.group_id] = title or group.title
        kept = self._kept(titles)
        for group_id, title in titles.items():
            if (key := (self.state.groups[group_id].axis, fold(title))) and kept[group_id] == group_id:
                self.titles.setdefault(key, []).append(group_id)
        for group in self.state.groups.values():  # a list that was opened before a group got its new title
            self.titles.setdefault((group.axis, fold(group.title)), [kept[group.group_id]])
        for row, group in known:
            self._read_group(row, group, titles[group.group_id], kept[group.group_id])

    def _group_of(self, row: Row) -> Group | None:
        group = self.state.groups.get(row.get(fold(book.GROUP_ID), ""))
        if group is None and row.get(fold(book.TITLE)):
            self.conflict(book.GROUPS, row, book.GROUP_ID, "ce groupe n'existe plus ; la ligne ne décide rien.")
        return group

    def _kept(self, titles: dict[str, str]) -> dict[str, str]:
        """Group → the group that it becomes: itself, or the one of its axis whose title it was given.

        Groups that had the same title before are two: nobody asked for one.
        """
        groups = self.state.groups
        renamed = [key for key, title in titles.items() if fold(title) != fold(groups[key].title)]
        first: dict[tuple[str, str], str] = {}
        for key in [*(key for key in titles if key not in set(renamed)), *renamed]:
            first.setdefault((groups[key].axis, fold(titles[key])), key)
        return {key: key for key in titles} | {key: first[groups[key].axis, fold(titles[key])] for key in renamed}

    def _read_group(self, row: Row, group: Group, title: str, kept: str) -> None:
        target = (group.group_id,)
        if kept == group.group_id and fold(title) != fold(group.title):
            self.add(Wish("rename", groups=target), f"« {group.title} » devient « {title} »", title=title[:300])
        state = self.choice(book.GROUPS, row, book.STATE, GROUP_STATE_NAMES)
        if state is not None and state != group.state:
            self.add(Wish(_VERDICT_OPS[state], groups=target), f"« {group.title} » : {GROUP_STATE_NAMES[state]}")
        self._read_group_details(row, group)
        if kept != group.group_id:
            line = f"« {group.title} » rejoint « {title} » : un seul groupe"
            self.add(Wish("merge", groups=(kept, group.group_id)), line)

    def _read_group_details(self, row: Row, group: Group) -> None:
        question = row.get(fold(book.QUESTION), group.question or "")
        if question != (group.question or ""):
            wish = Wish("problematique", groups=(group.group_id,))
            self.add(wish, f"« {group.title} » : question « {question} »", question=question[:1000])
        hidden = self.is_yes(book.GROUPS, row, book.HIDE, group.is_hidden)
        if hidden != group.is_hidden:
            line = f"« {group.title} » : {'masqué' if hidden else 'montré'}"
            self.add(Wish("hide", groups=(group.group_id,)), line, value=hidden)

    def read_items(self, rows: list[Row]) -> None:
        """Axis, group, stance, quotation; items sent to one new title make one group."""
        created: dict[tuple[str, str], tuple[str, list[str]]] = {}
        for row in rows:
            item = self.state.items.get(row.get(fold(book.ITEM_ID), ""))
            if item is None:
                if row.get(fold("Parole")):
                    self.conflict(book.ITEMS, row, book.ITEM_ID, "cette parole n'existe plus : rien n'est décidé.")
                continue
            self.settle(book.ITEMS, row, book.item_row(self.state, item))
            axis = self._read_axis(row, item)
            self._read_item_group(row, item, axis, created)
            self._read_item_display(row, item)
        for (axis, _), (title, items) in created.items():
            line = f"nouveau groupe « {title} » avec {len(items)} parole{'s' if len(items) > 1 else ''}"
            self.add(Wish("create", items=tuple(items)), line, title=title[:300], axis=axis)

    def _read_axis(self, row: Row, item: Item) -> str:
        axis = self.choice(book.ITEMS, row, book.AXIS, book.AXIS_NAMES) or item.axis
        if axis != item.axis:
            self.add(Wish("set_axis", items=(item.item_id,)), f"{_said(item)} : axe {book.AXIS_NAMES[axis]}", axis=axis)
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
                self.add(Wish("move", items=(item.item_id,)), f"{_said(item)} : signal faible")
            return
        targets = self.titles.get((axis, fold(wanted)), [])
        if not targets and axis == item.axis:  # the title of another axis: the idea goes there, and takes its axis
            targets = [key for code in COMPASS_CODES for key in self.titles.get((code, fold(wanted)), [])]
        if len(targets) > 1:
            self.conflict(book.ITEMS, row, book.GROUP, f"plusieurs groupes s'appellent « {wanted} ».")
        elif targets:
            there = self.state.groups[targets[0]].axis
            line = f"{_said(item)} : groupe « {wanted} »"
            line += f", axe {book.AXIS_NAMES[there]}" if there != axis else ""
            self.add(Wish("move", items=(item.item_id,)), line, group_id=targets[0])
        else:
            created.setdefault((axis, fold(wanted)), (wanted, []))[1].append(item.item_id)

    def _read_item_display(self, row: Row, item: Item) -> None:
        target = (item.item_id,)
        stance = self.choice(book.ITEMS, row, book.STANCE, STANCE_NAMES)
        if stance is not None and stance != item.stance:
            self.add(Wish("set_stance", items=target), f"{_said(item)} : {STANCE_NAMES[stance]}", stance=stance)
        quote = self.choice(book.ITEMS, row, book.QUOTE, {**book.QUOTE_NAMES, "": ""})
        if quote is not None and (quote or None) != item.quote_choice:
            line = f"{_said(item)} : {book.QUOTE_NAMES.get(quote, 'citation laissée à Rosace')}"
            self.add(Wish("quote", items=target), line, state=quote or None)
        refused = self.is_yes(book.ITEMS, row, book.NO_QUOTE, not item.is_quotable)
        if refused == item.is_quotable:
            line = f"{_said(item)} : {'ne pas citer' if refused else 'peut être citée'}"
            self.add(Wish("ne_pas_citer", items=target), line, value=refused)
        hidden = self.is_yes(book.ITEMS, row, book.HIDE, item.is_hidden)
        if hidden != item.is_hidden:
            line = f"{_said(item)} : {'masquée' if hidden else 'montrée'}"
            self.add(Wish("hide", items=target), line, value=hidden)

    def read_link(self, row: Row) -> None:
        """Right or wrong."""
        one, _, two = row.get(fold(book.LINK_ID), "").partition(" ")
        link = self.state.links.get((one, two))
        if link is not None:
            now = {book.VERDICT: book.VERDICT_NAMES.get(link.state, "")}
            self.settle(book.LINKS, row, now)
        verdict = self.choice(book.LINKS, row, book.VERDICT, book.VERDICT_NAMES)
        if verdict is None:
            return
        if link is None:
            self.conflict(book.LINKS, row, book.LINK_ID, "ce lien n'existe plus ; la ligne ne décide rien.")
        elif verdict != link.state:
            line = f"lien {verdict} : {_said(self.state.items[one])} → {_said(self.state.items[two])}"
            self.add(Wish("link", links=((one, two),)), line, state=verdict)

    def read_answer(self, row: Row) -> None:
        """Whether two ideas go together; an empty cell answers nothing."""
        given = fold(row.get(fold(book.SAME), ""))
        one, _, other = row.get(fold(book.PAIR_ID), "").partition(" ")
        if not given:
            return
        if one not in self.state.items or other not in self.state.items:
            self.conflict(book.PAIRS, row, book.PAIR_ID, "ces paroles n'existent plus ; la ligne ne décide rien.")
            return
        value = self.choice(book.PAIRS, row, book.SAME, book.SAME_NAMES)
        if value is not None:
            said = f"{_said(self.state.items[one])} et {_said(self.state.items[other])}"
            self.add(Wish("meme", items=(one, other)), f"{said} : {book.SAME_NAMES[value]}", **_VALUES[value])

    # cells ---------------------------------------------------------------------------------------------------

    def add(self, wish: Wish, line: str, **after: Any) -> None:
        """Plan an act, with the sentence that shows it."""
        self.plan.decisions.append(self.session.propose(self.author, wish, **after))
        self.plan.lines.append(line)

    def conflict(self, sheet: str, row: Row, heading: str, why: str) -> None:
        """Tell why a cell decides nothing."""
        self.plan.conflicts.append(f"{sheet}, ligne {row[LINE]}, colonne « {heading} » : {why}")

    def choice(self, sheet: str, row: Row, heading: str, names: dict[str, str]) -> str | None:
        """The code of a cell; None when it is absent or not one of the choices (then told)."""
        if fold(heading) not in row:
            return None
        given = fold(row[fold(heading)])
        for code, name in names.items():
            if given in (fold(name), fold(code)):
                return code
        if given:
            allowed = ", ".join(name for name in names.values() if name)
            self.conflict(sheet, row, heading, f"« {row[fold(heading)]} » n'est pas un choix ({allowed}).")
        return None

    def is_yes(self, sheet: str, row: Row, heading: str, now: bool) -> bool:
        """Whether a cell says yes; as it is now when it is absent or says something else (then told)."""
        given = fold(row.get(fold(heading), "oui" if now else ""))
        if given not in (*_YES, *_NO):
            why = f"« {row[fold(heading)]} » n'est pas un choix ({book.YES}, ou rien)."
            self.conflict(sheet, row, heading, why)
            return now
        return given in _YES

    def settle(self, sheet: str, row: Row, now: dict[str, Any]) -> None:
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
                self.conflict(sheet, row, heading, why)
            elif given != exported:
                continue
            row[key] = today

    def whole(self, sheet: str, rows: list[Row]) -> list[Row]:
        """The rows whose machine columns still go together; the others are told, and decide nothing."""
        kept = []
        for row in rows:
            given = row.get(fold(book.CHECK))
            cells = [row.get(fold(heading), "") for heading in book.CHECKED[sheet]]
            if given and given != book.checksum(cells):
                why = "les colonnes grises ne sont plus celles d'une même ligne (une colonne triée seule ?)"
                self.conflict(sheet, row, book.CHECKED[sheet][0], f"{why}{NO_BREAK}: la ligne ne décide rien.")
            else:
                kept.append(row)
        return kept


def _said(item: Item) -> str:
    return f"« {item.text[:60].strip()}{'…' if len(item.text) > 60 else ''} »"


def plan_decisions(session: Session, lines: Iterator[str] | list[str], name: str) -> ImportPlan:
    """The acts of a file of decisions (of the page to send of 0.2.0), those that the log already holds left out.

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
