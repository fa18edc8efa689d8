"""How often, and above all how widely, an idea recurs."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import pandas as pd


@dataclass(frozen=True)
class Spread:
    """Where the items of one group come from; `n_voices` is None when no voice is known."""

    n_items: int
    n_ideas: int
    n_voices: int | None
    n_tables: int
    n_workshops: int
    n_channels: int
    recurrence: float


def measure_spread(sources: pd.DataFrame) -> Spread:
    """Count the ideas, voices, tables, workshops and channels of one group.

    Parameters
    ----------
    sources : one row per item: item_id, tied_to, voice, table, workshop, channel, source.

    Notes
    -----
    recurrence = Σ over tables of (known voices + √ideas of unknown voices) × (1 + ½ (1 − 1 / n_places)). A voice counts
    once, however talkative; anonymous post-its of one table count by their square root, since a hand may have written
    several. n_places counts tables, or known voices where there is no table.
    """
    items = set(sources["item_id"])
    ideas = sources[~sources["tied_to"].isin(items)]
    known = sources["voice"].dropna()
    tables = sources.dropna(subset=["table"])[["workshop", "table"]].drop_duplicates()
    places = ideas["table"].fillna("").radd(ideas["workshop"] + "\t")
    units = 0.0
    seen: set[str] = set()
    for _, place in ideas.groupby(places, sort=True):
        voices = {str(voice) for voice in place["voice"].dropna()} - seen
        seen |= voices
        units += len(voices) + sqrt(int(place["voice"].isna().sum()))
    n_places = max(1, len(tables) if len(tables) else known.nunique())
    return Spread(
        n_items=len(sources),
        n_ideas=len(ideas),
        n_voices=int(known.nunique()) if len(known) else None,
        n_tables=len(tables),
        n_workshops=int(sources["workshop"].nunique()),
        n_channels=int(sources["channel"].nunique()),
        recurrence=round(units * (1.5 - 0.5 / n_places), 3),
    )
