"""Contracts: what a table must be to be saved."""

from pathlib import Path

import pandas as pd
import pytest

from pipeline.contracts.checks import conform, empty, read_parquet, validate
from pipeline.contracts.tables import TABLES


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
