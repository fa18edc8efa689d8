"""Partitions of fixed size, mapped in order on this machine."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from typing import Any, Protocol, TypeVar

from pipeline.errors import EXIT_FAILED, RosaceError, UsageError
from pipeline.metering import rare_gc_for_good

Part = TypeVar("Part")
Result = TypeVar("Result")

MIN_PARTS_FOR_PROCESSES = 3
"""A process costs two seconds to start: a few partitions are done here."""
N_AHEAD = 2
"""Partitions per worker that are sent and not yet taken back: enough to keep it busy, few enough to fit in memory."""
N_HELD = 3
"""Times as many results as partitions are sent ahead may wait for the one before them, which is a slow one."""


class Executor(Protocol):
    """Where the partitions of a row stage run."""

    def map(self, function: Callable[[Part], Result], parts: Iterable[Part]) -> Iterator[Result]:
        """`function` of each part, in the order of `parts`, whatever runs first; parts are asked for as they go.

        `function` must be importable by name (a module-level function): other processes call it.
        """


class WorkerLostError(RosaceError):
    """A worker process died (memory, most often)."""

    exit_code = EXIT_FAILED


@dataclass(frozen=True)
class LocalExecutor:
    """A loop in this process, or `n_workers` of them: this one, which has loaded what it needs, and fresh ones."""

    n_workers: int = 1

    @classmethod
    def of(cls, workers: int) -> LocalExecutor:
        """Processes on this machine; 0 for as many as cores. Raises UsageError: less than 0."""
        if workers < 0:
            raise UsageError(f"workers : valeur {workers} refusée ; attendu : 0 (autant que de cœurs) ou plus.")
        return cls(workers or os.cpu_count() or 1)

    def map(self, function: Callable[[Part], Result], parts: Iterable[Part]) -> Iterator[Result]:
        """See `Executor.map`. Raises WorkerLostError: a process died; what was answered before it stands."""
        if self.n_workers <= 1:
            yield from map(partial(in_one_thread, function), parts)
            return
        remaining = iter(parts)
        first = list(islice(remaining, MIN_PARTS_FOR_PROCESSES))
        if len(first) < MIN_PARTS_FOR_PROCESSES:
            yield from map(partial(in_one_thread, function), first)
            return
        with _processes(self.n_workers - 1) as (pool,):
            yield from _shared_out(pool, function, chain(first, remaining), N_AHEAD * (self.n_workers - 1))

    @contextmanager
    def kept(self, weights: Mapping[str, int]) -> Iterator[Hands]:
        """Processes that stay for several steps, and among which parts of these names are shared by their weights.

        Raises WorkerLostError: a process died.
        """
        loads = [0] * max(1, min(self.n_workers, len(weights)))
        places: dict[str, int] = {}
        for name in sorted(weights, key=lambda one: (-weights[one], one)):
            places[name] = loads.index(min(loads))
            loads[places[name]] += weights[name]
        if not loads[1:]:
            yield Hands((), places)
            return
        with _processes(*[1] * len(loads[1:])) as others:
            yield Hands(others, places)


@dataclass(frozen=True)
class Hands:
    """This process, which has loaded what it needs, and fresh ones. Parts of one name are always done by the same one,
    which finds there what it has kept of the step before. See `LocalExecutor.kept`.

    Attributes
    ----------
    others : each of one process. places : by name, 0 for this process, else the rank of the other.
    """

    others: Sequence[ProcessPoolExecutor]
    places: Mapping[str, int]

    def map(self, function: Callable[[Part], Result], parts: Iterable[tuple[str, Part]]) -> dict[str, Result]:
        """`function` of each named part, in their order; it must be importable by name."""
        given: dict[str, Part | Future[Result]] = {}
        for name, part in parts:
            place = self.places[name]
            given[name] = self.others[place - 1].submit(_unless_over, function, part) if place else part
        done = {name: in_one_thread(function, one) for name, one in given.items() if not isinstance(one, Future)}
        return {name: one.result() if isinstance(one, Future) else done[name] for name, one in given.items()}


@contextmanager
def one_thread() -> Iterator[None]:
    """One thread for products of matrices: with more, the last digits of some depend on how many there are, and
    processes beside each other wait for one another."""
    with _libraries().limit(limits=1, user_api="blas"):
        yield


@cache
def _libraries() -> Any:
    """Those that multiply matrices, looked for once among all that are loaded."""
    import scipy.linalg  # noqa: F401  (its BLAS is not NumPy's, and is limited once it is loaded)
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def in_one_thread(function: Callable[[Part], Result], part: Part) -> Result:
    """`function` of a part, see `one_thread`."""
    with one_thread():
        return function(part)


_OVER: list[Event] = []
"""In a fresh process, what tells that nobody waits for its answers any more."""


def _begin(over: Event) -> None:
    _OVER.append(over)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rare_gc_for_good()


def _unless_over(function: Callable[[Part], Result], part: Part) -> Result:
    """`function` of a part, in a fresh process; parts already on their way to it cannot be cancelled from here."""
    if any(over.is_set() for over in _OVER):
        raise CancelledError
    return in_one_thread(function, part)


@contextmanager
def _processes(*sizes: int) -> Iterator[list[ProcessPoolExecutor]]:
    """Pools of as many fresh processes. Ctrl-C reaches every one: this one alone answers it, the others end the part
    they have and begin no other."""
    spawn = get_context("spawn")
    over = spawn.Event()
    pools = [ProcessPoolExecutor(n, mp_context=spawn, initializer=_begin, initargs=(over,)) for n in sizes]
    try:
        yield pools
    except BrokenProcessPool as error:
        raise WorkerLostError(
            "Un processus de calcul s'est arrêté, le plus souvent faute de mémoire. "
            "Relancez la même commande avec --workers 1 : elle reprendra à l'étape interrompue. "
            'Dans un script Python, l\'appel se met sous « if __name__ == "__main__": ».'
        ) from error
    finally:
        over.set()
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _shared_out(
    pool: ProcessPoolExecutor, function: Callable[[Part], Result], parts: Iterator[Part], size: int
) -> Iterator[Result]:
    """`function` of each part, in order: `size` of them are under way elsewhere, this process does others meanwhile."""
    waiting: deque[Future[Result]] = deque()
    while True:
        n_elsewhere = sum(not future.done() for future in waiting)
        room = min(size - n_elsewhere, N_HELD * size - len(waiting))
        waiting.extend(pool.submit(_unless_over, function, part) for part in islice(parts, max(0, room)))
        if not waiting:
            return
        is_free = not waiting[0].done() and len(waiting) < N_HELD * size
        here = list(islice(parts, 1)) if is_free else []
        for part in here:
            own: Future[Result] = Future()
            own.set_result(in_one_thread(function, part))
            waiting.append(own)
        if not here:
            yield waiting.popleft().result()


def partition_bounds(n_rows: int, size: int) -> list[tuple[int, int]]:
    """The `[start, end)` bounds of consecutive partitions of `size` rows; the last one may be shorter."""
    return [(start, min(start + size, n_rows)) for start in range(0, n_rows, size)]
