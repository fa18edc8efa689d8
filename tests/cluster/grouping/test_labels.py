"""The ids of groups."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.grouping.stacks import group_id, group_ids


def test_the_id_of_a_group_is_that_of_its_axis_and_most_central_item() -> None:
    import pandas as pd

    assert group_ids("est", pd.Series(["a", "b"]), np.array([1])) == (group_id("est", "b"),)
    assert group_id("est", "b") != group_id("sud", "b")
