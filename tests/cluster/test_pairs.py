"""Pairs of ideas: what tells that they belong together, the chances, their tree and its two levels."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from pipeline.cluster import pairs as module
from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.cluster.grouping.space import points_of
from pipeline.cluster.pairs import (
    N_NEIGHBOURS,
    N_UNDER_HEADING,
    SITUATIONS,
    Ideas,
    NearPairs,
    Pairs,
    average_tree,
    chances,
    cut_tree,
    grouped,
    inside,
    load_pairs,
    near_pairs,
    no_pairs,
    nothing_beside,
    pairs_of,
    situations,
)
from pipeline.language.models.encoders import load_encoder
from pipeline.learned import Linear

PARK = [
    "Ajouter des bancs au parc",
    "La cantine est bruyante",
    "Le gymnase ferme trop tôt",
    "Plus de bancs dans le parc",
    "Pourquoi le gymnase ferme-t-il si tôt ?",
]
HEADINGS = ["Dehors", "Dedans", "Dedans", "Dehors", ""]


@pytest.fixture
def ideas() -> Callable[..., Ideas]:
    def make(texts: Sequence[str], headings: Sequence[str] | None = None) -> Ideas:
        above = list(headings) if headings is not None else [""] * len(texts)
        encoder = load_encoder()
        vectors, of_headings = (encoder.encode(list(part)).astype(np.float16) for part in (texts, above))
        meanings = load_likeness()(vectors, None)
        beside = replace(nothing_beside(vectors), headings=above, of_headings=of_headings)
        return Ideas(texts, meanings, points_of(texts, meanings, 20), beside)

    return make


def given(ideas: Ideas, **known: object) -> Ideas:
    """The same ideas, with more known beside them."""
    return replace(ideas, beside=replace(ideas.beside, **known))  # type: ignore[arg-type]


def told(pairs: Pairs, name: str) -> dict[tuple[int, int], float]:
    values = pairs.features[:, pairs.names.index(name)].tolist()
    return dict(zip(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True), values, strict=True))


@pytest.mark.parametrize("name", ["topics", "meanings", "points", "words", "letters", "rarest_shared"])
def test_benches_are_nearer_to_benches_than_to_the_canteen(ideas: Callable[..., Ideas], name: str) -> None:
    found = told(pairs_of(ideas(PARK)), name)
    assert found[0, 3] > found[0, 1]


def test_headings_are_told_where_there_are_any(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(ideas(PARK, HEADINGS))
    same, missing = told(pairs, "same_heading"), told(pairs, "heading_missing")
    assert {pair for pair, value in same.items() if value} == {(0, 3), (1, 2)}
    assert {pair for pair, value in missing.items() if value} == {(0, 4), (1, 4), (2, 4), (3, 4)}
    assert all(told(pairs_of(ideas(PARK)), "heading_missing").values())
    assert not any(told(pairs_of(ideas(PARK)), "same_heading").values())


def test_one_heading_above_all_tells_nothing(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(ideas(PARK, ["Vos idées"] * 5))
    assert all(told(pairs, "heading_missing").values())
    assert not any(told(pairs, "same_heading").values())


def test_a_pair_is_in_the_situation_of_what_is_known_of_both(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(given(ideas(PARK, HEADINGS), places=np.array([1, 2, -1, 3, 4])))
    found = dict(
        zip(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True), situations(pairs).tolist(), strict=True)
    )
    told_so = {pair: SITUATIONS[number] for pair, number in found.items()}
    assert (told_so[0, 1], told_so[0, 2], told_so[0, 4], told_so[2, 4]) == (
        "headed_ordered",
        "headed",
        "ordered",
        "bare",
    )


def test_what_was_said_one_after_the_other_is_told(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(given(ideas(PARK, HEADINGS), places=np.array([10, 11, 12, 40, -1])))
    assert {pair for pair, value in told(pairs, "next").items() if value} == {(0, 1), (1, 2)}
    assert {pair for pair, value in told(pairs, "few_between").items() if value} == {(0, 1), (0, 2), (1, 2)}
    assert {pair for pair, value in told(pairs, "next_under_heading").items() if value} == {(1, 2)}
    assert {pair for pair, value in told(pairs, "no_order").items() if value} == {(0, 4), (1, 4), (2, 4), (3, 4)}
    side = told(pairs, "side_by_side")
    assert side[0, 1] > side[0, 2] > side[0, 3] > side[0, 4] == 0


def test_ideas_that_follow_each_other_are_compared() -> None:
    n = 400
    vectors = np.random.default_rng(2).normal(size=(n, 64)).astype(np.float16)
    points = vectors.astype(np.float32) / np.linalg.norm(vectors.astype(np.float32), axis=1, keepdims=True)
    texts = [f"Idée {row} du lieu {row % 70}" for row in range(n)]
    read = pairs_of(Ideas(texts, vectors, points, replace(nothing_beside(vectors), places=np.arange(n))))
    known = set(zip(read.one.tolist(), read.other.tolist(), strict=True))
    assert {(row, row + step) for step in (1, 2, 3) for row in range(n - step)} <= known


def test_questions_are_told(ideas: Callable[..., Ideas]) -> None:
    pairs = pairs_of(ideas(PARK))
    assert {pair for pair, value in told(pairs, "one_asks").items() if value} == {(0, 4), (1, 4), (2, 4), (3, 4)}
    assert not any(told(pairs, "both_ask").values())


def test_the_order_of_ideas_moves_no_feature(ideas: Callable[..., Ideas]) -> None:
    order = np.array([3, 0, 4, 2, 1])
    before = pairs_of(ideas(PARK, HEADINGS))
    after = pairs_of(ideas([PARK[row] for row in order], [HEADINGS[row] for row in order]))
    assert len(before.names) > 40 and after.names == before.names
    for name in before.names:
        moved = {tuple(sorted((order[a], order[b]))): value for (a, b), value in told(after, name).items()}
        assert moved == pytest.approx(told(before, name), abs=1e-4), name


def test_candidates_are_bounded_under_one_heading() -> None:
    """Two thousand ideas under one heading: no more pairs an idea than among twenty, in little time."""
    n = 2_000
    random = np.random.default_rng(1)
    vectors = random.normal(size=(n, 32)).astype(np.float16)
    heading = np.repeat(random.normal(size=(1, 32)).astype(np.float16), n, axis=0)
    texts = [f"Idée {row} du lieu {row % 700} pour le jour {row % 31}" for row in range(n)]
    points = vectors.astype(np.float32) / np.linalg.norm(vectors.astype(np.float32), axis=1, keepdims=True)
    started = time.perf_counter()
    beside = replace(nothing_beside(vectors), headings=["Vos idées"] * n, of_headings=heading)
    pairs = pairs_of(Ideas(texts, vectors, points, beside))
    assert time.perf_counter() - started < 60  # a quarter of it on a machine at rest
    assert len(pairs.one) <= n * (6 * N_NEIGHBOURS + N_UNDER_HEADING)


def test_the_shipped_weights_are_of_the_features_in_their_order(ideas: Callable[..., Ideas]) -> None:
    names = pairs_of(ideas(["Un four à pain", "Un potager", "Une ruche"])).names
    model = load_pairs()
    for learnt in (model.together, model.same):
        assert len(learnt) == len(SITUATIONS)
        assert all(one.inputs == names and one.weights.shape == (1, len(names)) for one in learnt)


def test_each_pair_is_read_by_the_regression_of_its_situation() -> None:
    regressions = tuple(Linear(np.zeros((1, 1)), np.array([bias])) for bias in (-2.0, -1.0, 1.0, 2.0))
    found = chances(regressions, np.zeros((4, 1)), np.array([3, 0, 1, 2]))
    assert found.tolist() == pytest.approx([0.880797, 0.119203, 0.268941, 0.731059])


ALIKE = [
    "Plus de bancs dans le parc", "Ajouter des bancs au parc", "La cantine est bruyante", "Trop de bruit à la cantine",
    "Le gymnase ferme trop tôt", "Former les bénévoles au secourisme",
]  # fmt: skip


def sets(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == one).tolist()) for one in set(labels.tolist())}


def test_what_says_the_same_stands_together_and_the_rest_alone(ideas: Callable[..., Ideas]) -> None:
    found = sets(grouped(ideas(ALIKE), load_pairs()).groups)
    assert found == {frozenset({0, 1}), frozenset({2, 3}), frozenset({4}), frozenset({5})}


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_and_one_idea_make_no_pair(n: int) -> None:
    empty = np.zeros((n, 4), dtype=np.float16)
    found = grouped(Ideas(ALIKE[:n], empty, empty.astype(np.float32), nothing_beside(empty)), load_pairs())
    assert found.groups.tolist() == found.stacks.tolist() == [0] * n
    assert listed(found.near) == listed(no_pairs()) == []
    assert listed(no_pairs().among(np.zeros(0, dtype=np.int64), np.array([-1, -1]))) == []


def test_stacks_are_nested_in_groups(ideas: Callable[..., Ideas]) -> None:
    found = grouped(ideas(ALIKE), replace(load_pairs(), cut=0.9, cut_same=0.0))
    assert len(set(found.stacks.tolist())) == len(set(found.groups.tolist()))
    again = grouped(ideas(ALIKE), replace(load_pairs(), cut=0.0, cut_same=1.0))
    assert set(again.groups.tolist()) == {0}
    assert len(set(again.stacks.tolist())) == len(ALIKE)


def pairs(n: int, *chosen: tuple[int, int]) -> Pairs:
    one, other = (np.array([pair[side] for pair in chosen], dtype=np.int64) for side in (0, 1))
    return Pairs(n, one, other, np.zeros((len(chosen), 1), dtype=np.float32), ("nothing",))


def cut(read: Pairs, chances: list[float], at: float) -> set[frozenset[int]]:
    return sets(cut_tree(average_tree(read, np.array(chances)), at))


def test_two_groups_join_where_their_pairs_have_a_mean_chance_of_the_cut() -> None:
    three = pairs(4, (0, 1), (0, 2), (1, 2))
    chances = [0.9, 0.5, 0.1]
    assert cut(three, chances, 0.3) == {frozenset({0, 1, 2}), frozenset({3})}
    assert cut(three, chances, 0.31) == {frozenset({0, 1}), frozenset({2}), frozenset({3})}


def test_pairs_that_are_no_candidates_part_groups() -> None:
    chain = pairs(4, (0, 1), (1, 2), (2, 3))
    assert cut(chain, [0.9, 0.2, 0.9], 0.2) == {frozenset({0, 1}), frozenset({2, 3})}


@pytest.mark.parametrize(("n", "n_kept"), [(1, 1), (5, 4), (61, 60), (130, 60), (1_000, 60), (3_351, 60)])
@pytest.mark.parametrize("whole", [np.int32, np.int64])
def test_the_smallest_of_each_row_are_those_of_a_whole_sort(n: int, n_kept: int, whole: type[np.integer]) -> None:
    random = np.random.default_rng(n)
    rows = np.array([random.permutation(3 * n)[:n] - n for _ in range(9)], dtype=whole)
    found = module._smallest(rows, n_kept)
    assert np.array_equal(found, np.sort(rows, axis=1)[:, :n_kept])
    assert found.dtype == whole


@pytest.mark.parametrize(("chance", "n_groups"), [(0.5, 2), (0.4999996, 2), (0.499, 3)])
def test_two_ideas_are_one_group_from_the_cut_on_as_their_tree_is(chance: float, n_groups: int) -> None:
    pairs = Pairs(3, np.array([0]), np.array([2]), np.zeros((1, 0), dtype=np.float32), ())
    found = module.cut_groups(pairs, np.array([chance]), 0.5)
    assert len(set(found.tolist())) == n_groups
    tree = cut_tree(average_tree(pairs, np.array([chance])), 0.5)
    assert np.array_equal(inside(found, tree), inside(found, found))
    assert len(set(tree.tolist())) == n_groups


def test_parts_are_cut_along_groups() -> None:
    found = inside(np.array([0, 0, 1, 1]), np.array([5, 5, 5, 2]))
    assert sets(found) == {frozenset({0, 1}), frozenset({2}), frozenset({3})}


def listed(found: NearPairs) -> list[tuple[int, int, float]]:
    return list(zip(found.one.tolist(), found.other.tolist(), found.chances.tolist(), strict=True))


def test_a_pair_is_kept_when_it_is_among_the_likeliest_of_one_of_its_ideas(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "N_NEAR", 1)
    found = near_pairs(pairs(4, (0, 1), (0, 2), (1, 2), (2, 3)), np.array([0.9, 0.3, 0.4, 0.5]))
    assert listed(found) == [(0, 1, 0.9), (2, 3, 0.5)]


def test_what_is_too_unlikely_is_not_kept() -> None:
    assert listed(near_pairs(pairs(3, (0, 1), (1, 2)), np.array([0.04, 0.06]))) == [(1, 2, 0.06)]


def test_what_repeats_an_idea_is_surely_with_it() -> None:
    read = near_pairs(pairs(2, (0, 1)), np.array([0.6]))
    spread = read.among(np.array([1, 3]), np.array([1, 0, -1, 1]))  # row 0 repeats the idea of row 3; row 2 has no word
    assert listed(spread) == [(0, 3, 1.0), (1, 3, 0.6)]


def test_what_is_left_out_makes_no_pair() -> None:
    read = near_pairs(pairs(3, (0, 1), (1, 2)), np.array([0.6, 0.7]))
    assert listed(read.without(np.array([True, False, False]))) == [(1, 2, 0.7)]
