"""Rows of a table kept by columns, compactly: a corpus of millions of contributions holds in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 4_096
"""Rows that wait as Python objects before they are packed in columns, which take less room."""
_WHOLE = frozenset({"position", "votes", "votes_contre", "rank", "start", "end"})
_REAL, _LISTS = frozenset({"start_s"}), frozenset({"headings"})


class Rows:
    """Tuples appended one at a time, stored as Arrow columns of 4,096 rows.

    Parameters
    ----------
    keep : rows beyond so many are counted and forgotten; None keeps all.
    """

    def __init__(self, columns: tuple[str, ...], keep: int | None = None) -> None:
        import pyarrow as pa

        kinds = {
            **dict.fromkeys(_WHOLE, pa.int64()),
            **dict.fromkeys(_REAL, pa.float64()),
            **dict.fromkeys(_LISTS, pa.list_(pa.string())),
        }
        self._keep = keep
        self._schema = pa.schema([(name, kinds.get(name, pa.string())) for name in columns])
        self._batches: list[pa.RecordBatch] = []
        self._recent: list[tuple[object, ...]] = []
        self._n = 0

    def __len__(self) -> int:
        return self._n

    def append(self, row: tuple[object, ...]) -> None:
        """One more row, its values in the order of the columns."""
        self._n += 1
        if self._keep is not None and self._n > self._keep:
            return
        self._recent.append(row)
        if len(self._recent) == _CHUNK:
            self._pack()

    def _pack(self) -> None:
        import pyarrow as pa

        if self._recent:
            arrays = [
                pa.array(values, type=field.type)
                for values, field in zip(zip(*self._recent, strict=True), self._schema, strict=True)
            ]
            self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
            self._recent = []

    def extend(self, frame: pd.DataFrame) -> None:
        """The rows of a table that has at least these columns, after the others."""
        import pyarrow as pa

        self._pack()
        taken = pa.Table.from_pandas(frame[self._schema.names], preserve_index=False).cast(self._schema)
        self._batches += taken.to_batches()
        self._n += len(frame)

    def cut_back(self, n: int) -> None:
        """Keep the first `n` rows."""
        self._pack()
        kept: list[pa.RecordBatch] = []
        left = n
        for batch in self._batches:
            if left > 0:
                kept.append(batch.slice(0, left))
            left -= batch.num_rows
        self._batches, self._n = kept, n

    def column(self, name: str, start: int = 0) -> Iterator[str]:
        """Values of a column of text, from row `start` on."""
        self._pack()
        at = 0
        for batch in self._batches:
            values = batch.column(name)
            if at + len(values) > start:
                yield from values.slice(max(0, start - at)).to_pylist()
            at += len(values)

    def head(self, n: int) -> list[tuple[object, ...]]:
        """The first rows."""
        self._pack()
        rows: list[tuple[object, ...]] = []
        for batch in self._batches:
            columns = [column.to_pylist() for column in batch.slice(0, n - len(rows)).columns]
            rows += zip(*columns, strict=True)
            if len(rows) >= n:
                break
        return rows

    def frame(self) -> pd.DataFrame:
        """All of it; text stays in Arrow."""
        import pyarrow as pa

        self._pack()
        types = {pa.string(): pd.StringDtype("pyarrow"), pa.int64(): pd.Int64Dtype()}
        frame: pd.DataFrame = pa.Table.from_batches(self._batches, schema=self._schema).to_pandas(
            types_mapper=types.get
        )
        for name in _LISTS & set(frame.columns):
            frame[name] = frame[name].map(list)
        return frame
