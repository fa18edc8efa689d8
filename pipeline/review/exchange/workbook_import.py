"""Workbook read back as decisions: a diff against what it held when it was written and against the state of today.

Tolerant: columns by heading, rows by id, spaces and case aside; a missing row or an unreadable cell decides nothing,
and is told cell by cell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.axes import COMPASS_CODES, HORS_AXE
from pipeline.errors import RefusedFileError
from pipeline.language.text.typography import NO_BREAK, unaccented
from pipeline.review.exchange import workbook as book
from pipeline.review.session import ImportPlan, Session, Wish
from pipeline.tables.grids import iter_sheets
from pipeline.workshop.records import Group, Item

ADVICE = "Donnez le classeur écrit par « rosace review export », enregistré en .xlsx ou .ods."
ON_THE_PAGE = ("La même chose", "Liens")
"""Sheets of an earlier version that are read no more."""
LINE = "_ligne"
"""Where a row holds its number."""
Row = dict[str, str]
_YES, _NO = ("oui", "x", "1", "vrai", "true", "o"), ("non", "", "0", "faux", "false", "n")


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
    for name in ON_THE_PAGE:
        if fold(name) in sheets:
            plan.conflicts.append(f"{name} : cette feuille n'est plus lue.")
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
        groups, known = self.state.groups, list[tuple[Row, Group, dict[str, str]]]()
        for row in rows:
            group = groups.get(row.get(fold(book.GROUP_ID), ""))
            if group is not None:
                known.append((row, group, self.settle(book.GROUPS, row, now[group.group_id])))
            elif row.get(fold(book.TITLE)):
                self.conflict(book.GROUPS, row, book.GROUP_ID, "ce groupe n'existe plus ; la ligne ne décide rien.")
        titles = {group.group_id: group.title for group in groups.values()}
        for row, group, wanted in known:
            if not wanted[book.TITLE]:
                self.conflict(book.GROUPS, row, book.TITLE, f"un groupe a un titre ; « {group.title} » est gardé.")
            titles[group.group_id] = wanted[book.TITLE] or group.title
        kept = self._kept(titles)
        for group_id, title in titles.items():
            if kept[group_id] == group_id:
                self.titles.setdefault((groups[group_id].axis, fold(title)), []).append(group_id)
        for group in groups.values():  # a list that was opened before a group got its new title
            self.titles.setdefault((group.axis, fold(group.title)), [kept[group.group_id]])
        for row, group, wanted in known:
            target: dict[str, Any] = {"groups": (group.group_id,)}
            title, into = titles[group.group_id], kept[group.group_id]
            if into == group.group_id and fold(title) != fold(group.title):
                self.add(Wish("rename", **target), title=title[:300])
            state, *others = book.CHOICES[book.GROUPS]
            self.choose(book.GROUPS, row, wanted, state, group, target)
            if wanted[book.QUESTION] != (group.question or ""):
                self.add(Wish("problematique", **target), question=wanted[book.QUESTION][:1000])
            for choice in others:
                self.choose(book.GROUPS, row, wanted, choice, group, target)
            if into != group.group_id:
                self.add(Wish("merge", groups=(into, group.group_id)))

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

    def read_items(self, rows: list[Row]) -> None:
        """Axis, group, stance, quotation; items sent to one new title make one group."""
        created: dict[tuple[str, str], tuple[str, list[str]]] = {}
        for row in rows:
            item = self.state.items.get(row.get(fold(book.ITEM_ID), ""))
            if item is None:
                if row.get(fold("Parole")):
                    self.conflict(book.ITEMS, row, book.ITEM_ID, "cette idée n'existe plus : rien n'est décidé.")
                continue
            wanted = self.settle(book.ITEMS, row, book.item_row(self.state, item))
            first, *others = book.CHOICES[book.ITEMS]
            axis = self.choose(book.ITEMS, row, wanted, first, item, {"items": (item.item_id,)})
            self._read_item_group(row, wanted[book.GROUP], item, axis, created)
            for choice in others:
                self.choose(book.ITEMS, row, wanted, choice, item, {"items": (item.item_id,)})
        for (axis, _), (title, items) in created.items():
            self.add(Wish("create", items=tuple(items)), title=title[:300], axis=axis)

    def _read_item_group(
        self, row: Row, wanted: str, item: Item, axis: str, created: dict[tuple[str, str], tuple[str, list[str]]]
    ) -> None:
        now = self.session.title_of(item.group_id) or ""
        if axis == HORS_AXE or fold(wanted) == fold(now):  # left as it was; on another axis it becomes a weak signal
            return
        if not wanted:
            if axis == item.axis:
                self.add(Wish("move", items=(item.item_id,)))
            return
        targets = self.titles.get((axis, fold(wanted)), [])
        if not targets and axis == item.axis:  # the title of another axis: the idea goes there, and takes its axis
            targets = [key for code in COMPASS_CODES for key in self.titles.get((code, fold(wanted)), [])]
        if len(targets) > 1:
            self.conflict(book.ITEMS, row, book.GROUP, f"plusieurs groupes s'appellent « {wanted} ».")
        elif targets:
            there = self.state.groups[targets[0]].axis
            note = f", axe {book.AXIS_NAMES[there]}" if there != axis else ""
            self.add(Wish("move", items=(item.item_id,)), note, group_id=targets[0])
        else:
            created.setdefault((axis, fold(wanted)), (wanted, []))[1].append(item.item_id)

    # cells ---------------------------------------------------------------------------------------------------

    def add(self, wish: Wish, note: str = "", **after: Any) -> None:
        """Plan an act."""
        self.plan.add(self.state, self.session.propose(self.author, wish, **after), note)

    def conflict(self, sheet: str, row: Row, heading: str, why: str) -> None:
        """Tell why a cell decides nothing."""
        self.plan.conflicts.append(f"{sheet}, ligne {row[LINE]}, colonne « {heading} » : {why}")

    def choose(
        self, sheet: str, row: Row, wanted: Mapping[str, str], choice: book.Choice, of: Any, target: dict[str, Any]
    ) -> Any:
        """Plan the act that a cell asks for when it is not as it is; returns its code. A cell that is none of the
        choices is told, and changes nothing."""
        given, now = fold(wanted[choice.heading]), choice.now(of)
        codes = {fold(name): code for code, name in choice.names.items()}
        codes |= {fold(code): code for code in choice.names if isinstance(code, str)}
        if choice.names is book.YES_NO:
            codes |= dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
        code = codes.get(given, now)
        if given and given not in codes:
            allowed = ", ".join(name or "ou rien" for name in choice.names.values())
            why = f"« {wanted[choice.heading]} » n'est pas un choix ({allowed})."
            self.conflict(sheet, row, choice.heading, why)
        if code != now:
            op, after = choice.asks(code)
            self.add(Wish(op, **target), **after)
        return code

    def settle(self, sheet: str, row: Row, now: Mapping[str, Any]) -> dict[str, str]:
        """What the person wants in the cells that may be changed: what they say today where she left them as they were
        exported, or took the column out.

        A cell that was changed both here and on the page since is told, and the page is kept.
        """
        try:
            before = json.loads(row.get(fold(book.BEFORE)) or "{}")
        except ValueError:
            before = {}
        wanted = {}
        for heading in book.EDITABLE[sheet]:
            today = str(now[heading])
            given = row.get(fold(heading), today)
            exported = fold(before[heading]) if heading in before and fold(heading) in row else fold(today)
            if fold(given) == exported:
                given = today
            elif fold(today) not in (exported, fold(given)):
                why = f"le classeur dit « {given} », la page a décidé « {today} » depuis ; la page est gardée."
                self.conflict(sheet, row, heading, why)
                given = today
            wanted[heading] = given
        return wanted

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


# sheets as rows of texts -----------------------------------------------------------------------------------------


def read_sheets(path: Path) -> dict[str, list[Row]]:
    """Sheets by folded name → rows by folded heading, empty rows left out, `LINE` holding the number of the row.

    Raises
    ------
    RefusedFileError : the file is no workbook, or holds none of our sheets.
    """
    try:
        sheets = {fold(name): _rows(grid) for name, grid in iter_sheets(path, path.name)}
    except RefusedFileError as error:
        raise RefusedFileError(path.name, "ce n'est pas un classeur lisible", ADVICE) from error
    if not {fold(name) for name in book.EDITABLE} & set(sheets):
        raise RefusedFileError(path.name, f"aucune feuille de relecture ({', '.join(book.EDITABLE)})", ADVICE)
    return sheets


def fold(text: object) -> str:
    """A heading or a choice without accents, case, and surplus spaces."""
    return " ".join(unaccented(str(text).replace("\u00a0", " ").replace("’", "'")).split())


def _rows(grid: Iterator[list[str]]) -> list[Row]:
    headings = [fold(cell) for cell in next(grid, [])]
    rows = []
    for number, cells in enumerate(grid, start=2):
        texts = (re.sub(r"[ \u00a0\t]+", " ", cell).strip() for cell in cells)
        row = {heading: text for heading, text in zip(headings, texts, strict=False) if heading}
        if any(row.values()):
            rows.append(row | {LINE: str(number)})
    return rows
