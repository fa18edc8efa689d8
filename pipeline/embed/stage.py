"""The embed stage: each distinct text and each distinct context is encoded once, in partitions of fixed size."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from pipeline.execution import Executor, LocalExecutor, partition_bounds
from pipeline.language.encoders import Embeddings, Encoder, Matrix, load_encoder


def encode_batch(texts: Sequence[str], encoder_name: str) -> Matrix:
    """Row-stage function: texts of one partition → vectors, shape (len(texts), d)."""
    return load_encoder(encoder_name).encode(texts)


def embed(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    encoder: Encoder,
    partition_size: int,
    executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
    tick: Callable[[int], None] = lambda _: None,
) -> Embeddings:
    """Vectors of every item and of every distinct context.

    Parameters
    ----------
    executor : where the partitions run.
    tick : called with the number of texts just encoded.
    """
    contexts = items["contribution_id"].map(contributions.set_index("contribution_id")["context"])
    texts = items["text"].to_numpy(dtype=object)
    context_texts = contexts.to_numpy(dtype=object)
    distinct = np.unique(np.concatenate([texts, context_texts[context_texts != ""]])) if len(texts) else texts
    vectors = _encode_all(distinct, encoder, partition_size, executor, tick)
    given = context_texts != ""
    kept, inverse = np.unique(np.searchsorted(distinct, context_texts[given]), return_inverse=True)
    context_rows = np.full(len(items), -1, dtype=np.int32)
    context_rows[given] = inverse
    return Embeddings(
        item_ids=items["item_id"].to_numpy(dtype=str),
        text_vectors=vectors[np.searchsorted(distinct, texts)],
        context_vectors=vectors[kept],
        context_rows=context_rows,
        encoder_sha256=encoder.sha256,
    )


def _encode_all(
    distinct: np.ndarray[tuple[int], np.dtype[np.object_]],
    encoder: Encoder,
    partition_size: int,
    executor: Executor,
    tick: Callable[[int], None],
) -> np.ndarray[tuple[int, int], np.dtype[np.float16]]:
    vectors = np.zeros((len(distinct), encoder.n_dimensions), dtype=np.float16)
    bounds = partition_bounds(len(distinct), partition_size)
    parts = [(list(distinct[start:end]), encoder.name) for start, end in bounds]
    for (start, end), part in zip(bounds, executor.map(_encode_part, parts), strict=True):
        vectors[start:end] = part.astype(np.float16)
        tick(end - start)
    return vectors


def _encode_part(part: tuple[list[str], str]) -> Matrix:
    texts, encoder_name = part
    return encode_batch(texts, encoder_name)
