"""elements.xlsx: the analyst's own rows back, enriched. No cell can become a formula or a link."""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipeline.axes import compass
from pipeline.contracts.labels import STATUS_NAMES
from pipeline.contracts.tables import SIDES
from pipeline.restitution.quoting.quotes import masked
from pipeline.workshop.model import Group, Item, Material
from pipeline.workshop.questions import Question

COLUMNS = (
    ("fichier", 22), ("emplacement", 24), ("texte", 70), ("axe", 10), ("facette", 14), ("statut", 12),
    ("confiance", 10), ("second axe", 11), ("groupe", 40), ("titre de", 13), ("thème", 22), ("position", 10),
    ("position sur", 30), ("positions du groupe", 30), ("votes", 8), ("votes contre", 8), ("table", 10),
    ("voix", 12), ("canal", 12), ("provenance", 13), ("contexte", 30), ("précédé de", 30), ("atelier", 16),
    ("id de l’idée", 18), ("id du groupe", 18),
)  # fmt: skip


QUESTION_COLUMNS = (
    ("atelier", 16), ("fichier", 22), ("date", 12), ("question", 70), ("pour", 8), ("contre", 8), ("à condition", 11),
    ("abstention", 11), ("sans parti pris", 14), ("total", 8), ("compté en", 12), ("réponses", 60),
)  # fmt: skip
ROWS_MAX = 100_000
"""Ideas above which a spreadsheet is too heavy to open: they go to a csv, block after block."""
_BLOCK = 10_000


def write_elements(material: Material) -> dict[str, bytes]:
    """`elements.xlsx`, or `elements.csv` with the same columns above `ROWS_MAX` ideas."""
    if len(material.items) <= ROWS_MAX:
        return {"elements.xlsx": write_workbook(material)}
    extra = _other_columns(material)
    rows = ([*_cells(i, material), *_others(i, extra)] for i in material.items.values())
    parts = [codecs.BOM_UTF8, _csv([[*(name for name, _ in COLUMNS), *extra]])]
    while block := list(islice(rows, _BLOCK)):
        parts.append(_csv(block))
    return {"elements.csv": b"".join(parts)}


def _other_columns(material: Material) -> list[str]:
    """The other columns of the rows that ideas come from."""
    given = {item.attributes for item in material.items.values()}
    return sorted({key for attributes in given for key in _attributes(attributes)})


def _others(item: Item, names: Sequence[str]) -> list[Any]:
    values = _attributes(item.attributes) if names else {}
    return [values.get(name, "") for name in names]


_OPENS_A_FORMULA = frozenset("=+-@\t\r")


def _csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as a French spreadsheet opens them; it must read no formula in a participant's words."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows(
        [cell if isinstance(cell, str) and cell[:1] not in _OPENS_A_FORMULA else _csv_cell(cell) for cell in row]
        for row in rows
    )
    return buffer.getvalue().encode()


def _csv_cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".").replace(".", ",")
    text = str(value)
    return f"'{text}" if text[:1] in _OPENS_A_FORMULA else text


def write_workbook(material: Material) -> bytes:
    """One row per idea, in reading order of the files, the other columns of the source after ours."""
    import xlsxwriter

    extra = _other_columns(material)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": datetime.datetime(2020, 1, 1), "title": "Éléments", "author": "Rosace"})
        sheet = book.add_worksheet("Éléments", worksheet_class=Sheet)
        bold = book.add_format({"bold": True, "bg_color": "#EFEBE2", "bottom": 1, "valign": "top", "text_wrap": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        colors = {
            axis.name: book.add_format({"valign": "top", "bold": True, "font_color": axis.color})
            for axis in compass().values()
        }
        for column, (name, width) in enumerate([*COLUMNS, *((key, 18) for key in extra)]):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, bold)
        n_columns = len(COLUMNS) + len(extra)
        formats = {name: [*[wrap] * 3, color, *[wrap] * (n_columns - 4)] for name, color in colors.items()}
        plain = [wrap] * n_columns
        rows = ([*_cells(item, material), *_others(item, extra)] for item in material.items.values())
        sheet.fill((row, formats.get(row[3], plain)) for row in rows)
        _add_questions(book, material, bold, wrap)
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, max(1, len(material.items)), n_columns - 1)
    return buffer.getvalue()


def _add_questions(book: Any, material: Material, bold: Any, wrap: Any) -> None:
    """A second sheet: each question with its sides and answers, in people where they are known; points put to the vote
    document by document, as the text tells them."""
    if not material.questions:
        return
    sheet = book.add_worksheet("Votes et avis", worksheet_class=Sheet)
    for column, (name, width) in enumerate(QUESTION_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    asked = (one for one in material.questions if not one.is_vote)
    rows = (
        [one.workshop, one.source, material.day_of(one.source) if one.is_vote else "", one.about,
         *([float(one.sides.get(side, 0)) for side in SIDES] + [float(one.n)] if _is_counted(one) else _NOBODY),
         ("personnes" if one.has_people else "voix") if _is_counted(one) else "décision",
         " ; ".join(filter(None, [*(f"{said}\u00a0: {n}" for said, n in one.answers.items()), one.outcome]))]
        for one in (*chain.from_iterable(material.points.values()), *asked)
    )  # fmt: skip
    sheet.fill((row, [wrap] * len(QUESTION_COLUMNS)) for row in rows)
    sheet.freeze_panes(1, 4)


_NOBODY = [""] * (len(SIDES) + 1)


def _is_counted(question: Question) -> bool:
    """Whether anybody is counted: a decision that nobody voted on has no numbers, and no noughts."""
    return bool(question.n or question.answers or not question.is_vote)


@lru_cache(maxsize=65_536)
def _attributes(given: str) -> dict[str, Any]:
    """The other columns of a row; many rows have the same."""
    told: dict[str, Any] = json.loads(given or "{}")
    return told


def _whose(group: Group | None) -> str:
    """Who stands behind the title of a group: people, or nobody yet."""
    if group is None:
        return ""
    return "proposition" if group.is_proposed else _GIVEN.get(group.origin, "une personne")


_GIVEN = {"participants": "les participants", "programme": "un autre atelier"}


def _cells(item: Item, material: Material) -> list[str | float]:
    group = material.groups.get(item.group)
    axes = compass()
    return [
        item.source, item.locator, masked(item), axes[item.axis].name, item.facet,
        STATUS_NAMES[item.status], round(item.confidence, 3),
        axes[item.second_axis].name if item.second_axis in axes else "",
        group.title if group else "", _whose(group), material.theme_of(group),
        *(("", "") if item.stance == "inconnu" else (item.stance, item.stance_on)),
        group.sides_told if group else "",
        *(float(n) if n else "" for n in (item.votes, item.votes_against)),
        item.table, item.voice, item.channel, item.provenance,
        item.context, item.lead, item.workshop, item.item_id, item.group,
    ]  # fmt: skip


CHARACTERS_MAX = 32_767
"""UTF-16 units that a cell may hold."""


class Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A worksheet whose rows below the first are given at once; all have as many cells as the first one.

    xlsxwriter keeps an object for each cell and writes each one by several calls: a quarter of the time of a
    restitution of twenty thousand ideas. The bytes are those that it would write.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[tuple[int | float, ...], Sequence[Any]]] = []

    def fill(self, rows: Iterable[tuple[Sequence[str | float], Sequence[Any]]]) -> None:
        """Give the rows below the first one, which is written already: the values of each, and their formats."""
        index = self.str_table._get_shared_string_index
        for values, formats in rows:
            told = tuple([v if isinstance(v, float) else index(_bounded(v)) for v in values])
            self._lines.append((told, formats))
        self._check_dimensions(len(self._lines), self.dim_colmax)

    def _write_rows(self) -> None:
        names = [xl_col_to_name(column) for column in range(self.dim_colmax + 1)]
        first = [self.table[0][column] for column in range(len(names))]
        lines = [(tuple(cell.string for cell in first), [cell.format for cell in first]), *self._lines]
        shapes: dict[tuple[int, tuple[type, ...]], str] = {}  # by formats, all of which stay, and kinds of value
        for number, (values, formats) in enumerate(lines, start=1):
            kinds = id(formats), tuple(map(type, values))
            if kinds not in shapes:
                shapes[kinds] = _shape_of_row(names, values, formats)
            self.fh.write(shapes[kinds].replace("#", str(number)) % values)


def _shape_of_row(names: Sequence[str], values: Sequence[int | float], formats: Sequence[Any]) -> str:
    """A row without its values, in the marks of `%`, nor its number, a `#`."""
    cells = (
        f'<c r="{name}#" s="{style._get_xf_index()}"'
        + ("><v>%.16G</v></c>" if isinstance(value, float) else ' t="s"><v>%d</v></c>')
        for name, value, style in zip(names, values, formats, strict=True)
    )
    return f'<row r="#" spans="1:{len(names)}">{"".join(cells)}</row>'


def _bounded(text: str) -> str:
    if 2 * len(text) <= CHARACTERS_MAX:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * CHARACTERS_MAX].decode("utf-16-le", "ignore")
