"""One schema per table of a run: columns, types, domains, key, cross-column rules. Checked on save and on load.

Types on the Python side: text is pandas `string[pyarrow]` (missing is `pd.NA`), whole numbers `Int64`, numbers
`float64`, flags `boolean`, lists plain Python lists in an `object` column.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.contracts.tables import DTYPES, TABLES, Column

ROUNDING = 1e-9
"""By which the sum of shares may be above one."""


def conform(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """`table` with exactly the columns of schema `name`, in order, cast to their types (missing columns raise)."""
    schema = TABLES[name]
    missing = [column for column in schema.column_names if column not in table.columns]
    if missing:
        raise ValueError(f"table {name!r} lacks the columns {missing}")
    types = {one.name: DTYPES[one.kind] for one in schema.columns if table[one.name].dtype != DTYPES[one.kind]}
    found = table[schema.column_names]
    return (found.astype(types) if types else found).reset_index(drop=True)


def read_arrow(path: Path) -> Any:
    """A stored table, in Arrow."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return pq.ParquetFile(pa.BufferReader(path.read_bytes())).read()  # Arrow opens no file whose name is not UTF-8


def read_parquet(path: Path) -> pd.DataFrame:
    """A stored table, its columns in the types of the contracts from the start: nothing is cast twice."""
    import pyarrow as pa

    types = {
        pa.string(): pd.StringDtype("pyarrow"),
        pa.large_string(): pd.StringDtype("pyarrow"),
        pa.int64(): pd.Int64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }
    frame: pd.DataFrame = read_arrow(path).to_pandas(types_mapper=types.get, ignore_metadata=True)
    return frame


def empty(name: str) -> pd.DataFrame:
    """A table of schema `name` without rows."""
    return pd.DataFrame({column.name: pd.Series([], dtype=DTYPES[column.kind]) for column in TABLES[name].columns})


def validate(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """`conform`, then check domains, bounds, key and rules. A failure is a bug of ours: it raises ValueError."""
    conformed, schema = conform(name, table), TABLES[name]
    broken = [problem for column in schema.columns for problem in _problems(column, conformed[column.name])]
    if not broken:  # rules are told of columns that are as they must be
        broken = [str(holds.__doc__) for holds in schema.rules if not holds(conformed)]
        broken += [f"{schema.key} is not a key"] * bool(conformed.duplicated(list(schema.key)).any())
    if broken:
        raise ValueError(f"table {name!r} breaks its contract: {'; '.join(broken)}")
    return conformed


def _problems(column: Column, values: pd.Series) -> Iterator[str]:
    if not column.nullable and values.isna().any():
        yield f"{column.name} is missing somewhere"
    if column.domain is not None and (others := set(values.dropna().unique()) - set(column.domain)):
        yield f"{column.name} is {sorted(others)[:5]}"
    if column.minimum is not None and (values < column.minimum).any():
        yield f"{column.name} is under {column.minimum}"
    if column.maximum is not None and (values > column.maximum + ROUNDING).any():
        yield f"{column.name} is above {column.maximum}"
