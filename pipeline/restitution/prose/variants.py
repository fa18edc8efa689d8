"""Which of several ways of saying is taken: a stable hash of what is told, never how many came before."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def rank_of(seed: str, n: int) -> int:
    """A number below `n`, always the same for the same seed."""
    return zlib.crc32(seed.encode()) % n


def in_order(variants: Sequence[str], seed: str) -> list[str]:
    """The variants, from the one that the seed gives on."""
    at = rank_of(f"{seed}|{variants[0]}", len(variants))
    return [*variants[at:], *variants[:at]]
