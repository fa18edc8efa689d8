"""Groups obey their titles: what is surely not what the title of its group says leaves it; groups of one title are one.

Those of given titles, those that participants made, and debates, stay whole, as does what was said under one heading.
So do groups of which no title is true of two thirds: on walls, to part them by their titles loses as many true pairs as
false ones, and the agreement with people falls by 0.03 to 0.15. `title_coverage` tells them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.describing.describe import central_first, holds_both, title_members
from pipeline.cluster.grouping.partition import Partition, finish
from pipeline.cluster.grouping.space import WEAK, AxisSpace, Space, blend, least_near
from pipeline.cluster.naming.coverage import Reads, said
from pipeline.cluster.naming.titles import Parses
from pipeline.config import ClusterConfig

Labels = npt.NDArray[np.int64]
MOST = 0.66
"""Share of a group that its title must be true of, for what it is not true of to leave."""


def settled(
    part: pd.DataFrame,
    found: Partition,
    meanings: npt.NDArray[np.float16],
    vectors: npt.NDArray[np.float16],
    settings: ClusterConfig,
    reads: Reads | None,
    docs: Parses | None = None,
) -> Partition:
    """The groups of an axis, each of which its title is true of.

    Parameters
    ----------
    part : the items of the axis, rows as in `found`: see `pipeline.cluster.describing.describe.describe_groups`.
    meanings : what they were grouped by. vectors : of their topics, by the index of the rows. docs : what was parsed.
    """
    if found.near is None or found.space is None:
        return found
    leads = part["tied_to"].isna().to_numpy(dtype=bool)
    rows = part.assign(strength=found.strengths, row=np.arange(len(part)), label=found.labels)
    is_free = part["placed"].isna().to_numpy(dtype=bool) if "placed" in part else np.ones(len(part), dtype=bool)
    told = central_first(rows[leads & is_free & (found.labels >= 0)])
    kept = _obeying([frame for _, frame in told.groupby("label")], settings, reads, vectors, docs)
    labels = np.where(is_free, WEAK, np.where(found.labels >= 0, found.labels + len(kept), WEAK))
    for number, members in enumerate(kept):
        labels[members] = number
    labels = _followed(labels, part)
    pairs = pd.DataFrame({"now": labels, "before": found.labels}).drop_duplicates()
    is_same = (pairs["now"] < 0).eq(pairs["before"] < 0).all() and not pairs["now"].duplicated().any()
    return found if is_same else _relabelled(found, found.space.fitted, labels, part["text"].tolist(), meanings)


def _obeying(
    told: Sequence[pd.DataFrame],
    settings: ClusterConfig,
    reads: Reads | None,
    vectors: npt.NDArray[np.float16],
    docs: Parses | None,
) -> list[Labels]:
    """The rows of each group, its items given central first, once what is in the wrong one has left, and groups of one
    title are one."""
    n_read = max(map(len, told), default=1)
    titles = title_members(told, settings, reads, vectors, n_read, are_final=False, docs=docs)
    kept: dict[object, list[Labels]] = {}
    for number, (members, title) in enumerate(zip(told, titles, strict=True)):
        covered, rows = np.array(title.covered, dtype=bool), members["row"].to_numpy(dtype=np.int64)
        is_made = "made" in members and bool(members["made"].notna().any())
        if covered.mean() < MOST or is_made or holds_both(members["stance"].tolist(), settings.debat_min):
            kept[number] = [rows]
            continue
        stays = covered | np.array(title.fits, dtype=bool) | _is_under_one(members, covered)
        stems = said(title.text).stems
        is_told = len(stems) > 1 and not title.is_heading  # one word is the title of too many things
        kept.setdefault(stems if is_told else number, []).append(rows[stays])
    return [np.concatenate(one) for one in kept.values()]


def _is_under_one(members: pd.DataFrame, covered: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The items that were said under a heading of those that the title is true of."""
    if "context" not in members:
        return np.zeros(len(members), dtype=bool)
    headings = members["context"].fillna("")
    return np.asarray(headings.ne("") & headings.isin(headings[covered]), dtype=bool)


def _followed(labels: Labels, part: pd.DataFrame) -> Labels:
    """What repeats an item is where that one is."""
    places = {item: place for place, item in enumerate(part["item_id"])}
    found = labels.copy()
    for place, lead in enumerate(part["tied_to"]):
        if not pd.isna(lead):
            found[place] = labels[places[lead]]
    alone = np.bincount(labels[labels >= 0], minlength=1)
    return np.where((found >= 0) & (alone[np.maximum(found, 0)] > 1), found, WEAK)


def _relabelled(
    found: Partition, fitted: Space, labels: Labels, texts: Sequence[str], meanings: npt.NDArray[np.float16]
) -> Partition:
    """The same items in other groups: centres, strengths and bounds made again."""
    sides = fitted.place(texts, meanings)
    made = finish(labels, np.where(sides.have_words[:, None], blend(sides), np.float32(0)))
    stacks = np.where(made.labels >= 0, found.stacks, WEAK)
    if not made.n_groups:
        return replace(made, stacks=stacks, near=found.near)
    space = AxisSpace(fitted, made.centres, least_near(made.labels, made.strengths))
    return replace(made, stacks=stacks, space=space, near=found.near)
