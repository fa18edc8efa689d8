"""The same partitions on the user's own Dask scheduler (extra `rosace[dask]`)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from pipeline.errors import UsageError
from pipeline.execution.local import WorkerLostError

Part = TypeVar("Part")
Result = TypeVar("Result")

N_RETRIES = 3
"""A partition whose worker is lost is sent to another one this many times: one that kills each worker must end."""
CONNECT_TIMEOUT_S = 10
"""A scheduler that is there answers at once; this is for a slow network, and short enough to wait for."""
N_AHEAD = 2
"""Partitions per thread of the cluster that are sent and not yet taken back: one worked on, one on its way."""


@dataclass(frozen=True)
class DaskExecutor:
    """Partitions sent to the workers of the scheduler at `address` (`tcp://host:8786`).

    Rosace must be installed on the workers, in the same version: models are named by profile and sha256, not sent.
    """

    address: str

    def map(self, function: Callable[[Part], Result], parts: Iterable[Part]) -> Iterator[Result]:
        """See `pipeline.execution.local.Executor.map`."""
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "--scheduler demande Dask, qui n'est pas installé : .venv/bin/pip install 'rosace[dask]'."
            ) from error
        try:
            client = Client(self.address, timeout=CONNECT_TIMEOUT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"Aucun ordonnanceur Dask ne répond à {self.address} ({type(error).__name__}). Attendu : une adresse "
                "comme tcp://hote:8786, et « dask scheduler » en marche sur cette machine."
            ) from error
        from distributed import KilledWorker

        with client:
            n_threads = max(1, sum(client.nthreads().values()))
            try:
                yield from _in_window(
                    lambda part: client.submit(function, part, retries=N_RETRIES, pure=False),
                    parts,
                    N_AHEAD * n_threads,
                )  # in order, so that tables do not depend on who finished first
            except KilledWorker as error:
                raise WorkerLostError(
                    "Une partition a fait tomber plusieurs « dask worker », le plus souvent faute de mémoire. "
                    "Donnez-leur plus de mémoire, puis relancez la même commande : elle reprendra."
                ) from error


def _in_window(send: Callable[[Part], Any], parts: Iterable[Part], size: int) -> Iterator[Any]:
    """The results of the futures that `send` gives, in order, with at most `size` of them under way."""
    remaining = iter(parts)
    under_way = deque(send(part) for part in islice(remaining, size))
    while under_way:
        yield under_way.popleft().result()
        under_way.extend(send(part) for part in islice(remaining, 1))
