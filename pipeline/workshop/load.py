"""The tables of a run joined into the material of a restitution: only what may be shown, in a fixed order."""

import json
import re
from collections import Counter
from collections.abc import Callable, Container, Hashable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

import pandas as pd

from pipeline.contracts.labels import PART_NAMES
from pipeline.contracts.numbers import in_reading_order
from pipeline.contracts.tables import DECISION, NEITHER, SCALE
from pipeline.contracts.titles import PARTICIPANTS, PERSON
from pipeline.language.text.folding import fold
from pipeline.stances.evidence import known_sides
from pipeline.workshop.items import not_to_show, read_items, shown_around, unnaming_of
from pipeline.workshop.model import Group, Item, Material, Stand
from pipeline.workshop.questions import Question, read_questions, told_by_few, with_decided_sides
from pipeline.workshop.records import Theme, groups_of_title, masking
from pipeline.workshop.tables import RestitutionTables, rows_of, values_of


def read_material(tables: RestitutionTables, least: int = 1) -> Material:
    """What may be shown, joined by id.

    `least` : ideas from which a group is one; of fewer, they are signals.
    """
    unnamed = unnaming_of(tables)
    items = _marked(read_items(tables, unnamed), tables)
    texts = _texts(tables.workshops)
    groups = _groups(tables, items, texts, least, unnamed)
    kept = {item.item_id for group in groups.values() for item in group.members}
    items = {
        item_id: item if item_id in kept or not item.group else replace(item, group="")
        for item_id, item in items.items()
    }
    themes = rows_of(tables.reviewed_themes.sort_values(["position", "theme_id"]), "theme_id", "title", "position")
    declared = tables.workshop_tables[tables.workshop_tables["is_declared"].fillna(False).astype(bool)]
    people = _total(tables.workshops["participants"])
    named = shown_around(tables.ledger, unnamed, "source", "title")
    hers = tables.titles[tables.titles["origin"].eq(PERSON)].sort_values("order")
    return Material(
        workshops=tuple(_plain(row) for row in tables.workshops.sort_values("workshop").to_dict("records")),
        tables=_tables(shown_around(tables.workshop_tables, unnamed, "table", "sujet")),
        declared_participants=people if people is not None else _total(declared["participants"]),
        items=items,
        groups=groups,
        themes=tuple(Theme(theme_id, title, position) for theme_id, title, position in themes),
        stands=_stands(tables.reviewed_links, items),
        questions=_questions(tables, items, unnamed),
        respondents=_respondents(tables, items),
        empty_titles=_empty_titles(hers, tables.reviewed_groups["group_id"]),
        axes_given=dict(zip(hers["title"], hers["axis"].fillna(""), strict=True)),
        rubrics_given=_rubrics(hers),
        documents=dict(rows_of(named[named["title"].notna()], "source", "title")),
        n_wordless=Counter(tables.rejects.loc[tables.rejects["reason"].eq("sans_mot"), "source"]),
        parts=_parts(tables, texts),
        unplaced=tuple(key for key in texts if key not in {*PART_NAMES, *(fold(g.title) for g in groups.values())}),
        is_read=bool(tables.reviewed_memberships["decided_by"].notna().any()),
        unnamed=unnamed,
    )


def _texts(workshops: pd.DataFrame) -> dict[str, str]:
    """Part of the text, or title without its case and accents → what its author wrote in `atelier.toml`."""
    told = [json.loads(value) for value in workshops["textes"].dropna()]
    return {key if key in PART_NAMES else fold(key): text for texts in told for key, text in texts.items()}


def _rubrics(hers: pd.DataFrame) -> dict[str, str]:
    """Title of a person on no axis → the rubric that she put it under, those of the same words being one."""
    rows = hers[hers["axis"].isna() & hers["rubric"].notna()]
    first: dict[str, str] = {}
    return {title: first.setdefault(fold(rubric), rubric) for title, rubric in rows_of(rows, "title", "rubric")}


def _parts(tables: RestitutionTables, texts: Mapping[str, str]) -> dict[str, str]:
    """Part of the text → what a person wrote of it: on the page or in Word, else in the sheet of the workshop."""
    sheet = texts if len(tables.workshops) == 1 else {}
    later = dict(zip(tables.reviewed_parts["part"], tables.reviewed_parts["text"], strict=True))
    return {key: text for key, text in {**sheet, **later}.items() if key in PART_NAMES and text.strip()}


def _questions(
    tables: RestitutionTables, items: dict[str, Item], unnamed: Callable[[str], str]
) -> tuple[Question, ...]:
    shown = {item.context for item in items.values()}
    closed = not_to_show(tables.items.merge(tables.reviewed_items, on="item_id"))
    open_ = {item.contribution_id for item in items.values()} - closed.keys()
    positions = with_decided_sides(tables.positions, tables.items, tables.reviewed_memberships)
    rows = shown_around(positions, unnamed, "source", "about", "answer")
    is_decided, is_whole = rows["evidence"] == DECISION, rows["about"] == tables.positions["about"]
    hidden = set(tables.items["contribution_id"].tolist()) - open_

    def has(name: str, known: AbstractSet[str]) -> pd.Series:
        # `isin` would go through all that is known, a hundred times more than there are rows
        return pd.Series([one in known for one in values_of(rows[name])], rows.index, dtype=bool)

    is_open = has("about", shown) | has("target", open_)
    told = (rows["target"].isna() | (is_open & is_whole)) & ~(is_decided & has("contribution_id", hidden))
    return read_questions(rows[told & ~told_by_few(tables.positions, tables.contributions)])


def _empty_titles(hers: pd.DataFrame, groups: pd.Series) -> tuple[str, ...]:
    rows = rows_of(hers, "title_id", "title", "axis")
    held = set(groups)
    return tuple(
        title for key, title, axis in rows if held.isdisjoint(groups_of_title(key, title, axis or None, "", PERSON, 0))
    )


_CELL = ", colonne"
"""What tells a cell in its place, after its row."""


def _respondents(tables: RestitutionTables, items: dict[str, Item]) -> frozenset[tuple[str, str]]:
    known = {(item.workshop, item.voice) for item in items.values() if item.channel == "enquete" and item.voice}
    contributions, positions = tables.contributions, tables.positions
    surveys = contributions.loc[contributions["channel"] == "enquete"].drop_duplicates("source")
    rows = positions[positions["source"].isin(surveys["source"]) & positions["voice"].notna()]
    known |= set(rows_of(rows, "workshop", "voice"))
    voiced = contributions[contributions["source"].isin(surveys["source"]) & contributions["voice"].notna()]
    workshops = dict(rows_of(voiced, "source", "workshop"))
    n_files = Counter(workshops.values())  # of one survey in several files, who wrote in another is known
    n_rows = Counter(source for source, _ in _rows(voiced, workshops))
    n_voices = voiced.groupby("source")["voice"].nunique()  # who sent several rows is known by her name
    is_one_each = {source for source, n in n_rows.items() if n == n_voices[source]}
    workshops = {one: workshop for one, workshop in workshops.items() if n_files[workshop] == 1 and one in is_one_each}
    is_empty = tables.rejects["reason"].isin(("vide", "sans_mot"))
    told = {row for table in (contributions, positions, tables.rejects[~is_empty]) for row in _rows(table, workshops)}
    is_row = tables.rejects["locator"].str.contains(_CELL, regex=False) | tables.rejects["reason"].eq("sans_mot")
    silent = _rows(tables.rejects[is_row & is_empty], workshops) - told  # who wrote nothing answered too, no blank row
    return frozenset(known | {(workshops[source], f"{source}, {row}") for source, row in silent})


def _rows(table: pd.DataFrame, surveys: Mapping[str, str]) -> set[tuple[str, str]]:
    """The rows of surveys (source → workshop) that a table is of, as (source, place)."""
    places = rows_of(table[table["source"].isin(list(surveys))], "source", "locator")
    return {(source, place.partition(_CELL)[0]) for source, place in places}


def _marked(items: dict[str, Item], tables: RestitutionTables) -> dict[str, Item]:
    """The ideas, those of rows with a middling mark, those whose side a file or a person tells, and those that a person
    put where they are, told apart."""
    positions, placed = tables.positions, tables.reviewed_memberships
    is_middling = positions["evidence"].eq(SCALE) & positions["side"].eq(NEITHER)
    middling = set(positions.loc[is_middling, "contribution_id"].dropna())
    sided, read = known_sides(positions).keys(), set(placed.dropna(subset=["decided_by"])["item_id"])

    def marked(item: Item) -> Item:
        is_middling, is_sided = item.contribution_id in middling, item.contribution_id in sided or item.item_id in read
        if not (is_middling or is_sided):
            return item
        return replace(item, is_middling=is_middling, is_sided=is_sided, is_put=item.item_id in read)

    return {key: marked(item) for key, item in items.items()}


def _total(counts: pd.Series) -> int | None:
    return int(counts.sum()) if len(counts) and bool(counts.notna().all()) else None


def _plain(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    return {str(key): None if pd.isna(value) else value for key, value in row.items()}


def _tables(workshop_tables: pd.DataFrame) -> dict[tuple[str, str], str]:
    rows = rows_of(workshop_tables, "workshop", "table", "sujet")
    told = {(workshop, table): subject or "" for workshop, table, subject in rows}
    return {key: told[key] for key in sorted(told, key=lambda key: tuple(map(in_reading_order, key)))}


def _groups(
    tables: RestitutionTables,
    items: dict[str, Item],
    texts: Mapping[str, str],
    least: int,
    unnamed: Callable[[str], str],
) -> dict[str, Group]:
    members: dict[str, list[Item]] = {}
    given = set(tables.contributions.dropna(subset=["given_group"])["contribution_id"])
    for item in items.values():
        if item.group:
            members.setdefault(item.group, []).append(item)
    rows = tables.reviewed_groups
    shown = rows[~rows["is_hidden"].fillna(False).astype(bool) & (rows["state"] != "rejete")]
    rank = -shown["recurrence"].astype(float).round(3)
    ordered = shown.assign(rank=rank).sort_values(["position", "rank", "group_id"])
    found: dict[str, Group] = {}
    for row in (dict(zip(_OF_GROUP, values, strict=True)) for values in rows_of(ordered, *_OF_GROUP)):
        own = [item for item in members.get(row["group_id"], []) if item.axis == row["axis"]]
        if len(own) >= least:
            central_first = sorted(own, key=lambda item: (-round(item.strength, 4), item.item_id))
            group = _group(row, tuple(central_first), unnamed)
            put = given if group.origin == PARTICIPANTS else ()
            found[group.group_id] = replace(
                group,
                author_text=group.author_text or texts.get(fold(group.title), ""),
                is_put=all(one.is_put or one.contribution_id in put for one in own),
            )
    return found


_SAME = ("group_id", "axis", "theme_id", "recurrence", "position", "is_titled", "is_asked", "origin")
"""Columns that a group has as they are."""
_OF_GROUP = (*_SAME, "title", "question", "author_text", "author_cites", "state", "decided_by")


def _group(row: Mapping[str, Any], members: tuple[Item, ...], unnamed: Callable[[str], str]) -> Group:
    """A group; a title or question of a machine's without the names masked in its members, a heading's without any, a
    person's as she wrote it."""
    names = {item.source_text[slice(*span)] for item in members if not item.is_corrected for span in item.masks}
    hide = unnamed if row["origin"] == PARTICIPANTS else masking(names)
    hide = str if row["decided_by"] else hide  # review hid them as it decided
    title, question = row["title"] or "", row["question"] or ""
    return Group(
        **{name: row[name] for name in _SAME},
        title=title if row["is_titled"] or hide is str else _DANGLING.sub("", hide(title)),
        question=question if row["is_asked"] or hide is str else _DANGLING.sub("", hide(question)),
        members=members,
        author_text=row["author_text"] or "",
        author_cites={sentence: tuple(keys) for sentence, keys in json.loads(row["author_cites"] or "{}").items()},
        is_accepted=row["state"] == "accepte",
    )


_DANGLING = re.compile(r"(?:\s+(?:de|du|des|d['’]|à|au|aux|chez|avec|par|pour|et|,))?\s*\[…\]\s*$", re.IGNORECASE)
"""What a name masked at the end leaves behind it: `le camion de […]`."""


def _stands(links: pd.DataFrame, items: Container[str]) -> tuple[Stand, ...]:
    """Links between ideas that may be shown; which action answers which obstacle, a person alone says."""
    rows = rows_of(links[links["state"] != "faux"], "kind", "from_item", "to_item", "state")
    stands = (Stand(kind, one, two, state != "machine") for kind, one, two, state in rows)
    shown = (one for one in stands if one.from_item in items and one.to_item in items)
    return tuple(sorted(one for one in shown if one.is_said or one.kind != "answers"))
