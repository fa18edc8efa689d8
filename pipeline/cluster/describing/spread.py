"""Where the ideas of a group come from: counts, recurrence, and the sentence that says why they stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.contracts.labels import CHANNEL_NAMES
from pipeline.language.text.folding import fold_word
from pipeline.language.text.typography import counted, joined, number_word, typeset
from pipeline.language.text.words import content_surfaces, stem
from pipeline.stances.counting import Heard, Side, Sides, Spread, count_sides, count_spread, told_sides

Members = Mapping[str, Sequence[Any]]
"""The members of a group: lists by column, one entry per item."""


def measure_spread(sources: Members) -> Spread:
    """Count who says one group, and where.

    Parameters
    ----------
    sources : item_id, tied_to, voice, workshop, table, channel; `votes` when people voted,
        of the idea that opens what they voted on.
    """
    return count_spread(list(map(Heard, *(_words(sources[name]) for name in Heard._fields))), votes_of(sources))


def sides_of(members: Members) -> Sides:
    """The sides of one group, from its items: item_id, tied_to, workshop, voice, stance."""
    columns = (_words(members[name]) for name in ("item_id", "tied_to", "workshop", "voice", "stance"))
    return count_sides(map(Side, *columns))


def _words(column: Sequence[Any]) -> list[str]:
    return [one if isinstance(one, str) else "" for one in column]


def votes_of(sources: Members) -> int:
    """Votes that the members got; those against are not added."""
    return sum(int(n) for n in sources["votes"] if not pd.isna(n)) if "votes" in sources else 0


N_SHARED = 3
SHARED_BY = 0.25
"""Share of the items that must say a word for it to be told."""
_EMPTY = frozenset(("jamais", "normalement", "surtout"))
N_READ = 500
"""Items whose words are read, the most central ones."""


def tell_reason(members: Members, spread: Spread) -> str:
    """One sentence or two.

    Parameters
    ----------
    members : the items of the group: item_id, text, tied_to, channel, stance.
    spread : where they come from.
    """
    ideas = counted(spread.n_ideas, "idée", feminine=True)
    places = f" venues de {counted(spread.n_tables, 'table', feminine=True)}" if spread.n_tables > 1 else ""
    used = set(members["channel"])
    channels = joined([names.way for code, names in CHANNEL_NAMES.items() if code in used])
    text = f"{ideas[:1].upper()}{ideas[1:]}{places}{', ' + channels if channels else ''}"
    if spread.n_ideas > 1:
        text += f" : {_shared(_ideas(members), len(members['item_id']) <= N_READ)}"
    sides = told_sides(sides_of(members))
    if sides:
        text += f" ; {sides}"
    return typeset(f"{text}.")


def _ideas(members: Members) -> list[str]:
    """One text per idea: what was said twice by one table, on two channels, counts once."""
    items, leads, texts = (members[name][:N_READ] for name in ("item_id", "tied_to", "text"))
    known = set(items)
    said: dict[str, str] = {}
    for item, lead, text in zip(items, leads, texts, strict=True):
        idea = item if pd.isna(lead) or lead not in known else lead
        said[idea] = f"{said[idea]} {text}" if idea in said else text
    return list(said.values())


def _shared(texts: Sequence[str], is_whole: bool) -> str:
    """The words that come back, and how many times when every item was read."""
    counts: Counter[str] = Counter()
    surfaces: dict[str, Counter[str]] = {}
    for text in texts:
        said: dict[str, str] = {}
        for surface in content_surfaces(text):
            folded = fold_word(surface)
            if folded not in _EMPTY:
                said.setdefault(stem(folded), surface if text.find(surface) > 0 else surface.lower())
        counts.update(said.keys())
        for key, surface in said.items():
            surfaces.setdefault(key, Counter())[surface] += 1
    least = max(2, SHARED_BY * len(texts))
    told = sorted((key for key in counts if counts[key] >= least), key=lambda key: (-counts[key], key))[:N_SHARED]
    if not told:
        return "aucun mot ne leur est commun, c'est leur sens qui les rapproche"
    spelt = {key: min(surfaces[key], key=lambda surface: (-surfaces[key][surface], surface)) for key in told}
    if not is_whole:
        return f"{joined([f'« {spelt[key]} »' for key in told])} y reviennent le plus"
    if len({counts[key] for key in told}) == 1:
        verb = "revient" if len(told) == 1 else "reviennent"
        return f"{joined([f'« {spelt[key]} »' for key in told])} y {verb} {number_word(counts[told[0]])} fois"
    first, *others = [f"« {spelt[key]} » {number_word(counts[key])}" for key in told]
    word, _, times = first.partition(" » ")
    return joined([f"{word} » y revient {times} fois", *others])
