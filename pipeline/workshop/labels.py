"""What stands around ideas and may name people, files, headings, lists, tables, what is voted, and how each is shown.

An id made of its words alone lets names in it be suggested, decided about and masked as in a contribution.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

import pandas as pd

from pipeline.contracts.labels import CONTEXT_JOINT
from pipeline.workshop.records import Source, hidden, masking
from pipeline.workshop.tables import rows_of

FILE = "nom de fichier"
_PLACES = ("titre ou rubrique", "groupe fait par les participants", "nom de table")
_PUT = "ce qui est demandé ou voté"
Spans = tuple[tuple[int, int], ...]


def label_id(text: str) -> str:
    """The id of what stands around ideas, by its words."""
    return f"h{hashlib.blake2b(text.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


def read_labels(contributions: pd.DataFrame, positions: pd.DataFrame) -> dict[str, Source]:
    """What stands around ideas, and what people took positions on, by its id, with where it stands first."""
    rows = rows_of(contributions, "source", "workshop", "headings", "context", "given_group", "table")
    paths = ((*row[:2], tuple(() if row[2] is None else row[2]), *row[3:]) for row in rows)
    found: dict[str, Source] = {}
    for source, workshop, headings, context, group, table in dict.fromkeys(paths):
        above = ((heading, _PLACES[0]) for heading in (*headings, *(context or "").split(CONTEXT_JOINT)))
        for text, place in ((source, FILE), *above, (group, _PLACES[1]), (table, _PLACES[2])):
            if text and (key := label_id(text)) not in found:
                found[key] = Source(key, source, place, text, "", "", "", None, None, workshop)
    put = positions[positions["target"].isna()]  # on what is a contribution, its own words tell
    for source, workshop, text in dict.fromkeys(rows_of(put, "source", "workshop", "about")):
        if text and (key := label_id(text)) not in found:
            found[key] = Source(key, source, _PUT, text, "", "", "", None, None, workshop)
    return found


def unnaming(
    contributions: pd.DataFrame,
    positions: pd.DataFrame,
    words: Mapping[str, list[tuple[int, int]]],
    labels: Mapping[str, Spans],
) -> Callable[[str], str]:
    """What shows a text that is no idea without the names that are masked: as it was decided of its own words, else
    wherever one stands; files whose names are the same then are told apart.

    `words`, `labels` : contribution, or id of what stands around ideas → the spans of it that are masked.
    """
    masked = contributions[contributions["contribution_id"].isin(words)]
    names = {text[low:high] for key, text in rows_of(masked, "contribution_id", "text") for low, high in words[key]}
    around = read_labels(contributions, positions) if names or labels else {}
    known: dict[str, str] = {}
    for key, label in around.items():
        if key in labels:
            known[label.text] = hidden(label.text, 0, labels[key])
            names |= {label.text[low:high] for low, high in labels[key]}
    by_words = masking(names)
    met: dict[str, int] = {}
    for label in around.values():
        if label.locator == FILE:
            shown = known.get(label.text) or by_words(label.text)
            met[shown] = met.get(shown, 0) + 1
            path = PurePosixPath(shown)
            known[label.text] = shown if met[shown] == 1 else f"{path.with_suffix('')} ({met[shown]}){path.suffix}"
    return (lambda text: known.get(text) or by_words(text)) if names else str
