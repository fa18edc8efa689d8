"""The ideas of a run: their words, where they stand, who said them, what was decided of them, what must not be shown.

What ideas stand under may be somebody's words (a bullet that introduces others, a proposal that is answered): what may
not be shown of them is not shown there either.
"""

import json
from bisect import bisect_left
from collections import Counter, namedtuple
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, cast

import numpy as np
import pandas as pd

from pipeline.axes import HORS_AXE
from pipeline.contracts.labels import CONTEXT_JOINT, ROW
from pipeline.stances.counting import OfCard, read_cards
from pipeline.workshop.labels import unnaming
from pipeline.workshop.model import UNREAD_WORTH, Item, Span
from pipeline.workshop.tables import RestitutionTables, rows_of, values_of

_OF_TAG = ("axis", "confidence", "second_axis", "facet", "status", "worth")
_SAME = (
    *("item_id", "contribution_id", "start", "end", "locator", "source", "channel", "workshop"),
    *("axis", "status", "confidence", "worth", "is_turned", "company"),
)
"""Columns that an idea has as they are."""
_MAY_LACK = ("context", "voice", "table", "attributes", "facet", "second_axis", "tied_to", "quote_choice", "date")
"""Those that it may lack: "" then."""
_READ = (
    *(*_SAME, *_MAY_LACK, "text", "provenance", "group_id", "stack_id", "stance", "stance_on", "strength", "lead"),
    *("own_provenance", "is_hidden", "is_quotable", "shown_text", "masks", "named", "votes", "votes_contre"),
    "concludes",
)
_REPEATED = (
    *("source", "channel", "workshop", "axis", "status", "context", "voice", "table", "attributes", "facet"),
    *("second_axis", "provenance", "group_id", "stance"),
)
"""Those that say the same of many ideas."""
_row = cast("Callable[..., Any]", namedtuple("_row", (*_READ, "source_text")))
"""What the tables say of one idea; None where nothing is known."""
_AS_THEY_ARE = (*_SAME, *_MAY_LACK)
_of_row = attrgetter(*_AS_THEY_ARE)
Spans = dict[str, list[Span]]
"""Contribution → spans of it."""


_OF_CARD = ("axis", "status", "text", "lead")
_AROUND = ("source", "locator", "table", "attributes")
"""What stands around an idea, beside its context."""


def read_items(tables: RestitutionTables, unnamed: Callable[[str], str] = str) -> dict[str, Item]:
    """Ideas by id in reading order; those that a person hid are left out.

    `unnamed` : shows what is no idea (`unnaming_of`).
    """
    names, contributions = suggested_names(tables.name_suggestions), with_one_voice_a_person(tables.contributions)
    tags = tables.reviewed_tags[["item_id", *_OF_TAG]].fillna({"worth": UNREAD_WORTH})
    joined = tables.items.merge(tags, on="item_id")
    for decided in (tables.reviewed_items, tables.reviewed_memberships):
        joined = joined.merge(decided.drop(columns="decided_by"), on="item_id", how="left")
    joined = joined.merge(
        contributions.drop(columns="text").assign(context=whole_contexts(contributions)), on="contribution_id"
    )
    joined = joined.sort_values(["source", "position", "start", "item_id"]).fillna({"lead": ""})
    joined = shown_around(_with_company(_with_conclusions(joined), tables.near_pairs), unnamed, *_AROUND, "stance_on")
    kept, masks = not_to_show(joined), masked_spans(tables)
    words = dict(rows_of(contributions, "contribution_id", "text"))  # one object for all the ideas of one
    columns = {name: values_of(joined.pop(name)) for name in _READ}
    columns |= {name: [one or "" for one in columns[name]] for name in _MAY_LACK}
    shared: dict[Any, Any] = {}  # a million ideas hold a few words many times
    columns |= {name: [shared.setdefault(one, one) for one in columns[name]] for name in _REPEATED}
    rows = (_row(*values, words[values[1]]) for values in zip(*columns.values(), strict=True))
    found = (_shown_item(row, names, kept, masks) for row in rows)
    items = {item.item_id: item for item in found if not item.is_hidden}
    return with_shown_contexts(items, contributions, kept, unnamed)


def shown_around(rows: pd.DataFrame, unnamed: Callable[[str], str], *names: str) -> pd.DataFrame:
    """Rows whose columns of some names show no masked name."""
    if unnamed is str:
        return rows
    shown = {name: {text: unnamed(text) for text in rows[name].dropna().unique()} for name in names}
    return rows.assign(**{name: rows[name].map(shown[name]).astype(rows[name].dtype) for name in names})


def unnaming_of(tables: RestitutionTables) -> Callable[[str], str]:
    """What shows a text that is no idea without the names that are masked."""
    reviewed = tables.reviewed_items
    around = reviewed[pd.Index(tables.items["item_id"]).get_indexer(reviewed["item_id"]) < 0]
    labels = {key: _spans(masks) for key, masks in rows_of(around, "item_id", "masks")}
    return unnaming(tables.contributions, tables.positions, masked_spans(tables), labels)


def _with_conclusions(joined: pd.DataFrame) -> pd.DataFrame:
    """Rows in reading order with `is_turned`, whether the next idea of the card turns this one, and `concludes`,
    whether it is what people voted for."""
    cards, axes, statuses, *told = (values_of(joined[name]) for name in ("contribution_id", *_OF_CARD))
    ideas = list(map(OfCard, axes, [status == "sur" for status in statuses], *told))
    is_turned, concludes = read_cards(cards, ideas)
    return joined.assign(is_turned=is_turned, concludes=concludes)


def _with_company(joined: pd.DataFrame, near_pairs: pd.DataFrame) -> pd.DataFrame:
    """Rows with `company`, the sum of the chances of their pairs with ideas that are shown, of other contributions."""
    ids, cards = pd.Index(joined["item_id"]), pd.factorize(joined["contribution_id"])[0]
    is_shown = ~joined["is_hidden"].astype("boolean").fillna(False).to_numpy(dtype=bool)
    ends = np.column_stack([ids.get_indexer(near_pairs[name]) for name in ("one_item", "other_item")])
    known = (ends >= 0).all(axis=1)  # the pairs of another workshop are told too
    ends, chances = ends[known], near_pairs["chance"].to_numpy(dtype=float)[known]
    counts = is_shown[ends].all(axis=1) & (cards[ends[:, 0]] != cards[ends[:, 1]])
    company = np.zeros(len(joined))
    np.add.at(company, ends[counts].ravel(), np.repeat(chances[counts], 2))
    return joined.assign(company=[round(one, 4) for one in company.tolist()])


def masked_spans(tables: RestitutionTables) -> Spans:
    """Contribution → the spans that are masked: those that a person marked, and names that nobody said may be shown."""
    reviewed = tables.reviewed_items
    is_told = [bool(_spans(one) or _spans(two)) for one, two in zip(reviewed["masks"], reviewed["named"], strict=True)]
    reviewed = reviewed[np.array(is_told, dtype=bool)]
    decided = tables.items[["item_id", "contribution_id"]].merge(reviewed, on="item_id")
    found, named = dict[str, list[Span]](), dict[str, set[Span]]()
    for row in decided.itertuples():
        found.setdefault(str(row.contribution_id), []).extend(_spans(row.masks))
        named.setdefault(str(row.contribution_id), set()).update(_spans(row.named))
    for one, spans in suggested_names(tables.name_suggestions).items():
        found.setdefault(one, []).extend(span for span in spans if span not in named.get(one, ()))
    return {one: sorted(set(spans)) for one, spans in found.items() if spans}


def suggested_names(suggestions: pd.DataFrame) -> Spans:
    """Contribution → where a name is suspected in it."""
    found: Spans = {}
    for contribution_id, *span in rows_of(suggestions, "contribution_id", "start", "end"):
        found.setdefault(contribution_id, []).append((span[0], span[1]))
    return found


def not_to_show(joined: pd.DataFrame) -> Spans:
    """Contribution → the spans of its ideas that are hidden or not to be quoted."""
    hidden = joined["is_hidden"].astype("boolean").fillna(False).astype(bool)
    silent = ~joined["is_quotable"].astype("boolean").fillna(True).astype(bool) | (joined["quote_choice"] == "bannie")
    found: Spans = {}
    for row in joined[hidden | silent.fillna(False).astype(bool)].itertuples():
        found.setdefault(str(row.contribution_id), []).append((int(str(row.start)), int(str(row.end))))
    return found


def _shown_item(row: Any, names: Spans, kept: Spans, masks: Spans) -> Item:
    """One idea as it may be shown; a correction of its words stands for them and for its contribution.

    Parameters
    ----------
    names : where names are suspected.
    kept : spans of ideas that are hidden or not to be quoted.
    masks : spans of names, in whatever idea of the contribution they stand.
    """
    silent, named = kept.get(row.contribution_id, ()), _spans(row.named)
    hidden = {*_spans(row.masks), *(span for span in names.get(row.contribution_id, ()) if span not in named)}
    others = (*silent, *_told_around(row))
    blocked = tuple(sorted(span for span in others if span != (row.start, row.end)))
    lead = _lead(row.lead, row, (*masks.get(row.contribution_id, ()), *silent)) if row.lead else ""
    item = _item(row, blocked, named, lead)
    low, high = item.whole if hidden else (0, 0)
    shown = tuple(sorted(span for span in hidden if span[0] < high and span[1] > low))
    return replace(item, masks=shown) if shown else item


def whole_contexts(contributions: pd.DataFrame) -> pd.Series:
    """The context of each contribution with all the headings above it, of which it holds the nearest."""
    rows = rows_of(contributions, "context", "headings")
    paths = ((context, CONTEXT_JOINT.join(() if headings is None else headings)) for context, headings in rows)
    told = [path if context and path.endswith(f"{CONTEXT_JOINT}{context}") else context for context, path in paths]
    return pd.Series(told, contributions.index, dtype="string")


def _item(row: Any, blocked: tuple[Span, ...], named: tuple[Span, ...], lead: str) -> Item:
    """One idea, before its masks."""
    return Item(
        **dict(zip(_AS_THEY_ARE, _of_row(row), strict=True)),
        text=row.shown_text or row.text,
        source_text=row.shown_text or row.source_text,
        provenance=row.own_provenance or row.provenance,
        group="" if row.axis == HORS_AXE else row.group_id or "",
        stack=row.stack_id or row.item_id,
        stance=row.stance or "inconnu",
        stance_on=row.stance_on or "",
        strength=row.strength or 0.0,
        is_hidden=bool(row.is_hidden),
        is_quotable=row.is_quotable is None or row.is_quotable,
        masks=(),
        named=named,
        is_corrected=bool(row.shown_text),
        blocked=blocked,
        lead=lead,
        votes=(row.votes or 0) * row.concludes,
        votes_against=(row.votes_contre or 0) * row.concludes,
    )


def _told_around(row: Any) -> list[Span]:
    """The words of a report around an idea, which we tell ourselves: around a quotation, or before what is reported."""
    if row.own_provenance:
        return [(0, row.start), (row.end, len(row.source_text))]
    if not row.lead or row.provenance != "note":
        return []
    at = row.source_text.rfind(row.lead, 0, row.start)
    return [(at, row.start)] if at >= 0 and not row.source_text[at + len(row.lead) : row.start].strip() else []


def _lead(lead: str, row: Any, not_to_show: Sequence[Span]) -> str:
    at = row.source_text.rfind(lead, 0, row.start)
    return "" if at < 0 or any(low < at + len(lead) and high > at for low, high in not_to_show) else lead


def _spans(value: Any) -> tuple[Span, ...]:
    if value is None or value is pd.NA or isinstance(value, float) or not len(value):
        return ()
    return tuple(sorted((int(pair[0]), int(pair[1])) for pair in value))


_TOLD_MIN = 2
"""Columns that must tell of a row: a number alone is that of a row of any survey."""
_SHARED_MIN = 0.5
"""Rows that two files must share, of the smaller one, to be two questions of one survey."""
_SHARED_MIN_ASKED_AGAIN = 0.9
"""The same where a question stands in both: a form that is filled in twice holds the same ticks of other people."""
_Voice = tuple[str, str]


def with_one_voice_a_person(contributions: pd.DataFrame) -> pd.DataFrame:
    """The same rows; where files hold the same people, row for row, each has the voice of the first file.

    Rows are one person's when all their other columns, and their date, say the same; within a file, two rows that say
    the same are nobody in particular.
    """
    answers = contributions[(contributions["channel"] == "enquete") & contributions["voice"].notna()]
    if answers["source"].nunique() < 2:
        return contributions
    voices = _same_people(answers)
    if not voices:
        return contributions
    told = [voices.get(pair, pair[1]) for pair in zip(contributions["source"], contributions["voice"], strict=True)]
    return contributions.assign(voice=pd.Series(told, contributions.index, contributions["voice"].dtype))


def _same_people(answers: pd.DataFrame) -> dict[_Voice, str]:
    """(file, voice) → the voice that the same person has in an earlier file of the workshop."""
    known: dict[str, dict[str, str]] = {}
    found: dict[_Voice, str] = {}
    asked: dict[str, set[str]] = {}
    questions = {
        source: set(contexts) - {""} for source, contexts in answers.groupby("source")["context"].unique().items()
    }
    rows = answers[["workshop", "source", "voice", "attributes", "date"]].drop_duplicates(["source", "voice"])
    for (workshop, source), of_file in rows.groupby(["workshop", "source"], sort=True):
        mine = _people(of_file)
        before = known.setdefault(str(workshop), {})
        shared = mine.keys() & before.keys()
        told = asked.setdefault(str(workshop), set())
        share_min = _SHARED_MIN_ASKED_AGAIN if told & questions[source] else _SHARED_MIN
        told |= questions[source]
        if shared and len(shared) >= share_min * min(len(mine), len(before)):
            found |= {(str(source), mine[who]): before[who] for who in shared}
        known[str(workshop)] = mine | before
    return found


def _people(of_file: pd.DataFrame) -> dict[str, str]:
    """What is told of a person in a file, beside her words → her voice."""
    told = [
        (f"{attributes}\x1f{date}", str(voice))
        for voice, attributes, date in zip(of_file["voice"], of_file["attributes"], of_file["date"], strict=True)
        if len(json.loads(attributes or "{}").keys() - {ROW}) + (not pd.isna(date)) >= _TOLD_MIN
    ]
    counts = Counter(who for who, _ in told)
    return {who: voice for who, voice in told if counts[who] == 1}


_EDGES = " \t:;,.–—-*•\u00a0\u202f"
Opening = tuple[str, tuple[Span, ...]]
"""Words on one line without their edges, and the spans of them that are silent."""


def with_shown_contexts(
    items: dict[str, Item], contributions: pd.DataFrame, silent: Spans, unnamed: Callable[[str], str]
) -> dict[str, Item]:
    """The ideas, their contexts without the words of others that are hidden nor the names that are masked.

    `silent` : contribution → spans of its words.
    """
    rows = contributions[contributions["contribution_id"].isin(silent)]
    by_workshop: dict[str, list[Opening]] = {}
    for one, workshop, text in rows_of(rows, "contribution_id", "workshop", "text"):
        by_workshop.setdefault(workshop, []).append(_opening(text, silent[one]))
    for openings in by_workshop.values():
        openings.sort()
    found: dict[tuple[str, str], str] = {}
    for item in items.values():
        key = item.workshop, item.context
        if item.context and key not in found:
            parts = (
                one
                for one in item.context.split(CONTEXT_JOINT)
                if not _is_silent(one, by_workshop.get(item.workshop, []))
            )
            found[key] = CONTEXT_JOINT.join(map(unnamed, parts))
    changed = {key: told for key, told in found.items() if told != key[1]}
    if not changed:
        return items
    return {
        name: replace(item, context=changed.get((item.workshop, item.context), item.context))
        for name, item in items.items()
    }


def _opening(text: str, silent: Iterable[Span]) -> Opening:
    line = " ".join(text.split())
    bare = line.strip(_EDGES)
    cut = line.find(bare)
    ends = ((len(" ".join(text[:low].split())), len(" ".join(text[:high].split()))) for low, high in silent)
    found = ((low + (line[low : low + 1] == " ") - cut, high - cut) for low, high in ends)
    return bare, tuple(sorted((max(0, low), high) for low, high in found if high > 0))


def _is_silent(part: str, openings: list[Opening]) -> bool:
    """Whether a part of a context repeats words that nobody may read, whole or by their beginning."""
    bare = part.removesuffix("…").strip(_EDGES)
    for words, silent in openings[bisect_left(openings, (bare,)) :] if bare else ():
        if not words.startswith(bare):
            return False
        if (words == bare or part.endswith("…")) and any(low < len(bare) for low, _ in silent):
            return True
    return False
