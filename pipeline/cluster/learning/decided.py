"""What people decided in a review, as pairs of ideas to learn from: groups that they composed or accepted, ideas that
they placed, and answers to « Est-ce la même chose ? »."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.grouping.meaning import Meaning
from pipeline.cluster.learning.walls import Sorted, read_walls


def read_decided(
    name: str, items: pd.DataFrame, answers: Sequence[tuple[int, int, bool]], meanings: Sequence[Meaning]
) -> list[Sorted]:
    """Each axis of a review in every way but its order, of which no decision tells.

    Parameters
    ----------
    items : columns of a wall, `issue` being the reviewed group (the item itself when it is in none), `is_settled`,
        whether a person decided about that group, and `is_placed`, whether she put the item there herself.
    answers : rows of two items, and whether they go together.
    """
    found = (one for one in read_walls({name: items}, meanings) if not one.way.order)
    with_told = (replace(one, told=_told(one, items, answers)) for one in found)
    return [one for one in with_told if one.told is not None and one.told.any()]


def _told(one: Sorted, items: pd.DataFrame, answers: Sequence[tuple[int, int, bool]]) -> npt.NDArray[np.bool_]:
    """Which candidate pairs a person told about.

    Both ideas are in groups that she settled, or one that she placed stands beside the other; an answer tells only when
    the groups follow it.
    """
    settled, placed = (items[name].to_numpy(dtype=bool)[one.rows] for name in ("is_settled", "is_placed"))
    first, second = one.pairs.one, one.pairs.other
    told = (settled[first] & settled[second]) | ((placed[first] | placed[second]) & one.together)
    said = {tuple(sorted((a, b))): value for a, b, value in answers}
    ends = zip(one.rows[first].tolist(), one.rows[second].tolist(), strict=True)
    values = [said.get((min(a, b), max(a, b))) for a, b in ends]
    followed = [value is not None and value == known for value, known in zip(values, one.together, strict=True)]
    return np.asarray(told | np.array(followed, dtype=bool), dtype=np.bool_)
