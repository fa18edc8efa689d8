"""Where the ideas of a group come from: counts, recurrence, and the sentence that says why they stand together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.contracts.labels import CHANNEL_NAMES
from pipeline.language.text.folding import fold_word
from pipeline.language.text.typography import counted, joined, number_word, typeset
from pipeline.language.text.words import content_surfaces, stem
from pipeline.stances.counting import Heard, Sides, Spread, leads, told_sides

Members = Mapping[str, Sequence[Any]]
"""The members of a group: lists by column, one entry per item."""


def heard_of(members: Members) -> list[Heard]:
    """The items of a group as they are counted; `members` holds the fields of `Heard`."""
    columns = ([one if isinstance(one, str) else "" for one in members[name]] for name in Heard._fields)
    return list(map(Heard, *columns))


def votes_of(members: Members) -> int:
    """Votes that the members got, each of the idea that concludes what people voted on; those against are not added."""
    return sum(int(n) for n in members["votes"] if not pd.isna(n)) if "votes" in members else 0


N_SHARED = 3
SHARED_BY = 0.25
"""Share of the items that must say a word for it to be told."""
_EMPTY = frozenset(("jamais", "normalement", "surtout"))
N_READ = 500
"""Items whose words are read, the most central ones."""


def tell_reason(heard: Sequence[Heard], texts: Sequence[str], spread: Spread, sides: Sides) -> str:
    """One sentence or two.

    `texts` : of the items, in their order. spread, sides : where they come from, and what they take.
    """
    ideas = counted(spread.n_ideas, "idée", feminine=True)
    places = f" venues de {counted(spread.n_tables, 'table', feminine=True)}" if spread.n_tables > 1 else ""
    used = {one.channel for one in heard}
    channels = joined([names.way for code, names in CHANNEL_NAMES.items() if code in used])
    text = f"{ideas[:1].upper()}{ideas[1:]}{places}{', ' + channels if channels else ''}"
    if spread.n_ideas > 1:
        text += f" : {_shared(_ideas(heard, texts), len(heard) <= N_READ)}"
    if told := told_sides(sides):
        text += f" ; {told}"
    return typeset(f"{text}.")


def _ideas(heard: Sequence[Heard], texts: Sequence[str]) -> list[str]:
    """One text per idea: what was said twice by one table, on two channels, counts once."""
    said: dict[str, str] = {}
    for idea, text in zip(leads(heard[:N_READ]).values(), texts, strict=False):
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
