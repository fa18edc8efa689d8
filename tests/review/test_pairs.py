"""Pairs of ideas: the near graph."""

import pandas as pd

from pipeline.review.log.state import NearGraph, pair_of

TABLE = pd.DataFrame([("a", "b", 0.6), ("a", "c", 1.0)], columns=["one_item", "other_item", "chance"])


def test_a_pair_is_known_from_both_ends() -> None:
    graph = NearGraph.from_table(TABLE)
    assert graph.near == {"a": {"b": 0.6, "c": 1.0}, "b": {"a": 0.6}, "c": {"a": 1.0}}
    assert graph.pairs == (("a", "b", 0.6),)
    assert pair_of("b", "a") == pair_of("a", "b") == ("a", "b")


def test_what_repeats_an_idea_is_not_merely_near() -> None:
    graph = NearGraph.from_table(TABLE)
    assert graph.repeats("a") == ["c"]
    assert graph.repeats("c") == ["a"]
    assert graph.repeats("b") == graph.repeats("z") == []
