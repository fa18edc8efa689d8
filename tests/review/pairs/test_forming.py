"""Groups under answers."""

from __future__ import annotations

import pytest

from pipeline.review.pairs import forming
from pipeline.review.pairs.answers import Answer, Answers
from pipeline.review.pairs.forming import Pool, form
from pipeline.review.pairs.graph import NearGraph, Pair, pair_of


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
    monkeypatch.setattr(forming, "N_COMPARED", 3)
    large = formed({"X": "abcde"}, near, ("a", "d", False))
    assert small == ["abe", "cd"]
    assert sorted(map(len, large)) == [1, 4]
