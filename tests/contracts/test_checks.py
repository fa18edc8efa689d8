"""Contracts: what a table must be to be saved, column by column and across columns."""

from pathlib import Path

import pandas as pd
import pytest
from labelled import FIRST, each

from pipeline.contracts.checks import conform, empty, read_parquet, validate
from pipeline.contracts.tables import (
    DTYPES,
    TABLES,
    are_lists_of_words,
    spans_are_ordered,
    stacks_are_in_groups,
    stacks_are_nested,
    what_is_read_adds_up,
)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_an_empty_table_honours_its_contract(name: str) -> None:
    assert list(validate(name, empty(name)).columns) == TABLES[name].column_names


def tags(**changes: object) -> pd.DataFrame:
    row: dict[str, object] = {
        "item_id": "i1",
        "p_nord": 0.7,
        "p_est": 0.1,
        "p_sud": 0.1,
        "p_ouest": 0.05,
        "p_hors_axe": 0.05,
        "axis": "nord",
        "confidence": 0.7,
        "second_axis": None,
        "facet": "valoriser",
        "worth": 0.5,
        "status": "sur",
        "doubt": None,
    }
    return pd.DataFrame([row | changes])


def test_good_tags_pass() -> None:
    assert validate("tags", tags())["axis"].tolist() == ["nord"]


@pytest.mark.parametrize(
    "changes",
    [
        {"doubt": "titre"},  # of an idea that is sure
        {"axis": "est"},  # not the most probable one
        {"p_nord": 0.9},  # sums to 1.2
        {"p_nord": 0.6},  # sums to 0.9
        {"status": "peut-être"},
        {"facet": "inventee"},
        {"confidence": 1.2},
        {"item_id": None},
    ],
)
def test_bad_tags_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="tags"):
        validate("tags", tags(**changes))


def test_a_repeated_key_is_refused() -> None:
    with pytest.raises(ValueError, match="contract"):
        validate("tags", pd.concat([tags(), tags()]))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="status"):
        conform("tags", tags().drop(columns="status"))


def contributions(**changes: object) -> pd.DataFrame:
    row: dict[str, object] = dict.fromkeys(TABLES["contributions"].column_names) | {
        "contribution_id": "c1",
        "source": "mur.csv",
        "locator": "ligne 2",
        "position": 0,
        "text": "La vase monte",
        "channel": "postit",
        "provenance": "ecrit",
        "context": "",
        "headings": ["Le port"],
        "list_id": "l1",
        "rank": 1,
        "workshop": "atelier",
        "attributes": "{}",
        "frame": "parole",
    }
    return pd.DataFrame([row | changes])


def test_structure_is_checked() -> None:
    assert validate("contributions", contributions())["headings"].iloc[0] == ["Le port"]
    for changes in ({"rank": None}, {"list_id": None}, {"headings": [""]}, {"rank": 0}, {"votes_contre": -1}):
        with pytest.raises(ValueError, match="contributions"):
            validate("contributions", contributions(**changes))


def test_lists_are_read_as_they_were_written(tmp_path: Path) -> None:
    spans = [[[0, 2], [5, 9]], [], None, []]
    pd.DataFrame({"item_id": list("abcd"), "masks": spans, "n": [1, 2, 3, 4]}).to_parquet(tmp_path / "t.parquet")
    found = read_parquet(tmp_path / "t.parquet")
    assert list(found.columns) == ["item_id", "masks", "n"]
    assert [None if one is None else [list(span) for span in one] for one in found["masks"]] == spans


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
