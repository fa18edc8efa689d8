"""What stands around ideas: its ids, where it stands, and how it is shown without names."""

import json
from dataclasses import replace

import pandas as pd
from atelier import frame, workshop
from labelled import each

from pipeline.workshop.items import unnaming_of
from pipeline.workshop.labels import FILE, label_id, read_labels
from pipeline.workshop.load import read_material
from pipeline.workshop.records import hidden, masking
from pipeline.workshop.tables import RestitutionTables


def with_labels(tables: RestitutionTables, masked: dict[str, list[list[int]]]) -> RestitutionTables:
    """The workshop where names are masked in some of what stands around ideas."""
    rows = [{"item_id": label_id(text), "is_hidden": False, "is_quotable": True, "masks": spans, "named": []}
            for text, spans in masked.items()]  # fmt: skip
    return replace(tables, reviewed_items=pd.concat([tables.reviewed_items, frame("reviewed_items", rows)]))


def test_each_text_around_ideas_is_read_once_with_where_it_stands_first() -> None:
    tables = workshop()
    contributions = tables.contributions.assign(
        context="Le port > Ce que dit Odile", given_group="Le bac", headings=[["Le port"]] * len(tables.contributions)
    )
    vote = {"workshop": "a", "source": "cr.md", "locator": "ligne 9", "side": "pour", "n": 9, "evidence": "vote"}
    positions = frame("positions", [
        {"position_id": "p1", "about": "Élection de Lucie Morin", **vote},
        {"position_id": "p2", "about": "Le bac du soir", "target": "c1", **vote},
    ])  # fmt: skip
    found = {one.text: one for one in read_labels(contributions, positions).values()}
    assert {"Le port", "Ce que dit Odile", "Le bac", "1", *contributions["source"]} <= found.keys()
    assert "Le bac du soir" not in found  # it is a contribution
    assert found["Le bac"].locator == "groupe fait par les participants"
    assert found[contributions["source"].iloc[0]].locator == FILE
    assert found["Élection de Lucie Morin"].locator == "ce qui est demandé ou voté"
    assert all(key == label_id(one.text) for key, one in read_labels(contributions, positions).items())


def test_what_stands_around_ideas_is_shown_without_the_names_that_are_masked_there() -> None:
    tables = workshop()
    rows = len(tables.contributions)
    tables = replace(tables, contributions=tables.contributions.assign(
        source=["odile.csv", "bruno.csv"] * (rows // 2) + ["odile.csv"] * (rows % 2),
        context="La rue Odile > Ce que dit Odile",
        table="Odile",
        attributes=json.dumps({"porte par": "Odile"}),
    ))  # fmt: skip
    masked = {"odile.csv": [[0, 5]], "bruno.csv": [[0, 5]], "Ce que dit Odile": [[11, 16]], "Odile": [[0, 5]]}
    tables = with_labels(tables, masked | {"La rue Odile": []})
    items = read_material(tables).items.values()
    assert {item.context for item in items} == {"La rue Odile > Ce que dit […]"}
    assert {item.source for item in items} == {"[…].csv", "[…] (2).csv"}
    assert {(item.table, item.attributes) for item in items} == {("[…]", '{"porte par": "[…]"}')}
    order = [item.item_id for item in items]
    assert order == list(read_material(replace(tables, reviewed_items=tables.reviewed_items[:0])).items)


def test_nothing_is_changed_where_no_name_is_masked() -> None:
    tables = workshop()
    assert unnaming_of(replace(tables, name_suggestions=tables.name_suggestions[:0])) is str


test_a_name_is_masked_where_it_is_a_word = each(
    lambda text: masking({"Odile"})(text),
    ("Odile, Marie-Odile et l'école Odile-Vasseur", "[…], Marie-Odile et l'école Odile-Vasseur"),
    ("d'Odile à Odile.", "d'[…] à […]."),
    ("Odiles", "Odiles"),
)


def test_spans_that_overlap_are_hidden_once() -> None:
    assert hidden("Odile Vasseur vient ce soir", 0, [(0, 13), (6, 13), (20, 22)]) == "[…] vient […] soir"
