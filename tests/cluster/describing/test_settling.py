"""Groups obey their titles."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.cluster.describing.settling import settled
from pipeline.cluster.given import nothing_beside
from pipeline.cluster.grouping.partition import Partition, partition
from pipeline.cluster.grouping.space import WEAK
from pipeline.config import load_config

PONTON = ["Le ponton du port est cassé", "Le ponton du port est dangereux", "Le ponton du port ferme en mars"]
OTHERS = ["Le loyer a doublé en trois ans", "Trop de bruit la nuit rue Haute", "La criée ferme le samedi"]


def part_of(texts: list[str], **columns: object) -> pd.DataFrame:
    n = len(texts)
    told = {
        "item_id": [f"i{row}" for row in range(n)], "text": texts, "axis": "est", "stance": "inconnu", "tied_to": None,
        "channel": "postit", "voice": None, "context": "", **columns,
    }  # fmt: skip
    return pd.DataFrame(told)


def grouped_by_hand(texts: list[str], labels: list[int]) -> tuple[Partition, np.ndarray]:
    """What the stage would have found, its groups being these."""
    from dataclasses import replace

    vectors = np.eye(len(texts), 512, dtype=np.float16)
    found = partition(texts, vectors, 0, beside=nothing_beside(vectors))
    if found.space is None:  # groups of nothing have no space: one is made of repeats
        found = replace(partition([*texts, texts[0]], np.vstack([vectors, vectors[:1]]), 0, beside=None))
    near = partition(texts, vectors, 0, beside=nothing_beside(vectors)).near
    numbers = np.array(labels, dtype=np.int64)
    n_groups = int(numbers.max()) + 1
    medoids = np.array([int(np.flatnonzero(numbers == label)[0]) for label in range(n_groups)])
    strengths, stacks = np.full(len(texts), 0.5), np.where(numbers >= 0, np.arange(len(texts)), WEAK)
    return replace(found, labels=numbers, strengths=strengths, stacks=stacks, medoids=medoids, near=near), vectors


def groups_after(texts: list[str], labels: list[int], **columns: object) -> set[frozenset[str]]:
    found, vectors = grouped_by_hand(texts, labels)
    part = part_of(texts, **columns)
    after = settled(part, found, vectors, vectors, load_config().cluster, lambda asked: np.zeros((len(asked), 512)))
    assert len(after.labels) == len(texts)
    assert (after.stacks >= 0).tolist() == (after.labels >= 0).tolist()
    return {
        frozenset(text for text, label in zip(texts, after.labels, strict=True) if label == number)
        for number in range(after.n_groups)
    }


def test_a_group_that_its_title_is_true_of_stays_as_it_is() -> None:
    assert groups_after([*PONTON, *OTHERS], [0, 0, 0, -1, -1, -1]) == {frozenset(PONTON)}


def test_what_is_surely_not_what_the_title_says_leaves() -> None:
    assert groups_after([*PONTON, *OTHERS], [0, 0, 0, 0, -1, -1]) == {frozenset(PONTON)}


def test_a_group_of_which_no_title_is_true_stays_as_it_is() -> None:
    assert groups_after([*OTHERS, *PONTON], [0, 0, 0, -1, -1, -1]) == {frozenset(OTHERS)}


def test_what_was_said_under_the_heading_of_the_others_stays() -> None:
    found = groups_after([*PONTON, *OTHERS], [0, 0, 0, 0, -1, -1], context="Le port")
    assert found == {frozenset([*PONTON, OTHERS[0]])}


def test_two_groups_of_one_title_are_one() -> None:
    more = ["Le ponton du port prend l'eau", "Le ponton du port bouge trop", "Le ponton du port rouille"]
    assert groups_after([*PONTON, *more, *OTHERS], [0, 0, 0, 1, 1, 1, -1, -1, -1]) == {frozenset([*PONTON, *more])}


def test_a_group_that_participants_made_stays_whole() -> None:
    texts = [*PONTON, *OTHERS]
    assert groups_after(texts, [0] * 6, made="Notre port") == {frozenset(texts)}


def test_what_repeats_an_idea_goes_where_it_goes() -> None:
    texts = [*PONTON, *OTHERS]
    tied = [None, None, None, None, None, "i0"]
    (group,) = (one for one in groups_after(texts, [0] * 6, tied_to=tied) if PONTON[0] in one)
    assert texts[5] in group
