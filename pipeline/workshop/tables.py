"""The tables of a run from which what may be told of it is read; their rows as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pyarrow as pa


@dataclass(frozen=True)
class ReviewedTables:
    """What people decided, laid over what the machine found: frames of the schemas of the same names."""

    reviewed_tags: pd.DataFrame
    reviewed_groups: pd.DataFrame
    reviewed_memberships: pd.DataFrame
    reviewed_links: pd.DataFrame
    reviewed_themes: pd.DataFrame
    reviewed_items: pd.DataFrame
    reviewed_parts: pd.DataFrame


@dataclass(frozen=True)
class RestitutionTables(ReviewedTables):
    """All that a restitution may speak of, each frame as its schema says."""

    workshops: pd.DataFrame
    workshop_tables: pd.DataFrame
    contributions: pd.DataFrame
    rejects: pd.DataFrame
    items: pd.DataFrame
    positions: pd.DataFrame
    near_pairs: pd.DataFrame
    titles: pd.DataFrame
    ledger: pd.DataFrame
    name_suggestions: pd.DataFrame
    decision_states: pd.DataFrame
    control: pd.DataFrame
    changes: pd.DataFrame

    def of(self, workshop: str) -> RestitutionTables:
        """What one workshop of several said; tables that name no workshop are kept whole, and read for its ideas."""
        own = {name: rows[rows["workshop"] == workshop] for name, rows in vars(self).items() if "workshop" in rows}
        return replace(self, reviewed_parts=self.reviewed_parts[:0], titles=self.titles[:0], **own)


def values_of(column: pd.Series) -> list[Any]:
    """The values of a column, None where one misses. They come from Arrow at once: one by one, they take ten times
    longer."""
    if column.dtype == object:  # lists, or frames made by hand
        return [None if lacks else value for value, lacks in zip(column, column.isna(), strict=True)]
    return pa.array(column.array, from_pandas=True).to_pylist()  # type: ignore[no-any-return]


def rows_of(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """Rows of some columns as plain values."""
    return zip(*(values_of(table[name]) for name in names), strict=True)
