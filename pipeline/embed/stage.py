"""The embed stage: each distinct text and each distinct context is encoded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.embed.chunks import Keys, KnownVectors, chunk_bounds, text_keys
from pipeline.execution import Executor, LocalExecutor
from pipeline.language.encoders import Embeddings, Encoder, Matrix, load_encoder

Batch = list[list[str]]
"""Chunks of texts sent together to one worker."""


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
    known: KnownVectors | None = None,
) -> Embeddings:
    """Vectors of every item and of every distinct context.

    Parameters
    ----------
    partition_size : texts sent to a worker at once; it moves no digit (see `pipeline.embed.chunks`).
    executor : where the partitions run.
    tick : called with the number of texts just encoded.
    known : vectors of an earlier run of the same encoder; chunks found there are not encoded again.
    """
    contexts = items["contribution_id"].map(contributions.set_index("contribution_id")["context"])
    text_codes, distinct_texts = pd.factorize(items["text"])
    context_codes, distinct_contexts = pd.factorize(contexts.mask(contexts == ""))
    item_keys, context_keys = text_keys(distinct_texts), text_keys(distinct_contexts)
    keys, first = np.unique(np.concatenate([item_keys, context_keys]), return_index=True)
    texts = np.concatenate([np.asarray(distinct_texts, dtype=object), np.asarray(distinct_contexts, dtype=object)])
    vectors = _encode_all(texts[first], keys, encoder, partition_size, executor, tick, known)
    order = np.argsort(context_keys)
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return Embeddings(
        item_ids=items["item_id"].to_numpy(dtype=str),
        text_vectors=vectors[np.searchsorted(keys, item_keys)[text_codes]],
        context_vectors=vectors[np.searchsorted(keys, context_keys[order])],
        context_rows=np.where(context_codes < 0, -1, rank[context_codes] if len(rank) else -1).astype(np.int32),
        encoder_sha256=encoder.sha256,
        text_keys=item_keys[text_codes],
        context_keys=context_keys[order],
    )


def known_vectors(earlier: Embeddings, encoder: Encoder) -> KnownVectors | None:
    """What of an earlier run may serve again; None when another encoder made it."""
    if earlier.encoder_sha256 != encoder.sha256 or len(earlier.text_keys) != len(earlier.text_vectors):
        return None
    return KnownVectors.of(
        np.concatenate([earlier.text_keys, earlier.context_keys]),
        np.vstack([earlier.text_vectors, earlier.context_vectors]),
    )


def _encode_all(
    texts: npt.NDArray[np.object_],
    keys: Keys,
    encoder: Encoder,
    partition_size: int,
    executor: Executor,
    tick: Callable[[int], None],
    known: KnownVectors | None,
) -> npt.NDArray[np.float16]:
    vectors = np.zeros((len(texts), encoder.n_dimensions), dtype=np.float16)
    earlier = known.chunks() if known is not None else {}
    missing: list[tuple[int, int]] = []
    for start, end in chunk_bounds(keys) if len(keys) else []:
        bounds = earlier.get(keys[start:end].tobytes())
        if bounds is None or known is None:
            missing.append((start, end))
        else:
            vectors[start:end] = known.vectors[slice(*bounds)]
            tick(end - start)
    parts = list(_gathered(missing, partition_size))
    batches = [([list(texts[start:end]) for start, end in part], encoder.name) for part in parts]
    for part, encoded in zip(parts, executor.map(encode_batch, batches), strict=True):
        rows = np.concatenate([np.arange(start, end) for start, end in part])
        vectors[rows] = encoded.astype(np.float16)
        tick(len(rows))
    return vectors


def _gathered(chunks: list[tuple[int, int]], size: int) -> Iterator[list[tuple[int, int]]]:
    """Consecutive chunks, gathered until they hold `size` texts."""
    part: list[tuple[int, int]] = []
    for start, end in chunks:
        part.append((start, end))
        if sum(stop - begin for begin, stop in part) >= size:
            yield part
            part = []
    if part:
        yield part
