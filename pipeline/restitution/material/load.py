"""The tables of a run joined into the material of a restitution: only what may be shown, in a fixed order."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipeline.axes import HORS_AXE
from pipeline.restitution.material.model import Group, Item, Material, Theme, without_group
from pipeline.restitution.material.sentence_bounds import Span

_OF_TAG = ("axis", "confidence", "second_axis", "facet", "status")
_SHARED = (
    "source", "channel", "provenance", "context", "voice", "table", "workshop", "attributes", "axis", "facet",
    "second_axis", "status", "group_id", "stance",
)  # fmt: skip
"""Columns that many rows say the same in: each value is one object."""
_BLOCK = 20_000
"""Rows that stand as Python objects twice at once."""


def read_material(tables: Any) -> Material:
    """Join the tables of `RestitutionTables` (see there)."""
    items = _items(tables)
    groups = _groups(tables, items)
    kept = {item.item_id for group in groups.values() for item in group.members}
    items = {
        item_id: item if item_id in kept or not item.group else without_group(item) for item_id, item in items.items()
    }
    themes = tuple(
        Theme(str(row.theme_id), str(row.title))
        for row in tables.reviewed_themes.sort_values(["position", "theme_id"]).itertuples()
    )
    declared = tables.workshop_tables[tables.workshop_tables["is_declared"].fillna(False).astype(bool)]
    people = _total(tables.workshops["participants"])
    return Material(
        workshops=tuple(_plain(row) for row in tables.workshops.sort_values("workshop").to_dict("records")),
        tables=_tables(tables.workshop_tables),
        declared_participants=people if people is not None else _total(declared["participants"]),
        items=items,
        groups=groups,
        themes=themes,
        answers=_answers(tables.reviewed_links, items),
        pairs=_pairs(tables.reviewed_links, items),
    )


def _total(counts: pd.Series) -> int | None:
    return int(counts.sum()) if len(counts) and bool(counts.notna().all()) else None


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(key): None if pd.isna(value) else value for key, value in row.items()}


def _tables(workshop_tables: pd.DataFrame) -> dict[tuple[str, str], str]:
    rows = [(str(row.workshop), str(row.table), _text(row.sujet)) for row in workshop_tables.itertuples()]
    return {(workshop, table): subject for workshop, table, subject in sorted(rows, key=lambda row: _reading(row[:2]))}


def _reading(key: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """Order of people: table 2 before table 10."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in key)


def _text(value: Any) -> str:
    return "" if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)) else str(value)


def _items(tables: Any) -> dict[str, Item]:
    names, contributions = _suggested_names(tables.name_suggestions), tables.contributions
    joined = _beside(tables.items, tables.reviewed_tags[["item_id", *_OF_TAG]], how="inner")
    joined = _beside(joined, tables.reviewed_items.drop(columns="decided_by"), how="left")
    joined = joined.merge(tables.reviewed_memberships.drop(columns="decided_by"), on="item_id", how="left")
    rows = pd.Index(contributions["contribution_id"]).get_indexer(joined["contribution_id"])
    joined = joined[rows >= 0].assign(row=rows[rows >= 0])
    joined = joined.assign(place=_places(contributions)[joined["row"]]).sort_values(["place", "start", "item_id"])
    where = contributions.drop(columns="contribution_id").rename(columns={"text": "source_text"})
    kept = _not_to_show(joined)
    blocks = (joined.iloc[start : start + _BLOCK] for start in range(0, len(joined), _BLOCK))
    found = (
        item
        for block in blocks
        for item in _block(_beside_rows(block, where.iloc[block["row"].to_numpy()]), names, kept)
    )
    return {item.item_id: item for item in found if not item.is_hidden}


def _places(contributions: pd.DataFrame) -> npt.NDArray[np.int64]:
    """The rank of each contribution in reading order, by source then position."""
    _, sources = np.unique(contributions["source"].to_numpy(dtype=object), return_inverse=True)
    order = np.lexsort((contributions["position"].to_numpy(dtype=np.int64), sources))
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places


def _beside_rows(one: pd.DataFrame, two: pd.DataFrame) -> pd.DataFrame:
    """Two tables side by side, row by row."""
    return pd.concat([one.reset_index(drop=True), two.reset_index(drop=True)], axis="columns")


def _beside(one: pd.DataFrame, two: pd.DataFrame, how: Literal["inner", "left"]) -> pd.DataFrame:
    """Two tables joined by item; they mostly have the same items in the same order, which costs no search."""
    if one["item_id"].equals(two["item_id"]):
        return _beside_rows(one, two.drop(columns="item_id"))
    return one.merge(two, on="item_id", how=how)


def _values(column: pd.Series) -> list[Any]:
    """None where a value misses. They come from Arrow at once: one by one, they take ten times longer."""
    if column.dtype == object:  # lists
        return column.tolist()
    values = pa.array(column.array, from_pandas=True)
    if column.name not in _SHARED:
        return values.to_pylist()  # type: ignore[no-any-return]
    encoded = (values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values).dictionary_encode()
    distinct = [sys.intern(value) for value in encoded.dictionary.to_pylist()]
    return [None if code is None else distinct[code] for code in encoded.indices.to_pylist()]


def _suggested_names(suggestions: pd.DataFrame) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for row in suggestions.itertuples():
        found.setdefault(str(row.contribution_id), []).append((int(str(row.start)), int(str(row.end))))
    return found


def _not_to_show(joined: pd.DataFrame) -> dict[str, list[Span]]:
    """Contribution → the spans of its ideas that are hidden or not to be quoted."""
    hidden = joined["is_hidden"].astype("boolean").fillna(False).astype(bool)
    silent = ~joined["is_quotable"].astype("boolean").fillna(True).astype(bool) | (joined["quote_choice"] == "bannie")
    found: dict[str, list[Span]] = {}
    for row in joined[hidden | silent.fillna(False).astype(bool)].itertuples():
        found.setdefault(str(row.contribution_id), []).append((int(str(row.start)), int(str(row.end))))
    return found


def _block(block: pd.DataFrame, names: dict[str, list[Span]], kept: dict[str, list[Span]]) -> Iterator[Item]:
    """The items of some rows, in order; those of one contribution share its words."""
    columns = (
        "item_id", "contribution_id", "start", "end", "text", "source_text", "locator", "position", "confidence",
        "strength", "tied_to", "is_hidden", "is_quotable", "quote_choice", "shown_text", "masks", "named", "lead",
        *_SHARED,
    )  # fmt: skip
    source_text = locator = ""
    for (
        item_id, contribution_id, start, end, text, own_source_text, own_locator, position, confidence,
        strength, tied_to, is_hidden, is_quotable, quote_choice, shown, masks, named, lead, *shared,
    ) in zip(*(_values(block[name]) for name in columns), strict=True):  # fmt: skip
        source, channel, provenance, context, voice, table, workshop, attributes, *tag, group, stance = shared
        axis, facet, second_axis, status = tag
        source_text = source_text if source_text == own_source_text else own_source_text
        locator = locator if locator == own_locator else own_locator
        silent = kept.get(contribution_id)
        others = [*(silent or ()), *_report(provenance, lead, own_source_text, start)]
        blocked = tuple(sorted(span for span in others if span != (start, end)))
        shown_names = _spans(named)
        item = Item(
            item_id=item_id,
            contribution_id=contribution_id,
            start=start,
            end=end,
            text=shown or text,
            source_text=shown or source_text,
            source=source,
            locator=locator,
            position=position,
            channel=channel,
            provenance=provenance,
            context=context or "",
            voice=voice or "",
            table=table or "",
            workshop=workshop,
            attributes=attributes or "",
            axis=axis,
            facet=facet or "",
            second_axis=second_axis or "",
            confidence=confidence,
            status=status,
            group="" if axis == HORS_AXE else group or "",
            stance=stance or "inconnu",
            strength=strength or 0.0,
            tied_to=tied_to or "",
            is_hidden=bool(is_hidden),
            is_quotable=is_quotable is None or is_quotable,
            quote_choice=quote_choice or "",
            masks=(),
            named=shown_names,
            is_corrected=bool(shown),
            blocked=blocked,
        )
        suggested = [span for span in names.get(contribution_id, ()) if span not in shown_names]
        hidden = {*_spans(masks), *suggested}
        if hidden:
            low, high = item.whole
            item = replace(item, masks=tuple(sorted(span for span in hidden if span[0] < high and span[1] > low)))
        if lead:
            item = replace(item, lead=_lead(lead, own_source_text, start, (*hidden, *(silent or ()))))
        yield item


def _report(provenance: str, lead: str | None, source_text: str, start: int) -> list[Span]:
    """The words of a note that report what an idea says ("il a été souligné que"): we report it ourselves."""
    at = source_text.rfind(lead, 0, start) if lead and provenance == "note" else -1
    return [(at, start)] if lead and at >= 0 and len(source_text[at + len(lead) : start].strip()) <= 0 else []


def _lead(lead: str, source_text: str, start: int, not_to_show: Sequence[Span]) -> str:
    """The words before an idea, unless some of them may not be shown."""
    at = source_text.rfind(lead, 0, start)
    return "" if at < 0 or any(low < at + len(lead) and high > at for low, high in not_to_show) else lead


def _spans(value: Any) -> tuple[Span, ...]:
    if value is None or value is pd.NA or isinstance(value, float) or not len(value):
        return ()
    return tuple(sorted((int(pair[0]), int(pair[1])) for pair in value))


def _groups(tables: Any, items: dict[str, Item]) -> dict[str, Group]:
    members: dict[str, list[Item]] = {}
    for item in items.values():
        if item.group:
            members.setdefault(item.group, []).append(item)
    rows = tables.reviewed_groups
    shown = rows[~rows["is_hidden"].fillna(False).astype(bool) & (rows["state"] != "rejete")]
    rank = -shown["recurrence"].astype(float).round(3)
    ordered = shown.assign(rank=rank).sort_values(["position", "rank", "group_id"])
    found: dict[str, Group] = {}
    for row in ordered.to_dict("records"):
        group_id = str(row["group_id"])
        own = [item for item in members.get(group_id, []) if item.axis == row["axis"]]
        if own:
            found[group_id] = _group(row, _central_first(own))
    return found


def _central_first(members: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(sorted(members, key=lambda item: (-round(item.strength, 4), item.item_id)))


def _group(row: dict[Any, Any], members: tuple[Item, ...]) -> Group:
    return Group(
        group_id=str(row["group_id"]),
        axis=str(row["axis"]),
        theme_id=str(row["theme_id"]),
        title=_without_names(row["title"], row, members),
        question=_without_names(row["question"], row, members),
        keywords=tuple(str(word) for word in row["keywords"]),
        recurrence=float(row["recurrence"]),
        position=int(row["position"]),
        members=members,
        author_text=_text(row["author_text"]),
        is_accepted=row["state"] == "accepte",
        is_titled=bool(row["is_titled"]),
    )


_DANGLING = re.compile(r"(?:\s+(?:de|du|des|d['’]|à|au|aux|chez|avec|par|pour|et|,))?\s*\[…\]\s*$", re.IGNORECASE)
"""What a name masked at the end leaves behind it: `le camion de […]`."""


def _without_names(value: Any, row: dict[Any, Any], members: tuple[Item, ...]) -> str:
    """A machine's title or question, the masked words of its members shown […]; a person's words stay."""
    text = _text(value)
    if _text(row["decided_by"]):
        return text
    for item in members:
        for start, end in item.masks:
            hidden = item.source_text[start:end]
            if hidden and not item.is_corrected:
                text = re.sub(rf"\b{re.escape(hidden)}\b", "[…]", text)
    return _DANGLING.sub("", text)


def _pairs(links: pd.DataFrame, items: dict[str, Item]) -> dict[tuple[str, str], tuple[tuple[str, str, bool], ...]]:
    """The linked ideas behind each link between groups."""
    found: dict[tuple[str, str], list[tuple[str, str, bool]]] = {}
    for row in links[links["state"] != "faux"].itertuples():
        one, two = items.get(str(row.obstacle_item_id)), items.get(str(row.answer_item_id))
        if one is not None and two is not None:
            pair = (one.item_id, two.item_id, str(row.state) != "machine")
            found.setdefault((one.group or one.item_id, two.group or two.item_id), []).append(pair)
    return {key: tuple(sorted(pairs)) for key, pairs in sorted(found.items())}


def _answers(links: pd.DataFrame, items: dict[str, Item]) -> dict[str, tuple[str, ...]]:
    """Links between items, summed between groups (a signal stands for itself); a link judged false is left out."""
    scores: dict[str, dict[str, float]] = {}
    for row in links[links["state"] != "faux"].itertuples():
        obstacle, answer = items.get(str(row.obstacle_item_id)), items.get(str(row.answer_item_id))
        if obstacle is None or answer is None or obstacle.axis != "est" or answer.axis not in ("sud", "nord"):
            continue
        best = scores.setdefault(obstacle.group or obstacle.item_id, {})
        target = answer.group or answer.item_id
        best[target] = round(best.get(target, 0.0) + float(str(row.score)), 4)
    return {
        obstacle: tuple(sorted(found, key=lambda answer: (-found[answer], answer)))
        for obstacle, found in sorted(scores.items())
    }
