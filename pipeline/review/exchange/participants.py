"""« Retrouver ma parole » as a file that leaves this computer: one page, style, script and data inside."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from pipeline.axes import compass
from pipeline.contracts.draft import Section
from pipeline.review.exchange.own_words import HIDDEN, how_told, read_mentions, trace
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import masking

PAGE = Path(__file__).parents[2] / "app" / "static"


def participants_page(
    state: ReviewState, sections: Sequence[Section], rejects: pd.DataFrame, title: str, small_table: int
) -> str:
    """« Retrouver ma parole » in one file; recordings, hidden and unquotable items are not in it, nor in the sentences
    it shows.

    Parameters
    ----------
    sections : of the draft.
    rejects : what was set aside when the files were read; told with its reason.
    small_table : a table with fewer contributions than this is not named; 0 names them all.
    """
    sizes = Counter((source.workshop, source.table) for source in state.sources.values())
    spoken = {source.source for source in state.sources.values() if source.channel == "transcript"}
    left_out = {
        item.item_id
        for item in state.items.values()
        if not item.is_quotable or item.is_hidden or state.sources[item.contribution_id].channel == "transcript"
    }
    places = read_mentions(sections, left_out)
    unnamed = masking(state.masked_names(), HIDDEN)  # titles may be older than the masks
    sentences: dict[tuple[str, str], int] = {}
    rows = []
    for item in state.items.values():
        if item.item_id in left_out:
            continue
        source, traced = state.sources[item.contribution_id], trace(state, item, places)
        is_small = source.table is None or sizes[(source.workshop, source.table)] < small_table
        told = ((how_told(place), unnamed(place.sentence)) for place in traced.places)
        ours = {
            "text": item.hiding(item.masks, HIDDEN),
            "group": unnamed(traced.group),
            "places": [sentences.setdefault(one, len(sentences)) for one in told],  # each is in the file once
            "source": "" if is_small else unnamed(traced.source),
        }
        rows.append(asdict(traced) | ours)
    left = [
        unnamed(f"{row['source']}, {row['locator']} : {row['detail']}")
        for row in rejects[rejects["reason"] != "vide"].to_dict("records")
        if row["source"] not in spoken
    ]
    value = {"rows": rows, "sentences": [list(pair) for pair in sentences], "rejects": left}
    return _filled(title, value)


def _filled(title: str, value: object) -> str:
    """`static/retrouver.html` with its style, its script and its data inside."""
    data = json.dumps(value, ensure_ascii=False)
    colors = "".join(f".axe-{code}{{--axe:{axis.color}}}" for code, axis in compass().items())
    parts = {
        "@TITLE@": html.escape(title),
        "@STYLE@": (PAGE / "page.css").read_text(encoding="utf-8") + colors,
        "@SCRIPT@": (PAGE / "retrouver.js").read_text(encoding="utf-8"),
        "@DATA@": data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
    }
    page = (PAGE / "retrouver.html").read_text(encoding="utf-8")
    return re.sub("|".join(parts), lambda match: parts[match.group()], page)
