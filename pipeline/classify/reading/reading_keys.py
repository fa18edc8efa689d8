"""Which ideas are read together, and keys by which the readings of an earlier run are found again.

An idea is read under its heading and among the ideas around it, and nothing else moves its reading: what stands in a
part of a document that did not change is not read again, wherever the files put it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.folder.vectors import Keys, rows_of

IN_ORDER = ("note", "transcript")
"""Channels whose contributions stand under a heading with others, in the order of a document; post-its and the answers
to a question, whose rows may come in any order, are each alone."""
MAX_TOGETHER = 50
"""Contributions read together at most: what one more of them may make read again."""


def parts_of_documents(contributions: pd.DataFrame) -> pd.Series:
    """The number of the part of a document that each contribution is read in: those under one heading of one file, in
    its order, `MAX_TOGETHER` at most. Loose texts and answers are parts by themselves.

    Parameters
    ----------
    contributions : columns contribution_id, context; source, position and channel, where they come from documents.
    """
    numbers = pd.Series(np.arange(len(contributions)), index=contributions["contribution_id"].to_numpy(dtype=object))
    if "position" not in contributions:
        return numbers
    is_in_order = contributions["channel"].isin(IN_ORDER).to_numpy(dtype=bool)
    ordered = contributions[is_in_order].sort_values(["source", "position"], kind="stable")
    heading = ordered.groupby(["source", "context"], sort=False)
    names = pd.DataFrame({"heading": heading.ngroup(), "rank": heading.cumcount() // MAX_TOGETHER})
    parts = names.groupby(["heading", "rank"], sort=False).ngroup().to_numpy()
    numbers.loc[ordered["contribution_id"].to_numpy(dtype=object)] = len(contributions) + parts
    return numbers


def reading_keys(
    texts: Sequence[str], contexts: Sequence[str], together: npt.NDArray[np.int64], order: npt.NDArray[np.int64]
) -> Keys:
    """A 64-bit key of each row (blake2b): its context, the texts read with it in order, its rank among them.

    Parameters
    ----------
    together : shape (n,), the number of the part of a document of each row.
    order : the rows, those of one part one after the other.
    """
    keys = np.zeros(len(order), dtype=np.uint64)
    for part in np.split(order, np.flatnonzero(np.diff(together[order])) + 1) if len(order) else []:
        rows = part.tolist()
        whole = hashlib.blake2b(digest_size=8)
        for words in (contexts[rows[0]], *(texts[row] for row in rows)):
            content = words.encode()
            whole.update(len(content).to_bytes(8, "little"))
            whole.update(content)
        for rank, row in enumerate(rows):
            one = whole.copy()
            one.update(rank.to_bytes(8, "little"))
            keys[row] = int.from_bytes(one.digest(), "little")
    return keys


@dataclass(frozen=True)
class KnownReadings:
    """What was read with the same model and the same code.

    Attributes
    ----------
    keys : shape (n,), in any order (see `reading_keys`).
    tags : n rows, the columns of `tags` but item_id.
    ideas : shape (n, e), vectors of what each says; in memory or on disk.
    """

    keys: Keys
    tags: pd.DataFrame
    ideas: Any

    def rows(self, keys: Keys) -> npt.NDArray[np.int64]:
        """The row of each of these keys, −1 for those that are not there."""
        order = np.argsort(self.keys, kind="stable")
        found = rows_of(self.keys[order], keys)
        return np.append(order, -1)[found]  # what is not there, −1, takes the last place
