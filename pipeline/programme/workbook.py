"""The workbook of a programme, written and read back: what comes back, pairs to confirm, groups, answers, words.

Columns that may be changed are light, the others grey; rows are found again by their id, columns by their heading."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pipeline.axes import compass
from pipeline.language.text.typography import NO_BREAK, joined
from pipeline.programme.columns import Column
from pipeline.programme.reading import Reading, part_of
from pipeline.programme.threads import IS_ANSWER, IS_SAME, RENAME, Decided, Thread, decision_of
from pipeline.restitution.material.facts import french_date
from pipeline.restitution.quoting.quotes import masked, may_tell
from pipeline.review.exchange.sheets import LINE, Row, fold, read_sheets
from pipeline.review.exchange.workbook import (
    BEFORE,
    CELL_MAX,
    CHECK,
    SAME,
    SAME_NAMES,
    TITLE,
    VERDICT,
    VERDICT_NAMES,
    Form,
    checksum,
    write_help,
    write_sheet,
)
from pipeline.review.log.decisions import Decision

THREADS, PAIRS, GROUPS, ANSWERS, WORDS = "Ce qui revient", "La même chose", "Groupes", "Réponses d'ailleurs", "Paroles"
THREAD_ID, PAIR_ID, COLUMN_ID = "Identifiant", "Identifiant de la paire", "Identifiant du groupe"
ANSWER_ID = "Identifiant du lien"
BETWEEN = "//"
"""Between two ids that begin with names of folders: none holds it, and other programs leave it as it is."""
THREAD, ONE, OTHER = "Revient sous", "Un groupe", "Un autre"
FORMS = {
    THREADS: Form((TITLE,), (THREAD_ID, "Ateliers"), (THREAD_ID,)),
    PAIRS: Form((SAME,), (PAIR_ID, ONE, OTHER), (PAIR_ID,), {SAME: tuple(SAME_NAMES.values())}),
    GROUPS: Form((THREAD,), (COLUMN_ID, "Groupe"), (COLUMN_ID,)),
    ANSWERS: Form(
        (VERDICT,), (ANSWER_ID, "Obstacle", "Réponse"), (ANSWER_ID,), {VERDICT: tuple(VERDICT_NAMES.values())}
    ),
}
ADVICE = (
    "Ce classeur montre ce que Rosace rapproche d'un atelier à l'autre. Corrigez les colonnes claires.",
    "Ce qui revient : une ligne par sujet dit dans plusieurs ateliers. Changez son titre.",
    "La même chose : d'abord ce que Rosace vous demande, puis ce qu'elle a rapproché. Répondez oui, non, ou je ne sais "
    "pas. Non défait un rapprochement ; oui le confirme, ou le fait.",
    "Groupes : tous les groupes de tous les ateliers. Écrivez dans « Revient sous » le titre d'un sujet pour y mettre "
    "un groupe à la main, un titre nouveau sur plusieurs lignes pour en faire un, rien pour l'en ôter.",
    "Réponses d'ailleurs : écrivez juste ou faux ; ce qui est faux n'est plus dit.",
    "Un groupe n'est jamais changé dans son atelier : cela se fait avec « rosace review ».",
    "Triez, filtrez, cachez : rien ne se perd. Ne touchez pas aux identifiants.",
    "Rendez le fichier : rosace compare import PROGRAMME FICHIER.",
)
WIDTHS = {TITLE: 50, "Ateliers": 40, ONE: 45, OTHER: 45, "Groupe": 50, THREAD: 45, "Parole": 70, "Obstacle": 55,
          "Réponse": 55, "Ce qu'on en dit": 45, "Ce qu'on y dit": 45}  # fmt: skip


def write_workbook(reading: Reading, decided: Decided) -> bytes:
    """The workbook as bytes; the same programme gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(2026, 1, 1), "title": "Programme", "author": "Rosace"})
        write_help(book, ADVICE)
        sheets = {
            THREADS: thread_rows(reading),
            PAIRS: pair_rows(reading, decided),
            GROUPS: group_rows(reading),
            ANSWERS: _answer_rows(reading),
            WORDS: _word_rows(reading),
        }
        titles = {THREAD: f"='{THREADS}'!$A$2:$A${len(sheets[THREADS]) + 1}"} if sheets[THREADS] else {}
        for name, rows in sheets.items():
            form = FORMS.get(name, Form())
            write_sheet(book, name, rows, replace(form, lists=titles) if name == GROUPS else form, WIDTHS)
    return buffer.getvalue()


def thread_names(reading: Reading) -> dict[str, str]:
    """Thread → its title, its axis after it where two have the same."""
    titles = [thread.title for thread in reading.woven.threads]
    return {
        one.thread_id: one.title if titles.count(one.title) == 1 else f"{one.title} ({compass()[one.axis].name})"
        for one in reading.woven.threads
    }


def thread_rows(reading: Reading) -> list[dict[str, Any]]:
    """What comes back, a row each."""
    rows, names = [], thread_names(reading)
    for thread in reading.woven.threads:
        columns = [reading.columns[key] for key in thread.columns]
        homes = [one for one in reading.workshops if any(column.workshop == one.key for column in columns)]
        dates = sorted(one.date for one in homes if one.date)
        each = {
            f"{reading.numbers[one.key]}. {one.name}": _contributions(reading, thread, one.key)
            for one in reading.workshops
        }
        rows.append(
            {
                TITLE: names[thread.thread_id],
                "Axe": compass()[thread.axis].name,
                "Nombre d'ateliers": len(homes),
                "Ateliers": joined([one.name for one in homes]),
                "Première fois": french_date(dates[0]) if dates else "",
                "Dernière fois": french_date(dates[-1]) if dates else "",
                "Rapproché par": joined(sorted({_by(match.by) for match in thread.matches})),
                **each,
                THREAD_ID: thread.thread_id,
            }
        )
    return rows


def _by(who: str) -> str:
    return {"machine": "Rosace", "atelier": "le même groupe d'un résultat"}.get(who, who)


def _contributions(reading: Reading, thread: Thread, workshop: str) -> int:
    mine = (key for key in thread.columns if reading.columns[key].workshop == workshop)
    return sum(reading.units[part_of(thread, key)].spread.contributions for key in mine)


def pair_rows(reading: Reading, decided: Decided) -> list[dict[str, Any]]:
    """Pairs that a person is asked about, then those that were brought together, then those that people told apart."""
    asked = [(near.one, near.other, near.chance, "à vous de dire") for near in reading.woven.questions]
    tied = {
        (min(match.one, match.other), max(match.one, match.other)): match
        for thread in reading.woven.threads
        for match in thread.matches
    }
    made = [(one, other, match.chance, f"rapprochés par {_by(match.by)}") for (one, other), match in tied.items()]
    parted = [
        (one, other, 0.0, f"séparés par {author}")
        for (one, other), (is_one, author) in decided.said.items()
        if not is_one and one in reading.columns and other in reading.columns
    ]
    return [_pair_row(reading, decided, *row) for row in (*asked, *made, *parted)]


def _pair_row(reading: Reading, decided: Decided, one: str, other: str, chance: float, told: str) -> dict[str, Any]:
    ends = [reading.columns[key] for key in (one, other)]
    said = decided.said.get((min(one, other), max(one, other)))
    return {
        ONE: title_of(ends[0]),
        "Son atelier": reading.by_key[ends[0].workshop].name,
        "Ce qu'on en dit": _example(ends[0]),
        OTHER: title_of(ends[1]),
        "L'autre atelier": reading.by_key[ends[1].workshop].name,
        "Ce qu'on y dit": _example(ends[1]),
        SAME: "" if said is None else SAME_NAMES["oui" if said[0] else "non"],
        "Où on en est": told,
        "Proximité": f"{chance:.2f}".replace(".", ","),
        "Axe": compass()[ends[0].axis].name,
        PAIR_ID: f"{one}{BETWEEN}{other}",
    }


def title_of(column: Column) -> str:
    """The title of a group, or the words of an idea alone."""
    if column.group is not None:
        return column.group.title
    return _shown(column)


def _shown(column: Column, rank: int = 0) -> str:
    item = column.items[rank]
    return masked(item)[:CELL_MAX] if may_tell(item) else "(à ne pas citer)"


def _example(column: Column) -> str:
    shown = (_shown(column, rank) for rank, item in enumerate(column.items) if may_tell(item))
    return next(shown, "")


def group_rows(reading: Reading) -> list[dict[str, Any]]:
    """Every group of every workshop."""
    rows, names = [], thread_names(reading)
    for key, column in reading.columns.items():
        if column.is_alone and reading.woven.thread_of(key) is None:
            continue
        thread = reading.woven.thread_of(key)
        rows.append(
            {
                "Groupe": title_of(column),
                "Atelier": reading.by_key[column.workshop].name,
                "Axe": compass()[column.axis].name,
                THREAD: names[thread.thread_id] if thread is not None else "",
                "Contributions": reading.units[key].spread.contributions,
                "Exemple": _example(column),
                COLUMN_ID: key,
            }
        )
    return rows


def _answer_rows(reading: Reading) -> list[dict[str, Any]]:
    rows = []
    for one in reading.elsewhere:
        ends = [reading.columns[key] for key in (one.obstacle, one.answer)]
        items = [reading.material.items[key] for key in (one.obstacle_item, one.answer_item)]
        if not all(map(may_tell, items)):
            continue
        rows.append(
            {
                "Obstacle": masked(items[0])[:CELL_MAX],
                "Atelier": reading.by_key[ends[0].workshop].name,
                "Réponse": masked(items[1])[:CELL_MAX],
                "Dite à": reading.by_key[ends[1].workshop].name,
                "Axe de la réponse": compass()[ends[1].axis].name,
                VERDICT: "" if one.said is None else VERDICT_NAMES["juste" if one.said else "faux"],
                "Sûreté": f"{one.score:.2f}".replace(".", ","),
                ANSWER_ID: f"{one.obstacle}{BETWEEN}{one.answer}",
            }
        )
    return rows


def _word_rows(reading: Reading) -> list[dict[str, Any]]:
    """The exact words behind what comes back."""
    rows = []
    for thread in reading.woven.threads:
        for key in thread.columns:
            column = reading.columns[key]
            workshop = reading.by_key[column.workshop]
            rows += [
                {
                    "Revient sous": thread.title,
                    "Atelier": workshop.name,
                    "Date": french_date(workshop.date),
                    "Parole": masked(item)[:CELL_MAX],
                    "Source": f"{item.source}, {item.locator}",
                    "Repère": f"A{reading.numbers[workshop.key]}.{workshop.ranks[item.contribution_id]}",
                }
                for item in column.items
                if may_tell(item)
            ]
    return rows


UNREADABLE = "Donnez le programme.xlsx écrit par « rosace compare », enregistré en .xlsx ou .ods."
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
    sheets = read_sheets(path, tuple(FORMS), UNREADABLE)
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
        self._add(told, decision_of(self.author, IS_SAME, (one, other), value=value))

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
                self._add(told, decision_of(self.author, IS_ANSWER, ends, state=state))

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
