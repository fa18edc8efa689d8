"""Pairs of ideas: the near graph, what answers tell of others, and the groups that they make."""

from __future__ import annotations

import time
from itertools import pairwise

import pandas as pd
import pytest

from pipeline.review import pairs
from pipeline.review.pairs import USUAL_CUT, Answer, Answers, NearGraph, Pair, Pool, form, joined_by, pair_of

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


def graph(*pairs: tuple[str, str, float], cut: float = 0.25) -> NearGraph:
    near: dict[str, dict[str, float]] = {}
    for one, other, chance in pairs:
        near.setdefault(one, {})[other] = chance
        near.setdefault(other, {})[one] = chance
    return NearGraph(near, dict.fromkeys(near, cut))


def formed(
    groups: dict[str, str], near: NearGraph, *said: tuple[str, str, bool], whole: str = "", weak: str = ""
) -> list[str]:
    answers = Answers()
    for one, other, value in said:
        answers.take(near, pair_of(one, other), Answer(value, "Anne"))
    places: dict[str, str | None] = {item: group for group, items in groups.items() for item in items}
    places |= dict.fromkeys(weak)
    asked: Pair = pair_of(*said[-1][:2])
    found = form(Pool(dict(sorted(places.items())), frozenset(whole)), near, answers, asked)
    return sorted("".join(sorted(cluster)) for cluster in found)


def test_yes_joins_two_groups_whose_pairs_are_likely_enough() -> None:
    near = graph(("a", "c", 0.3), ("a", "d", 0.3), ("b", "c", 0.3), ("b", "d", 0.2))
    assert formed({"X": "ab", "Y": "cd"}, near, ("a", "c", True)) == ["abcd"]


def test_yes_moves_one_idea_when_the_rest_of_its_group_is_far() -> None:
    near = graph(("a", "e", 0.4), ("a", "f", 0.4), ("a", "g", 0.4))
    assert formed({"X": "abcd", "Y": "efg"}, near, ("a", "e", True)) == ["aefg", "bcd"]


def test_yes_never_makes_a_third_group() -> None:
    near = graph(("a", "e", 0.4))
    found = formed({"X": "abcd", "Y": "efgh"}, near, ("a", "e", True))
    assert len(found) == 2
    assert any({"a", "e"} <= set(cluster) for cluster in found)


def test_no_parts_a_group_in_two_and_the_others_follow_the_nearest() -> None:
    near = graph(("a", "b", 0.8), ("c", "d", 0.8), ("b", "c", 0.3))
    assert formed({"X": "abcd"}, near, ("a", "d", False)) == ["ab", "cd"]


def test_no_holds_for_all_that_was_said_together() -> None:
    near = graph(("a", "b", 0.9), ("b", "c", 0.9), ("c", "d", 0.9))
    said = (("a", "b", True), ("c", "d", True), ("b", "d", False))
    assert formed({"X": "abcd"}, near, *said) == ["ab", "cd"]


def test_what_repeats_an_idea_follows_it_and_counts_once() -> None:
    near = graph(("a", "b", 1.0), ("a", "c", 0.8), ("a", "d", 0.1), ("c", "d", 0.4))
    assert formed({"X": "abcd"}, near, ("a", "d", False)) == ["abc", "d"]
    twice = graph(("a", "b", 1.0), ("a", "c", 0.3))
    assert formed({"Y": "ab"}, twice, ("a", "c", True), weak="c") == ["abc"]


def test_a_whole_group_stays_whole() -> None:
    near = graph(("a", "e", 0.4), ("a", "f", 0.4))
    found = formed({"X": "abcd", "Y": "ef"}, near, ("a", "e", True), whole="X")
    assert any(set("abcd") <= set(cluster) for cluster in found)


def test_weak_signals_make_a_group() -> None:
    assert formed({}, graph(("a", "b", 0.1)), ("a", "b", True), weak="ab") == ["ab"]
    assert formed({}, graph(), ("a", "b", True), weak="ab") == ["ab"]


def test_in_a_large_pool_what_no_answer_is_about_stays_together(monkeypatch: pytest.MonkeyPatch) -> None:
    near = graph(("a", "b", 0.8), ("c", "d", 0.8))
    small = formed({"X": "abcde"}, near, ("a", "d", False))
    monkeypatch.setattr(pairs, "N_COMPARED", 3)
    large = formed({"X": "abcde"}, near, ("a", "d", False))
    assert small == ["abe", "cd"]
    assert sorted(map(len, large)) == [1, 4]


def test_two_large_groups_are_joined_in_no_time() -> None:
    ids = [f"i{n:05}" for n in range(6_000)]
    rows = [(one, other, 0.9, USUAL_CUT) for one, other in pairwise(ids)]
    near = NearGraph.from_table(pd.DataFrame(rows, columns=["one_item", "other_item", "chance", "cut"]))
    places = {item: "g1" if n < 3_000 else "g2" for n, item in enumerate(ids)}
    answers, asked = Answers(), pair_of(ids[0], ids[-1])
    answers.take(near, asked, Answer(True, "Anne"))
    start = time.process_time()
    found = form(Pool(places), near, answers, asked)
    assert time.process_time() - start < 5
    assert sorted(map(len, found)) == [2_999, 3_001]
    assert any({ids[0], ids[-1]} <= set(group) for group in found)
