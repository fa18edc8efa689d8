"""Partitions of fixed size, mapped in order on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol, TypeVar

from pipeline.errors import RosaceError

Part = TypeVar("Part")
Result = TypeVar("Result")

MIN_PARTS_FOR_PROCESSES = 2
"""A process costs two seconds to start: one partition is done here."""


class Executor(Protocol):
    """Where the partitions of a row stage run."""

    def map(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[Result]:
        """`function` of each part, in the order of `parts`, whatever runs first.

        `function` must be importable by name (a module-level function): other processes call it.
        """


class WorkerLostError(RosaceError):
    """A worker process died (memory, most often)."""

    exit_code = 1


@dataclass(frozen=True)
class LocalExecutor:
    """A loop in this process, or `n_workers` fresh processes."""

    n_workers: int = 1

    def map(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[Result]:
        """See `Executor.map`."""
        if self.n_workers <= 1 or len(parts) < MIN_PARTS_FOR_PROCESSES:
            yield from map(function, parts)
            return
        try:
            with ProcessPoolExecutor(min(self.n_workers, len(parts)), mp_context=get_context("spawn")) as pool:
                yield from pool.map(function, parts)
        except BrokenProcessPool as error:
            raise WorkerLostError(
                "Un processus de calcul s'est arrêté, le plus souvent faute de mémoire. "
                "Relancez la même commande avec --workers 1 : elle reprendra où elle s'est arrêtée."
            ) from error


def partition_bounds(n_rows: int, size: int) -> list[tuple[int, int]]:
    """The `[start, end)` bounds of consecutive partitions of `size` rows; the last one may be shorter."""
    return [(start, min(start + size, n_rows)) for start in range(0, n_rows, size)]
