"""The order in which ideas were said, where it says something: what follows goes on with what was said.

Minutes, notes and recordings have such an order. The rows of a table of post-its or of a survey have none: whatever
their order, the groups are the same. Nor has a list that was sorted or drawn: what follows is then no nearer than the
rest.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.rows import Matrix, centred
from pipeline.language.text.folding import fold

Labels = npt.NDArray[np.int64]
ROWS = frozenset({"enquete", "postit"})
"""Channels that are read from the rows of tables."""
NONE = -1
N_LEAST = 8
"""Ideas of a source below which its order cannot be told from another one."""
N_READ = 4_000
"""Ideas of a source that are read to know whether its order says something, the first ones."""
SORTED_SHARE = 0.8
"""Of the ideas that follow each other, the share in alphabetical order from which a source was sorted."""
NEARER = 2.0
"""How much nearer than others what follows must be, in standard errors."""
_GAP = 1_000
"""Places between two sources: nothing of one follows anything of the other."""


def reading_order(sources: pd.DataFrame, vectors: npt.NDArray[np.float16]) -> Labels:
    """The place of each item, shape (n,), counted through all sources; −1 where order says nothing.

    Parameters
    ----------
    sources : text, source, channel, and, when it is known, position and start; without them there is no order.
    vectors : of topics, shape (n, d), rows as in `sources`.
    """
    places = np.full(len(sources), NONE, dtype=np.int64)
    if "position" not in sources or sources.empty:
        return places
    rows = np.lexsort((sources["start"], sources["position"], sources["source"].to_numpy(dtype=object).astype(str)))
    names = sources["source"].to_numpy(dtype=object)[rows]
    channels = sources["channel"].to_numpy(dtype=object)[rows]
    starts = np.flatnonzero(np.append(True, names[1:] != names[:-1]))
    next_place = 0
    for part, channel in zip(np.split(rows, starts[1:]), channels[starts], strict=True):
        read = part[:N_READ]
        if channel not in ROWS and says_something(sources["text"].iloc[read].tolist(), _in_rows(vectors, read)):
            places[part] = next_place + np.arange(len(part))
            next_place += len(part) + _GAP
    return places


def _in_rows(vectors: npt.NDArray[np.float16], rows: Labels) -> npt.NDArray[np.float16]:
    """Rows in any order of a matrix that is read from disk, in increasing order."""
    order = np.argsort(rows)
    found = np.empty((len(rows), vectors.shape[1]), dtype=np.float16)
    found[order] = vectors[rows[order]]
    return found


def says_something(texts: list[str], vectors: npt.NDArray[np.float16]) -> bool:
    """Whether what follows in this order is nearer than what stands elsewhere, and the texts are not sorted.

    Parameters
    ----------
    vectors : shape (n, d).
    """
    if len(texts) < N_LEAST:
        return False
    keys = [fold(text) for text in texts]
    in_order = float(np.mean([one <= other for one, other in pairwise(keys)]))
    if max(in_order, 1.0 - in_order) >= SORTED_SHARE:
        return False
    rows = centred(np.asarray(vectors, dtype=np.float32))
    following = _likeness(rows, 1)
    far = range(len(texts) // 4, len(texts) // 2 + 1, 1 + len(texts) // 64)
    elsewhere = np.concatenate([_likeness(rows, step) for step in far])
    error = float(np.std(following) + 1e-6) / np.sqrt(len(following))
    return bool(round((float(following.mean()) - float(elsewhere.mean())) / error, 3) >= NEARER)


def _likeness(rows: Matrix, step: int) -> npt.NDArray[np.float64]:
    """Of the rows that stand so many places apart."""
    return np.asarray(np.round(np.einsum("ij,ij->i", rows[:-step], rows[step:], dtype=np.float64), 5))
