"""The rules of tables across columns: what keeps them and what breaks them."""

import pandas as pd
import pytest
from labelled import FIRST, each

from pipeline.contracts.checks import conform
from pipeline.contracts.tables import (
    DTYPES,
    TABLES,
    are_lists_of_words,
    spans_are_ordered,
    stacks_are_in_groups,
    stacks_are_nested,
    what_is_read_adds_up,
)


def spans(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["contribution_id", "start", "end"])


SPANS = [
    ("side by side", spans(("a", 0, 4), ("a", 4, 9)), True),
    ("in any order", spans(("a", 4, 9), ("a", 0, 4)), True),
    ("of two texts", spans(("a", 0, 9), ("b", 0, 9)), True),
    ("one over the other", spans(("a", 0, 5), ("a", 4, 9)), False),
    ("empty", spans(("a", 3, 3)), False),
    ("none", spans(), True),
]

test_spans = each(spans_are_ordered, *SPANS, names=FIRST)


@pytest.mark.parametrize(("headings", "is_right"), [([], True), (["Freins"], True), ([" "], False), ([3], False)])
def test_headings_are_words(headings: list[object], is_right: bool) -> None:
    assert are_lists_of_words(pd.DataFrame({"headings": [headings]})) is is_right


@pytest.mark.parametrize(("kept", "is_right"), [(3, True), (4, False)], ids=["adds up", "does not"])
def test_the_ledger_adds_up(kept: int, is_right: bool) -> None:
    frame = pd.DataFrame({"n_read": [5], "n_kept": [kept], "n_rejected": [1], "n_positions": [1]})
    assert what_is_read_adds_up(frame) is is_right


def test_keys_are_columns_and_names_are_distinct() -> None:
    assert len(TABLES) > 10
    for name, schema in TABLES.items():
        assert schema.name == name
        assert schema.key
        assert set(schema.key) <= set(schema.column_names)
        assert len(set(schema.column_names)) == len(schema.column_names)


def memberships(*rows: tuple[str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["group_id", "stack_id"], dtype="string[pyarrow]")


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        pytest.param([("g", "a"), ("g", "a"), (None, None)], True, id="weak signals are in none"),
        pytest.param([("g", None)], False, id="a group without a stack"),
        pytest.param([(None, "a")], False, id="a stack without a group"),
    ],
)
def test_what_is_in_a_group_is_in_a_stack(rows: list[tuple[str | None, str | None]], kept: bool) -> None:
    assert stacks_are_in_groups(memberships(*rows)) is kept


def test_a_stack_is_inside_one_group() -> None:
    assert stacks_are_nested(memberships(("g", "a"), ("g", "a"), ("h", "b"), (None, None)))
    assert not stacks_are_nested(memberships(("g", "a"), ("h", "a")))


def test_a_table_of_the_contracts_has_the_kinds_of_its_columns() -> None:
    themes = pd.DataFrame({"position": [0], "title": ["Le four"], "theme_id": ["t"], "z": [1]})
    found = conform("themes", themes)
    assert list(found.columns) == TABLES["themes"].column_names
    assert [str(kind) for kind in found.dtypes] == [
        str(pd.Series([], dtype=DTYPES[column.kind]).dtype)  # type: ignore[call-overload]
        for column in TABLES["themes"].columns
    ]
