"""The table `near_pairs`: the likeliest pairs of ideas of every axis, by the ids of their items."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pipeline.cluster.pairs.near import NearPairs
from pipeline.contracts.checks import conform, empty


def near_table(axes: Iterable[tuple[pd.Series, NearPairs | None]]) -> pd.DataFrame:
    """The table.

    Parameters
    ----------
    axes : of each axis the ids of its items, sorted, and their near pairs, None where no model read them.
    """
    tables = [
        pd.DataFrame(
            {
                "one_item": ids.to_numpy()[near.one],
                "other_item": ids.to_numpy()[near.other],
                "chance": near.chances,
                "cut": near.cut,
            }
        )
        for ids, near in axes
        if near is not None and len(near.one)
    ]
    return conform("near_pairs", pd.concat(tables)) if tables else empty("near_pairs")


def still_near(near_pairs: pd.DataFrame, axes: pd.Series) -> pd.DataFrame:
    """The pairs of an earlier run whose ideas are both there and on one axis; `axes` are of items, by their ids."""
    ends = [near_pairs[name].map(axes) for name in ("one_item", "other_item")]
    return near_pairs[ends[0].eq(ends[1]).fillna(False)].reset_index(drop=True)
