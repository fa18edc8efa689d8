"""Keys by which the readings of an earlier run are found again.

An idea is read under its heading and beside the other ideas of its contribution, and nothing else moves its reading:
what stands in a contribution that did not change is not read again, wherever the files put it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.folder.vectors import Keys


def reading_keys(
    texts: Sequence[str], contexts: Sequence[str], together: npt.NDArray[np.int64], order: npt.NDArray[np.int64]
) -> Keys:
    """A 64-bit key of each row (blake2b): its context, the texts of its contribution in order, its rank among them.

    Parameters
    ----------
    together : shape (n,), the number of the contribution of each row.
    order : the rows, those of one contribution one after the other.
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
