"""Tables of a reviewed state: the machine's values where nobody decided, and who decided elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from math import nan
from typing import Any

import pandas as pd

from pipeline.axes import HORS_AXE
from pipeline.contracts.checks import conform, empty
from pipeline.contracts.tables import TABLES
from pipeline.contracts.titles import DECIDING, PARTICIPANTS
from pipeline.review.agreement import Precision
from pipeline.review.log.replay import Log, Outcome
from pipeline.review.log.state import ReviewState
from pipeline.workshop.items import Spans, suggested_names
from pipeline.workshop.records import Group, Item, MachineTables, masking, standing
from pipeline.workshop.tables import ReviewedTables

UNREADABLE = "illisible"
"""The `op` of a line of the log that is no act."""


def to_tables(state: ReviewState, machine: MachineTables) -> ReviewedTables:
    """The reviewed tables, in the order of the machine's; groups created by people come last."""
    suggested = suggested_names(machine.name_suggestions)
    return ReviewedTables(
        reviewed_tags=_tags(state, machine.tags),
        reviewed_groups=_groups(state, suggested),
        reviewed_memberships=_memberships(state, machine.memberships),
        reviewed_links=_frame(
            "reviewed_links",
            [{"from_item": one, "to_item": two, **_values(link)} for (one, two), link in state.links.items()],
        ),
        reviewed_themes=_frame("reviewed_themes", [_values(theme) for theme in state.themes.values()]),
        reviewed_items=_items(state, suggested),
        reviewed_parts=_frame("reviewed_parts", [{"part": key, **one._asdict()} for key, one in state.parts.items()]),
    )


def state_rows(log: Log, outcomes: dict[str, Outcome]) -> pd.DataFrame:
    """The table `decision_states`: one row per act, then one per line that could not be read."""
    acts = ((one.decision_id, one.op, one.author, outcomes[one.decision_id]) for one in log.decisions)
    lost = ((bad.decision_id, UNREADABLE, "", Outcome("orpheline", bad.message)) for bad in log.bad_lines)
    rows = [{"decision_id": key, "op": op, "author": who, **vars(came)} for key, op, who, came in (*acts, *lost)]
    return _frame("decision_states", rows)


def control_rows(precisions: Sequence[Precision]) -> pd.DataFrame:
    """The table `control`."""
    return _frame("control", [_values(row) for row in precisions])


def _frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    if not rows:
        return empty(name)
    columns = TABLES[name].column_names
    return conform(name, pd.DataFrame({column: [row[column] for row in rows] for column in columns}, dtype=object))


def _values(record: Any) -> dict[str, Any]:
    row = {name: getattr(record, name) for name in type(record).__dataclass_fields__}
    return {name: pd.NA if value is None else value for name, value in row.items()}


def _tags(state: ReviewState, tags: pd.DataFrame) -> pd.DataFrame:
    reviewed = tags.assign(decided_by=pd.Series(pd.NA, index=tags.index, dtype="string[pyarrow]"))
    decided = [item for item in state.items.values() if item.axis_by is not None or item.item_id in state.chosen]
    if decided:
        rows = pd.Series(reviewed.index, index=reviewed["item_id"].astype(object))
        where = rows.loc[[item.item_id for item in decided]].to_numpy()
        own = {"axis": "axis", "facet": "facet", "status": "status", "decided_by": "axis_by"}
        for column, attribute in own.items():
            values = [getattr(item, attribute) for item in decided]
            reviewed.loc[where, column] = pd.array(values, dtype="string[pyarrow]")
        reviewed.loc[(reviewed["status"] == "sur").to_numpy(dtype=bool), "doubt"] = pd.NA
    return conform("reviewed_tags", reviewed)


def _groups(state: ReviewState, suggested: Spans) -> pd.DataFrame:
    positions = state.positions()
    rows = [
        {
            **_values(group),
            **_unnamed(state, group, suggested),
            "position": positions[group.group_id],
            "author_cites": _cites(group),
            "is_titled": "title" in _worded(group),
            "is_asked": group.question is not None and "question" in group.worded,
            "title_coverage": nan if group.title_coverage is None else group.title_coverage,
        }
        for group in state.groups.values()
    ]
    return _frame("reviewed_groups", rows)


def _cites(group: Group) -> Any:
    """Sentence of a person's paragraph → the ideas that it cites, as json; none for most groups."""
    by_sentence: dict[str, list[str]] = {}
    for sentence, item_id in group.author_cites:
        by_sentence.setdefault(sentence, []).append(item_id)
    return json.dumps(by_sentence, ensure_ascii=False) if by_sentence else pd.NA


def _unnamed(state: ReviewState, group: Group, suggested: Spans) -> dict[str, str]:
    """The machine's title and question of a group that a person decided about, without the names of its words, hidden
    until someone says that they may be shown; where nobody decided, the restitution words them itself."""
    if group.decided_by is None:
        return {}
    members = [state.items[item_id] for item_id in state.members[group.group_id]]
    around = state.labels.values() if group.origin == PARTICIPANTS else ()  # it may be a heading
    if not (hidden := _hidden(state, (*members, *around), suggested)):
        return {}
    unnamed, texts = masking(hidden, folds=True), {"title": group.title, "question": group.question}
    return {name: unnamed(text) for name, text in texts.items() if text is not None and name not in _worded(group)}


def _hidden(state: ReviewState, holders: Iterable[Item], suggested: Spans) -> set[str]:
    return {
        state.texts[one.contribution_id].text[slice(*span)]
        for one in holders
        for span in {*one.masks, *suggested.get(one.contribution_id, ())} - {*one.shown_names}
    }


def _worded(group: Group) -> frozenset[str]:
    return group.worded | ({"title"} if group.origin in DECIDING else frozenset())


def _memberships(state: ReviewState, memberships: pd.DataFrame) -> pd.DataFrame:
    known = memberships["item_id"].tolist()
    had = set(known)
    joined = sorted(key for key, item in state.items.items() if item.axis != HORS_AXE and key not in had)
    items = [state.items[item_id] for item_id in known + joined if state.items[item_id].axis != HORS_AXE]
    return _columns("reviewed_memberships", items, "membership_by", {})


def _items(state: ReviewState, suggested: Spans) -> pd.DataFrame:
    items = list(state.items.values())
    lists = {
        "masks": [list(map(list, item.masks)) for item in items],
        "named": [list(map(list, item.shown_names)) for item in items],
    }
    told = _columns("reviewed_items", items, "display_by", lists)
    around = _frame("reviewed_items", list(_label_rows(state, suggested)))
    return pd.concat([told, around], ignore_index=True) if len(around) else told


def _label_rows(state: ReviewState, suggested: Spans) -> Iterator[dict[str, Any]]:
    """A row for each text around ideas where a name is masked, or would be for being one elsewhere: what is masked of
    it is what is suspected there, and what people masked anywhere, but what they said may be shown."""
    said = state.masked_names()
    by_people, anywhere = standing(said), standing(said | _hidden(state, state.items.values(), suggested))
    for key, label in state.labels.items():
        spans = {*suggested.get(key, ()), *label.masks, *by_people(label.text)} - {*label.shown_names}
        if spans or any(anywhere(label.text)):
            lists = {"masks": sorted(map(list, spans)), "named": list(map(list, label.shown_names))}
            shown = {"is_hidden": False, "is_quotable": True, "quote_choice": pd.NA, "shown_text": pd.NA}
            yield {"item_id": key, **shown, **lists, "decided_by": label.display_by or pd.NA}


def _columns(name: str, items: Sequence[Item], decided_by: str, others: dict[str, list[Any]]) -> pd.DataFrame:
    """A table of items by columns, each the attribute of its name but `decided_by` and the others that are given, None
    where nothing is known: an object per row costs ten times more."""
    own = {column: column for column in TABLES[name].column_names} | {"decided_by": decided_by}
    told = {column: attribute for column, attribute in own.items() if column not in others}
    columns = {column: [getattr(item, attribute) for item in items] for column, attribute in told.items()} | others
    return conform(name, pd.DataFrame({key: pd.Series(values, dtype=object) for key, values in columns.items()}))
