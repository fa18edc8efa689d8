"""The weights of the pair model: what is read is what was learnt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.cluster.pairs.features import SITUATIONS, Ideas, pairs_of
from pipeline.cluster.pairs.model import (
    WEIGHTS,
    Logistic,
    Regression,
    load_metrics,
    load_pairs,
    pairs_sha256,
    save_pairs,
)
from pipeline.errors import ModelError


def test_the_shipped_weights_are_of_the_features_in_their_order(ideas: Callable[..., Ideas]) -> None:
    names = pairs_of(ideas(["Un four à pain", "Un potager", "Une ruche"])).names
    model = load_pairs()
    for learnt in (model.together.by_situation, model.same.by_situation):
        assert len(learnt) == len(SITUATIONS)
        assert all(one.names == names and len(one.weights) == len(names) for one in learnt)


def test_each_pair_is_read_by_the_regression_of_its_situation() -> None:
    logistics = tuple(Logistic(("x",), np.array([0.0]), bias) for bias in (-2.0, -1.0, 1.0, 2.0))
    found = Regression(logistics)(np.zeros((4, 1)), np.array([3, 0, 1, 2]))
    assert found.tolist() == pytest.approx([0.880797, 0.119203, 0.268941, 0.731059])


def test_what_says_the_same_is_in_one_column(ideas: Callable[..., Ideas]) -> None:
    given = ideas(["Plus de bancs dans le parc", "Ajouter des bancs au parc", "Le gymnase ferme tôt", "Un four à pain"])
    told = load_pairs().read(pairs_of(given))
    assert told.together.argmax() == told.same.argmax() == 0
    assert told.together[0] > 0.5 > told.together[1:].max()
    assert (told.same[1:] < told.together[1:]).all()


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    save_pairs(tmp_path, load_pairs())
    again = load_pairs(tmp_path)
    for name in ("together", "same"):
        both = (getattr(model, name).by_situation for model in (again, load_pairs()))
        for read, kept in zip(*both, strict=True):
            assert (read.names, read.weights.tolist(), read.bias) == (kept.names, kept.weights.tolist(), kept.bias)
    assert (again.cut, again.cut_same) == (load_pairs().cut, load_pairs().cut_same)


@pytest.mark.parametrize("content", [None, "", "{}", '{"format": 0}'])
def test_weights_that_are_missing_or_altered_are_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / WEIGHTS).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="train --profile groupes"):
        load_pairs(tmp_path)


def test_measures_that_are_missing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        load_metrics(tmp_path)


def test_the_sha256_is_of_the_weights(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        pairs_sha256(tmp_path)
    save_pairs(tmp_path, load_pairs())
    before = pairs_sha256(tmp_path)
    save_pairs(tmp_path, replace(load_pairs(), cut=0.9))
    assert pairs_sha256(tmp_path) != before
