"""The tables of a run joined into the material of a restitution: only what may be shown, in a fixed order."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from pipeline.contracts.labels import PART_NAMES
from pipeline.contracts.numbers import in_reading_order
from pipeline.language.text.folding import fold
from pipeline.workshop.items import read_items
from pipeline.workshop.model import Group, Item, Material, Stand, Theme, without_group
from pipeline.workshop.questions import Question, read_questions
from pipeline.workshop.tables import RestitutionTables


def read_material(tables: RestitutionTables) -> Material:
    """What may be shown, joined by id."""
    items = _with_company(read_items(tables), tables.near_pairs)
    texts = _texts(tables.workshops)
    groups = _groups(tables, items, texts)
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
    told = tables.reviewed_links[tables.reviewed_links["is_told"]]
    links = told[told["kind"].eq("answers")]
    return Material(
        workshops=tuple(_plain(row) for row in tables.workshops.sort_values("workshop").to_dict("records")),
        tables=_tables(tables.workshop_tables),
        declared_participants=people if people is not None else _total(declared["participants"]),
        items=items,
        groups=groups,
        themes=themes,
        answers=_answers(links, items),
        pairs=_pairs(links, items),
        stands=_stands(told, items),
        questions=_questions(tables, items),
        respondents=_respondents(tables, items),
        parts=_parts(tables, texts),
        unplaced=tuple(key for key in texts if key not in {*PART_NAMES, *(fold(g.title) for g in groups.values())}),
    )


def _texts(workshops: pd.DataFrame) -> dict[str, str]:
    """Part of the text, or title without its case and accents → what its author wrote in `atelier.toml`."""
    told = [json.loads(value) for value in workshops["textes"].dropna()]
    return {key if key in PART_NAMES else fold(key): text for texts in told for key, text in texts.items()}


def _parts(tables: RestitutionTables, texts: Mapping[str, str]) -> dict[str, str]:
    """Part of the text → what a person wrote of it: on the page or in Word, else in the sheet of the workshop."""
    sheet = texts if len(tables.workshops) == 1 else {}
    later = dict(zip(tables.reviewed_parts["part"], tables.reviewed_parts["text"], strict=True))
    return {key: text for key, text in {**sheet, **later}.items() if key in PART_NAMES and text.strip()}


def _questions(tables: RestitutionTables, items: dict[str, Item]) -> tuple[Question, ...]:
    """What was answered; words of a contribution that it is about are told only as far as they are shown elsewhere."""
    shown = {item.context for item in items.values()}
    rows = tables.positions
    return read_questions(rows[rows["target"].isna() | rows["about"].isin(shown)])


def _respondents(tables: RestitutionTables, items: dict[str, Item]) -> frozenset[tuple[str, str]]:
    """Who answered a survey, by words or only by sides and figures."""
    known = {(item.workshop, item.voice) for item in items.values() if item.channel == "enquete" and item.voice}
    contributions, positions = tables.contributions, tables.positions
    surveys = contributions.loc[contributions["channel"] == "enquete", "source"].unique()
    rows = positions[positions["source"].isin(surveys) & positions["voice"].notna()]
    return frozenset(known | set(zip(rows["workshop"].tolist(), rows["voice"].tolist(), strict=True)))


def _with_company(items: dict[str, Item], near_pairs: pd.DataFrame) -> dict[str, Item]:
    """The items, each with how many ideas of other contributions go with it."""
    ends = near_pairs[["one_item", "other_item"]].to_numpy(dtype=object)
    sums: dict[str, float] = {}
    for (one, other), chance in zip(ends.tolist(), near_pairs["chance"].tolist(), strict=True):
        if one in items and other in items and items[one].contribution_id != items[other].contribution_id:
            for end in (one, other):
                sums[end] = sums.get(end, 0.0) + chance
    return items | {key: replace(items[key], company=round(total, 4)) for key, total in sums.items()}


def _total(counts: pd.Series) -> int | None:
    return int(counts.sum()) if len(counts) and bool(counts.notna().all()) else None


def _plain(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    return {str(key): None if pd.isna(value) else value for key, value in row.items()}


def _tables(workshop_tables: pd.DataFrame) -> dict[tuple[str, str], str]:
    rows = [(str(row.workshop), str(row.table), _text(row.sujet)) for row in workshop_tables.itertuples()]
    return {(workshop, table): subject for workshop, table, subject in sorted(rows, key=lambda row: _reading(row[:2]))}


def _reading(key: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """Order of people: table 2 before table 10."""
    return tuple(map(in_reading_order, key))


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)) else str(value)


def _groups(tables: RestitutionTables, items: dict[str, Item], texts: Mapping[str, str]) -> dict[str, Group]:
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
            central_first = sorted(own, key=lambda item: (-round(item.strength, 4), item.item_id))
            group = _group(row, tuple(central_first))
            found[group_id] = replace(group, author_text=group.author_text or texts.get(fold(group.title), ""))
    return found


def _group(row: Mapping[Hashable, Any], members: tuple[Item, ...]) -> Group:
    return Group(
        group_id=str(row["group_id"]),
        axis=str(row["axis"]),
        theme_id=str(row["theme_id"]),
        title=_without_names(row["title"], row, members),
        question=_without_names(row["question"], row, members),
        recurrence=float(row["recurrence"]),
        position=int(row["position"]),
        members=members,
        author_text=_text(row["author_text"]),
        is_accepted=row["state"] == "accepte",
        is_titled=bool(row["is_titled"]),
        is_asked=bool(row["is_asked"]),
        coverage=None if pd.isna(row["title_coverage"]) else float(row["title_coverage"]),
        origin=str(row["origin"]),
    )


_DANGLING = re.compile(r"(?:\s+(?:de|du|des|d['’]|à|au|aux|chez|avec|par|pour|et|,))?\s*\[…\]\s*$", re.IGNORECASE)
"""What a name masked at the end leaves behind it: `le camion de […]`."""


def _without_names(value: object, row: Mapping[Hashable, Any], members: tuple[Item, ...]) -> str:
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
    for row in links.itertuples():
        one, two = items.get(str(row.to_item)), items.get(str(row.from_item))
        if one is not None and two is not None:
            pair = (one.item_id, two.item_id, str(row.state) != "machine")
            found.setdefault((one.group or one.item_id, two.group or two.item_id), []).append(pair)
    return {key: tuple(sorted(pairs)) for key, pairs in sorted(found.items())}


def _stands(links: pd.DataFrame, items: dict[str, Item]) -> tuple[Stand, ...]:
    """Ideas that object to another, or support it."""
    rows = links[links["kind"].ne("answers")].itertuples()
    found = sorted({(str(row.kind), str(row.from_item), str(row.to_item), str(row.state) != "machine") for row in rows})
    return tuple(Stand(*link) for link in found if link[1] in items and link[2] in items)


def _answers(links: pd.DataFrame, items: dict[str, Item]) -> dict[str, tuple[str, ...]]:
    """Links between items, summed between groups (a signal stands for itself); what a person linked comes first."""
    scores: dict[str, dict[str, float]] = {}
    said: set[tuple[str, str]] = set()
    for row in links.itertuples():
        obstacle, answer = items.get(str(row.to_item)), items.get(str(row.from_item))
        if obstacle is None or answer is None or obstacle.axis != "est" or answer.axis not in ("sud", "nord"):
            continue
        best = scores.setdefault(obstacle.group or obstacle.item_id, {})
        target = answer.group or answer.item_id
        best[target] = round(best.get(target, 0.0) + float(str(row.score)), 4)
        if str(row.state) != "machine":
            said.add((obstacle.group or obstacle.item_id, target))
    return {
        obstacle: tuple(sorted(found, key=lambda answer: ((obstacle, answer) not in said, -found[answer], answer)))
        for obstacle, found in sorted(scores.items())
    }


def of_workshop(material: Material, workshop: str) -> Material:
    """What one workshop of several said: its own items and tables, and what it said of each group.

    A group of which it said one thing is none: that is a signal.
    """
    groups = _groups_of(material, workshop)
    rows = tuple(row for row in material.workshops if row["workshop"] == workshop)
    people = next((row["participants"] for row in rows if row["participants"] is not None), None)
    return replace(
        material,
        workshops=rows,
        parts={},
        tables={key: subject for key, subject in material.tables.items() if key[0] == workshop},
        declared_participants=None if people is None else int(people),
        items={
            key: _item_of(item, material, groups) for key, item in material.items.items() if item.workshop == workshop
        },
        groups=groups,
        answers=_answers_of(material, groups),
        questions=tuple(one for one in material.questions if one.workshop == workshop),
        respondents=frozenset(one for one in material.respondents if one[0] == workshop),
        stands=tuple(
            one
            for one in material.stands
            if {material.items[one.from_item].workshop, material.items[one.to_item].workshop} == {workshop}
        ),
    )


def _groups_of(material: Material, workshop: str) -> dict[str, Group]:
    own = {
        key: tuple(item for item in group.members if item.workshop == workshop)
        for key, group in material.groups.items()
    }
    return {key: replace(material.groups[key], members=members) for key, members in own.items() if len(members) > 1}


def _item_of(item: Item, material: Material, groups: dict[str, Group]) -> Item:
    return without_group(item) if item.group in material.groups and item.group not in groups else item


def _answers_of(material: Material, groups: dict[str, Group]) -> dict[str, tuple[str, ...]]:
    kept = {
        obstacle: tuple(answer for answer in answers if answer in groups)
        for obstacle, answers in material.answers.items()
        if obstacle in groups
    }
    return {obstacle: answers for obstacle, answers in kept.items() if answers}
