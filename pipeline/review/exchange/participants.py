"""« Retrouver ma parole » as a file that leaves this computer: one page, style, script and data inside."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.axes import compass
from pipeline.contracts.draft import Section
from pipeline.review.exchange.own_words import HIDDEN, Mentions, how_told, masked_names, read_mentions, trace
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import Item, masking

NOTES = {
    False: "Ne sont pas dans cette page : les enregistrements, et les paroles qui ne doivent pas être citées.",
    True: "Ne sont pas dans cette page : les paroles qui ne doivent pas être citées.",
}
PAGE = Path(__file__).parents[2] / "app" / "static"


def participants_page(
    state: ReviewState,
    sections: Sequence[Section],
    rejects: pd.DataFrame,
    title: str,
    small_table: int,
    with_recordings: bool = False,
) -> str:
    """« Retrouver ma parole » in one file; hidden and unquotable items are not in it, nor in the sentences it shows.

    Parameters
    ----------
    sections : of the draft.
    rejects : what was set aside when the files were read; told with its reason.
    small_table : a table with fewer contributions than this is not named; 0 names them all.
    with_recordings : recordings too, that are left out otherwise.
    """
    sizes = Counter((source.workshop, source.table) for source in state.sources.values())
    spoken = {source.source for source in state.sources.values() if source.channel == "transcript"}
    left_out = {
        item.item_id
        for item in state.items.values()
        if not item.is_quotable
        or item.is_hidden
        or (not with_recordings and state.sources[item.contribution_id].channel == "transcript")
    }
    places = read_mentions(sections, left_out)
    unnamed = masking(masked_names(state), HIDDEN)  # titles may be older than the masks
    sentences: dict[tuple[str, str], int] = {}
    rows = []
    for item in state.items.values():
        if item.item_id in left_out:
            continue
        source = state.sources[item.contribution_id]
        row = _row(state, item, places, sentences, unnamed)
        if source.table is None or sizes[(source.workshop, source.table)] < small_table:
            row["source"] = ""
        rows.append(row)
    left = [
        f"{row['source']}, {row['locator']} : {row['detail']}"
        for row in rejects[rejects["reason"] != "vide"].to_dict("records")
        if with_recordings or row["source"] not in spoken
    ]
    value = {"rows": rows, "sentences": [list(pair) for pair in sentences], "rejects": left}
    return _filled(title, value, NOTES[with_recordings])


def _row(
    state: ReviewState,
    item: Item,
    places: Mentions,
    sentences: dict[tuple[str, str], int],
    hide: Callable[[str], str],
) -> dict[str, Any]:
    """One item; sentences are told once in the file, and by their rank here."""
    traced = trace(state, item, places)
    row = asdict(traced)
    row["text"], row["group"] = item.hiding(item.masks, HIDDEN), hide(traced.group)
    row["places"] = [
        sentences.setdefault((how_told(place), hide(place.sentence)), len(sentences)) for place in traced.places
    ]
    del row["item_id"]
    return row


def _filled(title: str, value: object, note: str) -> str:
    """`static/retrouver.html` with its style, its script and its data inside."""
    data = json.dumps(value, ensure_ascii=False)
    colors = "".join(f".axe-{code}{{--axe:{axis.color}}}" for code, axis in compass().items())
    parts = {
        "@TITLE@": html.escape(title),
        "@STYLE@": (PAGE / "page.css").read_text(encoding="utf-8") + colors,
        "@SCRIPT@": (PAGE / "retrouver.js").read_text(encoding="utf-8"),
        "@DATA@": data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
        "@NOTE@": note,
    }
    page = (PAGE / "retrouver.html").read_text(encoding="utf-8")
    return re.sub("|".join(parts), lambda match: parts[match.group()], page)
