"""Short ways to write columns, and what they ask of a table."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.contracts.checks import conform
from pipeline.contracts.schema import DTYPES, Column, TableSchema, count, optional, share, text
from pipeline.contracts.tables import TABLES


def test_short_ways() -> None:
    assert text("a") == Column("a", "text")
    assert text("a", ("x",)).domain == ("x",)
    assert optional("a").nullable
    assert (count("n").minimum, count("n").nullable, count("n", nullable=True).nullable) == (0, False, True)
    assert (share("p").minimum, share("p").maximum) == (0.0, 1.0)


def test_names_in_order() -> None:
    schema = TableSchema("t", (text("b"), count("a")), ("b",))
    assert schema.column_names == ["b", "a"]
    assert schema.rules == ()


@pytest.mark.parametrize("kind", DTYPES)
def test_each_kind_is_one_that_pandas_makes(kind: str) -> None:
    values = {"text": "x", "int": 1, "float": 0.5, "bool": True, "list": ["x"]}
    assert pd.Series([values[kind]], dtype=DTYPES[kind]).tolist() == [values[kind]]  # type: ignore[call-overload]


def test_a_table_of_the_contracts_has_the_kinds_of_its_columns() -> None:
    themes = pd.DataFrame({"keywords": [["four"]], "position": [0], "title": ["Le four"], "theme_id": ["t"], "z": [1]})
    found = conform("themes", themes)
    assert list(found.columns) == TABLES["themes"].column_names
    assert [str(kind) for kind in found.dtypes] == [
        str(pd.Series([], dtype=DTYPES[column.kind]).dtype)  # type: ignore[call-overload]
        for column in TABLES["themes"].columns
    ]
