"""All sentences: looked for, filtered, counted, put in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from pipeline.app.desk import Desk, cut, page_number
from pipeline.app.titles import deciding
from pipeline.axes import AXIS_CODES
from pipeline.contracts.numbers import whole_number
from pipeline.language.text.typography import capitalized
from pipeline.review.finding import (
    COLUMN_NAMES,
    KINDS,
    SMALL,
    Found,
    Wanted,
    columns_of,
    find,
    who_says,
)
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Item

COLUMN = "c."
"""Before the name of a column, in addresses: no column is taken for another filter."""
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
