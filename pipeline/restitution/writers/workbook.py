"""elements.xlsx: the analyst's own rows back, enriched. No cell can become a formula or a link."""

from __future__ import annotations

import csv
import datetime
import io
import json
from functools import lru_cache
from typing import Any

from pipeline.axes import compass
from pipeline.contracts.labels import STATUS_NAMES
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.quoting.quotes import masked

COLUMNS = (
    ("fichier", 22), ("emplacement", 24), ("texte", 70), ("axe", 10), ("facette", 14), ("statut", 12),
    ("confiance", 10), ("second axe", 11), ("groupe", 40), ("thème", 22), ("position", 10), ("table", 10),
    ("voix", 12), ("canal", 12), ("provenance", 13), ("contexte", 30), ("précédé de", 30), ("atelier", 16),
    ("id de l’idée", 18), ("id du groupe", 18),
)  # fmt: skip


ROWS_MAX = 100_000
"""Ideas above which a spreadsheet is too heavy to open: they go to a csv, row after row."""


def write_elements(material: Material) -> dict[str, bytes]:
    """`elements.xlsx`, or `elements.csv` with the same columns above `ROWS_MAX` ideas."""
    if len(material.items) <= ROWS_MAX:
        return {"elements.xlsx": write_workbook(material)}
    extra = sorted({key for item in material.items.values() for key in _attributes(item.attributes)})
    buffer = io.BytesIO()
    with io.TextIOWrapper(buffer, encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow([*(name for name, _ in COLUMNS), *extra])
        for item in material.items.values():
            values = _attributes(item.attributes)
            writer.writerow(
                [*map(_csv_cell, _cells(item, material)), *(_csv_text(values.get(key, "")) for key in extra)]
            )
        text.flush()
        return {"elements.csv": buffer.getvalue()}


_OPENS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _csv_cell(value: str | float) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_OPENS_A_FORMULA) else value
    return f"{value:.3f}".replace(".", ",")


def _csv_text(value: Any) -> str:
    """A spreadsheet must read no formula in a participant's words."""
    return _csv_cell(value if isinstance(value, float) else str(value))


def write_workbook(material: Material) -> bytes:
    """One row per idea, in reading order of the files, the other columns of the source after ours."""
    import xlsxwriter

    from pipeline.restitution.writers.sheet import Sheet

    attributes = [_attributes(item.attributes) for item in material.items.values()]
    extra = sorted({key for values in attributes for key in values})
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
        rows = (
            [*_cells(item, material), *(values.get(key, "") for key in extra)]
            for item, values in zip(material.items.values(), attributes, strict=True)
        )
        sheet.fill(
            ([round(value, 3) if isinstance(value, float) else str(value) for value in row], formats.get(row[3], plain))
            for row in rows
        )
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, max(1, len(material.items)), n_columns - 1)
    return buffer.getvalue()


@lru_cache(maxsize=65_536)
def _attributes(given: str) -> dict[str, Any]:
    """The other columns of a row; many rows have the same."""
    try:
        values = json.loads(given or "{}")
    except json.JSONDecodeError:
        return {}
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else {}


def _cells(item: Item, material: Material) -> list[str | float]:
    group = material.groups.get(item.group)
    theme = material.theme_titles.get(group.theme_id, "") if group is not None else ""
    axes = compass()
    return [
        item.source, item.locator, masked(item), axes[item.axis].name, item.facet,
        STATUS_NAMES[item.status], item.confidence,
        axes[item.second_axis].name if item.second_axis in axes else "", group.title if group else "", theme,
        "" if item.stance == "inconnu" else item.stance, item.table, item.voice, item.channel, item.provenance,
        item.context, item.lead, item.workshop, item.item_id, item.group,
    ]  # fmt: skip
