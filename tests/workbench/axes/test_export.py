"""The exported encoder: integers that read almost as floats, and an idea branch that can be kept to the bit."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.workbench.axes.export import (
    IDEA_HEAD,
    N_SHARED,
    coded_branch,
    encoder_bytes,
    measured_ranges,
)
from pipeline.workbench.axes.integers import Arrays

N_LAYERS, N_PIECES, WIDTH, INNER, N_IDEAS = N_SHARED + 1, 40, 384, 1536, 16


def layer(name: str, random: np.random.Generator) -> Arrays:
    shapes = {"qkv": (3 * WIDTH, WIDTH), "ao": (WIDTH, WIDTH), "fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}
    found: Arrays = {}
    for part, shape in shapes.items():
        found[f"{name}.{part}.weight"] = random.normal(0, 0.05, shape).astype(np.float32)
        found[f"{name}.{part}.bias"] = random.normal(0, 0.05, shape[0]).astype(np.float32)
    for part in ("aln", "oln"):
        found[f"{name}.{part}.weight"] = random.normal(1, 0.05, WIDTH).astype(np.float32)
        found[f"{name}.{part}.bias"] = random.normal(0, 0.05, WIDTH).astype(np.float32)
    return found


def model(seed: int, n_layers: int = N_LAYERS, n_pieces: int = N_PIECES) -> Arrays:
    """Random weights of a whole model; those below the branches are the same whatever the seed."""
    below, above = np.random.default_rng(99), np.random.default_rng(seed)
    arrays: Arrays = {
        "word.weight": below.integers(-8, 8, (n_pieces, WIDTH)).astype(np.float32) / 100,
        "pos.weight": below.normal(0, 0.05, (120, WIDTH)).astype(np.float32),
        "eln.weight": np.ones(WIDTH, np.float32),
        "eln.bias": np.zeros(WIDTH, np.float32),
    }
    for rank in range(n_layers):
        arrays |= layer(f"layers.{rank}", below if rank < N_SHARED else above)
    arrays |= layer("ideas.layers.0", above)
    arrays[IDEA_HEAD] = above.normal(0, 0.05, (N_IDEAS, WIDTH)).astype(np.float32)
    arrays["head.weight"] = above.normal(0, 0.3, (5, WIDTH)).astype(np.float32)
    arrays["head.bias"] = np.zeros(5, np.float32)
    return arrays


BATCH = np.array([[0, 5, 9, 30, 2, 7, 2], [0, 8, 2, 11, 12, 2, 1]], dtype=np.int64)


def exported(arrays: Arrays) -> bytes:
    ranges = measured_ranges(encoder_bytes(arrays, N_LAYERS), [BATCH])
    return encoder_bytes(arrays, N_LAYERS, ranges)


def outputs(content: bytes) -> dict[str, np.ndarray]:
    import onnxruntime

    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    names = ["scores", "vectors", "ideas"]
    return dict(zip(names, session.run(names, {"ids": BATCH}), strict=True))


@pytest.fixture(scope="module")
def first() -> bytes:
    return exported(model(1))


def test_integers_read_almost_as_floats(first: bytes) -> None:
    exact, found = outputs(encoder_bytes(model(1), N_LAYERS)), outputs(first)
    for name, wanted in exact.items():
        cosines = (wanted * found[name]).sum(axis=1) / (
            np.linalg.norm(wanted, axis=1) * np.linalg.norm(found[name], axis=1)
        )
        assert cosines.min() > 0.997, name


def test_the_same_weights_give_the_same_bytes(first: bytes) -> None:
    assert exported(model(1)) == first


def test_a_branch_that_is_kept_gives_the_same_ideas_to_the_bit_beside_another_axis_head(first: bytes) -> None:
    other = {name: value for name, value in model(2).items() if not name.startswith("ideas.")}
    before, after = outputs(first), outputs(exported(other | coded_branch(first)))
    assert np.array_equal(before["ideas"], after["ideas"])
    assert not np.allclose(before["scores"], after["scores"])


def test_a_branch_that_is_kept_twice_is_still_the_same(first: bytes) -> None:
    again = coded_branch(exported(model(1) | coded_branch(first)))
    once = coded_branch(first)
    assert again.keys() == once.keys()
    assert all(np.array_equal(again[name], once[name]) for name in once)


def test_a_model_without_that_branch_has_none_to_keep() -> None:
    bare = {name: value for name, value in model(1).items() if not name.startswith("ideas.")}
    assert coded_branch(encoder_bytes(bare, N_LAYERS)) == {}
