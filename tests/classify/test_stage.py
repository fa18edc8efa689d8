"""The classify stage: partitions that keep contributions whole."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classify.stage import whole_contributions


@given(st.lists(st.integers(0, 6), max_size=40), st.integers(1, 9))
def test_partitions_hold_every_row_once_and_never_cut_a_contribution(together: list[int], size: int) -> None:
    groups = np.array(together, dtype=np.int64)
    order = np.argsort(groups, kind="stable")
    parts = whole_contributions(order, groups, size)
    assert [row for part in parts for row in part] == order.tolist()
    homes: dict[int, set[int]] = {}
    for rank, part in enumerate(parts):
        assert len(part) > 0
        for row in part:
            homes.setdefault(int(groups[row]), set()).add(rank)
    assert all(len(ranks) == 1 for ranks in homes.values())
