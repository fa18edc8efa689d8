"""The embed stage: each distinct text and each distinct context is encoded once, to the same vector whatever texts are
encoded with it; what the last run encoded is found again by a key of the text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pipeline.execution import Executor, LocalExecutor, partition_bounds
from pipeline.folder.vectors import Keys, rows_of
from pipeline.language.models.encoders import Embeddings, Encoder, Vectors, load_encoder

if TYPE_CHECKING:
    import pandas as pd  # processes that encode do without

GENERATION = b"usem3 by piece"
"""Changes with the digits that the encoder gives: vectors of another generation are of no use."""


def text_keys(texts: Iterable[str]) -> Keys:
    """A 64-bit key of each text (blake2b)."""
    digests = b"".join(hashlib.blake2b(text.encode(), digest_size=8, person=GENERATION).digest() for text in texts)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def encode_batch(texts: list[str]) -> npt.NDArray[np.float16]:
    """Row-stage function: texts → their vectors, shape (n_texts, d)."""
    return load_encoder().encode(texts).astype(np.float16)


def embed(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    encoder: Encoder,
    partition_size: int,
    executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
    tick: Callable[[int], None] = lambda _: None,
    known: Embeddings | None = None,
    store: Callable[[Keys, Iterable[npt.NDArray[np.float16]]], Vectors] | None = None,
) -> Embeddings:
    """Vectors of every item and of every distinct context.

    Parameters
    ----------
    partition_size : texts sent to a worker at once, rows that are stored at once; it moves no digit.
    executor : where the partitions run.
    tick : called with the number of texts just encoded.
    known : those of the last run; texts that the same encoder read are not encoded again.
    store : where vectors go as they are made, in the order of all their keys; in memory by default.
    """
    contexts = items["contribution_id"].map(contributions.set_index("contribution_id")["context"])
    text_codes, distinct_texts = items["text"].factorize()
    context_codes, distinct_contexts = contexts.mask(contexts == "").factorize()
    said, above = (np.asarray(distinct, dtype=object) for distinct in (distinct_texts, distinct_contexts))
    item_keys, context_keys = text_keys(said), text_keys(above)
    keys, first = np.unique(np.concatenate([item_keys, context_keys]), return_index=True)
    texts = np.concatenate([said, above])
    texts, places = texts[first], np.full(len(keys), -1, dtype=np.int64)
    if known is not None and known.encoder_sha256 == encoder.sha256:
        places = rows_of(known.keys, keys)
    left = np.flatnonzero(places < 0)

    def blocks() -> Iterator[npt.NDArray[np.float16]]:
        batches = (list(texts[left[start:end]]) for start, end in partition_bounds(len(left), partition_size))
        encoded = chain.from_iterable(executor.map(encode_batch, batches))
        for start, end in partition_bounds(len(keys), partition_size):
            here = places[start:end]
            is_known = here >= 0
            block = np.empty((end - start, encoder.n_dimensions), dtype=np.float16)
            if known is not None and is_known.any():
                block[is_known] = known.vectors[here[is_known]]
            for row in np.flatnonzero(~is_known):
                block[row] = next(encoded)
            yield block
            tick(len(block))

    context_rows = np.append(np.searchsorted(keys, context_keys), -1)  # a missing context has the code −1
    return Embeddings(
        item_ids=items["item_id"].to_numpy(dtype=str),
        vectors=store(keys, blocks())
        if store
        else np.vstack([np.zeros((0, encoder.n_dimensions), dtype=np.float16), *blocks()]),
        text_rows=np.searchsorted(keys, item_keys)[text_codes].astype(np.int32),
        context_rows=context_rows[context_codes].astype(np.int32),
        encoder_sha256=encoder.sha256,
        keys=keys,
    )
