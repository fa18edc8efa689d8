"""The table of near pairs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.cluster.corpus import near_table, still_near
from pipeline.cluster.pairs.levels import NearPairs
from pipeline.contracts.checks import validate


def near(one: int, other: int) -> NearPairs:
    return NearPairs(np.array([one]), np.array([other]), np.array([0.5]), 0.25)


def test_rows_of_each_axis_become_items() -> None:
    ids = [pd.Series(["a", "c"], index=[4, 9]), pd.Series(["b", "d", "e"]), pd.Series(["f"])]
    found = validate("near_pairs", near_table(zip(ids, (near(0, 1), near(1, 2), None), strict=True)))
    assert found.to_numpy().tolist() == [["a", "c", 0.5, 0.25], ["d", "e", 0.5, 0.25]]
    assert len(validate("near_pairs", near_table([]))) == 0


def test_a_pair_stays_while_both_ideas_are_on_one_axis() -> None:
    table = near_table([(pd.Series(["a", "b", "c"]), near(0, 1)), (pd.Series(["d", "e"]), near(0, 1))])
    kept = still_near(table, pd.Series({"a": "est", "b": "est", "d": "sud", "e": "nord"}))
    assert kept[["one_item", "other_item"]].to_numpy().tolist() == [["a", "b"]]
    assert len(still_near(table, pd.Series({"a": "est"}))) == 0
