"""Counts of a group whose members people changed: the same measures as the grouping stage makes."""

from __future__ import annotations

from collections import defaultdict
from math import sqrt

from pipeline.review.log.state import ReviewState, Source

N_EXEMPLARS = 5


def count_again(state: ReviewState) -> None:
    """Bring the counts, the recurrence and the exemplars of every touched group up to date."""
    for group_id in sorted(state.touched & set(state.groups)):
        _count_group(state, group_id)
    state.touched.clear()


def _count_group(state: ReviewState, group_id: str) -> None:
    group, items = state.groups[group_id], state.items_of(group_id)
    ids = {item.item_id for item in items}
    ideas = [item for item in items if item.tied_to not in ids]
    sources = [state.sources[item.contribution_id] for item in items]
    voices = {source.voice for source in sources if source.voice is not None}
    tables = {(source.workshop, source.table) for source in sources if source.table is not None}
    group.n_items, group.n_ideas = len(items), len(ideas)
    group.n_stacks = len({item.stack_id for item in items})
    group.n_voices = len(voices) if voices else None
    group.n_tables = len(tables)
    group.n_workshops = len({source.workshop for source in sources})
    group.n_channels = len({source.channel for source in sources})
    group.votes = sum({source.contribution_id: source.votes or 0 for source in sources}.values())
    n_places = max(1, len(tables) if tables else len(voices))
    units = _units([state.sources[item.contribution_id] for item in ideas])
    group.recurrence = round((units + sqrt(group.votes)) * (1.5 - 0.5 / n_places), 3)
    group.cohesion = round(sum(item.strength for item in items) / len(items), 4) if items else 0.0
    group.exemplars = tuple(item.item_id for item in items[:N_EXEMPLARS])


def _units(ideas: list[Source]) -> float:
    """Known voices, each once, and the square root of what is unknown, table by table."""
    places: dict[str, list[str | None]] = defaultdict(list)
    for source in ideas:
        places[f"{source.workshop}\t{source.table or ''}"].append(source.voice)
    units, seen = 0.0, set[str]()
    for place in sorted(places):
        voices = {voice for voice in places[place] if voice is not None} - seen
        seen |= voices
        units += len(voices) + sqrt(sum(voice is None for voice in places[place]))
    return units
