"""The readings of a run on disk: set down as they are made, found again by the run that follows.

Reading is what a run spends most of its time on. Each part is a table and a matrix of their own in a hidden folder,
until the stage is done: what an interrupted run had read serves the next one.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.folder.files import file_sha256, refusal, replace_file
from pipeline.folder.vectors import Keys, rows_of

KEY, IDEAS_SHA = "key", "ideas_sha256"
SECONDS_BETWEEN_PARTS = 5.0
"""What an interruption may lose; a part a second would cost more than it saves."""
MAX_ROWS = 65_536
"""Rows that wait at most, however quick the reading: 16 MB of vectors."""


@dataclass(frozen=True)
class KnownReadings:
    """What was read before with the same model and the same code.

    Attributes
    ----------
    keys : shape (n,), in any order (see `pipeline.classify.reading.reading_keys`).
    tags : n rows, the columns of `tags` but item_id.
    ideas : shape (n, e), vectors of what each says; in memory or on disk.
    """

    keys: Keys
    tags: pd.DataFrame
    ideas: Any

    def rows(self, keys: Keys) -> npt.NDArray[np.int64]:
        """The row of each of these keys, −1 for those that are not there."""
        order = np.argsort(self.keys, kind="stable")
        found = rows_of(self.keys[order], keys)
        return np.append(order, -1)[found]  # what is not there, −1, takes the last place


class ReadingWriter:
    """Sets readings down, part after part.

    Parameters
    ----------
    run : the folder of the run.
    owner : what decides of a reading (model, code); parts left by another owner are of no use.
    """

    def __init__(self, run: Path, owner: str) -> None:
        self._folder = _folder(run, owner)
        self._waiting: list[tuple[Keys, pd.DataFrame, npt.NDArray[np.float16]]] = []
        self._n_parts = len(list(self._folder.glob("*.parquet")))
        self._last = time.monotonic()

    def add(self, keys: Keys, tags: pd.DataFrame, ideas: npt.NDArray[np.float16]) -> None:
        """Readings of some rows, see `KnownReadings`; they are on disk a few seconds later."""
        self._waiting.append((keys, tags, ideas))
        n_rows = sum(len(keys) for keys, _, _ in self._waiting)
        if time.monotonic() - self._last >= SECONDS_BETWEEN_PARTS or n_rows >= MAX_ROWS:
            self.flush()

    def flush(self) -> None:
        """Set down what waits."""
        if not self._waiting:
            return
        keys = np.concatenate([keys for keys, _, _ in self._waiting])
        ideas = np.concatenate([ideas for _, _, ideas in self._waiting])
        table = pd.concat([tags for _, tags, _ in self._waiting], ignore_index=True).assign(**{KEY: keys})
        name = self._folder / f"{self._n_parts:06d}"
        try:
            sha = replace_file(name.with_suffix(".npy"), lambda file: np.save(file, ideas, allow_pickle=False))
            told = table.assign(**{IDEAS_SHA: sha})
            replace_file(
                name.with_suffix(".parquet"), lambda file: told.to_parquet(file, index=False, write_page_checksum=True)
            )
        except OSError as error:
            raise refusal(name, error) from error
        self._n_parts += 1
        self._waiting, self._last = [], time.monotonic()


def interrupted_readings(run: Path, owner: str) -> list[KnownReadings]:
    """What an interrupted run of the same owner had set down, a part each."""
    found = []
    for path in sorted(_folder(run, owner).glob("*.parquet")):
        try:
            table = pd.read_parquet(io.BytesIO(path.read_bytes()), page_checksum_verification=True)
            if set(table.pop(IDEAS_SHA)) != {file_sha256(path.with_suffix(".npy"))}:
                continue
            ideas = np.load(path.with_suffix(".npy"), mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, KeyError):  # torn by what interrupted the run: those rows are read again
            continue
        if KEY in table and len(table) == len(ideas):
            found.append(KnownReadings(table.pop(KEY).to_numpy(dtype=np.uint64), table, ideas))
    return found


def forget_interrupted_readings(run: Path) -> None:
    """Remove what interrupted runs had set down, whoever their owner."""
    for folder in run.glob(".readings-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _folder(run: Path, owner: str) -> Path:
    return run / f".readings-{hashlib.sha256(owner.encode()).hexdigest()[:12]}"
