"""Groups by number → groups by id, in the rows of the items."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.grouping.stacks import stack_names


def group_id(axis: str, medoid: str) -> str:
    """The id of a group, from its axis and the id of its most central item."""
    return "g-" + hashlib.sha256(f"{axis}\t{medoid}".encode()).hexdigest()[:12]


def group_ids(axis: str, items: pd.Series, medoids: npt.NDArray[np.int64]) -> tuple[str, ...]:
    """The ids of the groups of an axis; `medoids` are places in `items`, the ids of its items in order."""
    return tuple(group_id(axis, str(items.iloc[medoid])) for medoid in medoids)


def write_groups(
    sources: pd.DataFrame,
    rows: Any,
    labels: npt.NDArray[np.int64],
    strengths: npt.NDArray[np.float64],
    stacks: npt.NDArray[np.int64],
    ids: Sequence[str],
) -> None:
    """Write `group_id`, `strength` and `stack_id` of some rows of `sources`; a negative label is a weak signal, a
    negative stack one that is not known (see `pipeline.cluster.grouping.stacks.complete_stacks`)."""
    found = [ids[label] if label >= 0 else pd.NA for label in labels]
    sources.loc[rows, "group_id"] = pd.array(found, dtype="string[pyarrow]")
    sources.loc[rows, "strength"] = strengths
    names = stack_names(sources.loc[rows, "item_id"], labels, stacks, strengths)
    sources.loc[rows, "stack_id"] = pd.array(names, dtype="string[pyarrow]")
