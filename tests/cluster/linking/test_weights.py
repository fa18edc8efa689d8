"""The weights of the links: read as they were written, what is missing or holds something else told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.cluster.linking.answer_score import INTERCEPT
from pipeline.cluster.linking.weights import (
    SIGNS_OF,
    WEIGHTS_FILE,
    KindWeights,
    load_weights,
    save_weights,
    weights_sha256,
)
from pipeline.errors import ModelError


def some_weights(intercept: float = 0.0) -> dict[str, KindWeights]:
    return {
        kind: KindWeights({INTERCEPT: intercept, **{name: float(row) for row, name in enumerate(names)}}, 0.3, 0.6)
        for kind, names in SIGNS_OF.items()
    }


@pytest.mark.parametrize(
    "content",
    ["", "{}", '{"format": 0}', '{"format": 2, "answers": {"kept": 1, "told": 1, "weights": {"meaning": 1}}}'],
    ids=["empty", "no format", "another format", "a sign alone"],
)
def test_a_file_that_holds_something_else_is_refused_with_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / WEIGHTS_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="--profile liens"):
        load_weights(tmp_path)


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    save_weights(tmp_path, some_weights())
    assert load_weights(tmp_path) == some_weights()


def test_a_file_that_is_missing_is_told_with_what_to_put_back(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"n'existe pas.*git checkout -- models/links"):
        load_weights(tmp_path)
    with pytest.raises(ModelError, match=r"n'existe pas.*git checkout -- models/links"):
        weights_sha256(tmp_path)


def test_other_weights_have_another_sha256(tmp_path: Path) -> None:
    save_weights(tmp_path, some_weights())
    before = weights_sha256(tmp_path)
    save_weights(tmp_path, some_weights(-1.0))
    assert weights_sha256(tmp_path) != before


def test_probabilities_follow_the_signs() -> None:
    kind = KindWeights({INTERCEPT: -1.0, "near": 2.0}, 0.3, 0.6)
    assert kind.probabilities(np.array([[0.5], [0.0]])).tolist() == [0.5, 0.2689]
