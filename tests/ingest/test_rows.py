"""Rows kept by columns: what goes in comes out, whatever the number of chunks."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.ingest.assembly import Rows

COLUMNS = ("text", "position", "start_s", "headings")
N = 4_096 + 10
"""More than one chunk."""


def row(n: int) -> tuple[object, ...]:
    return f"parole {n}", n, n / 2, [f"titre {n}"]


@pytest.fixture
def rows() -> Rows:
    made = Rows(COLUMNS)
    for n in range(N):
        made.append(row(n))
    return made


def test_a_frame_has_the_rows_in_order_and_in_their_types(rows: Rows) -> None:
    frame = rows.frame()
    assert len(rows) == len(frame) == N
    assert tuple(frame.iloc[N - 1]) == row(N - 1)
    assert [str(kind) for kind in frame.dtypes] == ["string", "Int64", "float64", "object"]


def test_missing_values_stay_missing() -> None:
    made = Rows(COLUMNS)
    made.append((None, None, None, []))
    frame = made.frame()
    assert frame[["text", "position", "start_s"]].isna().all(axis=None)
    assert frame["headings"].iloc[0] == []


@pytest.mark.parametrize("n", [0, 3, 4_096, 4_100])
def test_cutting_back_keeps_the_first(rows: Rows, n: int) -> None:
    rows.cut_back(n)
    rows.append(row(-1))
    assert len(rows) == n + 1
    assert rows.frame()["position"].tolist() == [*range(n), -1]


def test_rows_beyond_those_kept_are_counted() -> None:
    made = Rows(COLUMNS, keep=2)
    for n in range(5):
        made.append(row(n))
    assert len(made) == 5
    assert [tuple(kept.values()) for kept in made.table().to_pylist()] == [row(0), row(1)]


def test_a_table_follows(rows: Rows) -> None:
    more = pd.DataFrame([row(7)], columns=list(COLUMNS)).assign(other=1)
    rows.extend(more)
    assert len(rows) == N + 1
    assert tuple(rows.frame().iloc[-1]) == row(7)
