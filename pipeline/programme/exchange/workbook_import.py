"""programme.xlsx read back as decisions: against what it held when it was written, and what is decided today."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.language.text.typography import NO_BREAK
from pipeline.programme.decided import ANSWERS as LINK
from pipeline.programme.decided import RENAME, SAME, Decided, decision_of
from pipeline.programme.exchange.workbook import (
    ANSWER_ID,
    ANSWERS,
    BETWEEN,
    COLUMN_ID,
    FORMS,
    GROUPS,
    PAIR_ID,
    PAIRS,
    THREAD,
    THREAD_ID,
    THREADS,
    thread_names,
    title_of,
)
from pipeline.programme.matching.columns import Column
from pipeline.programme.reading import Reading
from pipeline.programme.threads import Thread
from pipeline.review.exchange.sheets import LINE, Row, fold, read_sheets
from pipeline.review.exchange.workbook import BEFORE, CHECK, SAME_NAMES, TITLE, VERDICT, checksum
from pipeline.review.log.decisions import Decision

ADVICE = "Donnez le programme.xlsx écrit par « rosace compare », enregistré en .xlsx ou .ods."
TITLE_MAX = 300


@dataclass
class Plan:
    """What a workbook asks for: acts in order, a sentence each, and cells that decide nothing, and why."""

    decisions: list[Decision] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def plan_workbook(reading: Reading, decided: Decided, path: Path, author: str) -> Plan:
    """The acts that a workbook asks for; nothing is recorded.

    Raises
    ------
    RefusedFileError : the file is no workbook of a programme.
    """
    sheets = read_sheets(path, tuple(FORMS), ADVICE)
    reader = _Reader(reading, decided, author)
    reader.read_titles(reader.whole(THREADS, sheets.get(fold(THREADS), [])))
    reader.read_pairs(reader.whole(PAIRS, sheets.get(fold(PAIRS), [])))
    reader.read_answers(reader.whole(ANSWERS, sheets.get(fold(ANSWERS), [])))
    reader.read_groups(reader.whole(GROUPS, sheets.get(fold(GROUPS), [])))
    return reader.plan


class _Reader:
    """Each sheet has its method."""

    def __init__(self, reading: Reading, decided: Decided, author: str) -> None:
        self.reading, self.decided, self.author = reading, decided, author
        self.plan = Plan()
        self.threads = {_spaced(thread.thread_id): thread for thread in reading.woven.threads}
        self.columns = {_spaced(key): column for key, column in reading.columns.items()}
        self.by_name = {fold(name): self.threads[_spaced(key)] for key, name in thread_names(reading).items()}

    def whole(self, sheet: str, rows: Sequence[Row]) -> list[Row]:
        """The rows whose machine columns still go together; the others are told, and decide nothing."""
        kept = []
        for row in rows:
            cells = [row.get(fold(heading), "") for heading in FORMS[sheet].checked]
            if row.get(fold(CHECK)) == checksum(cells):
                kept.append(row)
            else:
                why = "les colonnes grises ne sont plus celles d'une même ligne (une colonne triée seule ?)"
                self._conflict(sheet, row, f"{why}{NO_BREAK}: la ligne ne décide rien.")
        return kept

    def _conflict(self, sheet: str, row: Row, why: str) -> None:
        self.plan.conflicts.append(f"{sheet}, ligne {row[LINE]} : {why}")

    def _changed(self, row: Row, heading: str) -> str | None:
        """What a person wrote in a cell; None when it holds what was exported."""
        try:
            before = json.loads(row.get(fold(BEFORE)) or "{}").get(heading, "")
        except ValueError:
            before = ""
        given = row.get(fold(heading), before)
        return None if fold(given) == fold(before) else given

    def _add(self, told: str, decision: Decision) -> None:
        self.plan.lines.append(told)
        self.plan.decisions.append(decision)

    def _same(self, one: Column, other: Column, value: bool | None) -> None:
        said = {True: "c'est la même chose", False: "ce n'est pas la même chose", None: "on ne sait pas"}[value]
        told = f"« {title_of(one)} » et « {title_of(other)} » : {said}"
        self._add(told, decision_of(self.author, SAME, (one, other), value=value))

    def _ends(self, row: Row, heading: str) -> tuple[Column, Column] | None:
        """The two that an id joins; None when one is no more there."""
        one, _, other = row.get(fold(heading), "").partition(BETWEEN)
        first, second = (self.columns.get(_spaced(key)) for key in (one, other))
        return None if first is None or second is None else (first, second)

    def _named(self, thread: Thread) -> list[Column]:
        return [self.reading.columns[key] for key in thread.columns]

    def read_titles(self, rows: Sequence[Row]) -> None:
        """What comes back gets another title."""
        for row in rows:
            title = self._changed(row, TITLE)
            thread = self.threads.get(_spaced(row.get(fold(THREAD_ID), "")))
            if title is None:
                continue
            if thread is None:
                self._conflict(THREADS, row, "ce qui revenait ainsi n'est plus là : la ligne ne décide rien.")
            elif not title:
                self._conflict(THREADS, row, f"il faut un titre ; « {thread.title} » est gardé.")
            else:
                decision = decision_of(self.author, RENAME, self._named(thread), title=title[:TITLE_MAX])
                self._add(f"« {thread.title} » devient « {title} »", decision)
                self.by_name[fold(title)] = thread

    def read_pairs(self, rows: Sequence[Row]) -> None:
        """Whether two groups are one."""
        heading = FORMS[PAIRS].editable[0]
        choices = {fold(name): {"oui": True, "non": False, "": None}[code] for code, name in SAME_NAMES.items()}
        for row in rows:
            given = self._changed(row, heading)
            if given is None:
                continue
            ends = self._ends(row, PAIR_ID)
            if fold(given) not in {*choices, ""}:
                self._conflict(PAIRS, row, f"« {given} » n'est pas un choix (oui, non, je ne sais pas).")
            elif ends is None:
                self._conflict(PAIRS, row, "un de ces groupes n'est plus dans son atelier : la ligne ne décide rien.")
            else:
                self._same(ends[0], ends[1], choices.get(fold(given)))

    def read_answers(self, rows: Sequence[Row]) -> None:
        """Whether what another workshop says answers an obstacle."""
        for row in rows:
            given = self._changed(row, VERDICT)
            if given is None:
                continue
            ends = self._ends(row, ANSWER_ID)
            verdicts: dict[str, Literal["juste", "faux"]] = {"juste": "juste", "faux": "faux"}
            state = verdicts.get(fold(given))
            if state is None:
                self._conflict(ANSWERS, row, f"« {given} » n'est pas un choix (juste, faux).")
            elif ends is None:
                self._conflict(ANSWERS, row, "ce lien n'est plus là : la ligne ne décide rien.")
            else:
                told = f"« {title_of(ends[0])} » → « {title_of(ends[1])} » : {given}"
                self._add(told, decision_of(self.author, LINK, ends, state=state))

    def read_groups(self, rows: Sequence[Row]) -> None:
        """A group is put under a title by hand, or taken away from one."""
        new: dict[str, tuple[str, list[Column]]] = {}
        for row in rows:
            given = self._changed(row, THREAD)
            column = self.columns.get(_spaced(row.get(fold(COLUMN_ID), "")))
            if given is None:
                continue
            if column is None:
                self._conflict(GROUPS, row, "ce groupe n'est plus dans son atelier : la ligne ne décide rien.")
                continue
            wanted = self.by_name.get(fold(given))
            if wanted is not None and self._named(wanted)[0].axis != column.axis:
                self._conflict(GROUPS, row, f"« {given} » est sur un autre axe : la ligne ne décide rien.")
                continue
            self._take_away(column)
            if wanted is not None:
                self._same(self._named(wanted)[0], column, True)
            elif given:
                new.setdefault(f"{column.axis} {fold(given)}", (given, []))[1].append(column)
        for title, columns in new.values():
            self._make(title, columns)

    def _take_away(self, column: Column) -> None:
        thread = self.reading.woven.thread_of(column.column_id)
        for other in self._named(thread) if thread is not None else []:
            if other.column_id != column.column_id:
                self._same(other, column, False)

    def _make(self, title: str, columns: Sequence[Column]) -> None:
        if len({column.workshop for column in columns}) < 2:
            why = f"« {title} » n'est le titre de rien, et n'est donné qu'à un atelier : écrivez-le aussi à un autre."
            self.plan.conflicts.append(f"{GROUPS} : {why}")
            return
        for other in columns[1:]:
            self._same(columns[0], other, True)
        told = f"nouveau : « {title} », dit dans {len({column.workshop for column in columns})} ateliers"
        self._add(told, decision_of(self.author, RENAME, columns, title=title[:TITLE_MAX]))


def _spaced(key: str) -> str:
    """An id as a cell gives it back: folders have spaces of their own."""
    return " ".join(key.split())
