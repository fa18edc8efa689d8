"""The same idea by the same table on two channels: its post-it, its note, its recording. It counts once.

Two post-its of one table are two hands; survey rows are people, and are never tied.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.rows import unit_rows
from pipeline.language.text.words import content_stems

SAME_IDEA, SAME_WORDS = 0.6, 0.22
"""Two channels of one table say the same when their cosine, raised by up to twice `SAME_WORDS` with the share of words
in common, reaches `SAME_IDEA` and half of `SAME_WORDS`. On the demo: every tie right, four in five found."""
_BLOCK_MAX = 2_000
"""Items of one table that are compared, so that a transcript without tables costs no square."""


def find_ties(sources: pd.DataFrame, vectors: npt.NDArray[np.float16]) -> dict[str, str]:
    """Item → the item it repeats.

    Parameters
    ----------
    sources : one row per item: item_id, text, axis, workshop, table, channel; rows in the order of `vectors`.
    vectors : sentence vectors, shape (n, d).
    """
    blocks: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row, (axis, workshop, table, channel) in enumerate(
        zip(sources["axis"], sources["workshop"], sources["table"], sources["channel"], strict=True)
    ):
        if not pd.isna(table) and channel != "enquete":
            blocks[(axis, workshop, table)].append(row)
    ties: dict[str, str] = {}
    for rows in blocks.values():
        channels = sources["channel"].iloc[rows].to_numpy()
        if len(set(channels)) > 1:
            ties |= _ties_of_table(sources.iloc[rows[:_BLOCK_MAX]], vectors[rows[:_BLOCK_MAX]].astype(np.float32))
    return ties


_CHANNEL_RANK = {"postit": 0, "note": 1, "transcript": 2}


def _ties_of_table(sources: pd.DataFrame, vectors: npt.NDArray[np.float32]) -> dict[str, str]:
    """Each item is tied to at most one item per other channel; the written word leads, then the most alike."""
    likeness = np.round(unit_rows(vectors) @ unit_rows(vectors).T, 4)
    stems = [set(content_stems(text)) for text in sources["text"]]
    channels = sources["channel"].tolist()
    ids = sources["item_id"].tolist()
    pairs: list[tuple[float, str, str, int, int]] = []
    for one in range(len(ids)):
        near: list[int] = np.flatnonzero(likeness[one] >= SAME_IDEA - SAME_WORDS).tolist()
        for other in near:
            value = float(likeness[one, other])
            if one < other and channels[one] != channels[other] and _is_same(value, stems[one], stems[other]):
                pairs.append((-value, ids[one], ids[other], one, other))
    ties: dict[str, str] = {}
    taken: set[tuple[int, str]] = set()
    ranks = [(_CHANNEL_RANK.get(channel, 3), item) for channel, item in zip(channels, ids, strict=True)]
    for _, _, _, one, other in sorted(pairs):
        lead, follow = (one, other) if ranks[one] <= ranks[other] else (other, one)
        if ids[follow] in ties or ids[lead] in ties or (lead, channels[follow]) in taken:
            continue
        ties[ids[follow]] = ids[lead]
        taken.add((lead, channels[follow]))
    followed = set(ties.values())
    return {item: lead for item, lead in ties.items() if item not in followed}


def _is_same(likeness: float, one: set[str], other: set[str]) -> bool:
    smallest = min(len(one), len(other))
    common = len(one & other) / smallest if smallest else 0.0
    return likeness + 2 * SAME_WORDS * common >= SAME_IDEA + SAME_WORDS / 2
