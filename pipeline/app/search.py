"""All sentences: looked for, filtered, counted, put in groups, taken away as a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from pipeline.app.desk import Desk, cut, page_number
from pipeline.app.titles import deciding
from pipeline.axes import AXIS_CODES, compass
from pipeline.contracts.labels import STANCE_NAMES, STATUS_NAMES
from pipeline.contracts.numbers import whole_number
from pipeline.language.text.typography import capitalized, typeset
from pipeline.review.exchange.own_words import masked
from pipeline.review.finding import (
    COLUMN_NAMES,
    KINDS,
    SMALL,
    Found,
    Wanted,
    columns_of,
    find,
    known_of,
    who_says,
)
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Item

COLUMN = "c."
"""Before the name of a column, in addresses: no column is taken for another filter."""
CELL_MAX = 32_000
VOTES_MAX = 999_999
"""A filter on more votes is none."""


def search(desk: Desk, request: Request) -> dict[str, Any]:
    """The sentences wanted, and the filters with what each value would leave."""
    state, columns, wanted = desk.session.state, columns_of(desk.session.state), _wanted(desk, request)
    result = find(state, wanted, columns)
    asked = request.query_params.multi_items()
    return {
        "page": cut(result.items, page_number(request), desk.settings.review.paroles_par_page),
        "wanted": wanted,
        "kinds": {key: name for key, (name, _) in KINDS.items()},
        "filters": [_filter(name, result, wanted.chosen or {}) for name in columns],
        "counts": result.counts["axe"],
        "of": _of(state, result.items),
        "group": state.groups.get(wanted.group_id),
        "given": deciding(state),
        "is_filtered": wanted != Wanted(chosen={}),
        "query": "".join(f"{quote(key, safe='')}={quote(value, safe='')}&" for key, value in asked if key != "p"),
    }


def _wanted(desk: Desk, request: Request) -> Wanted:
    given = request.query_params
    votes, axis, kind = given.get("votes", ""), given.get("axe", ""), given.get("voir", "")
    columns = [key for key in given if key.startswith(COLUMN) and given[key]]
    return Wanted(
        query=given.get("q", "")[:200],
        kind=kind if kind in KINDS else "toutes",
        axis=axis if axis in AXIS_CODES else "",
        group_id=group if (group := given.get("groupe", "")) in desk.session.state.groups else "",
        votes=whole_number(votes, VOTES_MAX) or 0,
        chosen={key.removeprefix(COLUMN): given[key] for key in columns},
    )


def _filter(name: str, result: Found, chosen: Mapping[str, str]) -> dict[str, Any]:
    """A filter as the screen shows it: values by how many they would leave, the one that is chosen always there."""
    counts, value = result.counts[name], chosen.get(name, "")
    values = sorted({*counts, value} - {""}, key=lambda one: (-counts.get(one, 0), one))
    options = [(one, counts.get(one, 0)) for one in values]
    return {
        "key": f"{COLUMN}{name}",
        "name": COLUMN_NAMES.get(name, capitalized(name)),
        "chosen": value,
        "options": options,
    }


def who(state: ReviewState, group_id: str) -> dict[str, Any]:
    """Who says a group, by column, and whether its contributions are too few to conclude."""
    n = len({state.items[key].contribution_id for key in state.members[group_id]})
    return {"columns": who_says(state, group_id, columns_of(state)), "is_few": n < SMALL, "names": COLUMN_NAMES}


def _of(state: ReviewState, items: Sequence[Item]) -> dict[str, int]:
    """How many contributions, tables, known voices and groups the items come from."""
    sources = {item.contribution_id: state.sources[item.contribution_id] for item in items}.values()
    return {
        "contributions": len(sources),
        "tables": len({(source.workshop, source.table) for source in sources if source.table is not None}),
        "voices": len({source.voice for source in sources if source.voice is not None}),
        "groups": len({item.group_id for item in items if item.group_id is not None}),
    }


def found_file(desk: Desk, request: Request) -> Response:
    """What is shown, all pages, as a spreadsheet; masked names stay masked."""
    import xlsxwriter

    desk.session.sync()
    state, columns = desk.session.state, columns_of(desk.session.state)
    rows = [_row(state, item, columns) for item in find(state, _wanted(desk, request), columns).items]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet("Paroles"), book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        headings = list(rows[0] if rows else {"Parole": ""})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
            for line, row in enumerate(rows, start=1):
                value = row[heading]
                if isinstance(value, int):
                    sheet.write_number(line, column, value)
                else:
                    sheet.write_string(line, column, value[:CELL_MAX], wrapped)
        sheet.set_column(0, 0, 70)
        sheet.set_column(1, max(1, len(headings) - 1), 20)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), max(0, len(headings) - 1))
    headers = {"Content-Disposition": 'attachment; filename="paroles.xlsx"'}
    return Response(out.getvalue(), media_type="application/octet-stream", headers=headers)


def _row(state: ReviewState, item: Item, columns: Sequence[str]) -> dict[str, str | int]:
    source, group = state.sources[item.contribution_id], state.groups.get(item.group_id or "")
    known = known_of(source)
    return {
        "Parole": masked(item),
        "Axe": compass()[item.axis].name,
        "Groupe": group.title if group else "",
        "Lecture": STATUS_NAMES[item.status],
        "Position": STANCE_NAMES[item.stance],
        **{typeset(COLUMN_NAMES.get(name, name)): known.get(name, "") for name in columns},
        "Votes": source.votes or 0,
        "Source": f"{source.source}, {source.locator}",
    }
