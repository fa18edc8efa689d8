"""The embed stage: each distinct text and each distinct context is encoded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.embed.known import KnownVectors, text_keys
from pipeline.execution import Executor, LocalExecutor, partition_bounds
from pipeline.folder.vectors import Keys
from pipeline.language.models.encoders import Embeddings, Encoder, Vectors, load_encoder


class Sink(Protocol):
    """Where vectors go as they are made, in the order of their keys."""

    def add(self, vectors: npt.NDArray[np.float16]) -> None:
        """The next rows."""

    def finish(self) -> Vectors:
        """All the rows; called once every one was added."""


class InMemory:
    """A sink that keeps the rows."""

    def __init__(self, n_dimensions: int) -> None:
        self._parts = [np.zeros((0, n_dimensions), dtype=np.float16)]

    def add(self, vectors: npt.NDArray[np.float16]) -> None:
        """See `Sink.add`."""
        self._parts.append(vectors)

    def finish(self) -> Vectors:
        """See `Sink.finish`."""
        return np.vstack(self._parts)


def encode_batch(batch: tuple[list[str], str]) -> npt.NDArray[np.float16]:
    """Row-stage function: `(texts, encoder name)` → their vectors, shape (n_texts, d)."""
    texts, encoder_name = batch
    return load_encoder(encoder_name).encode(texts).astype(np.float16)


def embed(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    encoder: Encoder,
    partition_size: int,
    executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
    tick: Callable[[int], None] = lambda _: None,
    known: Sequence[KnownVectors] = (),
    open_sink: Callable[[Keys], Sink] | None = None,
) -> Embeddings:
    """Vectors of every item and of every distinct context.

    Parameters
    ----------
    partition_size : texts sent to a worker at once, rows that go to the sink at once; it moves no digit.
    executor : where the partitions run.
    tick : called with the number of texts just encoded.
    known : vectors of earlier runs of the same encoder; texts found there are not encoded again.
    open_sink : where vectors go as they are made, from the keys of all of them; in memory by default.
    """
    contexts = items["contribution_id"].map(contributions.set_index("contribution_id")["context"])
    text_codes, distinct_texts = pd.factorize(items["text"])
    context_codes, distinct_contexts = pd.factorize(contexts.mask(contexts == ""))
    said, above = (np.asarray(distinct, dtype=object) for distinct in (distinct_texts, distinct_contexts))
    item_keys, context_keys = text_keys(said), text_keys(above)
    keys, first = np.unique(np.concatenate([item_keys, context_keys]), return_index=True)
    texts = np.concatenate([said, above])
    sink = InMemory(encoder.n_dimensions) if open_sink is None else open_sink(keys)
    for vectors in _encode_all(texts[first], keys, encoder, partition_size, executor, known):
        sink.add(vectors)
        tick(len(vectors))
    context_rows = np.append(np.searchsorted(keys, context_keys), -1)  # a missing context has the code −1
    return Embeddings(
        item_ids=items["item_id"].to_numpy(dtype=str),
        vectors=sink.finish(),
        text_rows=np.searchsorted(keys, item_keys)[text_codes].astype(np.int32),
        context_rows=context_rows[context_codes].astype(np.int32),
        encoder_sha256=encoder.sha256,
        keys=keys,
    )


def known_vectors(earlier: Embeddings, encoder: Encoder) -> list[KnownVectors]:
    """What of an earlier run may serve again; nothing when another encoder made it."""
    if earlier.encoder_sha256 != encoder.sha256 or len(earlier.keys) != earlier.vectors.shape[0]:
        return []
    return [KnownVectors(earlier.keys, earlier.vectors)]


def _encode_all(
    texts: npt.NDArray[np.object_],
    keys: Keys,
    encoder: Encoder,
    partition_size: int,
    executor: Executor,
    known: Sequence[KnownVectors],
) -> Iterator[npt.NDArray[np.float16]]:
    """The vectors of all the keys, in order: what is known, and what the workers answer."""
    places = [earlier.rows(keys) for earlier in known]
    is_missing = np.ones(len(keys), dtype=bool)
    for found in places:
        is_missing &= found < 0
    missing = np.flatnonzero(is_missing)
    batches = (
        (list(texts[missing[start:end]]), encoder.name) for start, end in partition_bounds(len(missing), partition_size)
    )
    answers = _Rows(executor.map(encode_batch, batches))
    for start, end in partition_bounds(len(keys), partition_size):
        block = np.empty((end - start, encoder.n_dimensions), dtype=np.float16)
        for earlier, found in zip(reversed(known), reversed(places), strict=True):
            rows = np.flatnonzero(found[start:end] >= 0)
            block[rows] = earlier.vectors[found[start:end][rows]]
        rows = np.flatnonzero(is_missing[start:end])
        for taken, vectors in answers.take(len(rows)):
            block[rows[taken]] = vectors
        yield block


class _Rows:
    """The rows of consecutive answers, taken as many at a time as asked for."""

    def __init__(self, answers: Iterator[npt.NDArray[np.float16]]) -> None:
        self._answers = answers
        self._left: npt.NDArray[np.float16] | None = None

    def take(self, n: int) -> Iterator[tuple[slice, npt.NDArray[np.float16]]]:
        """The next `n` rows: where each part goes among them, and the part."""
        done = 0
        while done < n:
            held = self._left if self._left is not None and len(self._left) else next(self._answers)
            part, self._left = held[: n - done], held[n - done :]
            yield slice(done, done + len(part)), part
            done += len(part)
