"""What people answered about pairs."""

from __future__ import annotations

from pipeline.review.pairs.answers import Answer, Answers, joined_by
from pipeline.review.pairs.graph import NearGraph, pair_of

GRAPH = NearGraph({"a": {"b": 0.5, "c": 0.4}, "b": {"a": 0.5, "c": 0.2}, "c": {"a": 0.4, "b": 0.2}})


def answers(*said: tuple[str, str, bool | None], graph: NearGraph = GRAPH) -> Answers:
    found = Answers()
    for one, other, value in said:
        found.take(graph, pair_of(one, other), Answer(value, "Anne"))
    return found


def test_yes_goes_through_others() -> None:
    found = answers(("a", "b", True), ("c", "b", True))
    assert found.known("a", "c") is True
    assert found.known("a", "d") is None


def test_no_holds_for_all_that_goes_with_either() -> None:
    found = answers(("a", "b", True), ("c", "d", True), ("b", "c", False))
    assert found.known("a", "d") is False
    assert found.known("a", "b") is True


def test_two_noes_tell_nothing_of_the_third_pair() -> None:
    assert answers(("a", "b", False), ("a", "c", False)).known("b", "c") is None


def test_not_knowing_tells_nothing() -> None:
    found = answers(("a", "b", None))
    assert found.known("a", "b") is None
    assert found.chance(GRAPH, "b", "c") == 0.2


def test_what_goes_with_one_of_two_that_are_apart_goes_less_with_the_other() -> None:
    found = answers(("a", "b", False))
    assert found.chance(GRAPH, "b", "c") == 0.2 * (1 - 0.4)
    assert found.chance(GRAPH, "c", "a") == 0.4 * (1 - 0.2)


def test_the_last_answer_of_a_pair_replaces_the_first() -> None:
    found = answers(("a", "b", False), ("a", "b", True))
    assert found.known("a", "b") is True
    assert found.chance(GRAPH, "b", "c") == 0.2
    assert len(found.said) == 1


def test_an_answer_against_others_is_told_with_them() -> None:
    found = answers(("a", "b", True), ("b", "c", True), ("c", "d", False))
    assert found.against(("a", "c"), False) == [("a", "b"), ("b", "c")]
    assert found.against(("a", "d"), True) == [("c", "d")]
    assert found.against(("a", "b"), False) == []  # of the very same pair: a change of mind
    assert found.against(("a", "c"), True) == []


def test_a_copy_is_independent() -> None:
    first = answers(("a", "b", False))
    other = first.copy()
    other.take(GRAPH, ("b", "c"), Answer(True, "Marc"))
    assert first.known("b", "c") is None
    assert other.known("a", "c") is False


def test_joined_by_pairs() -> None:
    assert joined_by([("b", "c"), ("d", "c"), ("e", "f")]) == {"b": "b", "c": "b", "d": "b", "e": "e", "f": "e"}
