"""Heads read by hand give what scikit-learn's give, and nothing else is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier
from skops.io import dumps, load

from pipeline.classify.reading.heads import LinearHead, Perceptron, read_heads
from pipeline.classify.reading.store import AXES_FILE, FACETS_FILE, model_folder
from pipeline.errors import ModelError
from tests.classify.reading.test_store import stored_with


@pytest.mark.parametrize("profile", ["rapide", "precis"])
@pytest.mark.parametrize("name", [AXES_FILE, FACETS_FILE])
def test_the_shipped_heads_answer_to_the_bit_what_scikit_learn_answers(profile: str, name: str) -> None:
    path = model_folder(profile) / name
    ours, theirs = read_heads(path), load(path, trusted=[])
    if not isinstance(theirs, dict):
        ours, theirs = {"axes": ours}, {"axes": theirs}
    assert ours.keys() == theirs.keys()
    for key, head in theirs.items():
        features = np.random.default_rng(0).normal(size=(200, head.coef_.shape[1])).astype(np.float32)
        assert np.array_equal(ours[key].decision_function(features), head.decision_function(features))
        assert ours[key].predict(features).tolist() == head.predict(features).tolist()


def test_two_classes_have_one_score(tmp_path: Path) -> None:
    features = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)
    head = LogisticRegression().fit(features, np.where(features[:, 0] > 0, "oui", "non"))
    (tmp_path / "head.skops").write_bytes(dumps(head))
    found = read_heads(tmp_path / "head.skops")
    assert np.array_equal(found.decision_function(features), head.decision_function(features))
    assert found.predict(features).tolist() == head.predict(features).tolist()


def test_a_perceptron_reads_the_positive_part_of_its_hidden_units() -> None:
    hidden = LinearHead(np.array([[1.0, 0.0], [0.0, -1.0]]), np.array([0.0, 1.0]), np.arange(2))
    output = LinearHead(np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]]), np.array([0.0, 0.0, -1.0]), np.arange(3))
    found = Perceptron(hidden, output).decision_function(np.array([[3.0, 0.5], [-3.0, 4.0]]))
    assert found.tolist() == [[3.0, 1.0, 2.5], [0.0, 0.0, -1.0]]


def test_another_kind_of_object_is_refused(tmp_path: Path) -> None:
    tree = DecisionTreeClassifier().fit([[0.0], [1.0]], [0, 1])
    (tmp_path / AXES_FILE).write_bytes(dumps(tree))
    with pytest.raises(ModelError, match="DecisionTree"):
        stored_with(tmp_path).open_heads(AXES_FILE)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / AXES_FILE).write_bytes(content)
    with pytest.raises(ModelError, match="make train"):
        stored_with(tmp_path).open_heads(AXES_FILE)
