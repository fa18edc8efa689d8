"""Sentence vectors on disk: what comes back, and what an interrupted run leaves."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ArtifactError
from pipeline.folder.vectors import ChosenRows, EmbeddingFiles
from pipeline.language.models.encoders import Embeddings


@pytest.fixture
def files(tmp_path: Path) -> EmbeddingFiles:
    return EmbeddingFiles(tmp_path)


def made_embeddings(keys: list[int]) -> Embeddings:
    return Embeddings(
        np.array(["i1", "i2"]),
        np.arange(4 * len(keys), dtype=np.float16).reshape(len(keys), 4),
        np.array([1, 0], dtype=np.int32),
        np.array([-1, 2], dtype=np.int32),
        "abc",
        np.array(keys, dtype=np.uint64),
    )


def test_embeddings_come_back_row_by_row(files: EmbeddingFiles) -> None:
    names = files.save(made_embeddings([3, 5, 8]))
    loaded = files.load()
    assert set(names) == {"embeddings.npz", "vectors.npy"}
    assert loaded.encoder_sha256 == "abc"
    assert loaded.texts().tolist() == [[4, 5, 6, 7], [0, 1, 2, 3]]
    assert loaded.contexts(np.array([1, 0])).tolist() == [[8, 9, 10, 11], [0, 0, 0, 0]]
    assert np.load(files.folder / "vectors.npy").shape == (3, 4)


def test_vectors_are_never_read_with_the_keys_of_another_run(files: EmbeddingFiles) -> None:
    files.save(made_embeddings([3, 5, 8]))
    files.store(4, np.array([3, 5, 9], dtype=np.uint64), [np.zeros((3, 4), dtype=np.float16)])
    assert not files.are_there()


def test_what_an_interrupted_run_had_encoded_leaves_the_last_vectors(files: EmbeddingFiles) -> None:
    files.save(made_embeddings([3, 5, 8]))

    def blocks() -> Iterator[np.ndarray]:
        yield np.ones((1, 4), dtype=np.float16)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.store(4, np.array([3, 5, 9], dtype=np.uint64), blocks())
    assert files.load().texts().tolist() == [[4, 5, 6, 7], [0, 1, 2, 3]]
    assert {path.name for path in files.folder.iterdir()} == {"embeddings.npz", "vectors.npy"}


def test_vectors_that_are_not_there_are_told(files: EmbeddingFiles) -> None:
    assert not files.are_there()
    with pytest.raises(ArtifactError, match=r"Il manque embeddings\.npz"):
        files.load()


@pytest.mark.parametrize("kept", [0, 6, 128, 140, -1])
def test_vectors_that_a_power_cut_tore_are_not_there(files: EmbeddingFiles, kept: int) -> None:
    files.save(made_embeddings([3, 5, 8]))
    vectors = files.folder / "vectors.npy"
    vectors.write_bytes(vectors.read_bytes()[:kept])
    assert not files.are_there()


def test_chosen_rows_of_a_stored_matrix_are_those_of_a_copy(tmp_path: Path) -> None:
    matrix = np.arange(60, dtype=np.float16).reshape(20, 3)
    stored = EmbeddingFiles(tmp_path).store(3, np.arange(20, dtype=np.uint64), [matrix[:7], matrix[7:]])
    rows = np.array([7, 3, 3, 19, 0])
    chosen = ChosenRows(stored, rows)
    assert chosen.shape == (5, 3)
    assert len(chosen) == 5
    assert np.array_equal(chosen[:], matrix[rows])
    assert np.array_equal(chosen[1:4], matrix[rows][1:4])
    assert np.array_equal(chosen[[4, 0]], matrix[rows][[4, 0]])
    nested = ChosenRows(chosen, np.array([3, 3, 1]))
    assert np.array_equal(nested[:], matrix[rows][[3, 3, 1]])
