"""The near pairs of a run as a graph."""

from __future__ import annotations

import pandas as pd

from pipeline.review.pairs.graph import USUAL_CUT, NearGraph, pair_of

TABLE = pd.DataFrame(
    [("a", "b", 0.6, 0.15), ("a", "c", 1.0, 0.15)], columns=["one_item", "other_item", "chance", "cut"]
)


def test_a_pair_is_known_from_both_ends() -> None:
    graph = NearGraph.from_table(TABLE)
    assert graph.around("b") == {"a": 0.6}
    assert graph.around("a") == {"b": 0.6, "c": 1.0}
    assert graph.around("z") == {}
    assert graph.pairs == (("a", "b", 0.6),)
    assert pair_of("b", "a") == pair_of("a", "b") == ("a", "b")


def test_what_repeats_an_idea_is_not_merely_near() -> None:
    graph = NearGraph.from_table(TABLE)
    assert graph.repeats("a") == ["c"]
    assert graph.repeats("c") == ["a"]
    assert graph.repeats("b") == []


def test_the_cut_is_that_of_the_axis() -> None:
    graph = NearGraph.from_table(TABLE)
    assert graph.cut_of(["z", "b"]) == 0.15
    assert graph.cut_of(["z"]) == USUAL_CUT
