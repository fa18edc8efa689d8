"""The workbook for a facilitator who prefers a spreadsheet: written (nothing is locked, which would forbid sorting),
then read back as decisions, against what it held when it was written and the state of today; rows by id, columns by
heading, and what decides nothing told cell by cell."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

from pipeline.axes import AXIS_CODES, COMPASS_CODES, HORS_AXE, compass
from pipeline.contracts.labels import GROUP_STATE_NAMES, STANCE_NAMES, doubt_told
from pipeline.errors import RefusedFileError
from pipeline.language.text.typography import NO_BREAK, unaccented
from pipeline.review.log.on_groups import VERDICTS
from pipeline.review.log.ops import OPS
from pipeline.review.log.state import ReviewState
from pipeline.review.session import ImportPlan, Session, Wish
from pipeline.tables.grids import iter_sheets
from pipeline.workshop.records import Group, Item

ITEMS, GROUPS, HELP = "Éléments", "Groupes", "Mode d'emploi"
ITEM_ID, GROUP_ID = "Identifiant", "Identifiant du groupe"
BEFORE = "Valeurs à l'export"  # hidden, json: what the editable cells held, so that a later act on the page is seen
AXIS, GROUP, STANCE, QUOTE, NO_QUOTE, HIDE = (
    "Axe", "Groupe", "Position", "Citation", "Ne pas citer", "Masquer",
)  # fmt: skip
CHECK = "Contrôle"  # hidden: of the machine columns that say what a row is
TITLE, STATE, QUESTION = "Titre", "État", "Question à travailler"
TRUE_OF = "Titre vrai de"
AXIS_NAMES = {code: compass()[code].name for code in AXIS_CODES}
YES_NO = {True: "oui", False: ""}


@dataclass(frozen=True)
class Choice:
    """A cell whose value is one of some choices.

    `names` : code → what the cell says; an empty cell is a choice when "" is one of them. `now` : the code that an item
    or a group has. `op` : the act that another code asks for, in the first of its fields; "" for a verdict.
    """

    heading: str
    names: Mapping[Any, str]
    now: Callable[[Any], Any]
    op: str = ""

    def told(self, of: Any) -> str:
        """What the cell says of an item or a group."""
        return self.names.get(self.now(of), "")

    def asks(self, code: Any) -> tuple[str, dict[str, Any]]:
        """The act that a code asks for: its op, and what its person wants."""
        return (self.op, {OPS[self.op].fields[0]: code}) if self.op else (VERDICT_OPS[code], {})


VERDICT_OPS = {state: op for op, state in VERDICTS.items()}
HIDDEN = Choice(HIDE, YES_NO, attrgetter("is_hidden"), "hide")
CELL_MAX = 32_000  # a cell of a spreadsheet holds 32,767 characters
EDITABLE = {ITEMS: (AXIS, GROUP, STANCE, QUOTE, NO_QUOTE, HIDE), GROUPS: (TITLE, STATE, QUESTION, HIDE)}
CHECKED = {ITEMS: (ITEM_ID, "Parole", BEFORE), GROUPS: (GROUP_ID, "Exemple", BEFORE)}
CHOICES = {
    ITEMS: (
        Choice(AXIS, AXIS_NAMES, attrgetter("axis"), "set_axis"),
        Choice(STANCE, STANCE_NAMES, attrgetter("stance"), "set_stance"),
        Choice(QUOTE, {"choisie": "à citer", "bannie": "à écarter", None: ""}, attrgetter("quote_choice"), "quote"),
        Choice(NO_QUOTE, YES_NO, lambda item: not item.is_quotable, "ne_pas_citer"),
        HIDDEN,
    ),
    GROUPS: (Choice(STATE, GROUP_STATE_NAMES, attrgetter("state")), HIDDEN),
}
HELP_LINES = (
    "Ce classeur montre ce que Rosace a lu. Corrigez les colonnes claires ; les grises aident à s'y retrouver.",
    "Éléments : une ligne par idée. Changez l'axe, le groupe (choisissez un titre dans la liste : l'idée y va, et "
    "prend son axe ; écrivez un nouveau titre : le groupe sera créé ; videz la cellule : l'idée devient un signal "
    "faible), la position, la citation.",
    "Groupes : une ligne par groupe. Changez le titre, l'état (accepté, à revoir, rejeté), la question. Donnez le même "
    "titre à deux groupes d'un axe : ils n'en font plus qu'un. « Titre vrai de » dit de combien d'idées la machine "
    "croit le titre vrai : changez d'abord ceux qui ne le sont que d'une.",
    "Triez, filtrez, cachez, ajoutez des colonnes : rien ne se perd. Une ligne effacée ne décide rien. "
    "Ne touchez pas aux identifiants.",
    "Renvoyez le fichier : « rosace review import » montre d'abord ce qui va changer.",
)


def item_row(state: ReviewState, item: Item) -> dict[str, Any]:
    """One row of the sheet of items: what may be changed, as it stands, and what helps to decide."""
    source = state.sources[item.contribution_id]
    group = state.groups.get(item.group_id or "")
    axis, *others = CHOICES[ITEMS]
    return {
        "Parole": item.text[:CELL_MAX],
        AXIS: axis.told(item),
        GROUP: group.title if group else "",
        **{choice.heading: choice.told(item) for choice in others},
        "À relire": doubt_told(item.doubt, item.axis, item.second_axis) or YES_NO[True]
        if item.status == "a_relire"
        else "",
        "Ce qui précède": (item.lead or "")[:CELL_MAX],
        "Position sur": (item.stance_on or "")[:CELL_MAX],
        "Contexte": source.context[:CELL_MAX],
        "Source": source.spot,
        "Table": source.table or "",
        ITEM_ID: item.item_id,
    }


def group_rows(state: ReviewState) -> list[dict[str, Any]]:
    """Rows of the sheet of groups, axis by axis."""
    return [
        {
            AXIS: AXIS_NAMES[code],
            TITLE: group.title,
            TRUE_OF: "" if group.n_true is None else f"{group.n_true} sur {group.n_items}",
            STATE: GROUP_STATE_NAMES[group.state],
            QUESTION: group.question or "",
            HIDE: HIDDEN.told(group),
            "Idées": group.n_items,
            "Tables": group.n_tables,
            "Exemple": next(iter(state.items_of(group.group_id))).text[:CELL_MAX],
            GROUP_ID: group.group_id,
        }
        for code in COMPASS_CODES
        for group in state.ordered_groups(code)
    ]


WIDTHS = {
    "Parole": 70, GROUP: 38, TITLE: 50, "Contexte": 30, "Ce qui précède": 30, "Source": 28,
    QUESTION: 40, "Exemple": 50,
}  # fmt: skip


def write_workbook(state: ReviewState) -> bytes:
    """The workbook as bytes; the same state gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": datetime(2026, 1, 1), "title": "Relecture"})
    items = [item_row(state, item) for item in state.items.values()]
    items.sort(key=lambda row: (list(AXIS_NAMES.values()).index(row[AXIS]), row[GROUP] == "", row[GROUP], row[ITEM_ID]))
    sheet, style = book.add_worksheet(HELP), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100)
    for row, line in enumerate(HELP_LINES):
        sheet.write_string(row, 0, line, style)
    groups = group_rows(state)
    # any other title may be typed: it opens a group
    lists = {GROUP: f"='{GROUPS}'!$B$2:$B${len(groups) + 1}"} if groups else {}  # as they are renamed there
    write_sheet(book, ITEMS, items, lists)
    write_sheet(book, GROUPS, groups, {})
    book.close()
    return buffer.getvalue()


def checksum(cells: Iterable[object]) -> str:
    """Of the letters and digits of some cells: another program may change their spaces."""
    text = "\x1f".join(re.sub(r"\W", "", str(cell)) for cell in cells)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def write_sheet(book: Any, name: str, rows: Sequence[dict[str, Any]], lists: Mapping[str, str]) -> None:
    """One sheet, its headings those of its rows; each row holds what may be changed as it was, and a checksum of what
    says what it is.

    `lists` : heading → the cells that hold its choices, where others may be typed too.
    """
    sheet, editable = book.add_worksheet(name), EDITABLE[name]
    if not rows:
        sheet.write_string(0, 0, "Rien ici.")
        return
    head = book.add_format({"bold": True, "bg_color": "#2B2723", "font_color": "#FFFFFF", "valign": "vcenter"})
    styles = {
        False: book.add_format({"bg_color": "#F1ECE3", "text_wrap": True, "valign": "top"}),
        True: book.add_format({"text_wrap": True, "valign": "top"}),
    }
    held = ({heading: str(row[heading])[:500] for heading in editable} for row in rows)
    rows = [row | {BEFORE: json.dumps(one, ensure_ascii=False)} for row, one in zip(rows, held, strict=True)]
    rows = [row | {CHECK: checksum(row[heading] for heading in CHECKED[name])} for row in rows]
    headings = list(rows[0])
    rules = {choice.heading: list(filter(None, choice.names.values())) for choice in CHOICES[name]}
    for column, heading in enumerate(headings):
        hidden = {"hidden": True} if heading in (ITEM_ID, GROUP_ID, BEFORE, CHECK) else {}
        sheet.set_column(column, column, WIDTHS.get(heading, 14), None, hidden)
        sheet.write_string(0, column, heading, head)
        if heading in rules:
            rule = {"validate": "list", "source": rules[heading], "error_type": "warning"}
            sheet.data_validation(1, column, len(rows) + 50, column, rule)
        if heading in lists:
            from_list = {"validate": "list", "source": lists[heading], "show_error": False}
            sheet.data_validation(1, column, len(rows) + 50, column, from_list)
    for number, row in enumerate(rows, start=1):
        for column, heading in enumerate(headings):
            write = sheet.write_number if isinstance(row[heading], int) else sheet.write_string
            write(number, column, row[heading], styles[heading in editable])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(headings) - 1)


# read back --------------------------------------------------------------------------------------------------------

ADVICE = "Donnez le classeur écrit par « rosace review export », enregistré en .xlsx ou .ods."
ON_THE_PAGE = ("La même chose", "Liens")
"""Sheets of an earlier version that are read no more."""
LINE = "_ligne"
"""Where a row holds its number."""
Row = dict[str, str]
_YES, _NO = ("oui", "x", "1", "vrai", "true", "o"), ("non", "", "0", "faux", "false", "n")


def plan_import(session: Session, path: Path, author: str) -> ImportPlan:
    """The acts that a workbook asks for, against the state of today; nothing is recorded.

    Raises RefusedFileError: see `read_sheets`.
    """
    sheets, plan = read_sheets(path), ImportPlan()
    reader = WorkbookReader(session, author, plan)
    rows = {name: reader.whole(name, sheets.get(fold(name), [])) for name in EDITABLE}
    reader.read_groups(rows[GROUPS])
    reader.read_items(rows[ITEMS])
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
        now = {row[GROUP_ID]: row for row in group_rows(self.state)}
        groups, known = self.state.groups, list[tuple[Row, Group, dict[str, str]]]()
        for row in rows:
            group = groups.get(row.get(fold(GROUP_ID), ""))
            if group is not None:
                known.append((row, group, self.settle(GROUPS, row, now[group.group_id])))
            elif row.get(fold(TITLE)):
                self.conflict(GROUPS, row, GROUP_ID, "ce groupe n'existe plus ; la ligne ne décide rien.")
        titles = {group.group_id: group.title for group in groups.values()}
        for row, group, wanted in known:
            if not wanted[TITLE]:
                self.conflict(GROUPS, row, TITLE, f"un groupe a un titre ; « {group.title} » est gardé.")
            titles[group.group_id] = wanted[TITLE] or group.title
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
            state, *others = CHOICES[GROUPS]
            self.choose(GROUPS, row, wanted, state, group, target)
            if wanted[QUESTION] != (group.question or ""):
                self.add(Wish("problematique", **target), question=wanted[QUESTION][:1000])
            for choice in others:
                self.choose(GROUPS, row, wanted, choice, group, target)
            if into != group.group_id:
                self.add(Wish("merge", groups=(into, group.group_id)))

    def _kept(self, titles: dict[str, str]) -> dict[str, str]:
        """Group → the group that it becomes: itself, or the one of its axis whose title it was given; groups that had
        the same title before stay two."""
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
            item = self.state.items.get(row.get(fold(ITEM_ID), ""))
            if item is None:
                if row.get(fold("Parole")):
                    self.conflict(ITEMS, row, ITEM_ID, "cette idée n'existe plus : rien n'est décidé.")
                continue
            wanted = self.settle(ITEMS, row, item_row(self.state, item))
            first, *others = CHOICES[ITEMS]
            axis = self.choose(ITEMS, row, wanted, first, item, {"items": (item.item_id,)})
            self._read_item_group(row, wanted[GROUP], item, axis, created)
            for choice in others:
                self.choose(ITEMS, row, wanted, choice, item, {"items": (item.item_id,)})
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
            self.conflict(ITEMS, row, GROUP, f"plusieurs groupes s'appellent « {wanted} ».")
        elif targets:
            there = self.state.groups[targets[0]].axis
            note = f", axe {AXIS_NAMES[there]}" if there != axis else ""
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
        self, sheet: str, row: Row, wanted: Mapping[str, str], choice: Choice, of: Any, target: dict[str, Any]
    ) -> Any:
        """Plan the act that a cell asks for when it is not as it is; returns its code. A cell that is none of the
        choices is told, and changes nothing."""
        given, now = fold(wanted[choice.heading]), choice.now(of)
        codes = {fold(name): code for code, name in choice.names.items()}
        codes |= {fold(code): code for code in choice.names if isinstance(code, str)}
        if choice.names is YES_NO:
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
            before = json.loads(row.get(fold(BEFORE)) or "{}")
        except ValueError:
            before = {}
        wanted = {}
        for heading in EDITABLE[sheet]:
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
            given = row.get(fold(CHECK))
            cells = [row.get(fold(heading), "") for heading in CHECKED[sheet]]
            if given and given != checksum(cells):
                why = "les colonnes grises ne sont plus celles d'une même ligne (une colonne triée seule ?)"
                self.conflict(sheet, row, CHECKED[sheet][0], f"{why}{NO_BREAK}: la ligne ne décide rien.")
            else:
                kept.append(row)
        return kept


# sheets as rows of texts -----------------------------------------------------------------------------------------


def read_sheets(path: Path) -> dict[str, list[Row]]:
    """Sheets by folded name → rows by folded heading, empty rows left out, `LINE` holding the number of the row.

    Raises RefusedFileError: the file is no workbook, or holds none of our sheets.
    """
    try:
        sheets = {fold(name): _rows(grid) for name, grid in iter_sheets(path, path.name)}
    except RefusedFileError as error:
        raise RefusedFileError(path.name, "ce n'est pas un classeur lisible", ADVICE) from error
    if not {fold(name) for name in EDITABLE} & set(sheets):
        raise RefusedFileError(path.name, f"aucune feuille de relecture ({', '.join(EDITABLE)})", ADVICE)
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
