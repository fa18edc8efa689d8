"""The workbook for a facilitator who prefers a spreadsheet: sheets, machine columns in grey, validated editable ones.

Rows are found again by their id, columns by their heading, so that sorting, filtering, hiding and deleting rows, or
adding columns, is harmless. Nothing is locked, which would forbid sorting: a checksum tells a row whose machine columns
came apart. Written with xlsxwriter, texts that look like formulas staying texts.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from pipeline.axes import AXIS_CODES, COMPASS_CODES, compass
from pipeline.contracts.labels import GROUP_STATE_NAMES, STANCE_NAMES, doubt_told
from pipeline.review.log.on_groups import VERDICTS
from pipeline.review.log.ops import OPS
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Item

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

    Attributes
    ----------
    names : code → what the cell says; an empty cell is a choice when "" is one of them.
    now : the code that an item or a group has.
    op : the act that another code asks for, in the first of its fields; "" for a verdict.
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
EDITABLE = {
    ITEMS: (AXIS, GROUP, STANCE, QUOTE, NO_QUOTE, HIDE),
    GROUPS: (TITLE, STATE, QUESTION, HIDE),
}
CHECKED = {
    ITEMS: (ITEM_ID, "Parole", BEFORE),
    GROUPS: (GROUP_ID, "Exemple", BEFORE),
}
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
ADVICE = (
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
    for row, line in enumerate(ADVICE):
        sheet.write_string(row, 0, line, style)
    groups = group_rows(state)
    # any other title may be typed: it opens a group
    lists = {GROUP: f"='{GROUPS}'!$B$2:$B${len(groups) + 1}"} if groups else {}  # as they are renamed there
    sheets = {ITEMS: items, GROUPS: groups}
    for name, rows in sheets.items():
        write_sheet(book, name, rows, WIDTHS, lists if name == ITEMS else {})
    book.close()
    return buffer.getvalue()


IDS = (ITEM_ID, GROUP_ID)


def checksum(cells: Iterable[object]) -> str:
    """Of the letters and digits of some cells: another program may change their spaces."""
    text = "\x1f".join(re.sub(r"\W", "", str(cell)) for cell in cells)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def write_sheet(
    book: Any,
    name: str,
    rows: Sequence[dict[str, Any]],
    widths: Mapping[str, int],
    lists: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """One sheet, its headings those of its rows; each row holds what may be changed as it was, and a checksum of what
    says what it is.

    Parameters
    ----------
    lists : heading → the cells that hold its choices, where others may be typed too.
    """
    sheet, editable = book.add_worksheet(name), EDITABLE.get(name, ())
    if not rows:
        sheet.write_string(0, 0, "Rien ici.")
        return
    head = book.add_format({"bold": True, "bg_color": "#2B2723", "font_color": "#FFFFFF", "valign": "vcenter"})
    styles = {
        False: book.add_format({"bg_color": "#F1ECE3", "text_wrap": True, "valign": "top"}),
        True: book.add_format({"text_wrap": True, "valign": "top"}),
    }
    if editable:
        held = ({heading: str(row[heading])[:500] for heading in editable} for row in rows)
        rows = [row | {BEFORE: json.dumps(one, ensure_ascii=False)} for row, one in zip(rows, held, strict=True)]
        rows = [row | {CHECK: checksum(row[heading] for heading in CHECKED[name])} for row in rows]
    headings = list(rows[0])
    rules = {choice.heading: list(filter(None, choice.names.values())) for choice in CHOICES.get(name, ())}
    for column, heading in enumerate(headings):
        hidden = {"hidden": True} if heading in (*IDS, BEFORE, CHECK) else {}
        sheet.set_column(column, column, widths.get(heading, 14), None, hidden)
        sheet.write_string(0, column, heading, head)
        if heading in rules:
            rule = {"validate": "list", "source": rules[heading], "error_type": "warning"}
            sheet.data_validation(1, column, len(rows) + 50, column, rule)
        if heading in lists:
            from_list = {"validate": "list", "source": lists[heading], "show_error": False}
            sheet.data_validation(1, column, len(rows) + 50, column, from_list)
    for number, row in enumerate(rows, start=1):
        for column, heading in enumerate(headings):
            style = styles[heading in editable]
            if isinstance(row[heading], int):
                sheet.write_number(number, column, row[heading], style)
            else:
                sheet.write_string(number, column, row[heading], style)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(headings) - 1)
