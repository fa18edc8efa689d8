"""Retrouver ma parole: some words → the item, its axis, its group, its place in the text, or why it is not there."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.axes import HORS_AXE, compass
from pipeline.language.typography import unaccented
from pipeline.review.state import Item, ReviewState

N_FOUND_MAX = 30
PAGE = Path(__file__).parent / "app" / "static"


@dataclass(frozen=True)
class Trace:
    """Where the words of one item went, for the person who said them."""

    item_id: str
    text: str
    axis: str
    axis_name: str
    group: str
    fate: str
    source: str


_words = lru_cache(maxsize=200_000)(
    lambda text: frozenset(unaccented(text).replace("’", " ").replace("'", " ").split())
)


def find_words(state: ReviewState, query: str, in_draft: dict[str, int]) -> list[Trace]:
    """Items that hold the words searched, those with most of them first; at least half of the words must be there.

    Parameters
    ----------
    in_draft : items that the text quotes or rests on.
    """
    wanted = _words(query)
    if not wanted:
        return []
    folded = unaccented(query).strip()
    scored = []
    for item in state.items.values():
        share = len(wanted & _words(item.text)) / len(wanted)
        if share >= 0.5 or folded in unaccented(item.text):
            scored.append((-share, item.item_id not in in_draft, item.item_id))
    return [trace(state, state.items[row[2]], in_draft) for row in sorted(scored)[:N_FOUND_MAX]]


def trace(state: ReviewState, item: Item, in_draft: dict[str, int]) -> Trace:
    """Where one item went."""
    source = state.sources[item.contribution_id]
    group = state.groups.get(item.group_id or "")
    place = f"table {source.table}" if source.table else source.source
    return Trace(
        item.item_id, item.text, item.axis, compass()[item.axis].name, group.title if group else "",
        _fate(state, item, in_draft), place,
    )  # fmt: skip


def _fate(state: ReviewState, item: Item, in_draft: dict[str, int]) -> str:
    group = state.groups.get(item.group_id or "")
    if item.is_hidden or (group is not None and group.is_hidden):
        return "Elle a été retirée de la restitution à la relecture."
    if item.item_id in in_draft and item.is_quotable:
        return "Elle est dans le texte de la restitution."
    if item.axis == HORS_AXE:
        return "Elle est hors des quatre axes (salutations, organisation, texte sans portée) : gardée en annexe."
    if group is None:
        return "Personne d’autre n’a dit la même chose : elle est dans les signaux faibles, en annexe."
    if group.state == "rejete":
        return "Son groupe n’a pas été retenu à la relecture : elle est gardée en annexe."
    return (
        f"Elle compte parmi les {group.n_items} paroles de ce groupe." if group.n_items > 1 else "Elle est en annexe."
    )


def participants_page(state: ReviewState, in_draft: dict[str, int], title: str, small_table: int) -> str:
    """One offline file. Recordings are left out, hidden and unquotable items too, and small tables are not named.

    Parameters
    ----------
    small_table : a table with fewer contributions than this is not named.
    """
    sizes = Counter((source.workshop, source.table) for source in state.sources.values())
    rows = []
    for item in state.items.values():
        source = state.sources[item.contribution_id]
        if source.channel == "transcript" or not item.is_quotable or item.is_hidden:
            continue
        row = asdict(trace(state, item, in_draft))
        row["text"] = masked(item)
        if source.table is None or sizes[(source.workshop, source.table)] < small_table:
            row["source"] = ""
        del row["item_id"]
        rows.append(row)
    return fill_offline_page("retrouver.html", title, rows, scripts=("retrouver.js",))


def masked(item: Item) -> str:
    """The words of an item with its masked names hidden."""
    text = item.text
    for start, end in sorted(item.masks, reverse=True):
        low, high = max(0, start - item.start), min(len(text), end - item.start)
        if low < high:
            text = text[:low] + "[nom]" + text[high:]
    return text


def fill_offline_page(template: str, title: str, value: object, scripts: tuple[str, ...]) -> str:
    """A file that stands alone: style, scripts and data inside, nothing from outside."""
    text = json.dumps(value, ensure_ascii=False)
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    colors = "".join(f".axe-{code}{{--axe:{axis.color}}}" for code, axis in compass().items())
    parts = {
        "@TITLE@": html.escape(title),
        "@STYLE@": (PAGE / "page.css").read_text(encoding="utf-8") + colors,
        "@SCRIPT@": "\n".join((PAGE / name).read_text(encoding="utf-8") for name in scripts),
        "@DATA@": safe,
    }
    page = (PAGE / template).read_text(encoding="utf-8")
    return re.sub("|".join(parts), lambda match: parts[match.group()], page)
