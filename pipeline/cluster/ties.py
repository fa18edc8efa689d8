"""The same idea by the same table on two channels: its post-it, its note, its recording. It counts once.

Two post-its of one table are two hands; survey rows are people, and are never tied.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.language.words import content_stems

SAME_IDEA = 0.6
"""Cosine of the sentence vectors from which two channels of one table say the same, with `SAME_WORDS`."""
SAME_WORDS = 0.5
_BLOCK_MAX = 2_000


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
    from pipeline.cluster.representation import unit_rows

    likeness = np.round(unit_rows(vectors) @ unit_rows(vectors).T, 4)
    stems = [set(content_stems(text)) for text in sources["text"]]
    channels = sources["channel"].tolist()
    ids = sources["item_id"].tolist()
    pairs = []
    for one in range(len(ids)):
        for other in np.flatnonzero(likeness[one] >= SAME_IDEA - 0.22):
            if channels[one] != channels[other] and one < other:
                overlap = _overlap(stems[one], stems[other])
                if likeness[one, other] + 0.44 * overlap >= SAME_IDEA + 0.44 * SAME_WORDS * 0.5:
                    pairs.append((-likeness[one, other], ids[one], ids[other], one, int(other)))
    ties: dict[str, str] = {}
    taken: set[tuple[int, str]] = set()
    for _, _, _, one, other in sorted(pairs):
        lead, follow = sorted((one, other), key=lambda row: (_CHANNEL_RANK.get(channels[row], 3), ids[row]))
        if ids[follow] in ties or ids[lead] in ties or (lead, channels[follow]) in taken:
            continue
        ties[ids[follow]] = ids[lead]
        taken.add((lead, channels[follow]))
    followed = set(ties.values())
    return {item: lead for item, lead in ties.items() if item not in followed}


def _overlap(one: set[str], other: set[str]) -> float:
    """Share of the shorter text's stems that the other one has."""
    smallest = min(len(one), len(other))
    return len(one & other) / smallest if smallest else 0.0
