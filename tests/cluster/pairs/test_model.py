"""The weights of the pair model: what is read is what was learnt."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from pipeline.cluster.pairs.features import SITUATIONS, Ideas, pairs_of
from pipeline.cluster.pairs.model import chances, load_pairs
from pipeline.learned import Linear


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


def test_what_says_the_same_is_in_one_column(ideas: Callable[..., Ideas]) -> None:
    given = ideas(["Plus de bancs dans le parc", "Ajouter des bancs au parc", "Le gymnase ferme tôt", "Un four à pain"])
    told = load_pairs().read(pairs_of(given))
    assert told.together.argmax() == told.same.argmax() == 0
    assert told.together[0] > 0.5 > told.together[1:].max()
    assert (told.same[1:] < told.together[1:]).all()
