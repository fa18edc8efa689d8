"""Objections read on another axis: an obstacle raised against a proposal, so that the proposal's group counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import EST, SUD
from pipeline.cluster.describing.stance import CON, stance_of
from pipeline.cluster.grouping.representation import centred_blocks, sums_of_groups
from pipeline.cluster.rows import Matrix, unit_rows
from pipeline.language.text.words import content_stems

SAME_OBJECT = 0.3
"""Cosine of an objection and of the centre of a group, from which both speak of one proposal, if they share a word."""
OWN_WORD = 0.6
"""Share of a group's items from which a word is its own: an objection that says it is about that group."""
N_OBJECTIONS_READ = 20_000


def find_objections(
    sources: pd.DataFrame, vectors: npt.NDArray[np.float16], shared: Matrix, ids: Sequence[str], centres: Matrix
) -> dict[str, str]:
    """Obstacle item → the group of proposals that it objects to, the nearest one alone.

    Parameters
    ----------
    sources : one row per item, in the order of `vectors`: item_id, text, axis, group_id.
    shared : what the vectors share.
    ids, centres : the groups and their vectors, shape (n_groups, d).
    """
    proposals = sources[sources["axis"].eq(SUD)].dropna(subset=["group_id"])
    targets = sorted(set(proposals["group_id"]))
    rows = [
        row
        for row, (axis, text) in enumerate(zip(sources["axis"], sources["text"], strict=True))
        if axis == EST and stance_of(text, is_among_proposals=True) == CON
    ][:N_OBJECTIONS_READ]
    if not rows or not targets:
        return {}
    place = {group: index for index, group in enumerate(ids)}
    aims = unit_rows(centres[[place[group] for group in targets]])
    words = {str(group): _shares(part.tolist()) for group, part in proposals.groupby("group_id")["text"]}
    found: dict[str, str] = {}
    for row, vector in _vectors(vectors, shared, rows):
        said = set(content_stems(sources["text"].iloc[row]))
        likeness = np.round(aims @ vector, 4)
        near = [index for index in np.argsort(-likeness, kind="stable") if said & words[targets[index]].keys()]
        if near and likeness[near[0]] < SAME_OBJECT:
            own = [index for index in near if any(words[targets[index]].get(word, 0.0) >= OWN_WORD for word in said)]
            near = own if len(own) == 1 else []
        if near:
            found[str(sources["item_id"].iloc[row])] = targets[near[0]]
    return found


def objections_to(sources: pd.DataFrame, vectors: npt.NDArray[np.float16], shared: Matrix) -> dict[str, str]:
    """The same, where the groups are those of `sources`."""
    grouped = sources.dropna(subset=["group_id"])
    labels, ids = pd.factorize(grouped["group_id"])
    centres = sums_of_groups(vectors, shared, grouped.index.to_numpy(), labels, len(ids))
    return find_objections(sources, vectors, shared, list(ids), centres)


def _shares(texts: Sequence[str]) -> dict[str, float]:
    """Share of the texts that hold each stem."""
    counts = Counter(word for text in texts for word in set(content_stems(text)))
    return {word: count / len(texts) for word, count in counts.items()}


def _vectors(
    vectors: npt.NDArray[np.float16], shared: Matrix, rows: Sequence[int]
) -> Iterator[tuple[int, npt.NDArray[np.float32]]]:
    """The centred vectors of some rows, in increasing order, with unit length."""
    wanted = np.array(rows)
    for start, block in centred_blocks(vectors, shared):
        inside = wanted[slice(*np.searchsorted(wanted, [start, start + len(block)]))]
        yield from zip(inside.tolist(), unit_rows(block[inside - start]), strict=True)
