"""Sentence vectors on disk: what comes back, and what an interrupted run leaves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ArtifactError
from pipeline.folder.embedding_files import EmbeddingFiles
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
    writer = files.open(np.array([3, 5, 9], dtype=np.uint64), 4, "abc")
    writer.add(np.zeros((3, 4), dtype=np.float16))
    writer.finish()
    assert not files.are_there()


def test_what_an_interrupted_run_had_encoded_is_found_again(files: EmbeddingFiles) -> None:
    keys = np.array([3, 5, 8], dtype=np.uint64)
    writer = files.open(keys, 4, "abc")
    writer.add(np.ones((2, 4), dtype=np.float16))
    del writer
    assert files.interrupted("another encoder") is None
    for _ in range(2):  # a second interruption before anything is written loses nothing
        found = files.interrupted("abc")
        assert found is not None
        assert found[0].tolist() == [3, 5]
        assert found[1][:].tolist() == np.ones((2, 4)).tolist()
        writer = files.open(keys, 4, "abc")
    writer.add(np.zeros((3, 4), dtype=np.float16))
    writer.finish()
    assert files.interrupted("abc") is None
    assert [path.name for path in files.folder.iterdir()] == ["vectors.npy"]


def test_vectors_that_are_not_there_are_told(files: EmbeddingFiles) -> None:
    assert not files.are_there()
    with pytest.raises(ArtifactError, match=r"Il manque embeddings\.npz"):
        files.load()


@pytest.mark.parametrize(("at", "kept"), [(-1, 2), (-9, 1), (-17, 0)])
def test_rows_that_a_power_cut_damaged_are_encoded_again(files: EmbeddingFiles, at: int, kept: int) -> None:
    writer = files.open(np.array([3, 5, 8], dtype=np.uint64), 4, "abc")
    for row in range(3):
        writer.add(np.full((1, 4), row + 1, dtype=np.float16))
    (rows,) = files.folder.glob("*.rows")
    content = bytearray(rows.read_bytes())
    content[at] ^= 1
    rows.write_bytes(content)
    found = files.interrupted("abc")
    assert (0 if found is None else len(found[0])) == kept


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"\x93NUMPY\x01\x00"])
def test_torn_keys_are_no_traceback(files: EmbeddingFiles, content: bytes) -> None:
    writer = files.open(np.array([3, 5], dtype=np.uint64), 4, "abc")
    writer.add(np.ones((1, 4), dtype=np.float16))
    (keys,) = files.folder.glob("*.keys")
    keys.write_bytes(content)
    assert files.interrupted("abc") is None
