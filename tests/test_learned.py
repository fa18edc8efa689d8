"""Linear models: what they give, and folders that are missing, altered or hold something else."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from pipeline.classify.reading.beside import WORTH, load_worth, save_worth
from pipeline.cluster.grouping.likeness import IDEAS, load_likeness, save_likeness
from pipeline.cluster.pairs import PAIRS, load_pairs, save_pairs
from pipeline.errors import EXIT_USAGE, ModelError
from pipeline.language.syntax.standing import ALONE, load_alone, save_alone
from pipeline.learned import MANIFEST, METRICS, WEIGHTS, Linear, ModelFolder, Perceptron, packed, save, unpacked
from pipeline.workbench.learning import as_linear

SHIPPED: dict[str, tuple[ModelFolder, Callable[..., Any], Callable[[Path, Any], None]]] = {
    "pairs": (PAIRS, load_pairs, save_pairs),
    "worth": (WORTH, load_worth, lambda folder, model: save_worth(folder, model.head, model.encoder_sha256)),
    "ideas": (IDEAS, load_likeness, save_likeness),
    "alone": (ALONE, load_alone, save_alone),
}
some_model = pytest.mark.parametrize(("shipped", "load", "write"), SHIPPED.values(), ids=SHIPPED)


@some_model
def test_a_shipped_model_is_written_again_byte_for_byte(
    tmp_path: Path, shipped: ModelFolder, load: Callable[..., Any], write: Callable[[Path, Any], None]
) -> None:
    write(tmp_path, load(shipped.path))
    for name in (MANIFEST, WEIGHTS):
        assert (tmp_path / name).read_bytes() == (shipped.path / name).read_bytes()


@some_model
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (MANIFEST, None, r"model\.json : ce chemin n'existe pas"),
        (MANIFEST, b"", "Expecting value"),
        (MANIFEST, b"{}", "format"),
        (MANIFEST, b'{"format": 0}', "format 0"),
        (WEIGHTS, None, r"weights\.npz : ce chemin n'existe pas"),
        (WEIGHTS, b"PK", r"weights\.npz a changé"),
    ],
)
def test_a_missing_or_altered_file_is_told_with_what_to_do(
    tmp_path: Path,
    shipped: ModelFolder,
    load: Callable[..., Any],
    write: Callable[[Path, Any], None],
    name: str,
    content: bytes | None,
    told: str,
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(shipped.path, folder)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    again = f"git checkout -- models/{shipped.name}.*rosace train --profile"
    with pytest.raises(ModelError, match=f"{told}.*{again}") as refused:
        load(folder)
    assert refused.value.exit_code == EXIT_USAGE


@some_model
def test_weights_of_something_else_are_refused_although_their_sha256_is_right(
    tmp_path: Path, shipped: ModelFolder, load: Callable[..., Any], write: Callable[[Path, Any], None]
) -> None:
    facts = json.loads((shipped.path / MANIFEST).read_bytes())["facts"]
    for heads in ({}, {name: Linear(np.ones((1, 2)), np.ones(1), ("a", "b")) for name in ("est", "covers", "answers")}):
        save(tmp_path, heads, facts)
        with pytest.raises(ModelError):
            load(tmp_path)
    content = b"no archive"
    (tmp_path / WEIGHTS).write_bytes(content)
    manifest = {"format": 1, "sha256": hashlib.sha256(content).hexdigest(), "facts": facts}
    (tmp_path / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError):
        load(tmp_path)


def test_the_sha256_is_that_of_the_manifest_which_names_that_of_the_weights(tmp_path: Path) -> None:
    model = {"one": Linear(np.ones((1, 2)), np.zeros(1))}
    save(tmp_path, model, {"cut": 0.5})
    before = PAIRS.sha256(tmp_path)
    assert before == hashlib.sha256((tmp_path / MANIFEST).read_bytes()).hexdigest()
    save(tmp_path, model, {"cut": 0.6})
    assert PAIRS.sha256(tmp_path) != before
    save(tmp_path, {"one": Linear(np.ones((1, 2)), np.ones(1))}, {"cut": 0.5})
    assert PAIRS.sha256(tmp_path) != before
    with pytest.raises(ModelError, match=r"model\.json : ce chemin n'existe pas.*git checkout -- models/pairs"):
        PAIRS.sha256(tmp_path / "nowhere")


def test_measures_are_read_or_told_missing(tmp_path: Path) -> None:
    assert PAIRS.metrics()["walls"]
    with pytest.raises(ModelError, match=METRICS):
        PAIRS.metrics(tmp_path)


def test_heads_are_packed_with_their_names_and_in_their_precision() -> None:
    one = Linear(np.ones((2, 3), dtype=np.float32), np.zeros(2), ("a", "b", "c"), ("oui", "non"))
    found = unpacked(packed({"one": one, "bare": Linear(np.ones((1, 1)), np.ones(1))}))
    assert (found["one"].inputs, found["one"].outputs) == (one.inputs, one.outputs)
    assert (found["one"].weights.dtype, found["one"].bias.dtype) == (np.float32, np.float64)
    assert (found["bare"].inputs, found["bare"].outputs) == ((), ())
    assert packed({"one": one}) == packed({"one": one})


def test_a_model_in_half_precision_is_read_in_single_one() -> None:
    head = Linear(np.full((1, 2), 1 / 3), np.full(1, 1 / 3)).halved()
    found = unpacked(packed({"head": head}))["head"]
    assert (found.weights.dtype, found.bias.dtype) == (np.float32, np.float64)
    assert found.weights.tolist() == [[float(np.float16(1 / 3))] * 2]


@pytest.mark.parametrize("classes", [("non", "oui"), ("a", "b", "c")])
def test_a_regression_of_scikit_learn_names_the_same_class_and_gives_the_same_chances(classes: tuple[str, ...]) -> None:
    features = np.random.default_rng(0).normal(size=(60, 3))
    names = np.array(classes)[np.arange(60) % len(classes)]
    fitted = LogisticRegression().fit(features, names)
    head = as_linear(fitted)
    assert head.best(features).tolist() == fitted.predict(features).tolist()
    assert head.shares(features) == pytest.approx(fitted.predict_proba(features))


def test_chances_are_of_each_output_and_shares_of_all() -> None:
    head = Linear(np.array([[2.0], [0.0]]), np.array([-1.0, 0.0]))
    assert head.chances(np.array([[0.5]])).tolist() == [[0.5, 0.5]]
    assert head.shares(np.array([[0.5], [100.0]])).tolist() == [[0.5, 0.5], [1.0, pytest.approx(0.0)]]


def test_a_perceptron_reads_the_positive_part_of_its_hidden_units() -> None:
    hidden = Linear(np.array([[1.0, 0.0], [0.0, -1.0]]), np.array([0.0, 1.0]))
    output = Linear(np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]]), np.array([0.0, 0.0, -1.0]))
    found = Perceptron(hidden, output).scores(np.array([[3.0, 0.5], [-3.0, 4.0]]))
    assert found.tolist() == [[3.0, 1.0, 2.5], [0.0, 0.0, -1.0]]
