"""The ideas of a run: masks, corrections, what may not be shown."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from atelier import frame, workshop

from pipeline.restitution.material.items import read_items
from pipeline.restitution.material.model import Item
from pipeline.restitution.tables import RestitutionTables


def reviewed(tables: RestitutionTables, **changes: object) -> tuple[RestitutionTables, str]:
    """The workshop where one decision was taken about the idea that names someone."""
    item_id = tables.items.loc[tables.items["text"].str.contains("Martine"), "item_id"].iloc[0]
    row = {"item_id": item_id, "is_hidden": False, "is_quotable": True, "masks": [], "named": [], **changes}
    return replace(tables, reviewed_items=frame("reviewed_items", [row])), str(item_id)


def the_item(**changes: object) -> Item | None:
    tables, item_id = reviewed(workshop(), **changes)
    return read_items(tables).get(item_id)


def hidden_words(item: Item) -> list[str]:
    return [item.source_text[low:high] for low, high in item.masks]


def test_a_suspected_name_is_masked_until_someone_says_that_it_may_be_shown() -> None:
    item = the_item()
    assert item is not None
    assert hidden_words(item) == ["Martine Quéhan"]
    start = item.source_text.index("Martine")
    shown = the_item(named=[[start, start + len("Martine Quéhan")]])
    assert shown is not None
    assert hidden_words(shown) == []


def test_an_idea_is_worth_what_was_read_and_half_when_nothing_was() -> None:
    tables = workshop()
    read = [0.9, None, *([0.2] * (len(tables.reviewed_tags) - 2))]
    items = read_items(replace(tables, reviewed_tags=tables.reviewed_tags.assign(worth=read)))
    one, other = tables.reviewed_tags["item_id"].iloc[:2]
    assert (items[one].worth, items[other].worth) == (0.9, 0.5)


def test_a_mask_of_a_person_is_kept() -> None:
    item = the_item(masks=[[0, 5]])
    assert item is not None
    assert hidden_words(item) == ["Merci", "Martine Quéhan"]


def test_a_correction_stands_for_the_words() -> None:
    item = the_item(shown_text="Merci pour le vestiaire")
    assert item is not None
    assert (item.text, item.source_text, item.is_corrected) == (
        "Merci pour le vestiaire", "Merci pour le vestiaire", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "is_there", "is_quotable"),
    [({"is_hidden": True}, False, False), ({"is_quotable": False}, True, False), ({}, True, True)],
    ids=["hidden", "not to quote", "plain"],
)
def test_what_a_person_hid_is_not_there(changes: dict[str, object], is_there: bool, is_quotable: bool) -> None:
    item = the_item(**changes)
    assert (item is not None) is is_there
    if item is not None:
        assert item.is_quotable is is_quotable


def test_the_order_of_rows_changes_nothing() -> None:
    tables = workshop()
    mixed = replace(
        tables,
        items=tables.items.iloc[::-1].reset_index(drop=True),
        reviewed_tags=tables.reviewed_tags.sample(frac=1, random_state=3).reset_index(drop=True),
        contributions=tables.contributions.iloc[::-1].reset_index(drop=True),
    )
    assert list(read_items(mixed).values()) == list(read_items(tables).values())
    assert isinstance(tables.items, pd.DataFrame)
