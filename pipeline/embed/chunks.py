"""Chunks of texts that depend on the texts alone, so that what did not change need not be encoded again.

The encoder's vectors move in their seventh digit with the texts that share a batch. A batch is therefore a chunk cut by
content (as backup tools cut files): texts are sorted by a hash, and a chunk ends after a text whose hash is a multiple
of `MEAN_CHUNK_SIZE`. Adding a text changes one chunk; every other one keeps its texts, hence its vectors, to the bit.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.language.encoders import Vectors

MEAN_CHUNK_SIZE = 32
"""Texts per chunk, on average: large enough for the encoder's batches, small enough to redo little."""

Keys = npt.NDArray[np.uint64]


def text_keys(texts: Iterable[str]) -> Keys:
    """A 64-bit key of each text (blake2b)."""
    digests = b"".join(hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def chunk_bounds(sorted_keys: Keys) -> list[tuple[int, int]]:
    """The `[start, end)` bounds of the chunks of distinct keys in increasing order."""
    ends = np.flatnonzero(sorted_keys % np.uint64(MEAN_CHUNK_SIZE) == 0) + 1
    edges = np.unique(np.concatenate([[0], ends, [len(sorted_keys)]]))
    return [(int(start), int(end)) for start, end in itertools.pairwise(edges)]


@dataclass(frozen=True)
class KnownVectors:
    """What an earlier run encoded: distinct keys in increasing order, and their vectors, shape (n, d)."""

    keys: Keys
    vectors: Vectors

    @classmethod
    def cut_short(cls, keys: Keys, vectors: Vectors) -> KnownVectors:
        """What an interrupted run left: its last chunk may miss texts, and is left out."""
        bounds = chunk_bounds(keys) if len(keys) else []
        return cls(keys[: bounds[-1][0] if bounds else 0], vectors)

    def chunks(self) -> dict[bytes, tuple[int, int]]:
        """The bounds of each chunk by the bytes of its keys."""
        bounds = chunk_bounds(self.keys) if len(self.keys) else []
        return {self.keys[start:end].tobytes(): (start, end) for start, end in bounds}
