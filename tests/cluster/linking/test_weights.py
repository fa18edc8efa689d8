"""The weights of the links: read as they were written, what is missing or holds something else told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cluster.linking.answer_score import INTERCEPT, SIGNS
from pipeline.cluster.linking.weights import WEIGHTS_FILE, load_weights, save_weights, weights_sha256
from pipeline.errors import ModelError


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        '{"format": 0, "weights": {}}',
        '{"format": 1, "weights": {"meaning": 1}}',
        '{"format": 1, "weights": 3}',
    ],
    ids=["empty", "no format", "another format", "a sign alone", "no weights"],
)
def test_a_file_that_holds_something_else_is_refused_with_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / WEIGHTS_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="learn_links"):
        load_weights(tmp_path)


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    weights = {name: float(place) for place, name in enumerate((INTERCEPT, *SIGNS))}
    save_weights(tmp_path, weights)
    assert load_weights(tmp_path) == weights


def test_a_file_that_is_missing_is_told_with_what_to_put_back(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"n'existe pas.*git checkout -- models/links"):
        load_weights(tmp_path)
    with pytest.raises(ModelError, match=r"n'existe pas.*git checkout -- models/links"):
        weights_sha256(tmp_path)


def test_other_weights_have_another_sha256(tmp_path: Path) -> None:
    weights = dict.fromkeys((INTERCEPT, *SIGNS), 1.0)
    save_weights(tmp_path, weights)
    before = weights_sha256(tmp_path)
    save_weights(tmp_path, weights | {INTERCEPT: -1.0})
    assert weights_sha256(tmp_path) != before
