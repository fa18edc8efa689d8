"""Sentence vectors of a run on disk: written as they are made, read back only where they are asked for.

A million ideas have a gigabyte of vectors: neither the stage that makes them nor those that read them hold it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from pipeline.errors import BROKEN_ARCHIVE, ArtifactError
from pipeline.folder.files import file_sha256, write_inside
from pipeline.language.models.encoders import Embeddings

EMBEDDINGS = "embeddings.npz"
VECTORS = "vectors.npy"
_ARRAYS = ("item_ids", "text_rows", "context_rows", "keys")

Keys = npt.NDArray[np.uint64]
HalfMatrix = npt.NDArray[np.float16]


class StoredVectors:
    """Rows of a `.npy` matrix on disk, read when asked for: `stored[rows]` is an array, the rest takes no memory."""

    def __init__(self, path: Path) -> None:
        header = np.load(path, mmap_mode="r", allow_pickle=False)
        self.path, self.shape, self._start = path, header.shape, header.offset

    def __len__(self) -> int:
        return int(self.shape[0])

    def are_of(self, keys: Keys) -> bool:
        """Whether these are the whole vectors of `keys`: the file ends with their digest."""
        wanted = digest_of(keys)
        with self.path.open("rb") as file:
            file.seek(max(0, self.path.stat().st_size - len(wanted)))
            return file.read() == wanted and len(keys) == len(self)

    def __getitem__(self, rows: Any) -> HalfMatrix:
        return np.array(np.memmap(self.path, np.float16, "r", self._start, self.shape)[rows], dtype=np.float16)


class ChosenRows:
    """Some rows of a matrix in an order of their own, read when asked for: `chosen[rows]` is an array.

    Parameters
    ----------
    matrix : shape (n, d), in memory or on disk.
    rows : shape (m,), which rows of it, in which order.
    """

    def __init__(self, matrix: Any, rows: npt.NDArray[np.integer]) -> None:
        self._matrix, self._rows = matrix, rows
        self.shape = (len(rows), int(matrix.shape[1]))

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, rows: Any) -> HalfMatrix:
        return np.asarray(self._matrix[self._rows[rows]], dtype=np.float16)


def rows_of(known: Keys, wanted: Keys) -> npt.NDArray[np.int64]:
    """The row of each wanted key among known ones in increasing order, −1 for those that are not there."""
    if not len(known):
        return np.full(len(wanted), -1, dtype=np.int64)
    found = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[found] == wanted, found, -1)


def rows_in_any_order(known: Keys, wanted: Keys) -> npt.NDArray[np.int64]:
    """The same, among keys in any order; 0 is the key of what is not known."""
    order = np.argsort(known, kind="stable")
    found = rows_of(known[order], wanted)
    return np.where(wanted == 0, -1, np.append(order, -1)[found])  # what is not there, −1, takes the last place


def told_apart(keys: Keys, settings: object) -> Keys:
    """Keys of the same things under these settings; 0 stays 0."""
    digest = hashlib.blake2b(repr(settings).encode(), digest_size=8).digest()
    return np.where(keys == 0, keys, keys ^ np.frombuffer(digest, dtype="<u8")[0])


def digest_of(keys: Keys) -> bytes:
    """What ends a whole file, so that vectors are never read with the keys of another run."""
    return hashlib.sha256(keys.tobytes()).digest()


@dataclass(frozen=True)
class EmbeddingFiles:
    """Those of the run in `folder`."""

    folder: Path

    def store(self, n_dimensions: int, keys: Keys, blocks: Iterable[HalfMatrix]) -> StoredVectors:
        """Write the vectors of a run, one row per key, in their order, as they are made.

        `blocks` : consecutive rows, shape (m, n_dimensions) each, `len(keys)` in all.
        """
        header = {"descr": "<f2", "fortran_order": False, "shape": (len(keys), n_dimensions)}

        def fill(file: BinaryIO) -> None:
            np.lib.format.write_array_header_1_0(file, header)
            for block in blocks:
                file.write(np.ascontiguousarray(block, dtype="<f2").data)
            file.write(digest_of(keys))

        write_inside(self.folder / VECTORS, fill)
        return StoredVectors(self.folder / VECTORS)

    def save(self, embeddings: Embeddings) -> dict[str, str]:
        """Write the vectors of a run, unless they are there, and what they stand for: file name → sha256."""
        rows = self.folder / VECTORS
        if not (isinstance(embeddings.vectors, StoredVectors) and embeddings.vectors.path == rows):
            self.store(embeddings.vectors.shape[1], embeddings.keys, [embeddings.vectors[:]])
        arrays: dict[str, Any] = {name: getattr(embeddings, name) for name in _ARRAYS}
        sha = np.array(embeddings.encoder_sha256)
        written = write_inside(self.folder / EMBEDDINGS, lambda file: np.savez(file, encoder_sha256=sha, **arrays))
        return {VECTORS: file_sha256(rows), EMBEDDINGS: written}

    def are_there(self) -> bool:
        """Whether the last run left its vectors here, whole."""
        return self._read() is not None

    def load(self) -> Embeddings:
        """The vectors of this run, which stay on disk; `ArtifactError` when they are missing."""
        found = self._read()
        if found is None:
            raise ArtifactError(f"Il manque {EMBEDDINGS} dans {self.folder}. Relancez « rosace synthesize ».")
        return found

    def _read(self) -> Embeddings | None:
        try:
            with np.load(self.folder / EMBEDDINGS, allow_pickle=False) as arrays:
                held = {name: arrays[name] for name in _ARRAYS}
                sha = str(arrays["encoder_sha256"])
            vectors = StoredVectors(self.folder / VECTORS)
        except BROKEN_ARCHIVE:  # missing, torn or of another version
            return None
        return Embeddings(vectors=vectors, encoder_sha256=sha, **held) if vectors.are_of(held["keys"]) else None
