"""Partitions of fixed size, mapped in order on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")


def partition_bounds(n_rows: int, size: int) -> list[tuple[int, int]]:
    """The `[start, end)` bounds of consecutive partitions of `size` rows; the last one may be shorter."""
    return [(start, min(start + size, n_rows)) for start in range(0, n_rows, size)]


def map_partitions(function: Callable[[Part], Result], parts: Sequence[Part], n_workers: int = 1) -> Iterator[Result]:
    """`function` of each part, in the order of `parts` whatever the number of workers.

    `function` must be importable by name when `n_workers` > 1: each worker is a fresh process.
    """
    if n_workers <= 1 or len(parts) <= 1:
        yield from map(function, parts)
        return
    with ProcessPoolExecutor(min(n_workers, len(parts)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(function, parts)
