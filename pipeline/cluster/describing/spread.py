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
    n_stacks: int
    votes: int
    n_voices: int | None
    n_tables: int
    n_workshops: int
    n_channels: int
    recurrence: float


def measure_spread(sources: pd.DataFrame) -> Spread:
    """Count the ideas, stacks, votes, voices, tables, workshops and channels of one group.

    Parameters
    ----------
    sources : one row per item: item_id, stack_id, tied_to, voice, table, workshop, channel, source; `contribution_id`
        and `votes` when people voted.

    Notes
    -----
    recurrence = (Σ over tables of (known voices + √ideas of unknown voices) + √votes) × (1 + ½ (1 − 1 / n_places)). A
    voice counts once, however talkative; anonymous post-its of one table count by their square root, since a hand may
    have written several; so do votes, since a hand may have given several: they are never voices. n_places counts
    tables, or known voices where there is no table.
    """
    items = set(sources["item_id"])
    voices: set[str] = set()
    tables: set[tuple[str, str]] = set()
    places: dict[tuple[str, str], list[str]] = {}
    n_ideas = 0
    columns = (_words(sources[name]) for name in ("tied_to", "voice", "workshop", "table"))
    for lead, voice, workshop, table in zip(*columns, strict=True):
        if voice:
            voices.add(voice)
        if table:
            tables.add((workshop, table))
        if lead and lead in items:
            continue
        n_ideas += 1
        places.setdefault((workshop, table), []).append(voice)
    units, seen = 0.0, set[str]()
    for place in sorted(places):
        known_here = set(places[place]) - {""}
        units += len(known_here - seen) + sqrt(places[place].count(""))
        seen |= known_here
    votes = votes_of(sources)
    units += sqrt(votes)
    n_places = max(1, len(tables) or len(voices))
    return Spread(
        n_items=len(sources),
        n_ideas=n_ideas,
        n_stacks=len(set(_words(sources["stack_id"])) - {""}),
        votes=votes,
        n_voices=len(voices) or None,
        n_tables=len(tables),
        n_workshops=len(set(sources["workshop"].tolist())),
        n_channels=len(set(sources["channel"].tolist())),
        recurrence=round(units * (1.5 - 0.5 / n_places), 3),
    )


def _words(column: pd.Series) -> list[str]:
    """A column of words, "" for none."""
    return [one if isinstance(one, str) else "" for one in column.tolist()]


def votes_of(sources: pd.DataFrame) -> int:
    """Votes that the members got, each contribution's once however many ideas it holds; those against are not added."""
    if "votes" not in sources:
        return 0
    votes: dict[str, float] = {}
    for contribution, given in zip(sources["contribution_id"].tolist(), sources["votes"].tolist(), strict=True):
        votes.setdefault(contribution, 0 if pd.isna(given) else given)
    return int(sum(votes.values()))
