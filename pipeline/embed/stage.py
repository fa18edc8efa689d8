"""The embed stage: each distinct text and each distinct context is encoded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.embed.chunks import Keys, KnownVectors, chunk_bounds, text_keys
from pipeline.execution import Executor, LocalExecutor
from pipeline.language.encoders import Embeddings, Encoder, Matrix, Vectors, load_encoder

Batch = list[list[str]]
"""Chunks of texts sent together to one worker."""


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


def encode_batch(batch: tuple[Batch, str]) -> Matrix:
    """Row-stage function: `(chunks, encoder name)` → vectors of all their texts, shape (n_texts, d)."""
    chunks, encoder_name = batch
    encoder = load_encoder(encoder_name)
    return np.vstack([encoder.encode(chunk) for chunk in chunks])


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
    partition_size : texts sent to a worker at once; it moves no digit (see `pipeline.embed.chunks`).
    executor : where the partitions run.
    tick : called with the number of texts just encoded.
    known : vectors of earlier runs of the same encoder; chunks found there are not encoded again.
    open_sink : where vectors go as they are made, from the keys of all of them; in memory by default.
    """
    contexts = items["contribution_id"].map(contributions.set_index("contribution_id")["context"])
    text_codes, distinct_texts = pd.factorize(items["text"])
    context_codes, distinct_contexts = pd.factorize(contexts.mask(contexts == ""))
    item_keys, context_keys = text_keys(distinct_texts), text_keys(distinct_contexts)
    keys, first = np.unique(np.concatenate([item_keys, context_keys]), return_index=True)
    texts = np.concatenate([np.asarray(distinct_texts, dtype=object), np.asarray(distinct_contexts, dtype=object)])
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
    """The vectors of all the keys, in order: what is known, and what the workers answer, chunk after chunk."""
    found = _found(keys, known)
    missing = [bounds for bounds, earlier in found if earlier is None]
    parts = list(_gathered(missing, partition_size))
    batches = (([list(texts[start:end]) for start, end in part], encoder.name) for part in parts)
    answers = _chunks_of(parts, executor.map(encode_batch, batches))
    for _, earlier in found:
        yield next(answers) if earlier is None else earlier[0].vectors[slice(*earlier[1])]


Found = tuple[tuple[int, int], tuple[KnownVectors, tuple[int, int]] | None]


def _found(keys: Keys, known: Sequence[KnownVectors]) -> list[Found]:
    """Each chunk of `keys`, and where its vectors are known."""
    indexes = [(vectors, vectors.chunks()) for vectors in known]
    found: list[Found] = []
    for start, end in chunk_bounds(keys) if len(keys) else []:
        wanted = keys[start:end].tobytes()
        places = ((vectors, chunks[wanted]) for vectors, chunks in indexes if wanted in chunks)
        found.append(((start, end), next(places, None)))
    return found


def _chunks_of(
    parts: Sequence[Sequence[tuple[int, int]]], answers: Iterator[Matrix]
) -> Iterator[npt.NDArray[np.float16]]:
    for part, encoded in zip(parts, answers, strict=True):
        at = 0
        for start, end in part:
            yield encoded[at : at + end - start].astype(np.float16)
            at += end - start


def _gathered(chunks: list[tuple[int, int]], size: int) -> Iterator[list[tuple[int, int]]]:
    """Consecutive chunks, gathered until they hold `size` texts."""
    part: list[tuple[int, int]] = []
    n_texts = 0
    for start, end in chunks:
        part.append((start, end))
        n_texts += end - start
        if n_texts >= size:
            yield part
            part, n_texts = [], 0
    if part:
        yield part
