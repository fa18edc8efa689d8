"""The sentence vectors of a run on disk: their rows in one file, what they stand for in another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import ArtifactError
from pipeline.folder.files import file_sha256, write_inside
from pipeline.folder.vectors import Keys, StoredVectors, VectorWriter, interrupted
from pipeline.language.models.encoders import Embeddings

EMBEDDINGS = "embeddings.npz"
VECTORS = "vectors.npy"
_ARRAYS = ("item_ids", "text_rows", "context_rows", "keys")


@dataclass(frozen=True)
class EmbeddingFiles:
    """Those of the run in `folder`."""

    folder: Path

    def open(self, keys: Keys, n_dimensions: int, encoder_sha256: str) -> VectorWriter:
        """Where the vectors of a run go, row after row, in the order of their keys."""
        return VectorWriter(self.folder / VECTORS, keys, n_dimensions, encoder_sha256)

    def interrupted(self, encoder_sha256: str) -> tuple[Keys, StoredVectors] | None:
        """Keys and vectors of a run that was interrupted while this encoder made them."""
        return interrupted(self.folder / VECTORS, encoder_sha256)

    def save(self, embeddings: Embeddings) -> dict[str, str]:
        """Write the vectors of a run, unless they are there, and what they stand for: file name → sha256."""
        rows = self.folder / VECTORS
        if not (isinstance(embeddings.vectors, StoredVectors) and embeddings.vectors.path == rows):
            writer = self.open(embeddings.keys, embeddings.vectors.shape[1], embeddings.encoder_sha256)
            writer.add(embeddings.vectors[:])
            writer.finish()
        arrays: dict[str, Any] = {name: getattr(embeddings, name) for name in _ARRAYS}
        sha = np.array(embeddings.encoder_sha256)
        written = write_inside(self.folder / EMBEDDINGS, lambda file: np.savez(file, encoder_sha256=sha, **arrays))
        return {VECTORS: file_sha256(rows), EMBEDDINGS: written}

    def are_there(self) -> bool:
        """Whether an earlier run left its vectors here, whole."""
        try:
            return self._read() is not None
        except (OSError, ValueError, KeyError):  # of another version
            return False

    def load(self) -> Embeddings:
        """The vectors of this run; they stay on disk."""
        found = self._read() if (self.folder / EMBEDDINGS).is_file() else None
        if found is None:
            raise ArtifactError(f"Il manque {EMBEDDINGS} dans {self.folder}. Relancez « rosace synthesize ».")
        return found

    def _read(self) -> Embeddings | None:
        with np.load(self.folder / EMBEDDINGS, allow_pickle=False) as arrays:
            held = {name: arrays[name] for name in _ARRAYS}
            sha = str(arrays["encoder_sha256"])
        vectors = StoredVectors(self.folder / VECTORS)
        return Embeddings(vectors=vectors, encoder_sha256=sha, **held) if vectors.are_of(held["keys"]) else None
