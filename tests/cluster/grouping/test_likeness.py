"""What makes two texts say the same thing: the projection, how it is learnt, and what it refuses to open."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.cluster.grouping import likeness as module
from pipeline.cluster.grouping.likeness import IDEAS, load_likeness
from pipeline.errors import ModelError
from pipeline.language.models.encoders import load_encoder
from pipeline.workbench.examples import IDEAS_FOLDER, PROJECTION_FOLDER, load_ideas
from pipeline.workbench.likeness import SHRINKAGE, fit_projection


def _noisy_ideas() -> tuple[np.ndarray, list[str], list[str]]:
    """Ideas differ along the first axis; wordings of one idea differ, much more, along the second."""
    random = np.random.default_rng(3)
    keys = [f"{world}/{idea}" for world in range(4) for idea in range(10) for _ in range(20)]
    centres = {key: random.normal() for key in dict.fromkeys(keys)}
    rows = np.array([[centres[key], 2 * random.normal(), 0.1 * random.normal()] for key in keys], dtype=np.float32)
    return rows, [key.split("/")[0] for key in keys], keys


def test_the_projection_keeps_what_parts_ideas_and_gives_up_what_parts_their_wordings() -> None:
    projection = fit_projection(*_noisy_ideas(), n_dimensions=1)
    assert projection.shape == (3, 1)
    weights = np.abs(projection[:, 0])
    assert weights[0] > 2 * weights[1]  # the second coordinate varies twice as much, and tells nothing
    assert 0 < SHRINKAGE < 1


def test_what_a_workshop_has_in_common_tells_nothing() -> None:
    rows, worlds, keys = _noisy_ideas()
    moved = rows + 100 * np.array([[float(world)] for world in worlds], dtype=np.float32)
    assert np.abs(fit_projection(moved, worlds, keys, 2)) == pytest.approx(
        np.abs(fit_projection(rows, worlds, keys, 2)), abs=1e-3
    )


def test_ideas_said_once_teach_nothing() -> None:
    rows, worlds, keys = _noisy_ideas()
    alone = np.full((3, 3), 50, dtype=np.float32) * np.array([[1], [-1], [2]], dtype=np.float32)
    found = fit_projection(rows, worlds, keys, 2)
    with_alone = fit_projection(np.vstack([rows, alone]), [*worlds, "x", "y", "z"], [*keys, "a", "b", "c"], 2)
    assert np.abs(with_alone) == pytest.approx(np.abs(found), abs=1e-4)


def test_the_shipped_projections_bring_wordings_of_one_idea_together() -> None:
    texts = [
        "Il n'y a plus de médecin au village",
        "on ne trouve aucun généraliste dans le coin",
        "Créer un café associatif",
        "ouvrir un lieu convivial tenu par les habitants",
    ]
    vectors = load_encoder().encode(texts).astype(np.float16)
    found = load_likeness()(vectors).astype(np.float32)
    likeness = found @ found.T
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(4), abs=2e-3)
    assert likeness[0].argsort()[-2] == 1
    assert likeness[2].argsort()[-2] == 3


def test_each_side_is_read_by_its_own_projection() -> None:
    likeness = load_likeness()
    random = np.random.default_rng(5)
    vectors = random.normal(size=(30, len(likeness.topics))).astype(np.float16)
    ideas = random.normal(size=(30, len(likeness.both) - len(likeness.topics))).astype(np.float16)
    assert likeness(vectors).shape == likeness(vectors, ideas).shape == (30, likeness.topics.shape[1])
    assert (likeness(vectors, ideas[:, :0]) == likeness(vectors)).all()
    assert (likeness(vectors, ideas) != likeness(vectors)).any()
    assert likeness(vectors[:0]).shape == (0, likeness.topics.shape[1])


def test_projections_fitted_above_another_encoder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "model.json"
    other.write_text('{"files": {"encoder.onnx": "of another encoder"}}')
    monkeypatch.setattr(module, "PRECIS", other)
    load_likeness.cache_clear()
    with pytest.raises(ModelError, match=r"n'a pas l'encodeur"):
        load_likeness()


def test_the_texts_that_were_measured_are_those_of_the_corpus() -> None:
    metrics = IDEAS.metrics()
    assert metrics["textes"]["sujets_idees"] == len(load_ideas(PROJECTION_FOLDER))
    assert metrics["textes"]["sujets"] == len(load_ideas(PROJECTION_FOLDER)) + len(load_ideas(IDEAS_FOLDER))


def test_no_workshop_teaches_both_the_branch_and_the_projection_above_it() -> None:
    seen, unseen = (
        {world.split("/", 1)[1] for world in load_ideas(folder)["world"]}
        for folder in (IDEAS_FOLDER, PROJECTION_FOLDER)
    )
    assert len(seen) > 30 < len(unseen)
    assert not seen & unseen
