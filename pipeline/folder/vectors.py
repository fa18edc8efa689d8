"""The vectors of a run on disk: written row after row as they are made, read back only where they are asked for.

A million ideas have a gigabyte of vectors: neither the stage that makes them nor those that read them hold it. What an
interrupted run had written serves the next one.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.folder.files import refusal

Keys = npt.NDArray[np.uint64]
HalfMatrix = npt.NDArray[np.float16]


class StoredVectors:
    """Rows of a `.npy` matrix on disk, read when asked for: `stored[rows]` is an array, the rest takes no memory.

    The last rows may be missing: `shape` tells those that are there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            (n_rows, n_dimensions), self._offset = _read_header(file)
        n_there = (path.stat().st_size - self._offset) // (2 * n_dimensions)
        self.shape = (min(n_rows, n_there), n_dimensions)

    def __len__(self) -> int:
        return self.shape[0]

    def are_of(self, keys: Keys) -> bool:
        """Whether these are the whole vectors of `keys`: the file ends with their digest."""
        wanted = digest_of(keys)
        with self.path.open("rb") as file:
            file.seek(max(0, self.path.stat().st_size - len(wanted)))
            return file.read() == wanted and len(keys) == len(self)

    def __getitem__(self, rows: Any) -> HalfMatrix:
        if not self.shape[0]:
            nothing: HalfMatrix = np.zeros(self.shape, dtype=np.float16)
            return np.asarray(nothing[rows], dtype=np.float16)
        mapped: HalfMatrix = np.memmap(self.path, dtype=np.float16, mode="r", offset=self._offset, shape=self.shape)
        return np.array(mapped[rows])


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


class VectorWriter:
    """Writes one row per key, in the order of the keys, to a hidden file that takes its name when it is whole.

    Parameters
    ----------
    target : the `.npy` file to be.
    keys : of all the rows, in increasing order.
    owner : what made the vectors; rows left by an interrupted run of another owner are of no use.
    """

    def __init__(self, target: Path, keys: Keys, n_dimensions: int, owner: str) -> None:
        self._target = target
        self._digest = digest_of(keys)
        self._shape = (len(keys), n_dimensions)
        self._n_written = 0
        self._rows, key_file = _being_written(target, owner)
        self._sum = hashlib.sha256()
        try:
            _sums_of(self._rows).write_text(f"0 {self._digest.hex()}\n", encoding="ascii")
            with key_file.open("wb") as file:
                np.save(file, keys)
            self._file = self._rows.open("wb")
            header = {"descr": "<f2", "fortran_order": False, "shape": self._shape}
            np.lib.format.write_array_header_1_0(self._file, header)
        except OSError as error:
            raise refusal(target, error) from error

    def add(self, vectors: HalfMatrix) -> None:
        """The next rows, shape (n, n_dimensions)."""
        content = np.ascontiguousarray(vectors, dtype="<f2").data
        self._n_written += len(vectors)
        self._sum.update(content)
        try:
            self._file.write(content)
            self._file.flush()
            with _sums_of(self._rows).open("a", encoding="ascii") as sums:
                sums.write(f"{self._n_written} {self._sum.hexdigest()}\n")
        except OSError as error:
            raise refusal(self._target, error) from error

    def finish(self) -> StoredVectors:
        """Give the file its name; every row must be there."""
        if self._n_written != self._shape[0]:
            raise ValueError(f"{self._n_written} rows written of {self._shape[0]}")
        self._file.write(self._digest)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._rows.replace(self._target)
        for path in self._target.parent.glob(f".{self._target.stem}-*"):
            path.unlink(missing_ok=True)
        return StoredVectors(self._target)


def rows_of(known: Keys, wanted: Keys) -> npt.NDArray[np.int64]:
    """The row of each wanted key among known ones in increasing order, −1 for those that are not there."""
    if not len(known):
        return np.full(len(wanted), -1, dtype=np.int64)
    found = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[found] == wanted, found, -1)


def digest_of(keys: Keys) -> bytes:
    """What ends a whole file, so that vectors are never read with the keys of another run."""
    return hashlib.sha256(keys.tobytes()).digest()


def interrupted(target: Path, owner: str) -> tuple[Keys, StoredVectors] | None:
    """Keys and rows that an interrupted run of the same owner had written; None when there are none.

    They are set aside under other names, so that a writer may start again.
    """
    rows, keys = _being_written(target, owner)
    old_rows, old_keys = rows.with_suffix(".earlier-rows"), keys.with_suffix(".earlier-keys")
    if _n_rows(rows) > _n_rows(old_rows) and keys.is_file() and _sums_of(rows).is_file():
        rows.replace(old_rows)
        keys.replace(old_keys)
        _sums_of(rows).replace(_sums_of(old_rows))
    try:
        known: Keys = np.load(old_keys)
        n_sound = _n_sound(old_rows, digest_of(known))
        return (known[:n_sound], StoredVectors(old_rows)) if n_sound else None
    except (OSError, ValueError, EOFError):  # there are none, or what cut the run tore them
        return None


def _n_sound(rows: Path, digest: bytes) -> int:
    """How many rows stand as they were written for keys of this digest: a power cut may leave zeros, or a torn end."""
    sums = [line.split(" ") for line in _sums_of(rows).read_text(encoding="ascii").splitlines()]
    if not sums or sums[0] != ["0", digest.hex()]:
        return 0
    found, n_sound = hashlib.sha256(), 0
    with rows.open("rb") as file:
        (_, n_dimensions), _ = _read_header(file)
        for n, wanted in sums[1:]:
            found.update(file.read((int(n) - n_sound) * 2 * n_dimensions))
            if found.hexdigest() != wanted:
                break
            n_sound = int(n)
    return n_sound


def _sums_of(rows: Path) -> Path:
    """The file of what the rows amount to, after each part of them."""
    return rows.with_suffix(f".sums-{rows.suffix[1:]}")


def _being_written(target: Path, owner: str) -> tuple[Path, Path]:
    """The hidden files of rows and keys of one target and owner."""
    base = f".{target.stem}-{hashlib.sha256(owner.encode()).hexdigest()[:12]}"
    return target.with_name(f"{base}.rows"), target.with_name(f"{base}.keys")


def _n_rows(path: Path) -> int:
    try:
        return len(StoredVectors(path))
    except (OSError, ValueError):
        return 0


def _read_header(file: Any) -> tuple[tuple[int, int], int]:
    version = np.lib.format.read_magic(file)
    if version != (1, 0):
        raise ValueError(f"unexpected version {version} of {file.name}")
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    if dtype != np.float16 or len(shape) != 2:
        raise ValueError(f"{file.name} holds no half-precision matrix")
    return (int(shape[0]), int(shape[1])), file.tell()
